"""Dates of other calendars and numerals -> the same in the Gregorian calendar and in digits, for those that differ from
it in how years are counted alone: Japan's eras, Taiwan's republic, the Thai year.
"""

from __future__ import annotations

import re

#: The era's first year is its year 1: Heisei 27 is 2015. Of the republic of 1912, 104 is.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
_ERA = re.compile(rf"(?:中華)?({'|'.join(_ERAS)})\s?(元|\d{{1,3}})\s?年")
#: A year in Chinese numerals is its digits in a row; a month and a day are numbers.
_NUMERAL_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})\s?年\s?([一二三四五六七八九十]{1,2})月\s?([一二三四五六七八九十]{1,3})日"
)
_NUMERALS = {
    numeral: number for number, numerals in enumerate(("〇零○", *"一二三四五六七八九")) for numeral in numerals
}
#: The Buddhist era began 543 years before; Thai is written with its own letters, so that 2558 among them is a year.
_THAI_YEAR = re.compile(r"(?:พ\.?\s?ศ\.?\s*)?(?<!\d)(2[4-6]\d\d)(?!\d)(?=[^\d]*$)")
_THAI = re.compile("[\u0e00-\u0e7f]")
_THAI_LEAD = 543


def gregorian(text: str) -> str:
    """``text`` with its years and numerals as other dates have them; as it is where it has none of those."""
    if text.isascii():
        return text
    text = _NUMERAL_DATE.sub(_in_digits, _ERA.sub(_of_era, text))
    if not _THAI.search(text):
        return text
    # "Tuesday the 12": the article is written in one word with the day's name.
    return _THAI_YEAR.sub(lambda year: str(int(year[1]) - _THAI_LEAD), text.replace("ที่ ", " "))


def _of_era(found: re.Match[str]) -> str:
    return f"{_ERAS[found[1]] + (1 if found[2] == '元' else int(found[2]))}年"


def _in_digits(found: re.Match[str]) -> str:
    year = "".join(str(_NUMERALS[numeral]) for numeral in found[1])
    return f"{year}年{_number(found[2])}月{_number(found[3])}日"


def _number(numerals: str) -> int:
    """31 of 三十一."""
    tens, ten, units = numerals.rpartition("十")
    number = _NUMERALS.get(units, 0) if len(units) <= 1 else 0
    return number + 10 * _NUMERALS.get(tens, 1) if ten else number
