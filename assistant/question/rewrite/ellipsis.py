"""Follow-ups that are no whole question, completed from the question before them.

"And Kyiv?" puts Kyiv in the place of another country, "in 2023?" another year, "What does Washington say?" goes on as
the question before went on. A rule that does not apply gives None.
"""

from __future__ import annotations

import datetime as dt
import re

from assistant.question.focus import focus
from assistant.question.rewrite.coreference import Before
from assistant.question.rewrite.mentions import AUXILIARY, WH, WHOLE, Kind, Mention
from assistant.question.speakers import VIEWS, speech_subject
from ingest.language.dates.expressions import expressions
from ingest.language.lexicon import Act, verbs
from ingest.language.words import FUNCTION_WORDS, content_words, fold, stem, word_set, words

#: What marks a fragment; a ``topic`` changes what is spoken about rather than who speaks.
_MARKED = re.compile(
    r"^(?:(?P<topic>(?:and\s+)?(?:(?:what|how) (?:about|abt)|what of|as for|regarding))|and|or|but"
    r"|(?:the )?same(?: \w+)? (?:for|with))\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?P<word>in|at|of|with|for|to|from|by|against|on|about|during|before|after|over)\s+(?P<rest>.+)$", re.I
)
_ABOUT = re.compile(r"\s(?:about|on|over|of)\s.+$", re.IGNORECASE)
_SLOT = re.compile(rf"^(?P<wh>(?i:what|which|how many|how much))\s+(?P<noun>[\w-]+)(?=\s+(?:(?i:{AUXILIARY})\b|[A-Z]))")
_DATED = re.compile(r"(?:\b(?:in|on|of|since|before|after|until|during|for|from|by)\s+(?:the\s+)?)?$", re.IGNORECASE)
_ANY_DAY = dt.date(2100, 1, 1)
#: "I should like to know the very same thing about Yemen as well".
_SAME = re.compile(
    r"\bsame\s+(?:(?:thing|question|one|answer|information)\s+)?(?:about|for|on|of|as regards|in the case of"
    r"|(?:with|in) (?:regard|respect) to)\s+(?P<rest>[^,.;?!()]+?)"
    r"(?:\s+(?:as well|too|also|please|now))*\s*(?:[,.;?!]|$)",
    re.IGNORECASE,
)
#: What asks once more what was asked, of somebody else: "how does Kyiv see it", "the Ukrainian side of the story".
_ONCE_MORE = VIEWS | verbs(Act.SAY, Act.OPINE) | word_set("see side answer question same own story matter hear part")


def complete(fragment: str, before: Before) -> str | None:
    """The question that a fragment stands for, or None where it is a whole question or no rule completes it.

    Args:
        fragment: the follow-up, without "?" and without "and" where a whole question follows it.
    """
    asked, marked = before.question.rstrip("?!. "), _MARKED.match(fragment)
    if WHOLE.match(fragment) and not marked:
        return _goes_on(fragment, asked) or _same_of_another(fragment, before)
    if (again := _same_of_another(fragment, before)) is not None:
        return again
    rest = marked["rest"] if marked else fragment
    first = rest.split()[0]
    rest = rest[0].lower() + rest[1:] if first.lower() in FUNCTION_WORDS else rest
    if re.search(rf"\b{WH}\b", rest, re.IGNORECASE) or WHOLE.match(rest) or len(rest.split()) > (7 if marked else 4):
        return None
    new = before.mentions(f"It was {rest}.")
    other = _other_day(rest, asked) or _other_phrase(rest, asked, before)
    if other or not (marked or new) or (new and content_words(rest) != content_words(new[0].text)):
        return other
    return _other_name(rest, new[:1], before, topic=bool(marked and marked["topic"]))


def _same_of_another(line: str, before: Before) -> str | None:
    """ "Could you tell me the same thing about Yemen?", "What is Kyiv's view of it?"."""
    same = _SAME.search(line)
    if same:
        rest = same["rest"]
        new = before.mentions(f"It was {rest}.")
        return _other_day(rest, before.question.rstrip("?!. ")) or _other_name(rest, new[:1], before, topic=True)
    clause, speaker = focus(line), speech_subject(before.question)
    sides = [mention for mention in before.mentions(clause) if mention.proper]
    if speaker is None or len(sides) != 1 or not _ONCE_MORE & set(words(clause)):
        return None
    named = [word for word in sides[0].text.split() if not {fold(word)} & _ONCE_MORE]
    side = " ".join(named)
    if set(content_words(clause.replace(side, " "))) - _ONCE_MORE:
        return None  # it asks something of its own
    # In "the Ukrainian view" it is an adjective, in "Kyiv's view" a name.
    view = re.search(rf"\bthe\s+{re.escape(side.removeprefix('the '))}\s+(\w+)", clause, re.IGNORECASE)
    if view and view[1] in VIEWS | {"side"}:
        side = f"the {side.removeprefix('the ')} side"
    side = re.sub(r"['’]s?$", "", side)
    whole = before.question.rstrip("?!. ")
    old = Mention(text=speaker, kind=Kind.SIDE, start=whole.find(speaker), proper=True)
    return _replaced(whole, old, side)


def is_fragment(line: str) -> bool:
    """Whether a line begins as only a part of a question does: "what about …", "with …"."""
    return (len(line.split()) <= 4 and _PREPOSITION.match(line) is not None) or (
        len(line.split()) <= 7 and _MARKED.match(line) is not None
    )


def _days(text: str) -> list[tuple[int, int]]:
    """Where the date expressions of a text stand, their prepositions left out."""
    return sorted((found.start, found.end) for found in expressions(text, _ANY_DAY))


def _other_day(rest: str, asked: str) -> str | None:
    text = rest if _days(rest) else f"in {rest}"  # "2023" alone is a number
    days, old = _days(text), _days(asked)
    if not days or content_words(text[: days[0][0]] + text[days[-1][1] :]):
        return None
    start, end = old[-1] if old else (len(asked), len(asked))
    head = _DATED.sub("", asked[:start])
    return " ".join(f"{head} {text} {asked[end:]}".split()) + "?"


def _other_phrase(rest: str, asked: str, before: Before) -> str | None:
    """ "With Lavrov?" after "How long did Kerry talk with Putin in Sochi?"."""
    phrase = _PREPOSITION.match(rest)
    if not phrase:
        return None
    places = [m for m in before.mentions(asked) if re.search(rf"\b{phrase['word']}\s+$", asked[: m.start], re.I)]
    if places:
        kinds = [m.kind for m in before.mentions(f"It was {rest}.")]
        return _replaced(asked, next((m for m in places if m.kind in kinds), places[-1]), phrase["rest"])
    asked = re.sub(rf"(?<!\s)\s+(?i:{phrase['word']})\s+\S+(?:\s+[A-Z]\S*)*$", "", asked)
    return f"{asked} {rest}?"


def _other_name(rest: str, new: list[Mention], before: Before, *, topic: bool) -> str | None:
    """A name or a noun in the place of its like, of what is asked for, or of who speaks."""
    asked = before.question.rstrip("?!. ")
    old, kinds = before.mentions(asked), [m.kind for m in new]
    like = [m for m in old if m.kind in kinds]
    like = like or [m for m in old if kinds == [Kind.SIDE] and m.kind is Kind.PERSON and not topic]
    slot, speaker = _SLOT.match(asked), speech_subject(asked)
    if (like and speaker and not topic and not new[0].proper) or re.search(r"['’]s?$", rest):
        return None  # "And the opposition?" may speak, or be spoken about
    if like:
        return _replaced(asked, like[-1 if topic else 0], rest)
    if slot and slot["noun"].lower() not in FUNCTION_WORDS and not new:  # "And growth?" after "What inflation …"
        return f"{slot['wh']} {rest.removeprefix('the ')}{asked[slot.end() :]}?"
    if speaker:
        return _replaced(asked, Mention(text=speaker, kind=Kind.SIDE, start=asked.find(speaker), proper=True), rest)
    return None


def _replaced(asked: str, old: Mention, new: str) -> str:
    head = asked[: old.start]
    if not old.text.lower().startswith("the "):
        head = re.sub(r"\bthe\s+$", "", head, flags=re.IGNORECASE)
    return f"{head}{new}{asked[old.end :]}?"


def _goes_on(fragment: str, asked: str) -> str | None:
    """ "What does Washington say" goes on as "What does Russia say caused the freeze" went on."""
    listed, speaking = words(fragment), verbs(*Act) | {"do", "mean"}
    if len(listed) < 3 or listed[-1] not in speaking or words(asked)[0] != listed[0]:
        return None
    same = [m for m in re.finditer(r"[\w’'-]+", asked) if stem(m[0].lower()) == stem(listed[-1])]
    if same and asked[same[0].end() :].strip():
        return f"{fragment}{asked[same[0].end() :]}?"
    about = _ABOUT.search(asked)
    return f"{fragment}{about[0]}?" if about and speech_subject(asked) else None
