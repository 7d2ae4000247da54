"""Whether a question asks for the archive's articles themselves: a list, a number of them, what is new, an overview.

"Which articles are there about the ferry?", "how many", "what happened in May 2015?", "summarise the news", and a name
or a keyword alone. Such a question is answered from what the archive holds of some days, some publishers or some words.

Invariant: only what is certain by its form is one; a question that has something else in it is read as any other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.language.dates.expressions import expressions
from ingest.language.lexicon import entries
from ingest.language.names import Name
from ingest.language.words import FUNCTION_WORDS, fold, word_set, words


class ListingKind(StrEnum):
    """What of the articles is asked for."""

    COUNT = "count"
    LIST = "list"
    OVERVIEW = "overview"
    KEYWORDS = "keywords"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingQuestion:
    """Which articles are asked for.

    Attributes:
        subject: the words that they must have; empty for any.
        sources: the publishers that they must be of, as the archive spells them; empty for any.
        dated: whether they must be of the days that the question names.
    """

    kind: ListingKind
    subject: str
    sources: tuple[str, ...]
    dated: bool


_ITEMS = r"(?:news (?:articles?|items?|stories)|articles?|stories|news|headlines|coverage|reports)"
_WHEN = r"(?:in|on|during|between|since|after|before|this|last|yesterday|today|from)\b"
_HOW_MANY = re.compile(
    r"how many (?:news )?(?:articles|stories|items)\b(?= (?:are|is|were|was|do|does|did|have|has|about|on|mention\w*"
    r"|by|from|in|with|deal|cover|discuss|concern)\b)|(?:the )?number of (?:news )?(?:articles|stories)\b",
    re.I,
)
_WHICH = re.compile(
    r"(?:(?:please |can you |could you ){0,3}(?:list|show|give|find|display)(?: me)?"
    rf"(?: (?:all|every|any|the|of|some)){{0,4}} {_ITEMS}"
    rf"|(?:which|what) (?:articles|stories|reports) (?:are|do|does|have|has|mention\w*|about|were|deal)"
    rf"|all(?: (?:the|of)){{0,3}} {_ITEMS}|(?:articles|stories) (?:by|from|about|on|of|in|that mention|mentioning))\b"
    r"|what (?:was|were|has been|have been|did|has|have)\b(?=.{0,80}\b(?:publish(?:ed)?|print(?:ed)?|report(?:ed)?"
    r"|written|run|carry|carried)\b)",
    re.I,
)
_OVERVIEW = re.compile(
    r"(?:(?:please |can you |could you ){0,3}(?:summari[sz]e|sum up|recap)|(?:give me |write )?(?:a |an |the )?"
    r"(?:short |brief )?(?:summary|overview|recap|digest|round-?up) of)(?: (?:all|the|of|this|these|main|latest)){0,4}"
    rf" (?:{_ITEMS}|archive|events|everything)\b"
    rf"|what(?: has| have)? happened (?={_WHEN})"
    r"|(?:what(?:'s|’s| is| are| was| were) )?(?:in )?(?:the |any )?(?:main |top |latest |newest |most |recent ){0,3}"
    rf"(?:news|headlines|stories)\b(?=\W{{0,9}}$| (?:about|on|of|by|for|{_WHEN}))"
    r"|what(?:'s|’s| is) new\b"
    r"|(?:what(?:'s|’s| is| are) )?(?:the )?(?:latest|newest|most recent)(?: developments?| updates?)?"
    r"(?= (?:on|about|from|in)\b)",
    re.I,
)
_FORMS = ((_HOW_MANY, ListingKind.COUNT), (_WHICH, ListingKind.LIST), (_OVERVIEW, ListingKind.OVERVIEW))
#: What says only that articles are in an archive, or deal with something.
_OF_ARCHIVES = word_set(
    """archive database collection there exist published publish printed print written write run carried carry appeared
    appear report reported reports mention mentions mentioning mentioned deal deals cover covers covering discuss
    discusses concern concerns about news article articles story stories latest newest recent new please contain
    contains developments development update updates things"""
)
_PRONOUNS = word_set("i me my you your he him his she her hers it its they them their we us our this that these those")
#: Words of keywords, at most; of a name that stands alone, too.
_KEYWORDS, _NAME = 2, 4
_MOST_WORDS = 6


def listing_question(
    question: str, names: Sequence[Name], publishers: Collection[str], as_of: dt.date
) -> ListingQuestion | None:
    """Which articles a question asks for; None where it asks for something else.

    Args:
        names: in the question.
        publishers: those of the archive.
    """
    # What stands before its first word says nothing.
    question = question[next((at for at, letter in enumerate(question) if letter.isalnum()), 0) :]
    for form, kind in _FORMS:
        found = form.match(question)
        if found is None:
            continue
        rest = question[found.end() :]
        rest, dated = _without_dates(rest, as_of)
        rest, sources = _without_publishers(rest, publishers)
        left = words(rest, keep_possessive=False)
        subject = [word for word in left if word not in FUNCTION_WORDS and word not in _OF_ARCHIVES]
        if set(left) & _PRONOUNS or len(subject) > _MOST_WORDS:
            return None
        certain = bool(dated or sources or not subject)
        if _asks_of_days(found[0]) and (subject or not certain):
            return None
        if kind is ListingKind.COUNT and not certain and not _says_about(rest):
            return None
        return ListingQuestion(kind=kind, subject=" ".join(subject), sources=sources, dated=dated)
    return _keywords(question, names)


def _asks_of_days(form: str) -> bool:
    """Whether a form asks for articles only where it names nothing but days and publishers: "what happened in …"."""
    return re.match(r"what(?: has| have)? happened|what (?:was|were|has|have|did)\b", form, re.I) is not None


def _says_about(rest: str) -> bool:
    about = r"\b(?:about|on|mention\w*|deal\w* with|cover\w*|discuss\w*|concern\w*|with|have|has|contain\w*|in)\b"
    return re.search(about, rest, re.I) is not None


def _without_dates(text: str, as_of: dt.date) -> tuple[str, bool]:
    found = expressions(text, as_of, ahead=False)
    for one in found:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text, bool(found)


def _without_publishers(text: str, publishers: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The text without the publishers that it names, and these; a longer name before another that stands in it."""
    found = []
    for publisher in sorted(publishers, key=len, reverse=True):
        bare = re.sub(r"^the\s", "", publisher.strip(), flags=re.I)
        shape = re.compile(rf"(?<!\w)(?:the\s)?{re.escape(bare)}(?!\w)", re.I) if bare else None
        if shape is not None and shape.search(text):
            text = shape.sub(" ", text)
            found.append(publisher)
    return text, tuple(found)


def _keywords(question: str, names: Sequence[Name]) -> ListingQuestion | None:
    listed = words(question, keep_possessive=False)
    content = [word for word in listed if word not in FUNCTION_WORDS]
    named = any(set(listed) == {fold(word) for word in name.words} for name in names)
    # "Resigned?" asks on; a search is for things.
    if not content or len(listed) != len(content) or any(word in entries("verb") for word in content):
        return None
    if len(content) > (_NAME if named else _KEYWORDS):
        return None
    return ListingQuestion(kind=ListingKind.KEYWORDS, subject=" ".join(content), sources=(), dated=False)
