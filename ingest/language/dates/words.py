"""Days as English words, as a reader is shown them."""

from __future__ import annotations

import datetime as dt


def day_in_words(day: str | None) -> str:
    """``12 May 2015`` for an ISO 8601 date or datetime, ``May 2015`` and ``2015`` for less; "undated" for None.

    Another text is given back as it stands.
    """
    if day is None:
        return "undated"
    try:
        if len(day) < len("2015-05-12"):
            return f"{dt.date.fromisoformat(f'{day}-01'):%B %Y}" if "-" in day else day
        moment = dt.datetime.fromisoformat(day)
    except ValueError:
        return day
    return f"{moment.day} {moment:%B} {moment.year}"
