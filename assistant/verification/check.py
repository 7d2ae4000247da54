"""Whether the cited evidence supports a statement: supported, partial or unsupported, with the reason in plain words.

Invariants:

* A statement without evidence is unsupported. One whose quoted words (two or more) stand in no cited sentence is never
  supported, and unsupported where they do not stand around it either.
* ``SUPPORTED`` means that nothing was found missing: no quoted word, number, date or name, and no sign that the
  statement turns its evidence round or tells as a fact what the article has somebody say. What is missing caps the
  verdict, however alike the words are.
* The score orders statements by support; it is no probability.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.citing.evidence import SpokenClaim
from assistant.types import Support
from assistant.verification.attribution import speaker_findings
from assistant.verification.findings import Cited, Finding, findings
from assistant.verification.score import Measures, Vectors, measure, word_for_word
from assistant.verification.score import score as score_of
from ingest.language.gazetteer import Gazetteer
from ingest.language.quotations import quotations, stands_in
from ingest.language.words import words

#: Cited sentences that are looked at; who cites more than that has pointed at nothing.
EVIDENCE_LIMIT = 8
#: What one statement in twenty reaches with sentences drawn from the rest of the article that it is about (QAGS).
SUPPORTED_FROM = 0.5
#: What all faithful statements but one in twenty reach with the sentences that they rest on.
PARTIAL_FROM = 0.33

_ORDER = (Support.UNSUPPORTED, Support.PARTIAL, Support.SUPPORTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSentence:
    """One cited sentence. ``context`` is the text around it (its passage), ``published`` its article's day,
    ``claims`` what it gives to speakers.
    """

    text: str
    context: str = ""
    title: str = ""
    source: str = ""
    published: dt.date | None = None
    claims: tuple[SpokenClaim, ...] = ()


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
        embed: texts -> unit vectors, float32, shape ``[len(texts), dimension]``; best a cached one, for an
            answer cites a sentence again.
        gazetteer: what names are read with; None for the bundled one.
    """

    def __init__(self, embed: Callable[[Sequence[str]], Vectors], gazetteer: Gazetteer) -> None:
        self._embed = embed
        self._gazetteer = gazetteer

    def check(self, statement: str, evidence: Sequence[CitedSentence]) -> Verdict:
        """How far ``evidence``, the sentences that the statement cites, supports it."""
        if not evidence:
            return Verdict(support=Support.UNSUPPORTED, score=0.0, reason="no sentence is cited")
        cited = self._cited(evidence[:EVIDENCE_LIMIT])
        if _is_quoted(statement, cited):
            return Verdict(support=Support.SUPPORTED, score=1.0)
        found = [*findings(statement, cited), *speaker_findings(statement, cited)]
        sound, score = self._scores(statement, cited, found)
        # A finding caps the verdict by itself: it does not sink a statement a second time by its score.
        support = min([_by_score(sound), *(f.allows for f in found)], key=_ORDER.index)
        return Verdict(
            support=support,
            score=round(score, 4),
            reason=_reason(support, found),
            quoted_missing=tuple(f.piece for f in found if f.kind == "quotation"),
            numbers_missing=tuple(f.piece for f in found if f.kind in ("number", "date")),
            names_missing=tuple(f.piece for f in found if f.kind == "name"),
        )

    def measures(self, statement: str, evidence: Sequence[CitedSentence]) -> Measures | None:
        """What the score of a statement is made of; None where it stands in its evidence word for word."""
        cited = self._cited(evidence[:EVIDENCE_LIMIT])
        return self._measures(statement, cited, findings(statement, cited))

    def _cited(self, evidence: Sequence[CitedSentence]) -> Cited:
        return Cited(
            sentences=tuple(e.text for e in evidence),
            published=tuple(e.published for e in evidence),
            claims=tuple(e.claims for e in evidence),
            passages=tuple(dict.fromkeys(e.context for e in evidence)),
            headings=tuple(dict.fromkeys(part for e in evidence for part in (e.title, e.source))),
            gazetteer=self._gazetteer,
        )

    def _measures(self, statement: str, cited: Cited, found: Sequence[Finding]) -> Measures | None:
        if word_for_word(statement, cited):
            return None
        missing = sum(f.kind in ("quotation", "number", "name") for f in found)
        vectors = self._embed([statement, *cited.sentences])
        return measure(statement, cited, missing, vectors)

    def _scores(self, statement: str, cited: Cited, found: Sequence[Finding]) -> tuple[float, float]:
        """The score as if nothing were missing, and the score."""
        measured = self._measures(statement, cited, found)
        if measured is None:
            return 1.0, 1.0
        return score_of(replace(measured, missing_pieces=0.0)), score_of(measured)


def _is_quoted(statement: str, cited: Cited) -> bool:
    """Whether a statement is one of the cited sentences, whole; what it puts in quotation marks stands there too."""
    stated = words(statement)
    same = [text for text in cited.sentences if words(text) == stated]
    return any(all(stands_in(q, text) for q in quotations(statement)) for text in same)


def _by_score(score: float) -> Support:
    if score >= SUPPORTED_FROM:
        return Support.SUPPORTED
    return Support.PARTIAL if score >= PARTIAL_FROM else Support.UNSUPPORTED


def _reason(support: Support, found: Sequence[Finding]) -> str:
    if support is Support.SUPPORTED:
        return ""
    if found:
        return "; ".join(dict.fromkeys(f.reason for f in sorted(found, key=lambda f: _ORDER.index(f.allows))))
    if support is Support.PARTIAL:
        return "the cited sentence says only something like it"
    return "the cited sentence does not say this"
