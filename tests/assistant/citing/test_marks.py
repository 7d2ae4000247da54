from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.citing.evidence import AttributedSentence, Evidence
from assistant.citing.marks import HOLD_LIMIT, CitationStream, statements
from ingest.article import Span
from vectorstore.archive.passage import Passage, Scores


def context(count: int) -> Evidence:
    """``count`` sentences of one passage."""
    words = [f"Sentence {n}." for n in range(1, count + 1)]
    text, spans = "", []
    for sentence in words:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + " "
    passage = Passage(
        article_id="a",
        ordinal=0,
        span=Span(0, len(text)),
        sentences=tuple(spans),
        text=text,
        title="Talks",
        url="",
        source="",
        authors=(),
        published=None,
        score=1.0,
        rank=1,
        scores=Scores(cosine=0.5),
    )
    return Evidence.of([passage])


TWELVE = context(12)


def rewritten(text: str) -> tuple[str, list[int], int]:
    """What is shown of ``text``, which sentences it cites, and how many marks are unknown."""
    stream = CitationStream(TWELVE)
    shown = stream.feed(text)[0] + stream.finish()[0]
    assert shown == stream.text
    return shown, [s.number for s in stream.cited], stream.unknown_marks


@pytest.mark.parametrize(
    ("text", "shown", "cited"),
    [
        ("He came [7].", "He came [1].", [7]),
        ("He came. [7] She left. [3]", "He came. [1] She left. [2]", [7, 3]),
        ("[7, 9]", "[1][2]", [7, 9]),
        ("[7][9]", "[1][2]", [7, 9]),
        ("[7], [9]", "[1][2]", [7, 9]),
        ("[7-9]", "[1][2][3]", [7, 8, 9]),
        ("[7–9]", "[1][2][3]", [7, 8, 9]),
        ("[9-7]", "[1][2][3]", [7, 8, 9]),
        ("[7 to 9]", "[1][2][3]", [7, 8, 9]),
        ("[7; 9] [7 and 9]", "[1][2]", [7, 9]),
        ("[7, 8, and 9]", "[1][2][3]", [7, 8, 9]),
        ("x【7】", "x[1]", [7]),
        ("x【7†source】", "x[1]", [7]),
        ("[^7]", "[1]", [7]),
        ("[S7] [#8]", "[1][2]", [7, 8]),
        ("[sentence 7] [Sentences 8, 9]", "[1][2][3]", [7, 8, 9]),
        ("[７]", "[1]", [7]),
        ("[[7]] and [[He]]", "[1] and [[He]]", [7]),
        ("a [7]\n[7] b", "a [1]\n[1] b", [7]),
    ],
)
def test_each_way_to_write_a_mark_is_understood(text: str, shown: str, cited: list[int]) -> None:
    assert rewritten(text) == (shown, cited, 0)


@pytest.mark.parametrize(
    "text",
    [
        "a quotation [sic] stays",
        "“[He] said no”",
        "in round brackets (7)",
        "the year [2015] and [2014-2016]",
        "about [1,000] and [2,500] people",
        "[7 people] [7a] [1.5] [May 2015] [No, he] []",
        "a lone [ and a lone ]",
        "<b>markup</b> **stays** `too`\n\n* as it is",
    ],
)
def test_brackets_that_are_no_marks_pass_unchanged(text: str) -> None:
    assert rewritten(text) == (text, [], 0)


@pytest.mark.parametrize(
    ("text", "shown", "unknown"),
    [
        ("He came [99].", "He came.", 1),
        ("He came. [99] She left.", "He came. She left.", 1),
        ("He came [99, 7].", "He came [1].", 1),
        ("He came [7][99].", "He came [1].", 1),
        ("He came [7], [99], she said.", "He came [1], she said.", 1),
        ("He came [0] and[99] went", "He came and went", 2),
        ("x [99]\ny", "x\ny", 1),
        ("x【4:0†source】", "x", 1),
    ],
)
def test_unknown_numbers_are_dropped_and_counted(text: str, shown: str, unknown: int) -> None:
    got = rewritten(text)
    assert (got[0], got[2]) == (shown, unknown)


def test_what_a_dropped_mark_leaves_behind_is_no_mark() -> None:
    assert rewritten("x [[99]7] [0[99]7]") == ("x [7 ] [07 ]", [], 2)


def test_a_bracket_that_is_never_closed_swallows_no_mark_behind_it() -> None:
    assert rewritten("【7†x [8] y") == ("【7†x [1] y", [8], 0)
    assert rewritten("[【[8] y") == ("[【[1] y", [8], 0)
    assert rewritten("[1, [8] y") == ("[1, [1] y", [8], 0)


def test_a_range_without_end_cites_a_few_sentences_and_counts_once() -> None:
    shown, cited, unknown = rewritten("[1-999999999]")
    assert cited == list(range(1, 11))
    assert shown == "".join(f"[{n}]" for n in cited)
    assert unknown == 1


def test_a_repeated_number_is_shown_once_where_marks_adjoin_and_again_elsewhere() -> None:
    assert rewritten("A [7][7] [7, 7]. B [7].")[0] == "A [1]. B [1]."


def test_new_sentences_are_handed_over_with_the_piece_that_shows_them() -> None:
    stream = CitationStream(TWELVE)
    assert stream.feed("He came [") == ("He came", ())
    assert stream.feed("7")[0] == ""
    text, new = stream.feed("]")
    assert text == " [1]"
    assert [s.number for s in new] == [7]
    assert stream.feed(" [7]")[1] == ()


def test_a_mark_that_the_end_cut_off_is_not_shown() -> None:
    assert rewritten("He came [1") == ("He came", [], 0)
    assert rewritten("He came [[7]") == ("He came [1]", [7], 0)


def test_prose_is_not_held_back() -> None:
    stream = CitationStream(TWELVE)
    assert stream.feed("He [w")[0] == "He [w"
    endless = CitationStream(TWELVE)
    shown = endless.feed("[" + "1," * HOLD_LIMIT)[0]
    assert len(shown) >= HOLD_LIMIT


_ALPHABET = st.sampled_from([*"[]【】［†^#-–,;. \n17a(", "[7]", "[12", "99", " and ", "sentence ", "He", "7, 9]", "[["])


@settings(deadline=None)
@given(st.lists(_ALPHABET, max_size=40).map("".join), st.data())
def test_the_shown_text_does_not_depend_on_how_the_stream_was_cut(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    stream = CitationStream(TWELVE)
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    shown = ""
    new: list[AttributedSentence] = []
    for got, fresh in [*(stream.feed(piece) for piece in pieces), stream.finish()]:
        shown += got
        new += fresh
    assert (shown, [s.number for s in new], stream.unknown_marks) == rewritten(text)
    assert tuple(new) == stream.cited


@settings(deadline=None)
@given(st.text())
def test_text_without_brackets_is_shown_as_it_is(text: str) -> None:
    plain = "".join(c for c in text if c not in "[【［")
    assert rewritten(plain) == (plain, [], 0)


@settings(deadline=None)
@given(st.lists(_ALPHABET, max_size=30).map("".join))
def test_every_display_number_stands_for_a_cited_sentence_and_belongs_to_a_statement(text: str) -> None:
    stream = CitationStream(TWELVE)
    shown = stream.feed("Words before. " + text)[0] + stream.finish()[0]
    found = statements(shown, len(stream.cited))
    assert {n for _, numbers in found for n in numbers} == set(range(1, len(stream.cited) + 1))


def test_a_mark_belongs_to_the_sentence_before_it_also_after_the_full_stop() -> None:
    text = "Russia blamed “hostile steps.” [1] Kerry came [2][3]. Nobody spoke."
    assert statements(text, 3) == [
        ("Russia blamed “hostile steps.”", (1,)),
        ("Kerry came.", (2, 3)),
        ("Nobody spoke.", ()),
    ]


def test_marks_that_lead_their_sentences_are_read_forwards() -> None:
    assert statements("[1] Kerry came. [2] Putin stayed.", 2) == [("Kerry came.", (1,)), ("Putin stayed.", (2,))]


def test_list_items_and_lines_are_statements_and_what_only_announces_them_is_not() -> None:
    text = "## Causes\nRussia names two things:\n- the actions of Washington [1]\n2. The sanctions.\n[2]\n\n**Sources**"
    assert statements(text, 2) == [("the actions of Washington", (1,)), ("The sanctions.", (2,))]


def test_an_answer_of_one_word_is_a_statement() -> None:
    assert statements("Idaho", 0) == [("Idaho", ())]
    assert statements("", 0) == []


def test_a_country_abbreviation_does_not_end_a_statement() -> None:
    text = "He met U.S. Secretary of State John Kerry [1]. U.S. officials agreed [2]."
    assert statements(text, 2) == [
        ("He met U.S. Secretary of State John Kerry.", (1,)),
        ("U.S. officials agreed.", (2,)),
    ]


def test_a_bracketed_number_beyond_the_display_numbers_is_prose() -> None:
    assert statements("In [2015] they met [1].", 1) == [("In [2015] they met.", (1,))]
