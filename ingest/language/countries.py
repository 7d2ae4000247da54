"""Countries and alliances in all the forms that news gives them: name, adjective, people, seat of government.

The facts are those of ``gazetteer.toml``. Invariant: every form is folded as :func:`ingest.language.words.fold` folds,
and belongs to one key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.language import gazetteer as institutions

#: Key -> its forms, the key first.
COUNTRIES: dict[str, tuple[str, ...]] = institutions.load().countries
#: Any form of a country's name -> its key.
FORMS: dict[str, str] = {form: key for key, forms in COUNTRIES.items() for form in forms}

_LONGEST = max(len(form.split()) for form in FORMS)


def country(name: str) -> str | None:
    """The key of the country that a folded name stands for, or None."""
    return FORMS.get(name.removeprefix("the "))


def countries(words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(first word, word behind, key) of each country named in a list of folded words; the longest form wins."""
    at = 0
    while at < len(words):
        for length in range(_LONGEST, 0, -1):
            key = FORMS.get(" ".join(words[at : at + length])) if at + length <= len(words) else None
            if key:
                yield at, at + length, key
                at += length
                break
        else:
            at += 1
