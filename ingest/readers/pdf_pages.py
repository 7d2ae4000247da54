"""The lines of a page of a PDF, in the order in which they are read.

A PDF says where its words stand and in what order they were drawn, which is not always that of reading: some programs
draw two columns row by row, and some draw Hebrew and Arabic as they look, from the left.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PageObject

#: Rows from which columns show, the share of them that hold two, and the characters of a line of running text.
_ROWS, _SHARE, _LINE = 5, 0.6, 18
#: Points by which the beginnings of a column's lines, and the lines of one row, may differ.
_INDENT, _SAME_ROW = 30.0, 2.0
#: Letters of Hebrew that have another form at the end of a word.
_FINAL = "ךםןףץ"
_STARTS_FINAL = re.compile(rf"(?<!\w)[{_FINAL}](?=[א-ת])")
_ENDS_FINAL = re.compile(rf"(?<=[א-ת])[{_FINAL}](?!\w)")
_LEFT_TO_RIGHT = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,:/%-]*(?<=[0-9A-Za-z%])|[0-9A-Za-z]")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is drawn at one place."""

    text: str
    x: float
    y: float


def lines_of(page: PageObject, patient: Callable[..., None]) -> list[str]:
    """The lines of a page.

    Args:
        patient: is called before each operation of the page, and may raise.
    """
    pieces: list[_Piece] = []

    def drawn(text: str, matrix: Sequence[float], at: Sequence[float], *_: object) -> None:
        if text.strip():
            x, y = at[4], at[5]
            place = (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
            pieces.append(_Piece(" ".join(text.split()), *place))

    plain = page.extract_text(visitor_operand_before=patient, visitor_text=drawn)
    lines = _by_column(pieces) or [" ".join(line.split()) for line in plain.splitlines()]
    return [_read_from_the_right(line) for line in lines]


def _by_column(pieces: Sequence[_Piece]) -> list[str]:
    """The lines of columns that were drawn row by row, one column after the other; none where there are no such."""
    rows: list[list[_Piece]] = []
    for piece in pieces:
        if rows and abs(rows[-1][-1].y - piece.y) <= _SAME_ROW and piece.x > rows[-1][-1].x:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    wide = [row for row in rows if len(row) > 1 and all(len(piece.text) >= _LINE for piece in row[:-1])]
    if len(wide) < _ROWS or len(wide) < _SHARE * len(rows):
        return []
    count, much = Counter(map(len, wide)).most_common(1)[0]
    model = next(row for row in wide if len(row) == count)
    starts = [min(row[i].x for row in wide if len(row) == count) for i in range(count)]
    if much < _SHARE * len(wide) or any(
        abs(piece.x - start) > _INDENT for piece, start in zip(model, starts, strict=True)
    ):
        return []
    before: list[str] = []
    columns: list[list[str]] = [[] for _ in starts]
    for row in rows:
        if not any(columns) and len(row) == 1:
            before.append(row[0].text)  # a headline over all of them
            continue
        for piece in row:
            columns[max(i for i, start in enumerate(starts) if i == 0 or piece.x >= start - _INDENT)].append(piece.text)
    return [*before, *(line for column in columns for line in column)]


def _read_from_the_right(line: str) -> str:
    """A line of Hebrew or Arabic that was drawn as it looks, in the order of reading; any other as it is."""
    if line.isascii() or not _drawn_as_it_looks(line):
        return line
    turned = unicodedata.normalize("NFKC", line[::-1]).translate(_MIRRORED)
    return _LEFT_TO_RIGHT.sub(lambda run: run[0][::-1], turned)


def _drawn_as_it_looks(line: str) -> bool:
    """By letters that have a form of their own where a word ends or begins: they stand at the wrong side of it."""
    wrong, right = len(_STARTS_FINAL.findall(line)), len(_ENDS_FINAL.findall(line))
    for word in line.split():
        if len(word) > 1 and "\ufe70" <= word[0] <= "\ufefc":
            wrong += "FINAL FORM" in unicodedata.name(word[0], "")
            right += "INITIAL FORM" in unicodedata.name(word[0], "")
    return wrong > right


def picture_pages(pages: Sequence[Sequence[str]], has_picture: Callable[[int], bool]) -> str:
    """What is to be said of the pages among others that are pictures: "pages 2-5 are pictures"; "" where none is."""
    numbers = [
        n for n, lines in enumerate(pages, start=1) if not any(map(str.isalnum, "".join(lines))) and has_picture(n - 1)
    ]
    if not numbers:
        return ""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    listed = ", ".join(f"{first}-{last}" if first < last else str(first) for first, last in ranges)
    what = f"pages {listed} are pictures" if len(numbers) > 1 else f"page {listed} is a picture"
    return f"{what} without text: run text recognition (OCR) on it to have them read"
