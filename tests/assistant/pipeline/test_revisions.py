"""Copies and corrections from the archive to the page: one witness with its other places, and a line that says so."""

from __future__ import annotations

import datetime as dt

from answering import quoting
from near_duplicates import CORRECTED, LEAD, WIRE

from assistant.conversations.reading import kept_answer
from assistant.render.json import answer_to_dict
from assistant.render.text import answer_lines
from assistant.types import Answer
from ingest.article import Article
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

MOVED = "How far has the quay wall at Tarnholm moved?"
FISHERMEN = "What did Olaf Brandt, the fishermen's chairman, tell reporters?"
NOTE = "Correction: An earlier version of this story gave the wrong distance and cost."
JUNE = dt.date(2015, 6, 1)


def told(article_id: str, text: str, source: str, day: str) -> Article:
    return Article.from_record(
        {"id": article_id, "title": "Port to close", "source": source, "published": day, "text": text}
    )


ORIGINAL = told("original", WIRE, "Coast Agency", "2015-05-03")
CUT = told("cut", LEAD, "Harbour Post", "2015-05-04")
COPY = told("copy", f"TARNHOLM (Coast Agency) — {WIRE}", "The Eastgate", "2015-05-05")
FIXED = told("fixed", f"{CORRECTED}\n\n{NOTE}", "Coast Agency", "2015-05-06")


def ask(store: Store, embed: EmbeddingCache, question: str, as_of: dt.date = JUNE) -> Answer:
    return quoting(store, embed).ask(question, as_of=as_of)


def test_a_copy_is_no_second_witness_and_is_named_where_it_says_the_same(store: Store, embed: EmbeddingCache) -> None:
    store.add([ORIGINAL, CUT, COPY])
    answer = ask(store, embed, FISHERMEN)
    assert {citation.article_id for citation in answer.citations} == {"original"}
    said = next(
        citation for citation in answer.citations if "ice house" in citation.quote or "asked us" in citation.quote
    )
    assert [copy.source for copy in said.also_in] == ["The Eastgate"]  # the other paper has cut it
    assert "    also in: The Eastgate, 5 May 2015" in list(answer_lines(answer))
    (kept,) = [one for one in answer_to_dict(answer)["citations"] if one["number"] == said.number]
    assert kept["also_in"] == [
        {
            "article_id": "copy",
            "title": "Port to close",
            "url": None,
            "source": "The Eastgate",
            "published": "2015-05-05",
        }
    ]


def test_more_copies_do_not_make_the_answer_surer(store: Store, embed: EmbeddingCache) -> None:
    store.add([ORIGINAL])
    alone = ask(store, embed, MOVED)
    store.add([COPY, CUT])
    together = ask(store, embed, MOVED)
    assert abs(together.confidence - alone.confidence) < 0.02
    assert len(together.citations) == len(alone.citations)


def test_an_answer_from_a_correction_says_what_was_corrected(store: Store, embed: EmbeddingCache) -> None:
    store.add([ORIGINAL, FIXED])
    answer = ask(store, embed, MOVED)
    assert "seven centimetres" in answer.text
    assert "eleven" not in answer.text
    line = f"“Port to close” (6 May 2015) corrects “Port to close” (3 May 2015): “{NOTE}”"
    assert line in answer.notices
    assert f"({line})" in list(answer_lines(answer))
    assert answer_to_dict(answer)["citations"][0]["corrects"]["kind"] == "correction"


def test_before_the_correction_the_answer_knows_nothing_of_it(store: Store, embed: EmbeddingCache) -> None:
    store.add([ORIGINAL, FIXED])
    answer = ask(store, embed, MOVED, dt.date(2015, 5, 5))
    assert "eleven centimetres" in answer.text
    assert answer.notices == ()
    assert all(citation.superseded_by is None for citation in answer.citations)


def test_an_answer_that_cites_what_was_corrected_says_so(store: Store, embed: EmbeddingCache) -> None:
    store.add([ORIGINAL, told("post", f"{WIRE} Ends.", "Harbour Post", "2015-05-03"), FIXED])
    answer = quoting(store, embed).ask(MOVED, as_of=JUNE, sources=["Harbour Post"])
    assert f"“Port to close” (3 May 2015) was corrected on 6 May 2015: “{NOTE}”" in answer.notices


def test_copies_and_corrections_are_kept_with_an_answer(store: Store, embed: EmbeddingCache) -> None:
    store.add([ORIGINAL, COPY, FIXED])
    for question in (MOVED, FISHERMEN):
        answer = ask(store, embed, question)
        assert kept_answer(answer_to_dict(answer), store).citations == answer.citations
