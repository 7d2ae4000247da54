"""Follow-ups that are no whole question, completed from the question before them.

"And Kyiv?" puts Kyiv in the place of another country, "in 2023?" another year, "Why?" asks for the reason of the same
thing, "What does Washington say?" goes on as the question before went on. A rule that does not apply gives None.
"""

from __future__ import annotations

import datetime as dt
import re

from assistant.question.answer_type import speech_subject
from assistant.question.rewrite.mentions import Kind, Mention, mentions
from ingest.language.dates.expressions import expressions
from ingest.language.dates.grammar import MONTH, WEEKDAY
from ingest.language.words import FUNCTION_WORDS, SPEECH_VERBS, content_words, stem, words

_WH = r"(?:why|when|where|who|whom|how|what|which)"
_AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should)"
_ABOUT = re.compile(
    r"^(?:(?P<topic>(?:what|how) about|what of|as for|regarding)|and|or)\s+(?P<rest>.+)$", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"^(?P<word>in|at|with|for|to|from|by|against|on|about|during|before|after|over)\s+(?P<rest>.+)$", re.I
)
_BARE = re.compile(
    r"^(?P<wh>why not|why|when|where|how come|how)(?: exactly|(?: is| was)? that| so| then|(?: is| was)? it"
    r"| (?:did|does|do|will|would) (?:that|it|this)(?: happen)?)?$",
    re.IGNORECASE,
)
_ELSE = re.compile(r"^(?P<wh>who|what|where|when|why|how) else$", re.IGNORECASE)
_AGAIN = re.compile(
    r"^(?:(?:are|r) you (?:sure|certain)(?: about (?:that|this))?|really|seriously"
    r"|is (?:that|this|it) (?:true|right|so|correct|certain)|says who|sources?|according to whom|prove it"
    r"|who says(?: so| that)?|where does it say (?:that|so))$",
    re.IGNORECASE,
)
_INVERTED = re.compile(rf"^(?:(?P<wh>when|where|why|how)\s+)?(?P<rest>{_AUXILIARY}\s+.+)$", re.IGNORECASE)
_SLOT = re.compile(r"^(?P<wh>what|which|how many|how much)\s+(?P<noun>[\w-]+)(?=\s)", re.IGNORECASE)
_AUXILIARY_NEXT = re.compile(rf"\s+(?:{_AUXILIARY}|[A-Z])")
_CAPITALS = frozenset(
    ["moscow", "kremlin", "washington", "beijing", "kyiv", "kiev", "berlin", "paris", "london", "tehran"]
)
_SPEAKING = SPEECH_VERBS | frozenset(["want", "wants", "wanted", "do", "did", "mean", "means"])
_DATED = (
    r"(?:in|on|since|before|after|until|during|by|from|between|last|this|next|yesterday|today|tonight|tomorrow|the|over)\b"
    r"|.*\bago$"
)
_ON = rf"(?:{WEEKDAY}|{MONTH}\s+\d\d?\b(?!\d)|\d\d?(?:st|nd|rd|th)?\s)"
_DATED_BEFORE = re.compile(r"\b(?:in|on|of|since|before|after|until|during|for|from|by)\s+(?:the\s+)?$", re.IGNORECASE)
_ANY_DAY = dt.date(2100, 1, 1)


def complete(fragment: str, before: str) -> str | None:
    """The question that a fragment stands for, or None where it is a whole question or no rule completes it.

    Args:
        fragment: the follow-up, without "?" and without "and" where a whole question follows it.
        before: the question before it, standing alone.
    """
    asked = before.rstrip("?!. ")
    return _again(fragment, asked) or _other(fragment, asked) or _else(fragment, asked) or _goes_on(fragment, asked)


def _again(fragment: str, before: str) -> str | None:
    """ "Are you sure?" asks once more; "Why?" asks an inverted question for its reason."""
    if _AGAIN.match(fragment):
        return f"{before}?"
    bare, inverted = _BARE.match(fragment), _INVERTED.match(before)
    if not bare or not inverted:
        return None
    wh = bare["wh"].lower()
    return f"{'Why' if wh in ('how come', 'why not') else wh.capitalize()} {_lower_first(inverted['rest'])}?"


def _else(fragment: str, before: str) -> str | None:
    """ "Who else?" after "Who denied the freeze?"."""
    asks = _ELSE.match(fragment)
    if not asks or not before.lower().startswith(asks["wh"].lower() + " "):
        return None
    return f"{asks['wh'].capitalize()} else {before.split(' ', 1)[1]}?"


def _other(fragment: str, before: str) -> str | None:
    """A name, a noun or a date that takes the place of its like: "And Kyiv?", "What about Yemen?", "In 2023?"."""
    about = _ABOUT.match(fragment)
    rest = about["rest"].strip() if about else fragment
    if re.match(rf"(?:{_WH}|{_AUXILIARY}|tell|please|show|list|give)\b", rest, re.I) or len(rest.split()) > 7:
        return None
    if about is None and len(rest.split()) > 4 and not _PREPOSITION.match(rest):
        return None
    topic = bool(about and about["topic"])
    return (
        _other_day(rest, before)
        or _other_phrase(rest, before)
        or _other_name(rest, before, topic)
        or _other_noun(rest, before)
    )


def _days(text: str) -> list[tuple[int, int]]:
    """Where the date expressions of a text stand, their prepositions left out."""
    return [(found.start, found.end) for found in expressions(text, _ANY_DAY)]


def _other_day(rest: str, before: str) -> str | None:
    text = rest if _days(rest) else f"in {rest}"  # "2023" alone is a number
    days = _days(text)
    if not days or content_words(text[: days[0][0]] + text[days[-1][1] :]):
        return None
    if not re.match(_DATED, text, re.IGNORECASE):
        text = f"{'on' if re.match(_ON, text, re.IGNORECASE) else 'in'} {text}"
    old = _days(before)
    if not old:
        return f"{before} {_lower_first(text)}?"
    start, end = old[-1]
    preposition = _DATED_BEFORE.search(before[:start])
    start = preposition.start() if preposition else start
    return f"{_spaced(before[:start], _lower_first(text), before[end:])}?"


def _other_phrase(rest: str, before: str) -> str | None:
    """ "With Lavrov?" after "How long did Kerry talk with Putin in Sochi?"."""
    phrase = _PREPOSITION.match(rest)
    if not phrase:
        return None
    word = phrase["word"].lower()
    for mention in mentions(before):
        place = re.search(rf"\b{word}\s+$", before[: mention.start], re.IGNORECASE)
        if place:
            return f"{before[: place.start()]}{_lower_first(rest)}{before[mention.end :]}?"
    return f"{before} {_lower_first(rest)}?"


def _other_name(rest: str, before: str, topic: bool) -> str | None:
    new = mentions(f"It was {rest}.")
    if not new or content_words(rest) != content_words(new[0].text):
        return None
    like = _like(mentions(before), new[0])
    subject = speech_subject(before)
    if not like and subject and new[0].kind in (Kind.COUNTRY, Kind.PERSON, Kind.BODY):
        start = before.find(subject)
        like = [Mention(text=subject, kind=new[0].kind, start=start)]
    if not like:
        return None
    # "What about Yemen?" changes the topic, "And Kyiv?" the one who speaks or acts; a capital always speaks.
    old = like[-1] if topic and rest.lower() not in _CAPITALS else like[0]
    head = before[: old.start]
    if re.search(r"\bthe\s+$", head, re.I) and not old.text.lower().startswith("the "):
        head = re.sub(r"\bthe\s+$", "", head, flags=re.I)
    return f"{head}{rest}{before[old.end :]}?"


def _like(old: list[Mention], new: Mention) -> list[Mention]:
    """The mentions that the new one can take the place of: its own kind, else another that acts."""
    single = [m for m in old if " and " not in m.text]
    same = [m for m in single if m.kind is new.kind]
    if same:
        return same
    if new.kind in (Kind.THING, Kind.THINGS):  # "the Thames" is no plural
        named = [m for m in single if m.kind in (Kind.THING, Kind.THINGS) and re.search(r"[A-Z]", m.text)]
        return named if re.search(r"[A-Z]", new.text) else []
    if new.kind is Kind.COUNTRY:
        return []
    return [m for m in single if m.kind in (Kind.PERSON, Kind.BODY)] or [m for m in single if m.kind is Kind.PLACE]


def _other_noun(rest: str, before: str) -> str | None:
    """ "And growth?" after "What inflation does the bank expect?"."""
    slot = _SLOT.match(before)
    if not slot or not re.fullmatch(r"(?:the\s+)?[a-z][\w-]*(?:\s[a-z][\w-]*)?", rest) or not content_words(rest):
        return None
    if slot["noun"].lower() in FUNCTION_WORDS or rest.endswith("ed") or not _AUXILIARY_NEXT.match(before, slot.end()):
        return None
    return f"{slot['wh']} {rest.removeprefix('the ')}{before[slot.end() :]}?"


def _goes_on(fragment: str, before: str) -> str | None:
    """ "What does Washington say" goes on as "What does Russia say caused the freeze" went on."""
    listed = words(fragment)
    if len(listed) < 3 or listed[0] not in (
        "what",
        "who",
        "how",
        "why",
        "when",
        "where",
        "which",
        "did",
        "does",
        "do",
        "has",
    ):
        return None
    verb = listed[-1]
    if not re.search(rf"\b{_AUXILIARY}\b", fragment, re.I) or verb in FUNCTION_WORDS - {"do", "did"}:
        return None
    if not _same_opening(listed, words(before)):
        return None
    same = [m for m in re.finditer(r"[\w’'-]+", before) if stem(m[0].lower()) == stem(verb)]
    if same and before[same[0].end() :].strip():
        return f"{fragment}{before[same[0].end() :]}?"
    about = re.search(r"\s(?:about|on|over|of)\s.+$", before)
    spoken = any(w in _SPEAKING for w in words(before))
    return f"{fragment}{about[0]}?" if about and verb in _SPEAKING and spoken else None


def _same_opening(one: list[str], other: list[str]) -> bool:
    return bool(other) and (one[0] == other[0] or {one[0], other[0]} <= {"do", "does", "did", "has"})


def _lower_first(text: str) -> str:
    first = text.split(" ", 1)[0]
    small = first.lower() in FUNCTION_WORDS or re.fullmatch(_AUXILIARY, first, re.IGNORECASE)
    return text[0].lower() + text[1:] if small else text


def _spaced(*pieces: str) -> str:
    return " ".join(" ".join(piece for piece in pieces if piece.strip()).split())
