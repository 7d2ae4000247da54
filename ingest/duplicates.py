"""Which articles are one story: word shingles, their MinHash as keys to look candidates up by, and the exact test.

Agencies' stories appear in many papers, cut, under another headline, with another dateline, a paragraph more. Two
articles are near-duplicates where they share most runs of five words (shingles; Broder 1997, "On the resemblance and
containment of documents"). MinHash signatures, cut into bands (Leskovec, Rajaraman and Ullman, "Mining of Massive
Datasets", section 3.4), find the candidates without comparing all pairs; each candidate is then compared exactly, so
that a band that two articles share by chance never makes them one.

Two signatures are taken: of the whole text, and of its first words alone, because a story that was cut to its first
paragraphs resembles the whole one little, but begins as it does.

The thresholds stand between the built cases of ``tests/near_duplicates.py`` (`make bench-duplicates` prints them).

MinHash is rensa's: it needs nothing else and imports in .01 s, one signature takes .01 ms. datasketch, the other
library that is kept up, brings scipy (140 MB, half a second at every start) and takes .4 ms.

Invariants: nothing here depends on the process, the machine or the order of calls; keys fit SQLite's integers.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import rensa

Shingles = npt.NDArray[np.uint64]

#: Words of a shingle.
WORDS = 5
#: Words that the second signature is taken of.
LEAD = 100
#: Bands and rows of the two signatures: whole texts of Jaccard .6 meet with probability .99, of .2 with .05.
_WHOLE = (32, 4)
#: First words of Jaccard .5 meet with probability .93.
_FIRST = (20, 3)
_SEED = 7

#: Changes whenever the same text would get other keys.
FINGERPRINT = f"facts-rensa-{rensa.RMinHash.ALGORITHM_VERSION}-{WORDS}-{LEAD}-{_WHOLE}-{_FIRST}-{_SEED}"

#: Articles of as many shingles in common, of all that either has, are near-duplicates.
JACCARD = 0.6
#: So are those of which the shorter has as many of its shingles in the other: one was cut, or the other added to.
CONTAINMENT = 0.85
#: Shingles that the shorter has at least: a headline with a line below it is no evidence.
FEWEST = 25

_WORD = re.compile(r"\w+")
_MULTIPLIERS = np.array(
    [0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    dtype=np.uint64,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Similarity:
    """How far two texts share their shingles.

    Attributes:
        jaccard: those in common of all that either has, 0 to 1.
        containment: those in common of the shorter one's, 0 to 1.
        shorter: how many the shorter one has.
    """

    jaccard: float
    containment: float
    shorter: int

    @property
    def near_duplicate(self) -> bool:
        """Whether the two are one story."""
        enough = self.shorter >= FEWEST
        return enough and (self.jaccard >= JACCARD or self.containment >= CONTAINMENT)


def shingles(text: str) -> Shingles:
    """The distinct runs of ``WORDS`` words of a text as 64-bit hashes, ascending; of a shorter text all words as one.

    Case and punctuation do not count. 64 bits: that two of a million articles' shingles fall together by chance
    changes no verdict.
    """
    return np.unique(_shingles(_word_hashes(text)))


def band_keys(text: str) -> list[int]:
    """The keys of a text's bands, signed 64-bit integers; near-duplicates have at least one in common, as good as
    always, other texts as good as never."""
    words = _word_hashes(text)
    whole = _bands(_shingles(words), *_WHOLE, salt=b"whole")
    return [*whole, *_bands(_shingles(words[:LEAD]), *_FIRST, salt=b"lead")]


def similarity(first: Shingles, second: Shingles) -> Similarity:
    """Compare two texts by what :func:`shingles` gives for them."""
    common = len(np.intersect1d(first, second, assume_unique=True))
    shorter = min(len(first), len(second))
    return Similarity(
        jaccard=common / max(len(first) + len(second) - common, 1),
        containment=common / max(shorter, 1),
        shorter=shorter,
    )


def says(text: str, quote: str) -> bool:
    """Whether the words of ``quote`` stand in ``text`` in their order; case, punctuation and white space aside."""
    return f" {_plain(quote)} " in f" {_plain(text)} "


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _word_hashes(text: str) -> Shingles:
    return np.array([_hash(word) for word in _WORD.findall(text.casefold())], dtype=np.uint64)


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8"), digest_size=8).digest(), "little")


def _shingles(words: Shingles) -> Shingles:
    """One hash a run of words, in order; unsigned arithmetic wraps around, as it should."""
    width = min(WORDS, len(words))
    runs = np.zeros(len(words) - width + 1, dtype=np.uint64)
    for i in range(width):
        runs = (runs ^ (words[i : i + len(runs)] * _MULTIPLIERS[i])) * _MULTIPLIERS[(i + 1) % WORDS]
        runs ^= runs >> np.uint64(29)
    return runs


def _bands(hashes: Shingles, bands: int, rows: int, *, salt: bytes) -> list[int]:
    bounds = np.array([0, len(hashes)], dtype=np.uint64)
    matrix = rensa.RMinHash.digest_matrix_from_flat_token_hashes(hashes, bounds, bands * rows, _SEED)
    signature = np.array(matrix.to_rows()[0], dtype="<u4").reshape(bands, rows)
    # A number of its own for every band: what is alike in two different ones is no sign.
    return [
        int.from_bytes(hashlib.blake2b(row.tobytes(), digest_size=8, salt=salt, person=bytes([i])).digest(), "little")
        - (1 << 63)
        for i, row in enumerate(signature)
    ]
