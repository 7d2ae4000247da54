"""Write ``ingest/language/dates/calendar.json``: what CLDR calls the months and the days of the week, by language.

Babel carries CLDR's data; importing it and one language takes 0.15 s, which every program that reads a date would pay
at its start. So what is needed of it stands in a file, and Babel is needed by this program alone.

Run: ``python -m tests.helpers.calendar_table``.
"""

from __future__ import annotations

import json
import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from babel import Locale
from babel.dates import get_day_names, get_month_names

CALENDAR = Path(__file__).resolve().parents[2] / "ingest" / "language" / "dates" / "calendar.json"
#: Languages with daily newspapers that write their months as words.
LANGUAGES = (
    "en af ar az be bg bn bs ca cs cy da de el es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ka kk kn lt lv"
    " mk ml mr ms mt nb nl nn pa pl ps pt ro ru sk sl sq sr sr_Latn sv sw ta te th tr uk ur uz"
)


def of_language(code: str) -> dict[str, list[list[str]] | list[str]]:
    """The names of one language, lower case, each month's and each day's forms together; Monday is the first day.

    ``literals`` are the words that CLDR's long dates have besides names and numbers ("de" in "12 de mayo de 2015").
    """
    widths = [(width, context) for width in ("wide", "abbreviated") for context in ("format", "stand-alone")]
    patterns = [Locale.parse(code).date_formats[length].pattern for length in ("long", "full")]
    quoted = " ".join(word for pattern in patterns for word in re.findall(r"'([^']+)'", pattern))
    return {
        "months": [
            list(dict.fromkeys(get_month_names(*form, locale=code)[i].lower().strip(".") for form in widths))
            for i in range(1, 13)
        ],
        "weekdays": [
            list(dict.fromkeys(get_day_names(*form, locale=code)[i].lower().strip(".") for form in widths))
            for i in range(7)
        ],
        "literals": sorted({word.strip(".").lower() for word in quoted.split()} - {""}),
    }


def main() -> None:
    codes = LANGUAGES.split()
    # A process a language: Babel's resolved aliases of one language are seen in those that are loaded after it.
    with ProcessPoolExecutor(2, max_tasks_per_child=1) as pool:
        table = dict(zip(codes, pool.map(of_language, codes), strict=True))
    lines = [f"{json.dumps(code)}: {json.dumps(table[code], ensure_ascii=False)}" for code in codes]
    CALENDAR.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
