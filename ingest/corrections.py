"""What an article says about itself: that it corrects, clarifies, takes back or updates what was published before.

``correction_note`` finds the sentence that says so; ``supersedes`` decides between two versions. Pure: no store.

Style guides put such a note in a place of its own (the headline's first word, a paragraph by itself, a bracket at
the top), so it is looked for at the beginning of paragraphs and nowhere else: "the company issued a correction" in
the middle of a report is news about somebody.

Invariant: ``note.span.of(article.text)`` is the sentence that says so, where the text and not the headline does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.article import Article, Published, Span
from ingest.chunk import sentences

#: Days within which an article of the same headline can be what a correction corrects.
WITHIN = 60


#: The same where nothing but the headline joins the two: a series has one headline for all of its reports.
HEADLINE_WITHIN = 7


class NoteKind(StrEnum):
    """What a note announces, from the weightiest to the lightest."""

    RETRACTION = "retraction"
    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    UPDATE = "update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An article's note on itself.

    Attributes:
        span: the sentence that says so; None where the headline alone does.
        number: of an update ("UPDATE 2-…"), else 0.
    """

    kind: NoteKind
    span: Span | None
    number: int = 0

    @property
    def weight(self) -> tuple[int, int]:
        """Of two notes on one story the heavier comes later: an update gives way to the next, all to a correction."""
        return (0, self.number) if self.kind is NoteKind.UPDATE else (1, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What ``supersedes`` must know of an article. ``subject`` is the headline without its note, casefolded."""

    url: str
    source: str
    subject: str
    published: Published
    note: Note | None


_WORK = r"(?:story|article|report|version|post|piece|item|headline|caption|page|column|dispatch)"
# What stands before a note is looked at from its beginning only, or a long run would be looked at from each of its
# characters.
_HEADLINE = re.compile(
    r"(?<!\s)\s*+[\[(]?(?:(?P<retraction>RETRACT(?:ED|ION)|WITHDRAWN|Retracted|Retraction)"
    r"|(?P<correction>CORRECT(?:ED|ION)|Correct(?:ed|ion))"
    r"|(?P<clarification>CLARIF(?:IED|ICATION)|Clarif(?:ied|ication))"
    r"|(?P<update>UPDATED?|Updated?)(?:\s*(?P<number>\d{1,2}))?)"
    r"(?:[\])]\s*[-:–—]?|\s?[-:–—])\s*(?=\S)"
)
_HEADLINE_END = re.compile(r"(?<!\s)\s*+[\[(](?P<kind>corrected|clarified|updated|retracted)[\])]\s*$", re.IGNORECASE)
_ENDINGS = {
    "corrected": NoteKind.CORRECTION,
    "clarified": NoteKind.CLARIFICATION,
    "updated": NoteKind.UPDATE,
    "retracted": NoteKind.RETRACTION,
}
_BEFORE = r"(?<![\W_])[\W_]*+(?:Editor(?:['’]s|s['’])\s+note\W+)?"
_WRONG = r"incorrect|misstate|misspel|misidentif|misattribut|misquot|mistaken|wrong|erroneous|inaccura|\berror|omitted"
_NOTES: tuple[tuple[NoteKind, re.Pattern[str]], ...] = (
    (NoteKind.RETRACTION, re.compile(rf"{_BEFORE}[Tt]his {_WORK} (?:has been|was|is) (?:retracted|withdrawn)\b")),
    (NoteKind.RETRACTION, re.compile(rf"{_BEFORE}(?:RETRACTION|Retraction)\s*[:–—-]")),
    (
        NoteKind.CORRECTION,
        re.compile(rf"{_BEFORE}(?:CORRECTIONS?|Corrections?|CORRECTED|Corrected)(?:,? [^:.\n]{{0,40}})?\s*[:–—]"),
    ),
    (NoteKind.CORRECTION, re.compile(rf"{_BEFORE}[Tt]his {_WORK} (?:corrects|(?:has been|was) corrected)\b")),
    (
        NoteKind.CORRECTION,
        re.compile(
            rf"{_BEFORE}(?:Due to [^.\n]{{3,60}}, )?(?:[Aa]n|[Aa]|[Tt]he|[Ii]n an|[Ii]n a) "
            rf"(?:earlier|previous|original|initial) version of (?:this|the) {_WORK}\b[^\n]{{0,300}}?(?:{_WRONG})",
        ),
    ),
    (
        NoteKind.CORRECTION,
        re.compile(rf"{_BEFORE}[Tt]his {_WORK} (?:has been|was) updated [^.\n]{{0,120}}(?:{_WRONG})"),
    ),
    (NoteKind.CORRECTION, re.compile(r"(?<!\s)\s*+\((?:CORRECTS|Corrects)\b[^)\n]{3,200}\)")),
    (
        NoteKind.CLARIFICATION,
        re.compile(rf"{_BEFORE}(?:CLARIFICATIONS?|Clarifications?)(?:,? [^:.\n]{{0,40}})?\s*[:–—]"),
    ),
    (NoteKind.CLARIFICATION, re.compile(rf"{_BEFORE}[Tt]his {_WORK} (?:clarifies|(?:has been|was) clarified)\b")),
    (NoteKind.CLARIFICATION, re.compile(r"(?<!\s)\s*+\((?:CLARIFIES|Clarifies)\b[^)\n]{3,200}\)")),
    (NoteKind.UPDATE, re.compile(r"(?<!\s)\s*+(?:UPDATE|Update)\s*(?P<number>\d{1,2})\s*[-:–—]")),
    (NoteKind.UPDATE, re.compile(r"(?<!\s)\s*+(?:UPDATED?|Updated?)(?:,? [^:.\n]{0,40})?\s*[:–—]")),
    (NoteKind.UPDATE, re.compile(r"(?<!\s)\s*+\((?:Updates?|UPDATES?|Adds|ADDS|Recasts|RECASTS)\b[^)\n]{3,200}\)")),
    (NoteKind.UPDATE, re.compile(rf"{_BEFORE}[Tt]his {_WORK} (?:updates|(?:has been|was) updated)\b")),
    (
        NoteKind.UPDATE,
        re.compile(rf"{_BEFORE}(?:[Aa]n|[Aa]|[Tt]he) (?:earlier|previous|original) version of this {_WORK}\b"),
    ),
)
_ANY = re.compile(r"correct|clarif|updat|retract|withdrawn|recast|adds|version of th", re.IGNORECASE)
_DAY_PASSED = dt.timedelta(0)


def correction_note(article: Article) -> Note | None:
    """The weightiest note of an article on itself, or None.

    Of two that weigh the same the text's comes before the headline's: it is the one that says what was changed.
    """
    found = [*_notes_in(article.text), *_note_of_headline(article.title)]
    order = list(NoteKind)
    return min(found, key=lambda note: (order.index(note.kind), -note.number), default=None)


def bare_headline(title: str) -> str:
    """A headline without the note at its beginning or end: what it shares with that of the version before it."""
    return _HEADLINE_END.sub("", _HEADLINE.sub("", title, count=1)).strip()


def supersedes(new: Version, old: Version, *, same_story: bool, differs: bool = True) -> bool:
    """Whether ``new`` takes the place of ``old``.

    It does where it is no older and either announces a change that ``old`` does not, or is the same publisher's or
    the same address's later version.

    Args:
        same_story: the two are near-duplicates, or of one cluster.
        differs: their words differ.
    """
    days = _days_between(old.published, new.published)
    if days is not None and days < _DAY_PASSED:
        return False
    same_url = bool(new.url) and new.url == old.url
    later = days is not None and days > _DAY_PASSED
    if new.note is not None and (old.note is None or new.note.weight > old.note.weight):
        return same_story or same_url or (new.note.weight > (0, 0) and _by_headline(new, old, days))
    same_source = bool(new.source) and new.source.casefold() == old.source.casefold()
    return later and differs and (same_url or (same_story and same_source))


def _by_headline(new: Version, old: Version, days: dt.timedelta | None) -> bool:
    named = len(new.subject.split()) >= 3 and new.subject == old.subject
    return named and new.source.casefold() == old.source.casefold() and (days is None or days.days <= HEADLINE_WITHIN)


def _days_between(old: Published, new: Published) -> dt.timedelta | None:
    """From one to the other, by the clock where both have a time; None where one is undated."""
    if old is None or new is None:
        return None
    if isinstance(old, dt.datetime) and isinstance(new, dt.datetime):
        return new - old
    return dt.timedelta(days=_day(new).toordinal() - _day(old).toordinal())


def _day(published: dt.date) -> dt.date:
    return published.date() if isinstance(published, dt.datetime) else published


def _note_of_headline(title: str) -> Iterator[Note]:
    if start := _HEADLINE.match(title):
        kind = next(kind for kind in NoteKind if start[kind.value] is not None)
        yield Note(kind=kind, span=None, number=int(start["number"] or 0))
    elif end := _HEADLINE_END.search(title):
        yield Note(kind=_ENDINGS[end["kind"].lower()], span=None)


def _notes_in(text: str) -> Iterator[Note]:
    start = 0
    for line in text.split("\n"):
        if _ANY.search(line):
            for kind, pattern in _NOTES:
                if (match := pattern.match(line)) and _plausible(kind, line, match):
                    number = match.groupdict().get("number")
                    yield Note(kind=kind, span=_sentence(line, start, match.end()), number=int(number or 0))
                    break
        start += len(line) + 1


def _plausible(kind: NoteKind, line: str, match: re.Match[str]) -> bool:
    """A heading ("Update:") announces only what follows it."""
    return line[match.end() :].strip() != "" or match.group().rstrip()[-1:] not in {":", "–", "—", "-"}


def _sentence(line: str, start: int, reached: int) -> Span:
    """The sentences of a line, up to the one in which the pattern ends, or that follows its colon."""
    spans = sentences(line)
    last = next((span for span in spans if span.end > reached), spans[-1])
    return Span(start + spans[0].start, start + last.end)
