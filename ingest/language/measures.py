"""What a number measures, by the unit behind it, and what a question wants measured, by the word for it.

Units and the dimensions that they belong to are CLDR's (https://cldr.unicode.org, ``units.xml``) in English, American
and British. What people are counted as ("a crowd of 41,000", "600 spectators") stands here.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from itertools import pairwise, product
from string import ascii_lowercase
from typing import Literal

from babel.units import format_unit

from ingest.language.quantities import Quantity
from ingest.language.words import word_set, words


class Dimension(StrEnum):
    """What can be measured or counted; the values are CLDR's names."""

    SPEED = "speed"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    MASS = "mass"
    TEMPERATURE = "temperature"
    POWER = "power"
    ENERGY = "energy"
    PRESSURE = "pressure"
    AGE = "age"
    PEOPLE = "people"


#: The words that ask for one: the adjective behind "how", and the noun.
_ASKED: dict[Dimension, frozenset[str]] = {
    Dimension.SPEED: word_set("speed speeds fast pace velocity quickly"),
    Dimension.LENGTH: word_set("height tall high depth deep width wide length distance far altitude elevation"),
    Dimension.AREA: word_set("area acreage acres hectares"),
    Dimension.MASS: word_set("weight heavy weigh weighs weighed tonnage"),
    Dimension.TEMPERATURE: word_set("temperature temperatures hot cold warm"),
    Dimension.POWER: word_set("wattage"),
    Dimension.AGE: word_set("age old aged"),
    Dimension.PEOPLE: word_set("attendance crowd audience turnout spectators attended"),
}
#: Of these words the adjectives ask for a measure only behind "how": "hot" is a kind of weather, too.
_ADJECTIVES = word_set("fast tall high deep wide far heavy hot cold warm old quickly")
_PEOPLE = word_set(
    """people persons men women children spectators fans viewers visitors supporters attendees guests guest
    demonstrators protesters marchers worshippers participants residents"""
)
_CROWD = re.compile(r"\b(?:crowds?|audiences?|attendances?|turnout|gate) of (?:\w+ ){0,2}$", re.I)
_AGED = re.compile(r"(?:\baged? (?:of )?|[^\W\d_], |\b(?:is|was|turn(?:s|ed)|at) )$", re.I)
_YEARS_OLD = re.compile(r"[ -]years?[ -](?:old|of age)\b", re.I)
_NO_UNIT = re.compile(r",|\.|;| and\b|$", re.I)
_OLDEST = 120
#: Longest unit, in characters, with what may stand before it.
_REACH = 40


def asked_dimensions(asked: str) -> frozenset[Dimension]:
    """What a question wants measured: speed of "at what speed" and of "how fast"; empty where nothing."""
    listed = words(asked)
    behind_how = {word for before, word in pairwise(listed) if before == "how"}
    named = (set(listed) - _ADJECTIVES) | behind_how
    return frozenset(dimension for dimension, cues in _ASKED.items() if named & cues)


def dimension(quantity: Quantity, text: str) -> Dimension | None:
    """What a quantity of a text measures; None where no unit says so.

    Args:
        text: the text that the quantity was found in.
    """
    if quantity.kind:
        return None
    behind = text[quantity.end : quantity.end + _REACH]
    unit = _unit().match(behind)
    if unit is not None:
        return _units()[_plain(unit[1])]
    before = text[: quantity.start]
    if quantity.value < _OLDEST and (_YEARS_OLD.match(behind) or (_AGED.search(before) and _NO_UNIT.match(behind))):
        return Dimension.AGE
    if _CROWD.search(before) or set(words(behind)[:2]) & _PEOPLE:
        return Dimension.PEOPLE
    return None


#: CLDR's units of each dimension that news give measures in.
_CLDR: dict[Dimension, str] = {
    Dimension.SPEED: "kilometer-per-hour knot meter-per-second mile-per-hour",
    Dimension.LENGTH: "centimeter fathom foot inch kilometer light-year meter mile millimeter nautical-mile yard",
    Dimension.AREA: "acre hectare square-foot square-kilometer square-meter square-mile square-yard",
    Dimension.VOLUME: "barrel bushel cubic-foot cubic-meter cubic-kilometer gallon liter milliliter pint quart",
    Dimension.MASS: "gram kilogram milligram ounce pound stone ton tonne",
    Dimension.TEMPERATURE: "celsius fahrenheit kelvin",
    Dimension.POWER: "gigawatt horsepower kilowatt megawatt watt",
    Dimension.ENERGY: "calorie joule kilowatt-hour",
    Dimension.PRESSURE: "bar hectopascal millibar pascal",
}
#: Written as other words are.
_AMBIGUOUS = frozenset(["in", "pt", "st", "bar", *ascii_lowercase])


@cache
def _units() -> dict[str, Dimension]:
    """Each written unit, plain -> what it measures."""
    found = dict.fromkeys(("degree", "degrees", "°", "° c", "° f"), Dimension.TEMPERATURE)
    for dimension, units in _CLDR.items():
        for unit in units.split():
            for locale, long, number in product(("en_US", "en_GB"), (True, False), (1, 2)):
                length: Literal["long", "short"] = "long" if long else "short"
                written = format_unit(number, f"{dimension}-{unit}", length=length, locale=locale)
                form = _plain(written.replace(str(number), "", 1))
                found[form] = dimension
                found.update({form.replace(" per ", f" {article} "): dimension for article in ("a", "an")})
    return {
        form: dimension
        for form, dimension in found.items()
        if (len(form) > 1 or form == "°") and form not in _AMBIGUOUS
    }


@cache
def _unit() -> re.Pattern[str]:
    longest_first = sorted(_units(), key=len, reverse=True)
    return re.compile(rf"[\s-]?({'|'.join(map(re.escape, longest_first))})(?![\w/])", re.I)


def _plain(form: str) -> str:
    return " ".join(form.replace("-", " ").split()).casefold()
