"""Article -> who said what, as spans of its text.

Rules over tokens, quotations and sentences, in pure Python. The steps: ``quotes`` pairs the quotation marks, ``tokens``
cuts the text into tokens and units, ``cues`` finds whatever may be a cue (``lexicon``) with the phrase that speaks
(``speakers``) and what is said and where it ends (``contents``), ``scoring`` keeps what is likely enough, by small
weights of readable evidence, ``contents.quotation_chains`` gives quotations without a cue of their own to the speaker
before, ``speakers.names`` finds the fullest name of every speaker.

Invariants: never raises on any article; time is linear in the length of the text; attributions are in the order of
their cues; all spans are code points of ``Article.text``.

What did not pay, on PolNeAR: attributions inside quotations (people mark one in thirty), other places where content
before its cue may begin, products of the evidence, rarer verbs and nouns as cues, how often a speaker speaks
elsewhere in the article. What people mark as attitudes is a long tail: half of their attributions that are not found
have a cue that occurs once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.article import Article, Span
from ingest.attribution.candidate import Draft
from ingest.attribution.contents.quotation_chains import join
from ingest.attribution.contents.quotations_unclaimed import orphans
from ingest.attribution.cues.rules import in_unit
from ingest.attribution.scoring.selection import Models, fitted, likely, weigh
from ingest.attribution.speakers.names import Names
from ingest.attribution.tokens import Reading, read
from ingest.attribution.types import Attribution, Kind

__all__ = ["Attribution", "Kind", "attributions", "speaker_at"]

#: How often a person marked the same content, for the rules that look beyond one unit and are not weighed.
_UNWEIGHED = {"beside": 0.85, "dash": 0.9, "colon": 0.85, "transcript": 0.8, "follows": 0.5, "orphan": 0.35}


def drafts(
    text: str,
    models: Models | None = None,
    keep: Callable[[Reading, Sequence[Draft]], list[Draft]] = likely,
) -> tuple[Reading, list[Draft]]:
    """The reading of a text and the drafts in it that ``keep`` keeps of each unit, in the order of their cues;
    ``models``: other weights than the fitted ones.
    """
    reading, models = read(text), models or fitted()
    units = [(unit, keep(reading, weigh(reading, in_unit(reading, unit), models))) for unit in reading.units]
    for unit, found in units:
        orphans(reading, unit, found)
    join(reading, units)
    return reading, [draft for _, found in units for draft in sorted(found, key=lambda d: d.cue)]


def attributions(article: Article) -> list[Attribution]:
    """Who says what in an article's text; the title is not looked at.

    Returns:
        One attribution for every claim or attitude, in the order of their cues; a claim within a claim is one more.
    """
    return finished(*drafts(article.text))


def finished(reading: Reading, found: Sequence[Draft]) -> list[Attribution]:
    """Drafts, in the order of their cues, as attributions with their speakers' names."""
    names = Names(reading)
    return [_attribution(reading, names, draft) for draft in found if any(start < end for start, end in draft.contents)]


def _attribution(reading: Reading, names: Names, draft: Draft) -> Attribution:
    speaker = draft.speaker
    contents = tuple(Span(start, end) for start, end in _apart(draft.contents) if start < end)
    return Attribution(
        speaker=Span(reading.start[speaker[0]], reading.end[speaker[1] - 1])
        if speaker and speaker[0] < speaker[1]
        else None,
        cue=Span(reading.start[draft.cue[0]], reading.end[draft.cue[1] - 1]),
        contents=contents,
        kind=_kind(reading, draft, contents),
        confidence=round(draft.probability or _UNWEIGHED[draft.rule], 2),
        name=names.of(draft.unit, speaker),
    )


def _apart(contents: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Contents in the order of the text, overlaps taken together."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(contents):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _kind(reading: Reading, draft: Draft, contents: Sequence[Span]) -> Kind:
    """Direct where the contents are quotations and no other words, mixed where they hold some."""
    held = [reading.quotes_in(span.start, span.end) for span in contents]
    if not any(held):
        return Kind.STANCE if draft.stance else Kind.INDIRECT
    unquoted = False
    for span, inside in zip(contents, held, strict=True):
        at = span.start
        for quote in inside:
            unquoted = unquoted or any(c.isalnum() for c in reading.text[at : max(at, quote.start)])
            at = max(at, quote.end)
        unquoted = unquoted or any(c.isalnum() for c in reading.text[at : max(at, span.end)])
    return Kind.MIXED if unquoted else Kind.DIRECT


def speaker_at(found: Sequence[Attribution], span: Span) -> Attribution | None:
    """Whose words a sentence is: the attribution that covers most of it, or None.

    One counts where its contents hold at least half of the sentence, its own cue and speaker left out, or where the
    sentence holds both the cue and all the content, and that is no aside. A stance has no words of its own, so that it
    counts only where no claim does. Between claims within claims the outermost wins, as it covers most.
    """
    best: Attribution | None = None
    most = (False, 0)
    for attribution in found:
        if attribution.content.start >= span.end or attribution.content.end <= span.start:
            continue
        covered = sum(_shared(c, span) for c in attribution.contents)
        said = attribution.kind is not Kind.STANCE
        aside = _shared(attribution.cue, span) + (_shared(attribution.speaker, span) if attribution.speaker else 0)
        whole = said and span.contains(attribution.cue) and span.contains(attribution.content)
        if (2 * covered >= len(span) - aside or (whole and _ASIDE * covered >= len(span))) and (said, covered) > most:
            best, most = attribution, (said, covered)
    return best


#: A content below one in this many characters of its sentence is an aside in it.
_ASIDE = 5


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
