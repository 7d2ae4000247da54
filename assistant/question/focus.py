"""What a question is after: the sentence of it that asks, and the kind of name or number that would answer.

"King Charles became monarch this week. Who is next in line?" asks in its last sentence; "which country" is answered by
a country. Invariant: both follow from the question's own words alone; where nothing tells, the kind is ``OPEN``.
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.question.answer_type import QuestionType, question_type


class Sought(StrEnum):
    """The kinds of answer that can be seen in a sentence."""

    COUNTRY = "country"
    STATE = "state"  # of the United States
    PLACE = "place"
    PERSON = "person"
    NAME = "name"  # a company, a team, a thing that has a name
    TITLE = "title"  # of a film, a book, a song
    SHARE = "share"
    AMOUNT = "amount"
    COUNT = "count"
    YEAR = "year"
    DATE = "date"
    OPEN = "open"  # anything


#: Nouns behind "which", "what" or "this" that say what is sought. The first list that has one of them decides.
_NOUNS: tuple[tuple[Sought, str], ...] = (
    (Sought.COUNTRY, "country|countries|nation|nations"),
    (Sought.STATE, "states?"),
    (
        Sought.PLACE,
        "city|cities|town|capital|island|continent|region|place|county|province|venue|location|park|landmark|planet|area",
    ),
    (
        Sought.PERSON,
        "person|man|woman|leader|politician|player|actor|actress|singer|author|minister|president|official|athlete"
        "|director|scientist|billionaire|celebrity|senator|governor|driver|spokesman|spokeswoman|star|superstar|rapper"
        "|host|comedian|figure|quarterback|candidate|nominee|justice|judge|king|queen|prince|artist|musician|footballer"
        "|golfer|coach|member|congressman|congresswoman|novelist|writer|legend|champion|fighter|couple",
    ),
    (
        Sought.NAME,
        "company|airline|team|school|university|agency|group|store|chain|club|bank|firm|network|brand|retailer"
        "|automaker|union|newspaper|platform|service|giant|app|department|restaurant|college|party|organi[sz]ation",
    ),
    (Sought.TITLE, "film|movie|book|song|show|album|series|game|musical|play|novel|program|programme|podcast|sitcom"),
    (Sought.SHARE, "percentage|percent|share"),
    (Sought.YEAR, "year|decade"),
    (Sought.DATE, "day|date|month"),
)
_OF_TYPE = {
    QuestionType.WHO: Sought.PERSON,
    QuestionType.WHERE: Sought.PLACE,
    QuestionType.WHEN: Sought.DATE,
    QuestionType.HOW_MANY: Sought.COUNT,
    QuestionType.HOW_MUCH: Sought.AMOUNT,
    QuestionType.WHICH: Sought.NAME,
}
#: "This year" says when; "this country" asks.
_ASKED_NOUN = re.compile(
    r"\b(?:which|what|these|this(?! (?:past |coming )?(?:week|weekend|month|year|season|time|morning|afternoon|evening"
    r"|spring|summer|autumn|fall|winter)\b))((?: [\w.’'-]+){1,4})",
    re.IGNORECASE,
)
#: The noun that is asked for stands before the first of these.
_NOUN_ENDS = re.compile(
    r" (?:is|are|was|were|has|have|had|did|do|does|will|would|in|on|to|for|that|who|of|week|month|announced|became"
    r"|won)\b.*"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'])")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|Gen|Sen|Rep|Gov|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec|U\.S)\.$"
)
_SINCE = re.compile(r"\b(?:since[:?]?|in:)$")
_SHARE_WORD = re.compile(r"\bpercent|\bshare\b")


def focus(question: str) -> str:
    """The last sentence of a question, which is the one that asks."""
    pieces = _SENTENCE_END.split(question.strip())
    asked = pieces.pop()
    while pieces and _ABBREVIATION.search(pieces[-1]):
        asked = f"{pieces.pop()} {asked}"
    return asked


def sought(question: str) -> Sought:
    """What kind of thing would answer."""
    asked = focus(question).lower()
    noun = _ASKED_NOUN.search(asked)
    listed = _NOUN_ENDS.sub("", noun[1]).split() if noun else []
    for kind, pattern in _NOUNS:
        for word in listed:
            if re.fullmatch(rf"(?:{pattern})(?:[’']s)?", word):
                return kind
    kind_of_question = question_type(focus(question))
    if kind_of_question in (QuestionType.WHAT, QuestionType.WHICH) and _SINCE.search(asked):
        return Sought.YEAR
    if kind_of_question is QuestionType.HOW_MUCH and _SHARE_WORD.search(asked):
        return Sought.SHARE
    return _OF_TYPE.get(kind_of_question, Sought.OPEN)
