"""Answers as they are compared: SQuAD's normalisation.

Source: the evaluation script of SQuAD 1.1 (Rajpurkar et al., 2016, arXiv 1606.05250): lower case, punctuation removed,
the articles a, an and the removed, white space folded. Beyond ASCII, where that script leaves punctuation standing,
every mark that Unicode calls punctuation is removed too: news is written with curly quotation marks and dashes.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_ASCII = frozenset(string.punctuation)


@lru_cache(maxsize=4096)
def normalise_answer(text: str) -> str:
    """``text`` as it is compared."""
    kept = "".join(c for c in text.lower() if c not in _ASCII and not unicodedata.category(c).startswith("P"))
    return " ".join(_ARTICLES.sub(" ", kept).split())


def tokens(text: str) -> list[str]:
    """The words of ``text`` as they are compared."""
    return normalise_answer(text).split()


def holds(text: str, answers: Iterable[str]) -> bool:
    """Whether one of ``answers`` stands in ``text``, both normalised, as whole words in a row.

    An answer of which nothing is left after normalisation stands in no text.
    """
    padded = f" {normalise_answer(text)} "
    return any(wanted and f" {wanted} " in padded for wanted in map(normalise_answer, answers))
