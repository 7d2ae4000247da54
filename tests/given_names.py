"""Given names that tell "he" from "she" -> ``ingest/language/given_names.toml``.

Of the United States' census of 1990 (package ``names``, public domain) and of Faker's lists by locale (MIT), those in
Cyrillic letters as news in English spells them. A name has a gender where five times as many of these lists give it
that one as the other: "Jean" and "Nicola", which a border turns, have none.

Run: ``uv run --no-project --with names==0.3.0 --with faker==40.63.0 python tests/given_names.py``.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import faker.providers.person as person
import names

OUT = Path(__file__).parents[1] / "ingest" / "language" / "given_names.toml"

_MAN, _WOMAN = "male", "female"
#: A Cyrillic letter and what news in English writes for it.
_ALPHABET = """
    аa бb вv гg дd еe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ыy эe юyu яya ёyo єe іi
    їyi ґg
    """
_LETTERS = {pair[0]: pair[1:] for pair in _ALPHABET.split()} | dict.fromkeys("ьъ'’", "")
#: How news varies what Cyrillic letters come to: "Sergey" and "Sergei", "Dmitriy" and "Dmitry", "Yuliya" and "Yulia".
_VARIANTS = ((r"iy$", "y"), (r"iy$", "i"), (r"y$", "i"), (r"iya$", "ia"), (r"ks", "x"), (r"^e", "ye"))


_CYRILLIC = ("bg_BG", "mk_MK", "ru_RU", "uk_UA")


def spellings(name: str, ukrainian: bool) -> Iterator[str]:
    """The spellings of a name in plain Latin letters, in lower case; none of another script."""
    folded = name.strip().lower()
    if re.fullmatch(r"[а-яёієїґ'’]+", folded):
        letters = _LETTERS | ({"г": "h", "и": "y"} if ukrainian else {})
        found = {"".join(letters[c] for c in folded)}
        for pattern, with_ in _VARIANTS:
            found |= {re.sub(pattern, with_, one) for one in found}
        yield from found
        return
    plain = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    if re.fullmatch(r"[a-z]{2,}", plain):
        yield plain


def of_faker() -> Iterator[tuple[str, str]]:
    """(gender, name) of every locale."""
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for gender, word in ((_MAN, "male"), (_WOMAN, "female")):
            listed: list[str] = [*getattr(provider, f"first_names_{word}", ())]
            listed += [pair[1] for pair in getattr(provider, f"first_romanized_names_{word}", ()) if len(pair) > 2]
            for spelling in {s for name in listed for s in spellings(name, module.name == "uk_UA")}:
                yield gender, spelling
                if module.name in _CYRILLIC:  # hardly any other list has it
                    yield gender, spelling


def of_census() -> Iterator[tuple[str, str]]:
    """(gender, name) of the census."""
    share: dict[str, dict[str, float]] = {_MAN: {}, _WOMAN: {}}
    for gender, word in ((_MAN, "male"), (_WOMAN, "female")):
        for line in Path(names.__file__).with_name(f"dist.{word}.first").read_text().splitlines():
            name, percent, *_ = line.lower().split()
            share[gender][name] = float(percent)
    for gender, other in ((_MAN, _WOMAN), (_WOMAN, _MAN)):
        for name, percent in share[gender].items():
            if percent >= 0.05 * (percent + share[other].get(name, 0.0)):
                yield gender, name


def told_apart(found: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Gender -> the names of it that at least two lists have and five times as many give to that gender."""
    counts = Counter(found)
    kept: dict[str, list[str]] = {}
    for gender, other in ((_MAN, _WOMAN), (_WOMAN, _MAN)):
        mine = {name: count for (one, name), count in counts.items() if one == gender}
        kept[gender] = sorted(n for n, count in mine.items() if count > 1 and count >= 5 * counts[other, n])
    return kept


HEAD = """# Given names by gender, in lower case; names of both are left out.
# Made by tests/given_names.py of the United States' census of 1990 (public domain) and of Faker's lists (MIT).
"""

if __name__ == "__main__":
    kept = told_apart([*of_faker(), *of_census()])
    tables = (f'{gender} = """\n{textwrap.fill(" ".join(kept[gender]), 118)}\n"""\n' for gender in (_MAN, _WOMAN))
    OUT.write_text(HEAD + "".join(tables), encoding="utf-8")
