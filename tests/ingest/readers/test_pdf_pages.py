"""A PDF is read as a reader reads it: divided words, columns, right to left, pictures among pages, several articles."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest import Article, read
from ingest.language.compounds import is_divided
from ingest.readers.pdf import read_articles, read_pdf
from ingest.readers.pdf_pages import _read_from_the_right

LEFT = (
    "The town of Tidewick voted late",
    "on Tuesday to raise the fares of the",
    "ferry, as its treasurer had asked it",
    "to do in the spring. The fund for the",
    "harbour is empty, and the boats are",
    "forty years old by now, he said.",
)
RIGHT = (
    "Passengers were not asked before the",
    "vote. A teacher who crosses daily",
    "said that she would have to move to",
    "the mainland with her two children.",
    "The company said that no crossing",
    "would be left out of the timetable.",
)


def drawn(*pages: Callable[[Canvas], None]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def text(*lines: str) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(50, 800 - 15 * number, line)

    return draw


def row_by_row(canvas: Canvas) -> None:
    canvas.drawString(50, 815, "Ferry fares go up")
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        canvas.drawString(50, 790 - 15 * number, left)
        canvas.drawString(310, 790 - 15 * number, right)


def picture(canvas: Canvas) -> None:
    pixel = b"\x89PNG\r\n\x1a\n" + bytes.fromhex(
        "0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44"
        "ae426082"
    )
    canvas.drawImage(ImageReader(io.BytesIO(pixel)), 50, 50, 400, 600)


def test_words_that_lines_divide_are_whole_and_compounds_keep_their_hyphen() -> None:
    body = text(
        "The treasurer of the harbour fund resig-",
        "ned on Monday after an indepen-",
        "dent accountant had found a long-",
        "term loan that nobody had known of.",
    )
    found = read_pdf(drawn(body)).text
    assert "resigned on Monday after an independent accountant had found a long-term loan" in found


@pytest.mark.parametrize(
    ("head", "tail", "known", "divided"),
    [
        ("investi", "gation", "", True),
        ("long", "term", "", False),
        ("harbour", "master", "harbour-master", False),
        ("lang", "saam", "", True),
        ("US", "Präsident", "", False),
        ("well", "being", "wellbeing", True),
        ("e", "mail", "", False),
    ],
)
def test_what_the_text_has_elsewhere_decides_and_else_what_makes_compounds(
    head: str, tail: str, known: str, divided: bool
) -> None:
    assert is_divided(head, tail, frozenset(known.split())) is divided


def test_columns_that_are_drawn_row_by_row_are_read_one_after_the_other() -> None:
    found = read_pdf(drawn(row_by_row))
    assert found.title == "Ferry fares go up"
    whole = " ".join(found.text.split())
    assert " ".join(LEFT) in whole
    assert " ".join(RIGHT) in whole
    assert whole.index("forty years old") < whole.index("Passengers were")


def test_a_table_is_no_columns_of_text() -> None:
    def table(canvas: Canvas) -> None:
        for number in range(8):
            canvas.drawString(50, 790 - 15 * number, f"Town {number}")
            canvas.drawString(310, 790 - 15 * number, str(100 + number))

    assert read_pdf(drawn(table)).text.split()[:3] == ["Town", "0", "100"]


@pytest.mark.parametrize(
    ("shown", "written"),
    [
        ("םולש םלוע", "עולם שלום"),
        ("שלום עולם", "שלום עולם"),
        ("2015 יאמב 12 םולש", "שלום 12 במאי 2015"),
        ("The ferry was late.", "The ferry was late."),
    ],
)
def test_hebrew_that_is_drawn_as_it_looks_is_read_from_the_right(shown: str, written: str) -> None:
    assert _read_from_the_right(shown) == written


def test_pages_that_are_pictures_among_others_are_said(tmp_path: Path) -> None:
    story = text("Ferry fares go up", "", "The council voted on Tuesday to raise the fares of the ferry.")
    (tmp_path / "a.pdf").write_bytes(drawn(story, picture, picture, story, picture))
    (article,) = read([tmp_path])
    assert isinstance(article, Article)
    assert "pages 2-3, 5 are pictures" in article.remarks[0]


def test_the_articles_of_a_press_review_are_told_apart_with_their_dates() -> None:
    one = text("Ferry fares go up", "Shore Post, page one", "12 May 2015", "", *LEFT)
    more = text("said the treasurer, who will leave in autumn.", *RIGHT)
    other = text("Bridge opens at last", "14 May 2015", "", *RIGHT)
    first, second = read_articles(drawn(one, more, other))
    assert (first.title, second.title) == ("Ferry fares go up", "Bridge opens at last")
    assert (first.published, second.published) == (dt.date(2015, 5, 12), dt.date(2015, 5, 14))
    assert "who will leave in autumn" in first.text
    assert len(read_articles(drawn(one, more))) == 1


def test_a_cover_before_the_first_article_is_not_lost() -> None:
    cover = text("What the papers say", "A review made for the council of Tidewick every week.")
    one = text("Ferry fares go up", "12 May 2015", "", *LEFT)
    other = text("Bridge opens at last", "14 May 2015", "", *RIGHT)
    first, second = read_articles(drawn(cover, one, other))
    assert "made for the council" in first.text
    assert "forty years old" in first.text
    assert second.title == "Bridge opens at last"
