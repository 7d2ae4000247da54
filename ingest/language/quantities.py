"""Numbers in a text as values with units, and whether one text's number is borne out by another's.

"$29.2 billion" and "29.2bn dollars" are one quantity, "twenty-five" and "25" too. A rounded number is borne out where
the statement says that it rounds ("about 29 billion" by 29.2 billion, within 5%; "more than 29 billion", "nearly 30
billion", within a tenth); without such a word it is near, not the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

_SMALL_NAMES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
SMALL_NUMBERS = {word: i for i, word in enumerate(_SMALL_NAMES)}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {"hundred": 100.0, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6}
_SCALES |= {"billion": 1e9, "bn": 1e9, "bln": 1e9, "b": 1e9, "trillion": 1e12, "trn": 1e12, "tn": 1e12, "dozen": 12.0}
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9}
_ORDINALS["tenth"] = 10
_CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₽": "ruble", "₹": "rupee", "₴": "hryvnia"}

_WORD_NUMBER = "|".join([*SMALL_NUMBERS, *TENS])
_SCALE_WORD = "hundred|thousand|million|billion|trillion|dozen"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_QUANTITY = re.compile(
    rf"""(?<![\w.,/])(?P<money>(?:US|A|C|HK|NZ|S)?\$|[€£¥₽₹₴])?\s?
    (?:(?P<digits>{_DIGITS})(?:\s?(?P<suffix>st|nd|rd|th)\b)?
      |(?P<words>\b(?:a\s(?=(?:{_SCALE_WORD})\b)|(?:{_WORD_NUMBER})\b)(?:[\s-](?:and\s)?(?:{_WORD_NUMBER}|{_SCALE_WORD})\b)*)
      |(?P<ordinal>\b(?:{"|".join(_ORDINALS)})\b))
    (?:[\s-]?(?P<scale>{"|".join(sorted(_SCALES, key=len, reverse=True))})s?\b(?![.'’]?\w))?
    (?:[\s-]?(?P<percent>%|per\s?cent\b|percent\b|percentage\spoints?\b|pc\b)
      |\s(?P<unit>dollars?|euros?|pounds?|yen|rubles?|roubles?|rupees?)\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(?:about|around|some|roughly|approximately|approx\.?|circa|close to|an estimated)\s+$", re.I)
_ABOVE = re.compile(r"\b(?:more than|over|above|at least|exceed(?:s|ed|ing)?|upwards of|no fewer than)\s+$", re.I)
_BELOW = re.compile(r"\b(?:almost|nearly|under|below|less than|fewer than|up to|just short of|at most)\s+$", re.I)


class Match(IntEnum):
    """How far one number bears out another."""

    MISSING = 0
    NEAR = 1
    SAME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number: its value with the scale applied, its kind ("", "%", "ordinal" or a currency), how the text rounds it
    ("", "about", "above", "below"), and where it stands. ``small`` is a count of at most twelve written as a word.
    """

    text: str
    value: float
    kind: str
    rounding: str
    start: int
    end: int
    small: bool


def quantities(text: str) -> list[Quantity]:
    """The numbers of a text. "one", "first" and "a few" are none: they are words more often than numbers."""
    found = []
    for match in _QUANTITY.finditer(text):
        quantity = _quantity(text, match)
        if quantity is not None:
            found.append(quantity)
    return _share_scale(text, found)


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    kind = "ordinal" if match["suffix"] or match["ordinal"] else ""
    if match["digits"]:
        value = float(match["digits"].replace(",", ""))
    elif match["ordinal"]:
        value = float(_ORDINALS[match["ordinal"].lower()])
    else:
        value = _spelled(match["words"].lower())
        if value == 1 and not match["scale"]:
            return None
    if match["scale"]:
        value *= _SCALES[match["scale"].lower()]
    if match["percent"]:
        kind = "%"
    elif match["money"] or match["unit"]:
        sign = (match["money"] or "")[-1:]
        kind = _CURRENCIES.get(sign) or match["unit"].lower().rstrip("s").replace("rouble", "ruble")
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    before = text[max(0, start - 24) : start]
    rounding = "about" if _VAGUE.search(before) else "above" if _ABOVE.search(before) else ""
    rounding = rounding or ("below" if _BELOW.search(before) else "")
    small = match["digits"] is None and value <= 12
    return Quantity(
        text=match[0].strip(), value=value, kind=kind, rounding=rounding, start=start, end=match.end(), small=small
    )


def _spelled(phrase: str) -> float:
    """The value of a number in words: "two hundred and fifty thousand"."""
    total = group = 0.0
    for word in re.split(r"[\s-]+", phrase):
        if word == "a":
            group = 1
        elif word in ("hundred", "dozen"):
            group = (group or 1) * _SCALES[word]
        elif word in _SCALES:
            total += (group or 1) * _SCALES[word]
            group = 0
        else:
            group += SMALL_NUMBERS.get(word, 0) + TENS.get(word, 0)
    return total + group


def _share_scale(text: str, found: list[Quantity]) -> list[Quantity]:
    """In "2 to 3 billion" and "5-10%" the scale and the unit of the second number hold for the first."""
    shared = list(found)
    for i in range(len(found) - 1):
        first, second = found[i], found[i + 1]
        joined = re.fullmatch(r"\s?(?:-|–|to|or)\s?[$€£]?", text[first.end : second.start])
        # "rose 5.6 percent to 29 billion" is no range: its first number has a unit of its own.
        if not joined or first.value > second.value or not re.fullmatch(r"[$€£]?[\d.,]+|[a-z-]+", first.text, re.I):
            continue
        scale = re.search(rf"(?:{_SCALE_WORD}|bn|mn|m|k)$", second.text, re.I)
        value = first.value * (_SCALES[scale[0].lower()] if scale and first.value < 1000 else 1)
        shared[i] = replace(first, value=value, kind=first.kind or second.kind, small=first.small and not scale)
    return shared


def match(stated: Quantity, evidence: Sequence[Quantity]) -> Match:
    """How well some number of the evidence bears out the stated one."""
    return max((_match(stated, other) for other in evidence), default=Match.MISSING)


def _match(stated: Quantity, other: Quantity) -> Match:
    if not _kinds_agree(stated.kind, other.kind):
        return Match.MISSING
    if _close(stated.value, other.value, 1e-9):
        return Match.SAME
    if stated.rounding == "about":
        return Match.SAME if _close(stated.value, other.value, 0.05) else Match.MISSING
    if stated.rounding == "above":
        return Match.SAME if stated.value <= other.value <= 1.1 * stated.value else Match.MISSING
    if stated.rounding == "below":
        return Match.SAME if 0.9 * stated.value <= other.value <= stated.value else Match.MISSING
    # "29 billion" for 29.2 billion: the same number to the digits that are given.
    rounded = _round_like(other.value, stated.value)
    return Match.NEAR if stated.value >= 10 and _close(stated.value, rounded, 1e-9) else Match.MISSING


def _kinds_agree(stated: str, other: str) -> bool:
    """A kind that one text leaves out is no contradiction, but a percentage is never money or a plain count."""
    if "%" in (stated, other):
        return stated == other
    return stated == other or not stated or not other


def _close(a: float, b: float, tolerance: float) -> bool:
    return abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-12)


def _round_like(value: float, model: float) -> float:
    """``value`` rounded to as many significant digits as ``model`` has."""
    digits = len(f"{model:.6g}".replace(".", "").split("e")[0].strip("0")) or 1
    return float(f"{value:.{max(digits - 1, 0)}e}")
