"""Whether anything that was found is about what a question names.

Britain's inflation sounds like an answer to "How high is inflation in Turkey?", and a prize of 1990 like one of 2030.

Invariant: one name of the question that stands somewhere in what was found is enough; a question that names nothing
finds nothing missing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

from ingest.language.gazetteer import bundled
from ingest.language.names import Name, names
from ingest.language.words import words
from vectorstore.archive.passage import Passage

#: How alike two spellings of a name are, at least: "Zelenskiy" and "Zelensky".
_ALIKE = 0.8
#: Articles for Americans do not say where they are: "gas prices hit a record".
_UNSAID = "united states"
_YEAR = re.compile(r"\b20\d\d\b")
#: "In the Courier's report on A and the article by the Herald on B …": whatever is named may be a publication.
_PUBLICATIONS = re.compile(
    r"\b(?:articles?|reports?|reported|covered|coverage|published|according to)\b", re.IGNORECASE
)


def is_off_subject(
    question: str, found: Sequence[Passage], publishers: Iterable[str], as_of: dt.date, speakers: Iterable[str] = ()
) -> bool:
    """Whether nothing found has any of the names in a question, or a year in it that lies ahead.

    A question that speaks of reports and articles is not judged by its names.

    Args:
        found: passages; their titles and publishers count too.
        publishers: those of the archive: "according to The Courier" is no name that an article must have.
        as_of: the day of the question.
        speakers: whose words are asked for; what they speak about must stand there besides them.
    """
    if not found:
        return False
    ahead = {year for year in _YEAR.findall(question) if int(year) > as_of.year}
    if ahead and not any(year in passage.text for passage in found for year in ahead):
        return True
    if _PUBLICATIONS.search(question):
        return False
    known = {_spelled(publisher) for publisher in publishers}
    wanted = [one for one in names(question) if one.words and one.country != _UNSAID]
    speaking = {word for speaker in speakers for word in words(speaker, keep_possessive=False)}
    wanted = [one for one in wanted if " ".join(one.words) not in known and speaking.isdisjoint(one.words)]
    if not wanted:
        return False
    have = [words(f"{p.title} {p.text} {p.source}", keep_possessive=False) for p in found]
    present = {word for listed in have for word in listed}
    places = {key for listed in have for *_, key in bundled().countries(listed)}
    return not any(_stands(one, present, places) for one in wanted)


def _stands(name: Name, present: Collection[str], places: Collection[str]) -> bool:
    if name.country is not None and name.country in places:
        return True
    return any(word in present or get_close_matches(word, present, 1, _ALIKE) for word in name.words)


def _spelled(publisher: str) -> str:
    return " ".join(words(publisher, keep_possessive=False)).removeprefix("the ")
