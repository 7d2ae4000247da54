"""The object of ``ask --json``: the keys of the contract, plain JSON, null where a key does not apply."""

from __future__ import annotations

import datetime as dt
import json
import sys
import unicodedata
from typing import Any

from answering import FREEZE, TALKS, number_of, quoting, written
from scripted_openai import ScriptedOpenAI, answer

from assistant.render.json import answer_to_dict, dumps
from ingest.article import Article
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

#: Of the contract; then what is kept beside it.
KEYS = [
    *("id", "question", "standalone_question", "as_of", "answer", "abstained", "abstention", "confidence"),
    *("statements", "citations", "passages", "model", "prompt", "usage", "timings_ms"),
]
BESIDE = {"notices", "unknown_marks", "accounts", "timeline"}
CITATION = {
    *("number", "article_id", "title", "url", "source", "published", "start", "end", "quote", "speaker", "support"),
    *("also_in", "superseded_by", "corrects"),
}


def as_json(given: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(answer_to_dict(given), allow_nan=False))
    assert read == answer_to_dict(given)  # nothing but plain JSON types went in
    return read


def test_an_answer_has_the_keys_of_the_contract_in_their_order(sample_store: Store, embed: EmbeddingCache) -> None:
    found = as_json(quoting(sample_store, embed).ask(FREEZE, as_of=TALKS, question_id="q1"))
    assert [key for key in found if key not in BESIDE] == KEYS
    assert set(found) == {*KEYS, *BESIDE}
    assert (found["id"], found["question"], found["as_of"]) == ("q1", FREEZE, "2015-05-20")
    assert (found["abstained"], found["abstention"]) == (False, None)
    assert (found["model"], found["prompt"], found["usage"]) == ("extractive", None, None)
    assert set(found["timings_ms"]) == {"retrieve", "first_token", "total"}
    for citation in found["citations"]:
        assert set(citation) == CITATION
        text = sample_store.text(citation["article_id"])
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    for statement in found["statements"]:
        assert set(statement) == {"text", "citations", "support", "reason"}
        assert statement["support"] in ("supported", "partial", "unsupported")


def test_passages_are_in_rank_order_from_at_least_ten_articles(sample_store: Store, embed: EmbeddingCache) -> None:
    found = as_json(quoting(sample_store, embed).ask(FREEZE, as_of=TALKS))["passages"]
    assert all(set(entry) == {"article_id", "start", "end", "score", "rank", "used", "copy_of"} for entry in found)
    assert [entry["rank"] for entry in found] == list(range(1, len(found) + 1))
    assert len(found) >= 20
    assert len({entry["article_id"] for entry in found}) >= 10
    assert any(entry["used"] for entry in found)
    # A copy stands right behind the story that it is one of, whatever its own score.
    scores = [entry["score"] for entry in found[:20] if entry["copy_of"] is None]
    assert scores == sorted(scores, reverse=True)


def test_an_abstention_has_its_reason_the_nearest_articles_and_the_dates(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    found = as_json(quoting(sample_store, embed, threshold=1.0).ask(FREEZE, as_of=TALKS))
    assert found["abstained"] is True
    assert set(found["abstention"]) == {"reason", "nearest", "from", "to"}
    assert (found["abstention"]["from"], found["abstention"]["to"]) == (None, "2015-05-20")
    assert all(set(n) == {"article_id", "title", "url", "source", "published"} for n in found["abstention"]["nearest"])
    assert (found["citations"], found["statements"], found["timings_ms"]["first_token"]) == ([], [], None)


def test_small_talk_has_the_same_keys(sample_store: Store, embed: EmbeddingCache) -> None:
    found = as_json(quoting(sample_store, embed).ask("Hello!"))
    assert set(found) == {*KEYS, *BESIDE}
    assert (found["abstained"], found["citations"], found["passages"]) == (False, [], [])


def test_a_models_answer_has_its_prompt_and_its_tokens(sample_store: Store, embed: EmbeddingCache) -> None:
    with ScriptedOpenAI(lambda r: answer(f"It was “very positive” [{number_of(r, 'very positive')}][999].")) as server:
        found = as_json(written(sample_store, embed, server).ask(FREEZE, as_of=TALKS))
    assert found["model"] == "openai:scripted"
    assert found["prompt"].startswith("answer@")
    assert found["usage"] == {"input_tokens": 100, "output_tokens": 20}
    assert found["unknown_marks"] == 1
    assert len(found["notices"]) == 1


def test_what_an_article_does_not_have_is_null(store: Store, embed: EmbeddingCache) -> None:
    store.add([Article(id="bare", text="A storm reached Port Ansley on Tuesday and kept the ferry in the harbour.")])
    found = as_json(quoting(store, embed).ask("What kept the ferry in the harbour of Port Ansley?"))
    (citation,) = found["citations"]
    assert [citation[key] for key in ("title", "url", "source", "published", "speaker")] == [None] * 5


def test_a_citation_names_who_said_it(store: Store, embed: EmbeddingCache) -> None:
    store.add([Article(id="said", text="“A storm is coming to Port Ansley,” said Gwen Tarrant, the harbour master.")])
    (citation,) = as_json(quoting(store, embed).ask("What is coming to Port Ansley?"))["citations"]
    assert citation["speaker"] == "Gwen Tarrant"


def test_accounts_and_the_timeline_are_lists_of_plain_objects(sample_store: Store, embed: EmbeddingCache) -> None:
    assistant, later = quoting(sample_store, embed), dt.date(2024, 4, 1)
    disputed = as_json(assistant.ask("Did the government offer to meet half of the cost of the gate?", as_of=later))
    assert disputed["timeline"] == []
    for account in disputed["accounts"]:
        assert set(account) == {"speaker", "stands_for", "source", "statements", "conflicts"}
        assert all(set(said) == {"text", "citation", "published", "kind"} for said in account["statements"])
    conflicts = [conflict for account in disputed["accounts"] for conflict in account["conflicts"]]
    assert {conflict["kind"] for conflict in conflicts} == {"denial"}
    assert all(set(c) == {"kind", "about", "citation", "other", "other_citation"} for c in conflicts)
    dated = as_json(assistant.ask("What is the timeline of the Calderbridge flood barrier?", as_of=later))
    assert dated["timeline"]
    assert all(set(e) == {"date", "dated_by_text", "text", "citation", "speaker"} for e in dated["timeline"])


def test_what_could_drive_a_terminal_is_escaped_and_the_value_is_the_same() -> None:
    everything = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    written = dumps({everything: [everything]}, indent=2)
    assert json.loads(written) == {everything: [everything]}
    left = {unicodedata.category(character) for character in written.replace("\n", "")}
    assert left & {"Cc", "Cf", "Cs", "Zl", "Zp"} == set()


def test_letters_of_every_script_stand_as_they_are_and_lone_surrogates_do_no_harm() -> None:
    assert dumps("Größe, 日本語, Ελλάδα, 🙂") == '"Größe, 日本語, Ελλάδα, 🙂"'
    assert dumps("a\ud800\u202eb") == r'"a\ud800\u202eb"'
