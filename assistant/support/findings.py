"""What a statement has that its cited sentences lack: quoted words, numbers, dates, names; or that it turns round.

Each finding says what verdict it still allows. What stands around the cited sentence (its passage, the title, the
publisher) is weaker evidence: a name found there is no finding, a number or a quotation found there allows "partial".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Support
from assistant.language.countries import COUNTRIES, countries, country
from assistant.language.day_mentions import bears_out, blanked, day_mentions
from assistant.language.names import Name, Named, names
from assistant.language.quantities import Match, match, quantities
from assistant.language.quotations import quotations, stands_in, without_quotations
from assistant.language.words import SPEECH_VERBS, content_stems, content_words, stem, words
from assistant.support.polarity import negation_differs, object_differs, opposite, roles_swapped

Kind = Literal["quotation", "number", "name", "sense"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The cited sentences, the days of their articles in the same order, the passages that they stand in, and the
    titles and publishers of their articles.
    """

    sentences: tuple[str, ...]
    published: tuple[dt.date | None, ...]
    passages: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()

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
    penalty: float
    reason: str


def findings(statement: str, cited: Cited) -> list[Finding]:
    """All findings, quotations first."""
    found = [*_quotations(statement, cited), *_numbers(statement, cited), *_days(statement, cited)]
    named = names(statement)
    found += _names(named, cited)
    found += _replaced(statement, named, cited)
    found += _senses(statement, named, cited)
    return found


def missing_words(statement: str, cited: Cited) -> list[str]:
    """The statement's content words, numbers and verbs of speech apart, that stand in no cited text nor around it."""
    had = words(f"{cited.joined}\n{cited.surroundings}", keep_possessive=False)
    stems, keys = {stem(w) for w in had}, {key for _, _, key in countries(had)}
    return [
        w
        for w in dict.fromkeys(content_words(blanked(statement, day_mentions(statement))))
        if stem(w) not in stems and w not in SPEECH_VERBS and not w[0].isdigit() and country(w) not in keys
    ]


def confirmations(statement: str, cited: Cited) -> int:
    """How many of the statement's quoted phrases and of its numbers in digits stand in the cited sentences."""
    had = [quantity for text in cited.sentences for quantity in quantities(text)]
    stated = quantities(blanked(statement, day_mentions(statement)))
    phrases = [q for q in quotations(statement) if q.is_phrase]
    same = sum(not q.small and match(q, had) is Match.SAME for q in stated)
    return same + sum(any(stands_in(q, text) for text in cited.sentences) for q in phrases)


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
            penalty=0.1 if gentle else 0.3,
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
            penalty=0.05 if known else 0.2,
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
            kind="number",
            piece=mention.text,
            allows=Support.PARTIAL,
            penalty=0.05 if near else 0.15,
            reason=f"the date {mention.text} {where}",
        )


def _names(named: list[Name], cited: Cited) -> list[Finding]:
    near, around = Named(cited.joined), Named(cited.surroundings)
    listed = f" {' '.join(words(cited.joined))} "
    gone = [n for n in named if not near.has(n) and not around.has(n) and f" {' '.join(words(n.text))} " not in listed]
    missing = list(dict.fromkeys(n.text for n in gone))
    # With every name gone, the sentence is about somebody else.
    allows = Support.UNSUPPORTED if missing and len(missing) == len({n.text for n in named}) else Support.PARTIAL
    return [
        Finding(kind="name", piece=text, allows=allows, penalty=0.15, reason=f"the cited sentence does not name {text}")
        for text in missing
    ]


def _replaced(statement: str, named: list[Name], cited: Cited) -> Iterator[Finding]:
    """A statement that has A where the cited sentence has B, though the passage knows A: "A denied it" for "B did".

    This is also the place for a statement that tells as a fact what its sentence gives to a speaker: that needs the
    articles' attributions, which are not known here yet.
    """
    near, headings = Named(cited.joined), Named("\n".join(cited.headings))
    around = words(cited.surroundings, keep_possessive=False)
    for name in named:
        if near.has(name) or headings.has(name):
            continue
        places = _neighbours(statement, name)
        for other in (n for text in cited.sentences for n in _with_neighbours(text)):
            same = [a == b for a, b in zip(places, other[1], strict=True)]
            if any(same) and other[0].words[-1] not in words(statement) and not _together(name, other[0], around):
                yield Finding(
                    kind="name",
                    piece=name.text,
                    allows=Support.PARTIAL,
                    penalty=0.1,
                    reason=f"the cited sentence has {other[0].text} where the statement has {name.text}",
                )
                break


def _with_neighbours(text: str) -> list[tuple[Name, tuple[str, str]]]:
    return [(name, _neighbours(text, name)) for name in names(text)]


def _neighbours(text: str, name: Name) -> tuple[str, str]:
    """The content words next to a name, as stems; each side has its own mark where there is none."""
    before, behind = content_stems(text[: name.start]), content_stems(text[name.end :])
    return (before[-1] if before else "^", behind[0] if behind else "$")


def _together(name: Name, other: Name, around: list[str]) -> bool:
    """Whether the passage has the two names side by side: "Kremlin spokesman Dmitry Peskov" is one and the other."""
    first = [i for i, w in enumerate(around) if w == name.words[-1]]
    second = [i for i, w in enumerate(around) if w == other.words[-1]]
    return any(abs(i - j) <= 4 for i in first for j in second)


def _senses(statement: str, named: list[Name], cited: Cited) -> Iterator[Finding]:
    """Signs that the statement turns its sentence round: opposite words, a denial more or less, places changed."""
    pair = opposite(without_quotations(statement), cited.joined)
    if pair:
        reason = f"the statement says “{pair[0]}”, the cited sentence “{pair[1]}”"
        yield Finding(kind="sense", piece=pair[0], allows=Support.PARTIAL, penalty=0.1, reason=reason)
    if negation_differs(statement, cited.sentences):
        reason = "the statement and the cited sentence differ in a “not” or a denial"
        yield Finding(kind="sense", piece="not", allows=Support.PARTIAL, penalty=0.1, reason=reason)
    forms = [_forms(name) for name in named]
    had = [_forms(name) for name in names(cited.joined)]
    swapped = roles_swapped(statement, cited.joined, forms) or object_differs(statement, cited.joined, forms, had)
    if swapped:
        reason = f"in the cited sentence {swapped[0].title()} and {swapped[1].title()} change places"
        yield Finding(kind="sense", piece=" ".join(swapped), allows=Support.PARTIAL, penalty=0.1, reason=reason)


def _forms(name: Name) -> list[str]:
    """The single words by which a name can be found in a text, the most usual first."""
    if name.country:
        return [form for form in COUNTRIES[name.country] if " " not in form]
    return [name.words[-1]]


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
