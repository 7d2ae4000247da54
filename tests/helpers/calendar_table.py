"""Write ``ingest/language/dates/calendar.json``: what CLDR calls the months and the days of the week, by language.

Babel carries CLDR's data; importing it and one language takes 0.15 s, which every program that reads a date would pay
at its start. So what is needed of it stands in a file, and Babel is needed by this program alone.

The words are those that CLDR's own dates are written with: a date of each month is written in each length, and what
changes with the month is its name, what stays is a word that stands beside it ("de" in "12 de mayo de 2015").

Run: ``python -m tests.helpers.calendar_table``.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, localedata
from babel.dates import format_date, get_day_names, get_month_names

from ingest.language.dates.grammar import date_words

CALENDAR = Path(__file__).resolve().parents[2] / "ingest" / "language" / "dates" / "calendar.json"
#: Languages with daily newspapers that write their months as words, the likeliest in an archive first: a name that
#: several of the first line give to different months is no name without its language.
FIRST = (
    "en af ar az be bg bn bs ca cs cy da de el es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ka kk kn lt lv"
    " mk ml mr ms mt nb nl nn no pa pl ps pt ro ru sk sl sq sr sv sw ta te th tr uk ur uz vi ja ko zh"
)
#: Others; what they call a month counts where no language of the first line means another by it, and is no
#: abbreviation of three Latin letters, which is too like that of another month elsewhere.
OTHERS = (
    "am an as ast be br ckb co cv dsb dv eo fo fur fy gd gsw ha haw hsb ia ig jv kea km kok ksh ku ky lb lg lij lo lmo"
    " mai mg mi mn my nds ne oc om or os pap pcm rm rw sc scn sd se si sn so st su szl tg tk tn to tpi ts tt ug ve vec"
    " wo xh yi yo zu"
)
#: What people write besides the words of CLDR: "the 12th of May", "mardi, le 12 mai", "Tues.".
BESIDES = "of the on le el am tues thur thurs d"
LENGTHS = ("long", "medium", "full")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How a language writes dates: its months' forms with their numbers, its weekdays, and the words beside them."""

    months: frozenset[tuple[str, int]]
    beside: frozenset[str]
    day_first: bool
    month_first: tuple[str, ...]


def of_language(code: str) -> Written:
    """The words of one language in all of its countries and scripts, folded."""
    months: set[tuple[str, int]] = set()
    beside: set[str] = set()
    month_first = []
    for name in localedata.locale_identifiers():
        if name != code and not name.startswith(f"{code}_"):
            continue
        locale = Locale.parse(name)
        more, others = _of_locale(locale)
        months |= more
        beside |= others
        short = locale.date_formats["short"].pattern
        if re.search(r"M[^d]*d[^y]*y", short):
            month_first.append(name.replace("_", "-").lower())
    short = Locale.parse(code).date_formats["short"].pattern
    return Written(
        months=frozenset(months),
        beside=frozenset(beside),
        day_first=bool(re.search(r"d[^M]*M[^y]*y", short)),
        month_first=tuple(month_first),
    )


def _of_locale(locale: Locale) -> tuple[set[tuple[str, int]], set[str]]:
    months: set[tuple[str, int]] = set()
    beside = {word for width in ("wide", "abbreviated", "short") for context in ("format", "stand-alone")
              for name in get_day_names(width, context, locale).values() for word in _named(name)}  # fmt: skip
    for length in LENGTHS:
        # Days of two weekdays, so that a form of a weekday that has no name of its own is not taken for the month's.
        written = [
            [set(_named(format_date(dt.date(2015, month, day), length, locale))) - beside for day in (14, 20)]
            for month in range(1, 13)
        ]
        of_month = [set.intersection(*days) for days in written]
        everywhere = set.intersection(*of_month)
        beside |= everywhere
        for number, words in enumerate(of_month, start=1):
            # The last of several words is the month's ("de maig"), unless it stands in other months too.
            own = {
                word
                for word in words - everywhere
                if sum(word in others for others in of_month) == 1 and _is_name(word)
            }
            months |= {(word, number) for word in own}
            beside |= words - everywhere - own
    for width, context in (("wide", "stand-alone"), ("abbreviated", "format"), ("abbreviated", "stand-alone")):
        names = get_month_names(width, context, locale)
        for number in range(1, 13):
            if (words := _named(names[number])) and _is_name(words[-1]):
                months.add((" ".join(words[-2:]), number))  # "deireadh fomhair" is one month
                beside |= set(words[:-1]) if len(words) > 2 else set()
    return months, beside


def _named(text: str) -> list[str]:
    """The words that are no numbers."""
    return [word for word in date_words(text) if not any(c.isdigit() for c in word)]


def _is_name(word: str) -> bool:
    """Of Latin letters one or two are too few for a month's name."""
    return len(word) > 2 or not word.isascii()


def main() -> None:
    codes = list(dict.fromkeys((*FIRST.split(), *OTHERS.split())))
    # A process a language: Babel's resolved aliases of one language are seen in those that are loaded after it.
    with ProcessPoolExecutor(2, max_tasks_per_child=1) as pool:
        table = dict(zip(codes, pool.map(of_language, codes), strict=True))
    meant: dict[str, set[int]] = defaultdict(set)
    for code in FIRST.split():
        for form, number in table[code].months:
            meant[form].add(number)
    first = set(meant)
    for code in codes[len(FIRST.split()) :]:
        for form, number in table[code].months:
            if form not in first and not (form.isascii() and len(form) <= 3):
                meant[form].add(number)
    unclear = {form for form, numbers in meant.items() if len(numbers) > 1}
    of_language_only = {
        code: {
            form: number for form, number in sorted(written.months) if form in unclear or meant.get(form) != {number}
        }
        for code, written in table.items()
    }
    beside = {word for written in table.values() for word in written.beside} | set(BESIDES.split())
    data = {
        "en": {
            "months": [_english_months(number) for number in range(1, 13)],
            "weekdays": [[get_day_names("wide", "format", "en")[day].lower()] for day in range(7)],
        },
        "months": {form: numbers.pop() for form, numbers in sorted(meant.items()) if form not in unclear},
        "of_language": {code: forms for code, forms in of_language_only.items() if forms},
        "beside": sorted(beside),
        "day_first": sorted(code for code in codes if table[code].day_first and code != "en"),
        "month_first": sorted(name for written in table.values() for name in written.month_first),
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items()]
    CALENDAR.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _english_months(number: int) -> list[str]:
    names = (get_month_names(width, "format", "en")[number].lower() for width in ("wide", "abbreviated"))
    return list(dict.fromkeys(names))


if __name__ == "__main__":
    main()
