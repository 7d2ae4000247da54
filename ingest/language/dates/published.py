"""Dates of publication: from what a document says, from lines at its head, from file names and URL paths.

A line in the head dates an article that is a date alone, behind a label, or beside a byline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.article import Published
from ingest.language.dates.labels import BEGINS, BY, PUBLISHED, UPDATED
from ingest.language.dates.written import date_in_name, plausible, read_date, read_stamp

__all__ = ["date_in_head", "date_in_name", "labelled_date", "plausible", "read_date", "read_stamp"]

_LONGEST_LINE = 80
_A_DIGIT = re.compile(r"\d|[〇一二三四五六七八九]年")
_DIVIDES = re.compile(r"[|·•¦]")
#: A byline behind its date: "12 May 2015 by Ada Brook".
_BY_BEHIND = re.compile(r"(?<=\d)(?:,\s*|\s+(?:[–—-]\s+)?)(?:by|von|par|por)\s.*$", re.IGNORECASE)
_MOST_WORDS = 16


def labelled_date(line: str, language: str = "") -> Published:
    """The date of a line that is nothing but a date, what goes with it allowed: a label ("Published: 12 May 2015, 10:15
    GMT"), a byline ("By Ada Brook | May 12, 2015"), the day of an update, which is not the day of publication.
    """
    if not _A_DIGIT.search(line[:1000]) or len(line) > 1000:
        return None
    line = line.strip().strip("*_|[]()").strip()
    if value := read_date(line, language):
        return value
    sure: list[Published] = []
    others: list[Published] = []
    for part, labelled in _parts(line):
        if value := _of_part(part, language):
            (sure if labelled else others).append(value)
    found = sure or list(dict.fromkeys(others))
    return found[0] if sure or len(found) == 1 else None


def _parts(line: str) -> Iterator[tuple[str, bool]]:
    """The parts of a line that may be the date of publication, and whether a label says that they are."""
    divided = [part for piece in _DIVIDES.split(line) for part in BEGINS.split(piece)]
    changed = False
    for part in divided:
        part = part.strip(" ,;–—-")
        if not part:
            continue
        if UPDATED.search(part):
            # The day stands behind its label, in this part or the next: "Updated | 14 May 2015".
            changed = not _A_DIGIT.search(part)
            continue
        label = PUBLISHED.match(part)
        rest = part[label.end() :] if label else part
        if not changed:
            yield rest, label is not None
        changed = changed and not _A_DIGIT.search(part)


def _of_part(part: str, language: str) -> Published:
    if value := read_date(part, language):
        return value
    if BY.match(part):
        words = part.split(maxsplit=_MOST_WORDS)
        for first in range(2, len(words)):
            if value := read_date(" ".join(words[first:]).strip(",–—- "), language):
                return value
        return None
    before = _BY_BEHIND.sub("", part)
    return read_date(before, language) if before != part else None


def date_in_head(text: str, lines: int = 6) -> Published:
    """The date on a line of its own among the first few lines of ``text`` that are not blank, or None."""
    start = 0
    for _ in range(lines * 3):  # blank lines between them do not count, but the search stays at the head
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        if line.strip():
            lines -= 1
            if len(line) <= _LONGEST_LINE and (value := labelled_date(line)):
                return value
        if end < 0 or lines == 0:
            return None
        start = end + 1
    return None
