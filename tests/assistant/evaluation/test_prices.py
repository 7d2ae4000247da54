"""What tokens cost: by the user's own price list, and by nobody's guess."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from answering import numbered
from asking import answerer_at
from judging import judge_at
from scripted_openai import Request, Script, ScriptedOpenAI, answer

from assistant.evaluation.errors import PricesError
from assistant.evaluation.items import Item
from assistant.evaluation.prices import BUNDLED, Price, read_prices
from assistant.evaluation.reporting.console import summary_lines
from assistant.evaluation.reporting.report import render
from assistant.evaluation.reporting.tables import markdown
from assistant.evaluation.run import Run, RunOptions, evaluate
from assistant.pipeline.assistant import Assistant
from vectorstore.store import Store

PRICES = {"openai:scripted": Price(input=2.0, output=10.0), "openai:judge": Price(input=1.0, output=1.0)}


def test_no_price_is_shipped_but_an_example_that_is_in_order(tmp_path: Path) -> None:
    assert read_prices() == {}
    lines = BUNDLED.read_text(encoding="utf-8").splitlines()
    example = "\n".join(line.removeprefix("# ") for line in lines[lines.index('# ["openai:NAME"]') :])
    assert tomllib.loads(example)
    (tmp_path / "prices.toml").write_text(example)
    assert read_prices(tmp_path / "prices.toml") == {"openai:NAME": Price(input=1.0, output=2.0)}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("not = [TOML", "are not TOML"),
        ("\xff", "are not TOML"),
        ('["a"]\ninput = 1', "'a, output': Field required"),
        ('["a"]\ninput = -1\noutput = 1', "'a, input'"),
        ('["a"]\ninput = "1"\noutput = 1', "'a, input'"),
        ('["a"]\ninput = inf\noutput = 1', "'a, input'"),
        ('["a"]\ninput = 1\noutput = 1\ncached = 1', "'a, cached'"),
        ("a = 1", "unusable at 'a'"),
    ],
)
def test_a_file_that_is_no_price_list_is_refused_in_one_line(content: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "prices.toml").write_bytes(content.encode("latin-1"))
    with pytest.raises(PricesError) as raised:
        read_prices(tmp_path / "prices.toml")
    assert words in str(raised.value)
    assert "prices.toml" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PricesError, match=r"nowhere\.toml cannot be read"):
        read_prices(tmp_path / "nowhere.toml")


def asked(archive: Store, questions: list[Item], prices: dict[str, Price]) -> Run:
    """Three answers of 1,000 and 50, 2,000 and 50, 3,000 and 50 tokens, each judged by votes of 100 and 20."""
    tokens = iter([1000, 2000, 3000])

    def reply(request: Request) -> Script:
        if request.body["model"] == "judge":
            return answer("yes")
        number, sentence = numbered(request)[0]
        return answer(f"{sentence.removesuffix('.')} [{number}].", usage=(next(tokens), 50))

    with ScriptedOpenAI(reply) as server:
        assistant = Assistant(archive, answerer_at(server), threshold=0.0)
        return evaluate(assistant, questions[:3], RunOptions(judge=judge_at(server, repeats=1), prices=prices))


def test_tokens_and_cost_are_in_every_summary_with_mean_interval_percentiles_and_total(
    archive: Store, questions: list[Item]
) -> None:
    run = asked(archive, questions, PRICES)
    cost = run.summary.costs["cost"]
    # (1,000 × 2 + 50 × 10) / 1,000,000 and so on.
    assert [cost.median, cost.maximum, cost.total] == pytest.approx([0.0045, 0.0065, 0.0135])
    assert cost.low <= cost.mean == pytest.approx(0.0045)
    assert cost.mean <= cost.high <= 0.0065
    tokens = run.summary.tokens
    assert (tokens["input_tokens"].total, tokens["output_tokens"].total) == (6000, 150)
    judged = sum(r.judged is not None for r in run.results)
    assert run.summary.costs["judge_cost"].count == tokens["judge_input_tokens"].count == judged > 0
    assert run.summary.prices == PRICES
    for text in ("\n".join(summary_lines(run)), markdown(run.summary), render(run, text=archive.text)):
        for words in (
            "first word, ms",
            "whole answer, ms",
            "tokens in",
            "tokens out",
            "cost, US $",
            "0.013500",
            "scripted 2 in, 10 out",
        ):
            assert words in text
        assert "6,000" in text
        assert "no price" not in text
    summary = run.summary_record()
    assert summary["cost_usd"]["cost"]["total"] == 0.0135
    assert summary["prices_usd_per_million"]["openai:scripted"] == {"input": 2.0, "output": 10.0}
    assert {"mean", "low", "high", "median", "p95", "total"} <= set(summary["timings_ms"]["first_token"])


def test_a_model_without_a_price_shows_its_tokens_and_says_so(archive: Store, questions: list[Item]) -> None:
    run = asked(archive, questions, {"openai:judge": PRICES["openai:judge"]})
    assert set(run.summary.costs) == {"judge_cost"}
    for text in ("\n".join(summary_lines(run)), markdown(run.summary), render(run, text=archive.text)):
        assert "no price for openai:scripted; see --prices" in text
        assert "6,000" in text


def test_without_a_chat_model_nothing_is_said_of_cost(assistant: Assistant, questions: list[Item]) -> None:
    run = evaluate(assistant, questions)
    assert run.summary.tokens == run.summary.costs == {}
    assert "cost" not in markdown(run.summary)
    assert "price" not in markdown(run.summary)
