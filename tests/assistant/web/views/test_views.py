"""Answers and sources as markup, where the pages of the other tests do not come by."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from html import unescape

import pytest

from assistant.render.text import copied_text
from assistant.types import Abstention, Answer, Citation, NearestArticle, Statement, Support, Timings
from assistant.web.conversations.state import Conversation
from assistant.web.views.answer import entry_view, seconds, words
from assistant.web.views.entry import Entry
from assistant.web.views.sources import sources_view
from ingest.article import Span
from vectorstore.archive.passage import Passage, Scores


def cited(number: int, start: int, quote: str, **changes: str | None) -> Citation:
    citation = Citation(
        number=number,
        article_id="a",
        title="Frost",
        url="https://post.example/frost",
        source="The Post",
        published="2015-05-12",
        start=start,
        end=start + len(quote),
        quote=quote,
    )
    return replace(citation, **changes)  # type: ignore[arg-type]


def passage(text: str, start: int = 0) -> Passage:
    return Passage(
        article_id="a",
        ordinal=0,
        span=Span(start, start + len(text)),
        sentences=(),
        text=text,
        title="Frost",
        url="",
        source="The Post",
        authors=(),
        published=None,
        score=0.0,
        rank=1,
        scores=Scores(),
    )


def answer(text: str, **changes: object) -> Answer:
    made = Answer(id="1", question="Why?", standalone_question="Why?", as_of=dt.date(2015, 5, 20), text=text)
    return replace(made, **changes)  # type: ignore[arg-type]


def plain(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def shown(made: Answer) -> str:
    return entry_view(Entry(number=1, question="Why?", answer=made), last=False)


def test_marks_stand_behind_the_stop_that_follows_them() -> None:
    citations = [cited(1, 0, "x"), cited(2, 5, "y")]
    assert plain(words("It froze [1][2], and “thawed [2].” Then [7] it rained.", citations, entry=1)) == (
        "It froze, 1 2 and “thawed.” 2 Then [7] it rained."
    )


def test_lines_are_paragraphs_and_dashes_are_lists() -> None:
    markup = words("One.\n\n- Two [1]\n* Three\nFour", [cited(1, 0, "x")], entry=1)
    assert re.findall(r"<(/?(?:p|ul|li))\b", markup) == ["p", "/p", "ul", "li", "/li", "li", "/li", "/ul", "p", "/p"]


def test_a_doubtful_statement_that_is_not_found_in_the_text_is_named_below_it() -> None:
    lost = Statement(text="It rained.", citations=(), support=Support.UNSUPPORTED, reason="no sentence is cited")
    assert "Not supported: “It rained.” (no sentence is cited)" in plain(shown(answer("It froze.", statements=(lost,))))


def test_what_the_answer_wants_noticed_stands_above_it() -> None:
    text = plain(shown(answer("It froze.", notices=("Two marks named no sentence.",))))
    assert text.index("Two marks named no sentence.") < text.index("It froze.")


def test_an_abstention_tells_both_ends_of_what_was_searched() -> None:
    near = NearestArticle(article_id="n", title="", url="javascript:x", source="", published=None)
    made = Abstention(reason="too little evidence", nearest=(near,), date_from="2015-05-01", date_to="2015-05-20")
    text = plain(shown(answer("The archive does not say.", abstention=made)))
    assert "Too little evidence. Searched what was published from 1 May 2015 to 20 May 2015." in text
    assert "Untitled undated" in text


@pytest.mark.parametrize(
    ("milliseconds", "told"), [(12, "under 0.1\u00a0s"), (412, "0.4\u00a0s"), (12_345, "12.3\u00a0s")]
)
def test_a_duration_is_told_in_seconds(milliseconds: float, told: str) -> None:
    assert seconds(milliseconds) == told
    assert told in shown(answer("x", timings=Timings(retrieve=1, first_token=2, total=milliseconds)))


def test_what_is_copied_has_its_sources_below() -> None:
    made = answer("It froze [1].", citations=(cited(1, 0, "It\nfroze."), cited(2, 9, "No.", title="", url="")))
    assert copied_text(made) == (
        "It froze [1].\n\n[1] “It froze.” Frost (The Post, 12 May 2015) https://post.example/frost\n"
        "[2] “No.” Untitled (The Post, 12 May 2015)"
    )


def test_quotes_of_one_passage_are_marked_in_it_in_the_order_of_the_text() -> None:
    text = "First.\n\nSecond. Third."
    citations = [cited(1, 116, "Third."), cited(2, 100, "First.")]
    markup = sources_view(4, "Why?", citations, [passage(text, 100)])
    assert re.findall(r"<mark id=\"(.*?)\" tabindex=\"-1\">(.*?)</mark>", markup) == [
        ("source-4-2", "First."),
        ("source-4-1", "Third."),
    ]
    assert "2 First. Second. 1 Third." in plain(markup)
    assert markup.count("blockquote") == 2


def test_a_quote_whose_passage_is_not_at_hand_stands_alone() -> None:
    assert "<blockquote" in sources_view(1, "Why?", [cited(1, 5, "Alone.")], [passage("Elsewhere.", 100)])


def test_quotes_that_overlap_are_shown_once() -> None:
    markup = sources_view(1, "Why?", [cited(1, 0, "One two"), cited(2, 4, "two three")], [passage("One two three.")])
    assert plain(markup).count("two") == 1


def test_a_source_without_title_or_date_says_so_and_a_speaker_is_named() -> None:
    citation = cited(1, 0, "No.", title="", published=None, url="ftp://post.example", speaker="Dmitry Peskov")
    text = plain(sources_view(1, "Why?", [citation], []))
    assert "Untitled The Post · undated 1 No. 1: said by Dmitry Peskov" in text
    assert "Original" not in text


def test_the_history_has_what_was_answered_and_what_was_written_until_a_stop() -> None:
    conversation = Conversation(
        [
            Entry(number=1, question="One?", answer=answer("Yes.")),
            Entry(number=2, question="Two?", trouble="No model.", partial="Pe"),
            Entry(number=3, question="Three?"),
            Entry(number=4, question="Four?", partial="Perh"),
        ]
    )
    assert [turn.content for turn in conversation.history()] == ["One?", "Yes.", "Four?", "Perh"]
    assert conversation.next_number() == 5
