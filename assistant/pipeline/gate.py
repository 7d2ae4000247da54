"""Whether there is enough evidence to answer from, decided before an answer is written.

Invariants: 0 <= confidence <= 1, and 0 where nothing was found; one name of the question that stands somewhere in what
was found is enough to be about it, and a question that names nothing finds nothing missing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from assistant.citing.evidence import Evidence
from assistant.pipeline.answerability import answerability, signals
from assistant.pipeline.confidence import DOUBTFUL, THRESHOLD, confidence
from assistant.question.query import Query
from assistant.ranking.reader import Reader
from assistant.ranking.sentences import Embed
from ingest.language.gazetteer import Gazetteer
from ingest.language.names import Name
from ingest.language.words import content_stems, words
from vectorstore.archive.passage import Passage
from vectorstore.store import Store

#: The least fit of a sentence that says what is asked for, and how far one that holds every word of what is asked
#: about makes up for a lack of confidence.
_FITS, _SAID = 0.6, 0.3
#: The confidence in a list of articles: what they have is certain, not that it is what was meant.
_LISTED = 0.9
#: What is left of the confidence where nothing found is about anything that the question names.
_NAMES_MISSING = 0.3
#: How alike two spellings of a name are, at least: "Zelenskiy" and "Zelensky".
_ALIKE = 0.8
#: Articles for Americans do not say where they are: "gas prices hit a record".
_UNSAID = "united states"
_YEAR = re.compile(r"\b20\d\d\b")
#: "In the Courier's report on A and the article by the Herald on B …": whatever is named may be a publication.
_PUBLICATIONS = re.compile(
    r"\b(?:articles?|reports?|reported|covered|coverage|published|according to)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether to answer.

    Attributes:
        confidence: how likely it is that the archive answers the question.
        doubtful: whether what is found is shown as the nearest passages rather than as the answer.
    """

    confidence: float
    answerable: bool
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Judges evidence.

    Attributes:
        embed: texts -> unit vectors ``[n, dimension]``.
        threshold: confidence below which the program says that the archive does not say; None for the fitted one.
        reader: tells whether what was found answers; None leaves it to what retrieval tells, as where a chat model
            reads the evidence itself.
    """

    store: Store
    embed: Embed
    threshold: float | None = None
    reader: Reader | None = None

    def judge(self, query: Query, found: Sequence[Passage], evidence: Evidence) -> Verdict:
        """How sure the program is; ``found`` are the passages of the search, best first."""
        if evidence.listed is not None and evidence.sentences:
            return Verdict(confidence=_LISTED, answerable=True)
        sure = self._retrieved(query, found, evidence)
        # Who asks for somebody's words is answered by who says them, which the reader was not made to tell.
        if self.reader is not None and evidence.sentences and query.speech is None:
            sure = answerability(signals(query, evidence, self.reader, sure))
        least = self.threshold if self.threshold is not None else THRESHOLD
        return Verdict(
            confidence=sure,
            answerable=bool(evidence.sentences) and sure >= least,
            doubtful=sure < DOUBTFUL,
        )

    def _retrieved(self, query: Query, found: Sequence[Passage], evidence: Evidence) -> float:
        """Of a question about speech the words that say that somebody spoke stand in few articles; what it is about
        must, and raises the confidence by as much of it as stands in one sentence of whom is asked for. What others say
        is no answer where whoever is asked about says nothing.
        """
        if evidence.unheard:
            return 0.0
        sure = confidence(query, found, evidence, self.embed, self.store.rarity)
        if query.speech is not None:
            subject = replace(query, text=query.speech.about, focus=query.speech.about)
            sure = max(sure, confidence(subject, found, evidence, self.embed, self.store.rarity))
            sure += (1 - sure) * _SAID * _said(query.speech.about, evidence)
        return _NAMES_MISSING * sure if self._lacks_names(query, evidence) else sure

    def _lacks_names(self, query: Query, evidence: Evidence) -> bool:
        publishers = self.store.retriever.catalogue().source_names
        if lacks_names(query, evidence.passages, publishers, self.store.gazetteer):
            return True
        if query.speech is None:
            return False
        # What they say must be about what is asked, not only somebody who speaks of something.
        fitting = [evidence.sentences[match.number - 1].passage for match in evidence.matches if match.fit]
        places = {(p.article_id, p.ordinal + step) for p in fitting for step in (-1, 0, 1)}
        said = [passage for passage in evidence.passages if (passage.article_id, passage.ordinal) in places]
        return lacks_names(query, said, publishers, self.store.gazetteer, query.speakers)


def _said(about: str, evidence: Evidence) -> float:
    """The share of what is asked about that stands in one sentence of whom is asked for."""
    wanted = set(content_stems(about))
    told = [evidence.sentences[match.number - 1] for match in evidence.matches if match.fit >= _FITS]
    return max((len(wanted & set(content_stems(s.text))) / len(wanted) for s in told), default=0.0) if wanted else 0.0


def lacks_names(
    query: Query,
    found: Sequence[Passage],
    publishers: Iterable[str],
    gazetteer: Gazetteer,
    speakers: Iterable[str] = (),
) -> bool:
    """Whether nothing found has any of the names in a question, or a year in it that lies ahead.

    Britain's inflation sounds like an answer to "How high is inflation in Turkey?", and a prize of 1990 like one of
    2030. A question that speaks of reports and articles is not judged by its names.

    Args:
        found: passages; their titles and publishers count too.
        publishers: those of the archive: "according to The Courier" is no name that an article must have.
        speakers: whose words are asked for; what they speak about must stand there besides them.
    """
    if not found:
        return False
    ahead = {year for year in _YEAR.findall(query.text) if int(year) > query.as_of.year}
    if ahead and not any(year in passage.text for passage in found for year in ahead):
        return True
    if _PUBLICATIONS.search(query.text):
        return False
    known = {_spelled(publisher) for publisher in publishers}
    wanted = [one for one in query.names if one.words and one.country != _UNSAID]
    speaking = {word for speaker in speakers for word in words(speaker, keep_possessive=False)}
    wanted = [one for one in wanted if " ".join(one.words) not in known and speaking.isdisjoint(one.words)]
    if not wanted:
        return False
    have = [words(f"{p.title} {p.text} {p.source}", keep_possessive=False) for p in found]
    present = {word for listed in have for word in listed}
    places = {key for listed in have for key in gazetteer.country_keys(listed)}
    return not any(_stands(one, present, places) for one in wanted)


def _stands(name: Name, present: Collection[str], places: Collection[str]) -> bool:
    if name.country is not None and name.country in places:
        return True
    return any(word in present or get_close_matches(word, present, 1, _ALIKE) for word in name.words)


def _spelled(publisher: str) -> str:
    return " ".join(words(publisher, keep_possessive=False)).removeprefix("the ")
