"""The learned reader: what it prefers, and what it can be relied on for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant.ranking import reader as reading
from assistant.ranking.reader import LearnedReader, Reader, open_reader
from assistant.ranking.windows import Line
from vectorstore.encoders import minilm
from vectorstore.encoders.local import LocalEncoder, session_of, tokenizer_of

HARBOUR = [
    "The ferry stayed in port on Tuesday.",
    "A storm from the north kept it there, the harbour master said.",
    "The crossing costs 14 euros.",
    "Ida Olsen has been harbour master of Larnow since 2009.",
]


def lines(*texts: str, article: str = "a") -> list[Line]:
    return [Line(text=text, article=article, heading="Larnow: ferry stays in port, 8 May 2018") for text in texts]


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    found = open_reader(tmp_path_factory.mktemp("cache"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("When did the ferry stay in port?", 0),
        ("How much is a ticket for the crossing?", 2),
        ("Who is the harbour master of Larnow?", 3),
    ],
)
def test_the_sentence_that_answers_scores_highest(question: str, place: int, learned: Reader) -> None:
    assert int(np.argmax(learned.scores(question, lines(*HARBOUR)))) == place


def test_a_question_that_an_article_answers_has_a_higher_best_than_one_that_it_does_not(learned: Reader) -> None:
    known = learned.scores("Who is the harbour master of Larnow?", lines(*HARBOUR)).max()
    assert known > learned.scores("Which goalkeeper saved the penalty?", lines(*HARBOUR)).max()


def test_scores_are_the_same_each_time_whatever_was_asked_between(tmp_path: Path) -> None:
    first, again = LearnedReader(model(), tmp_path), LearnedReader(model(), tmp_path)
    again.scores("Who won?", lines("Nobody won.", article="b"))
    asked = ("When did the ferry stay in port?", lines(*HARBOUR))
    assert first.scores(*asked).tolist() == first.scores(*asked).tolist() == again.scores(*asked).tolist()


def test_threads_may_share_it(learned: Reader) -> None:
    questions = [f"Who was harbour master in {year}?" for year in range(2000, 2012)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda question: learned.scores(question, lines(*HARBOUR)).tolist(), questions))
    assert together == [learned.scores(question, lines(*HARBOUR)).tolist() for question in questions]


@pytest.mark.parametrize("text", ["", "🐸", "\ud800", "x" * 5000, "[SEP] [CLS]"])
def test_any_text_has_a_score(text: str, learned: Reader) -> None:
    assert np.isfinite(learned.scores(text, lines(text, "The ferry stayed."))).all()


def test_nothing_to_read_has_no_scores(learned: Reader) -> None:
    assert learned.scores("Who?", []).shape == (0,)


def test_without_the_encoders_package_there_is_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "packaged_model", lambda: None)
    assert open_reader() is None


def test_the_weights_are_small_enough_to_ship() -> None:
    assert reading.WEIGHTS.stat().st_size < 25_000_000


def test_the_tokens_of_the_unpooled_graph_add_up_to_the_encoders_vector(tmp_path: Path, encoder: LocalEncoder) -> None:
    minilm.save_graph(minilm.weights(model()), tmp_path / "graph.onnx", pooled=False)
    ids = tokenizer_of(model()).encode(HARBOUR[0]).ids
    hidden = session_of(tmp_path / "graph.onnx").run(None, {"input_ids": np.array([ids], dtype=np.int32)})[0][0]
    total = hidden.sum(axis=0)
    assert total / np.linalg.norm(total) == pytest.approx(encoder.encode([HARBOUR[0]])[0], abs=1e-5)


def model() -> Path:
    found = minilm.packaged_model()
    assert found is not None
    return found
