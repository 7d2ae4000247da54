"""Words that are written with a hyphen, told from words that a line's end has divided."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from ingest.language.words import word_set


@cache
def _parts() -> tuple[frozenset[str], frozenset[str]]:
    data = tomllib.loads(Path(__file__).with_name("compounds.toml").read_text(encoding="utf-8"))
    return word_set(data["first"]), word_set(data["last"])


def is_divided(head: str, tail: str, known: frozenset[str]) -> bool:
    """Whether a hyphen at a line's end divides one word: "investi-gation", but not "long-term".

    Args:
        head: what stands before the hyphen, ``tail`` what begins the next line; letters only.
        known: the words of the text, those with a hyphen in one piece. What the text has elsewhere decides.
    """
    if head + tail in known:
        return True
    if f"{head}-{tail}" in known or not tail[:1].islower() or len(head) < 2 or len(tail) < 2:
        return False
    first, last = _parts()
    whole = {head.lower(), tail.lower()} <= known and min(len(head), len(tail)) > 3
    return not (whole or head.lower() in first or tail.lower() in last)
