"""Chunks partition an article and cut no sentence: properties over generated texts, and real shapes of text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import Article, Chunk, Span, chunk
from ingest.chunk import TARGET, sentences

WORD = st.text("abcdefghijklmnopqrstuvwxyzéüßЖ中字", min_size=1, max_size=14)
PIECE = st.one_of(
    WORD,
    st.sampled_from(["U.S.", "Mr.", "3.5", "“no”", "Jan.", "e.g.", "—", "...", "?!", "x" * 1000, "\u00a0", "\u200b"]),
)
BREAK = st.sampled_from([" ", " ", " ", ". ", "? ", "; ", ", ", "\n", "\n\n", " \n \n ", "\t", ".\n"])
RUNNING_TEXT = st.lists(st.tuples(PIECE, BREAK), min_size=1, max_size=400).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)
TEXT = st.one_of(RUNNING_TEXT, st.text(min_size=1, max_size=300)).filter(lambda text: any(c.isalnum() for c in text))


def article(text: str) -> Article:
    return Article(id="a", text=text)


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_the_chunks_put_together_are_the_text(text: str) -> None:
    given_article = article(text)
    chunks = chunk(given_article)
    assert "".join(part.span.of(given_article.text) for part in chunks) == given_article.text
    assert [part.ordinal for part in chunks] == list(range(len(chunks)))
    assert len({part.id for part in chunks}) == len(chunks)


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_every_sentence_lies_in_one_chunk_whole_and_without_white_space_around_it(text: str) -> None:
    given_article = article(text)
    chunks = chunk(given_article)
    spans = [span for part in chunks for span in part.sentences]
    assert spans == list(sentences(given_article.text))
    for part in chunks:
        for span in part.sentences:
            assert part.span.contains(span)
            words = span.of(given_article.text)
            assert words
            assert words == words.strip()


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_sentences_follow_one_another_and_leave_out_nothing_but_white_space(text: str) -> None:
    normal = article(text).text
    end = 0
    for span in sentences(normal):
        assert span.start >= end
        assert not normal[end : span.start].strip()
        assert len(span) <= TARGET
        end = span.end
    assert not normal[end:].strip()


@settings(max_examples=100, deadline=None)
@given(TEXT)
def test_no_chunk_is_longer_than_a_last_stray_line_allows(text: str) -> None:
    def length(part: Chunk) -> int:
        return part.sentences[-1].end - part.sentences[0].start

    chunks = chunk(article(text))
    assert all(length(part) <= TARGET for part in chunks[:-1])
    assert length(chunks[-1]) <= TARGET + TARGET // 5


def test_a_short_text_is_one_chunk() -> None:
    assert chunk(article("The talks go on.")) == [
        Chunk(article_id="a", ordinal=0, span=Span(0, 16), sentences=(Span(0, 16),))
    ]


def test_a_chunk_ends_with_a_paragraph_rather_than_within_one() -> None:
    first = " ".join(f"Sentence {n} of the first paragraph says something." for n in range(10))
    second = " ".join(f"Sentence {n} of the second paragraph says more." for n in range(10))
    given_article = article(f"{first}\n\n{second}")
    assert [part.span.of(given_article.text).strip() for part in chunk(given_article)] == [first, second]


def test_abbreviations_and_quotations_do_not_end_a_sentence_early() -> None:
    text = "Mr. Kerry left the U.S. on Monday. “We are open,” he said. “We always were.”"
    assert [span.of(text) for span in sentences(text)] == [
        "Mr. Kerry left the U.S. on Monday.",
        "“We are open,” he said.",
        "“We always were.”",
    ]


def test_a_sentence_above_the_limit_is_cut_behind_a_clause() -> None:
    text = ", ".join(f"clause number {n} of a sentence that has no end" for n in range(60))
    pieces = [span.of(text) for span in sentences(text)]
    assert len(pieces) > 1
    assert all(piece.endswith(",") for piece in pieces[:-1])


def test_a_word_above_the_limit_is_cut_anywhere_and_nothing_is_lost() -> None:
    text = "x" * (3 * TARGET + 7)
    assert "".join(span.of(text) for span in sentences(text)) == text


@pytest.mark.parametrize(
    "sentence",
    [
        "He met the U.S. Secretary of State in Sochi.",
        "The vote in the U.S. Congress was close.",
        "The singer H.E.R. opened the show.",
        "She spoke at N.Y.U. on Friday.",
    ],
)
def test_a_sentence_goes_on_after_initials(sentence: str) -> None:
    assert [span.of(sentence) for span in sentences(sentence)] == [sentence]


def test_a_sentence_may_end_with_initials() -> None:
    text = "He could visit the U.S. They met two years ago."
    assert [span.of(text) for span in sentences(text)] == ["He could visit the U.S.", "They met two years ago."]
