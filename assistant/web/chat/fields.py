"""What a reader has written into the page's fields: a question of a sensible length, and a day."""

from __future__ import annotations

import datetime as dt

from assistant.errors import UsageError

#: Characters of the longest question that is taken.
LONGEST_QUESTION = 2000


def check_length(question: str) -> None:
    """Raises ``UsageError`` where a question is longer than any question is."""
    if len(question) > LONGEST_QUESTION:
        raise UsageError(f"the question has {len(question):,} characters", remedy=f"keep it under {LONGEST_QUESTION:,}")


def read_day(text: str | None) -> dt.date | None:
    """The day in the field "as of", None where it is empty.

    Raises:
        UsageError: where it is no date.
    """
    if text is None or not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise UsageError(f"{text!r} is not a date", remedy="write it as in 2015-05-12, or leave it empty") from error
