"""Whether the cited evidence supports a statement: supported, partial or unsupported, with the reason in plain words.

Invariants:

* A statement without evidence is unsupported. One whose quoted words (two or more) stand in no cited sentence is never
  supported, and unsupported where they do not stand around it either.
* ``SUPPORTED`` means that nothing was found missing: no quoted word, number, date or name, and no sign that the
  statement turns its evidence round. What is missing caps the verdict, however alike the words are.
* The score orders statements by support; it is no probability.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from assistant.answer import Support
from assistant.language.words import content_stems, words
from assistant.support.findings import Cited, Finding, confirmations, findings, missing_words

Vectors = npt.NDArray[np.float32]

#: Cited sentences that are looked at; who cites more than that has pointed at nothing.
EVIDENCE_LIMIT = 8
#: Cited sentences up to which the sum of their vectors counts too: a statement may join what two sentences say.
JOIN_LIMIT = 3
#: Vectors that are kept between statements.
KEPT_VECTORS = 512
# Chosen on QAGS by sentence (shares of faithful / unfaithful with this score or more): at 0.65 CNN .96/.73, XSum
# .61/.24; at 0.60 .98/.80, .65/.41; at 0.70 .93/.58, .32/.16. At 0.40 1.00/.94 and .95/.89 remain; sentences of another
# article stay below 0.17, nine in ten random ones of the same article below 0.67 and three in four near or below 0.40.
SUPPORTED_FROM = 0.65
PARTIAL_FROM = 0.4

_ORDER = (Support.UNSUPPORTED, Support.PARTIAL, Support.SUPPORTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One cited sentence. ``context`` is the text around it (its passage), ``published`` its article's day."""

    text: str
    context: str = ""
    title: str = ""
    source: str = ""
    published: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How far the evidence supports a statement. ``score`` runs from 0 to 1; ``reason`` is "" where nothing is missing.

    ``numbers_missing`` holds dates as well. Each tuple lists the pieces as the statement has them.
    """

    support: Support
    score: float
    reason: str = ""
    quoted_missing: tuple[str, ...] = ()
    numbers_missing: tuple[str, ...] = ()
    names_missing: tuple[str, ...] = ()


class SupportChecker:
    """Checks statements against the sentences that they cite.

    Args:
        embed: texts -> unit vectors, float32, shape ``[len(texts), dimension]``.
    """

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        self._embed = embed
        self._known: dict[str, npt.NDArray[np.float32]] = {}
        self._lock = threading.Lock()  # one checker serves every conversation

    def check(self, statement: str, evidence: Sequence[Evidence]) -> Verdict:
        """How far ``evidence``, the sentences that the statement cites, supports it."""
        if not evidence:
            return Verdict(support=Support.UNSUPPORTED, score=0.0, reason="no sentence is cited")
        evidence = evidence[:EVIDENCE_LIMIT]
        cited = Cited(
            sentences=tuple(e.text for e in evidence),
            published=tuple(e.published for e in evidence),
            passages=tuple(dict.fromkeys(e.context for e in evidence)),
            headings=tuple(dict.fromkeys(part for e in evidence for part in (e.title, e.source))),
        )
        found = findings(statement, cited)
        likeness = self._likeness(statement, cited)
        score = min(1.0, max(0.0, likeness - sum(finding.penalty for finding in found)))
        # A finding caps the verdict by itself: its penalty orders statements, it does not sink them a second time.
        support = min([_by_likeness(likeness), *(f.allows for f in found)], key=_ORDER.index)
        return Verdict(
            support=support,
            score=round(score, 4),
            reason=_reason(support, found),
            quoted_missing=tuple(f.piece for f in found if f.kind == "quotation"),
            numbers_missing=tuple(f.piece for f in found if f.kind == "number"),
            names_missing=tuple(f.piece for f in found if f.kind == "name"),
        )

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        """The texts' vectors; those of the last few hundred texts are kept, for an answer cites a sentence again."""
        with self._lock:
            known = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, self._embed(new), strict=True))
        with self._lock:
            self._known.update(known)
            for text in list(self._known)[:-KEPT_VECTORS]:
                del self._known[text]
        return np.stack([known[text] for text in texts])

    def _likeness(self, statement: str, cited: Cited) -> float:
        """How much the sentences say what the statement says: 1 where it stands in one of them word for word.

        The cosine of the nearest sentence and the content word pairs that it shares; less for every content word that
        stands neither in the sentences nor around them, more for quoted phrases and numbers that do stand in them.
        The weights were set by hand on QAGS (``tests/benchmarks/support.py``); neighbouring values do as well.
        """
        stated = f" {' '.join(words(statement))} "
        if any(stated in f" {' '.join(words(text))} " for text in (*cited.sentences, cited.joined)):
            return 1.0
        vectors = self._vectors([statement, *cited.sentences])
        own, sentences = vectors[0], vectors[1:]
        cosine = float(np.max(sentences @ own))
        if 1 < len(sentences) <= JOIN_LIMIT:
            together = sentences.sum(axis=0)
            cosine = max(cosine, float(together @ own / max(np.linalg.norm(together), 1e-9)))
        shared = max(_shared_pairs(statement, text) for text in (*cited.sentences, cited.joined))
        missing = min(len(missing_words(statement, cited)), 4)
        confirmed = min(confirmations(statement, cited), 2)
        return (cosine + 0.2 * shared) / 1.2 - 0.05 * missing + 0.04 * confirmed


def _shared_pairs(statement: str, text: str) -> float:
    """The share of the statement's neighbouring content words that are neighbours in ``text`` too."""
    stated, had = content_stems(statement), content_stems(text)
    if len(stated) < 2:
        return float(bool(stated) and stated[0] in had)
    pairs = set(pairwise(had))
    return sum(pair in pairs for pair in pairwise(stated)) / (len(stated) - 1)


def _by_likeness(likeness: float) -> Support:
    if likeness >= SUPPORTED_FROM:
        return Support.SUPPORTED
    return Support.PARTIAL if likeness >= PARTIAL_FROM else Support.UNSUPPORTED


def _reason(support: Support, found: Sequence[Finding]) -> str:
    if support is Support.SUPPORTED:
        return ""
    if found:
        return "; ".join(dict.fromkeys(f.reason for f in sorted(found, key=lambda f: _ORDER.index(f.allows))))
    if support is Support.PARTIAL:
        return "the cited sentence says only something like it"
    return "the cited sentence does not say this"
