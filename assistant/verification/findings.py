"""What a statement has that its cited sentences lack: quoted words, numbers, dates, names; or that it turns round.

Each finding says what verdict it still allows. What stands around the cited sentence (its passage, the title, the
publisher) is weaker evidence: a name found there is no finding, a number or a quotation found there allows "partial".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from assistant.citing.evidence import SpokenClaim
from assistant.types import Support
from assistant.verification.polarity import negation_differs, object_differs, opposite, roles_swapped
from ingest.language.dates.mentions import bears_out, blanked, day_mentions
from ingest.language.gazetteer import Gazetteer, bundled
from ingest.language.lexicon import SPEECH, is_speech, verbs
from ingest.language.names import Name, Named, names
from ingest.language.quantities import Match, match, quantities
from ingest.language.quotations import quotations, stands_in, without_quotations
from ingest.language.words import content_stems, content_words, stem, words

Kind = Literal["quotation", "number", "date", "name", "sense", "speaker"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The cited sentences, the days of their articles and what they give to speakers in the same order, the passages
    that they stand in, and the titles and publishers of their articles; and the gazetteer that they are read with.
    """

    sentences: tuple[str, ...]
    published: tuple[dt.date | None, ...]
    claims: tuple[tuple[SpokenClaim, ...], ...] = ()
    passages: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    gazetteer: Gazetteer = field(default_factory=bundled)

    @property
    def joined(self) -> str:
        """The sentences one behind the other: a statement may rest on several together."""
        return " ".join(self.sentences)

    @property
    def surroundings(self) -> str:
        """All that stands around them."""
        return "\n".join((*self.headings, *self.passages))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is missing or wrong. ``piece`` is the statement's own words, ``allows`` the best verdict left."""

    kind: Kind
    piece: str
    allows: Support
    reason: str


def findings(statement: str, cited: Cited) -> list[Finding]:
    """All findings, quotations first."""
    found = [*_quotations(statement, cited), *_numbers(statement, cited), *_days(statement, cited)]
    named = names(statement, cited.gazetteer)
    found += _names(named, cited)
    found += _replaced(statement, named, cited)
    found += _senses(statement, named, cited)
    return found


def missing_words(statement: str, cited: Cited) -> list[str]:
    """The statement's content words, numbers and verbs of speech apart, that stand in no cited text nor around it."""
    had = words(f"{cited.joined}\n{cited.surroundings}", keep_possessive=False)
    stems, keys = {stem(w) for w in had}, cited.gazetteer.country_keys(had)
    return [
        w
        for w in dict.fromkeys(content_words(blanked(statement, day_mentions(statement))))
        if stem(w) not in stems and not is_speech(w) and not w[0].isdigit() and cited.gazetteer.country(w) not in keys
    ]


def _quotations(statement: str, cited: Cited) -> Iterator[Finding]:
    for quotation in quotations(statement):
        if any(stands_in(quotation, text) for text in (*cited.sentences, cited.joined)):
            continue
        near = stands_in(quotation, cited.surroundings)
        if near and not quotation.is_phrase:
            continue  # a term or a title
        where = "stand near the cited sentence, not in it" if near else "stand in no cited sentence"
        gentle = near or not quotation.is_phrase
        yield Finding(
            kind="quotation",
            piece=quotation.text,
            allows=Support.PARTIAL if gentle else Support.UNSUPPORTED,
            reason=f"the quoted words “{_short(quotation.text)}” {where}",
        )


def _numbers(statement: str, cited: Cited) -> Iterator[Finding]:
    stated = quantities(blanked(statement, day_mentions(statement)))
    if not stated:
        return
    had = [quantity for text in cited.sentences for quantity in quantities(text)]
    around = quantities(cited.surroundings)
    for quantity in stated:
        best = match(quantity, had)
        if best is Match.SAME:
            continue
        if best is Match.NEAR:
            reason = f"{quantity.text} is a rounded number in the statement only"
        elif match(quantity, around) is not Match.MISSING:
            reason = f"the number {quantity.text} stands near the cited sentence, not in it"
        else:
            reason = f"the number {quantity.text} stands in no cited sentence"
        known = best is Match.NEAR or match(quantity, around) is not Match.MISSING
        yield Finding(
            kind="number",
            piece=quantity.text,
            allows=Support.PARTIAL if known or quantity.small else Support.UNSUPPORTED,
            reason=reason,
        )


def _days(statement: str, cited: Cited) -> Iterator[Finding]:
    for mention in day_mentions(statement):
        days = zip(cited.sentences, cited.published, strict=True)
        if any(bears_out(mention, text, published) for text, published in days):
            continue
        near = any(bears_out(mention, cited.surroundings, day) for day in cited.published)
        where = "stands near the cited sentence, not in it" if near else "stands in no cited sentence"
        yield Finding(
            kind="date",
            piece=mention.text,
            allows=Support.PARTIAL,
            reason=f"the date {mention.text} {where}",
        )


def _names(named: list[Name], cited: Cited) -> list[Finding]:
    near, around = Named(cited.joined, cited.gazetteer), Named(cited.surroundings, cited.gazetteer)
    listed = f" {' '.join(words(cited.joined))} "
    gone = [n for n in named if not near.has(n) and not around.has(n) and f" {' '.join(words(n.text))} " not in listed]
    missing = list(dict.fromkeys(n.text for n in gone))
    # With every name gone, the sentence is about somebody else.
    allows = Support.UNSUPPORTED if missing and len(missing) == len({n.text for n in named}) else Support.PARTIAL
    return [
        Finding(kind="name", piece=text, allows=allows, reason=f"the cited sentence does not name {text}")
        for text in missing
    ]


def _replaced(statement: str, named: list[Name], cited: Cited) -> Iterator[Finding]:
    """A statement that has A where the cited sentence has B, though the passage knows A: "A denied it" for "B did"."""
    near = Named(cited.joined, cited.gazetteer)
    headings = Named("\n".join(cited.headings), cited.gazetteer)
    around = words(cited.surroundings, keep_possessive=False)
    for name in named:
        if near.has(name) or headings.has(name):
            continue
        places = _neighbours(statement, name)
        for other in (n for text in cited.sentences for n in _with_neighbours(text, cited.gazetteer)):
            same = [a == b for a, b in zip(places, other[1], strict=True)]
            if (
                any(same)
                and other[0].words[-1] not in words(statement)
                and not together(name.words[-1], other[0].words[-1], around)
            ):
                yield Finding(
                    kind="name",
                    piece=name.text,
                    allows=Support.PARTIAL,
                    reason=f"the cited sentence has {other[0].text} where the statement has {name.text}",
                )
                break


def _with_neighbours(text: str, gazetteer: Gazetteer) -> list[tuple[Name, tuple[str, str]]]:
    return [(name, _neighbours(text, name)) for name in names(text, gazetteer)]


def _neighbours(text: str, name: Name) -> tuple[str, str]:
    """The content words next to a name, as stems; each side has its own mark where there is none."""
    before, behind = content_stems(text[: name.start]), content_stems(text[name.end :])
    return (before[-1] if before else "^", behind[0] if behind else "$")


def together(first: str, other: str, around: list[str]) -> bool:
    """Whether a passage has two names' last words side by side: "Kremlin spokesman Dmitry Peskov" is both."""
    at = [i for i, w in enumerate(around) if w == first]
    return any(abs(i - j) <= 4 for i in at for j, w in enumerate(around) if w == other)


def _senses(statement: str, named: list[Name], cited: Cited) -> Iterator[Finding]:
    """Signs that the statement turns its sentence round: opposite words, a denial more or less, places changed."""
    pair = opposite(without_quotations(statement), cited.joined)
    if pair:
        reason = f"the statement says “{pair[0]}”, the cited sentence “{pair[1]}”"
        yield Finding(kind="sense", piece=pair[0], allows=Support.PARTIAL, reason=reason)
    if negation_differs(statement, cited.sentences):
        reason = "the statement and the cited sentence differ in a “not” or a denial"
        yield Finding(kind="sense", piece="not", allows=Support.PARTIAL, reason=reason)
    forms = [_forms(name, cited.gazetteer) for name in named if not _speaks_last(statement, name)]
    had = [_forms(name, cited.gazetteer) for name in names(cited.joined, cited.gazetteer)]
    swapped = roles_swapped(statement, cited.joined, forms) or object_differs(statement, cited.joined, forms, had)
    if swapped:
        reason = f"in the cited sentence {swapped[0].title()} and {swapped[1].title()} change places"
        yield Finding(kind="sense", piece=" ".join(swapped), allows=Support.PARTIAL, reason=reason)


def _speaks_last(statement: str, name: Name) -> bool:
    """Whether a name only says who said it all: "…, the ministry says"."""
    return statement[: name.start].removesuffix("the ").endswith(", ") and bool(
        set(words(statement[name.end :])[:1]) & verbs(*SPEECH)
    )


def _forms(name: Name, gazetteer: Gazetteer) -> list[str]:
    """The single words by which a name can be found in a text, the most usual first."""
    if name.country:
        return [form for form in gazetteer.forms[name.country] if " " not in form]
    return [name.words[-1]]


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
