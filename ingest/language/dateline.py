"""Where a report was written, by its dateline, and whose a plain office in it is.

News style leaves out what the dateline says: in a story from Kyiv "the Foreign Ministry" is Ukraine's.

Invariant: an office is taken for the dateline's country only where the report's own beginning names that country, too,
and nothing but words for a government's offices stands in the description.
"""

from __future__ import annotations

import re

from ingest.language.gazetteer import Gazetteer
from ingest.language.words import word_set, words

#: Characters of a report that are looked at.
BEGINNING = 2_000
#: A dateline is looked for before so many: a headline, a by-line and a day may stand above it.
_HEAD = 400

#: What each country has one of at home; leaders, envoys and administrations of several meet in a capital.
_AT_HOME = word_set("ministry minister government cabinet parliament presidency presidential army military treasury")

#: "KYIV, Ukraine — ", "MOSCOW (Agency) - ", "London (CNN) ".
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][A-Z .’'-]{2,40}(?:, [\w .’'-]{2,30})?)\s*(?:\([^)\n]{1,30}\) ?)?[—–-]{1,2}\s"
    r"|\s*(?P<town>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)?(?:, [\w .’'-]{2,30})?)\s*\([A-Z][\w ]{1,20}\)\s"
)

#: International news agencies and networks that stand in datelines. Else "Tesla (TSLA) " would be one, too.
_AGENCY = r"\((?:AP|AFP|ANSA|Associated Press|Bloomberg|CNN|dpa|DPA|EFE|IPS|Kyodo|PTI|Reuters|TASS|UPI|Xinhua|Yonhap)\)"
#: What stands before a sentence and is no part of it: a new sentence begins behind it, with a capital or a quotation.
_PREFIX = re.compile(
    r"\s*(?:(?:[A-Z][\w.’'-]*,? ){0,5}" + _AGENCY + r"\s*(?:[—–-]{1,2}\s)?"
    r"|[A-Z][A-Z .’'-]{2,40}(?:, [\w .’'-]{2,30})?\s*(?:\([^)\n]{1,30}\) ?)?[—–-]{1,2}\s)(?=[A-Z“\"'‘])"
)


def dateline(sentence: str) -> int:
    """How many characters of a sentence are its dateline, which is no part of what it says; 0 where it has none."""
    found = _PREFIX.match(sentence)
    return found.end() if found is not None else 0


def undated(sentence: str, start: int) -> str:
    """A sentence as it is shown: without the dateline, where it stands at the beginning of its article.

    Args:
        start: where the sentence begins in the text.
    """
    return sentence[dateline(sentence) :] if start <= _HEAD else sentence


def home(text: str, gazetteer: Gazetteer) -> str:
    """The key of the country that a report was written from and tells of; "" where that is not certain."""
    found = _DATELINE.match(text)
    if found is None:
        return ""
    keys = gazetteer.country_keys(words(found["place"] or found["town"], keep_possessive=False))
    told = gazetteer.country_keys(words(text[found.end() : BEGINNING], keep_possessive=False))
    return next(iter(keys)) if len(keys) == 1 and keys <= told and keys <= gazetteer.adjectives.keys() else ""


def at_home(description: str, country: str, gazetteer: Gazetteer) -> str:
    """A description with its country ("Ukrainian Foreign Ministry"), or "" where it need not be one of its offices."""
    if not country or not _AT_HOME & set(words(description)):
        return ""
    whole = f"{gazetteer.adjectives[country]} {re.sub(r'^(?:the|an?) ', '', description, flags=re.IGNORECASE)}"
    return whole if gazetteer.names[country] in gazetteer.standing(whole).sides else ""
