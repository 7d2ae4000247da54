"""What kind of thing a question asks for, and whose words it asks for.

Invariant: a type follows from the question's own words alone; where nothing tells, it is ``WHAT``.
"""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.language.words import FUNCTION_WORDS, words


class QuestionType(StrEnum):
    """The kinds of question, by what answers them."""

    WHO = "who"  # a person, a body, a country
    WHERE = "where"
    WHEN = "when"
    HOW_MANY = "how many"  # a count
    HOW_MUCH = "how much"  # money, a share, a measure
    HOW_LONG = "how long"  # a stretch of time
    WHY = "why"
    HOW = "how"
    WHICH = "which"  # one of a kind that the question names: which company
    WHAT = "what"
    SAYS = "says"  # what somebody said
    YES_NO = "yes or no"


# What stands before the question itself.
_LEAD = re.compile(
    r"\W*(?:(?:and|but|so|or|also|then|well|ok|okay|please|hi|hello|hey)\b\W*)*"
    r"(?:(?:can|could|would|will) you (?:please )?(?:tell|show) me\b\W*|(?:please )?tell me\b\W*|do you know\b\W*"
    r"|i(?:'d| would) like to know\b\W*|according to [^,]{2,60},\s*|(?:apart|aside) from [^,]{2,60},\s*)?",
    re.IGNORECASE,
)
_PREPOSITION = r"(?:(?:in|on|at|of|by|for|from|to|with|about|since|until|against|under|over) )?"
_BE = r"(?: (?:is|was|are|were|will be))?(?: the| its| their)?(?: \w+)?"
_AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|may|might)"
_MEASURE = "percentage|percent|share|price|cost|rate|speed|age|size|temperature|amount|sum|score|magnitude|level|value"
_PLACE = "country|city|state|town|place|region|continent|province|village|county|capital|location|venue|port"
_TIME = "day|date|month|year|time|week|century|decade"
_PERSON = (
    "person|man|woman|leader|politician|player|actor|actress|singer|author|minister|president|official|athlete"
    "|director|scientist|billionaire|celebrity|senator|governor|driver|spokesman|spokeswoman"
)
_ADJECTIVE = (
    "much|high|low|large|big|tall|far|fast|old|deep|heavy|wide|strong|often|likely|hot|cold|expensive|steep|close"
)
_REASON = "caused?|causes|led|made|prompted|triggered|explains?|explained"
_FORMS: tuple[tuple[QuestionType, str], ...] = (
    (QuestionType.HOW_MANY, rf"{_PREPOSITION}how many\b|what{_BE} (?:number|count|toll)\b"),
    (QuestionType.HOW_LONG, r"(?:for |since )?how long\b(?! ago)|for how (?:many|much) "),
    (
        QuestionType.WHEN,
        rf"{_PREPOSITION}(?:when\b|(?:what|which) (?:{_TIME})\b)|how (?:long ago|soon|recently)\b"
        rf"|(?:what|when)(?: is| was|'s) the (?:date|deadline|day|year)\b",
    ),
    (
        QuestionType.HOW_MUCH,
        rf"{_PREPOSITION}(?:how (?:{_ADJECTIVE})|what{_BE} (?:{_MEASURE})|what (?:\w+ )?(?:{_MEASURE}))\b",
    ),
    (QuestionType.WHERE, rf"{_PREPOSITION}(?:where\b|(?:what|which) (?:\w+ )?(?:{_PLACE})\b)"),
    (
        QuestionType.WHO,
        rf"{_PREPOSITION}(?:who|whom|whose)\b|(?:what|which) (?:(?!{_AUXILIARY}\b)\w+ ){{0,2}}(?:{_PERSON})\b",
    ),
    (
        QuestionType.WHY,
        rf"why\b|how come\b|{_PREPOSITION}what{_BE} (?:reasons?|causes?)\b|what reasons?\b|what (?:{_REASON})\b",
    ),
    (QuestionType.WHICH, rf"{_PREPOSITION}which\b"),
    (QuestionType.HOW, r"how\b|in what way\b|by what means\b"),
    (QuestionType.WHAT, rf"{_PREPOSITION}what\b|what['’]s\b|name\b|list\b"),
    (QuestionType.YES_NO, rf"{_AUXILIARY}(?:n['’]t)?\b"),
)
_PATTERNS = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _FORMS)
_INNER = re.compile(r"\b(?:who|whom|whose|where|when|why|how|which|what)\b", re.IGNORECASE)

# Verbs that ask for somebody's words wherever they stand behind an auxiliary and a subject...
_SAID = (
    "say|said|saying|tell|told|claim|argue|think|believe|respond|reply|react|comment|announce|explain|describe|call"
    "|promise|warn|suggest|propose|demand|threaten|insist|answer|put it"
)
# ... and verbs that name a speaker without asking for what was said.
_SPEAK = (
    f"{_SAID}|state|accuse|blame|deny|admit|criticise|criticize|condemn|justify|mean|want|expect|predict|forecast|plan"
    "|vow|pledge|urge|reject|dismiss|confirm|concede|stress|defend|praise|allege|estimate|fear|hope|hold"
)
_SUBJECT = r"(?P<subject>(?!there\b|it\b)(?:[^\s?,;:]+\s+){0,6}?[^\s?,;:]+?)"
# A verb behind an article or a possessor is a noun: "the call", "Kerry's reply".
_VERB = (
    r"(?:(?:\w+ly|also|at first|not|now|still|first|already|have|even)\s+)*"
    r"(?<!\bthe )(?<!\ba )(?<!['’]s )(?<!\bunited )"
)
_DO = r"(?:do|does|did|has|have|had|will|would|can|could|should|may|might)"
_SAYS = re.compile(
    rf"\b{_DO}\s+{_SUBJECT}\s+{_VERB}(?:{_SAID})(?:s|d|ed)?\b"
    r"|\b(?:is|are|was|were)\s+(?:[^\s?,;:]+\s+){1,6}?(?:saying|claiming|arguing|telling|thinking|promising)\b",
    re.I,
)
_SPOKEN = (
    re.compile(
        r"\baccording to\s+(?P<subject>[^?,;:]{2,60}?)(?=[?,;:]|$|\s(?:after|before|during|in|on|at|when|if|by)\s)",
        re.I,
    ),
    re.compile(
        rf"(?<![\w'’])(?P<subject>(?:(?!(?:what|which|how|{_AUXILIARY})\b)[\w.’'-]+\s){{0,3}}[\w.-]+)['’]s?\s+(?:\w+\s)?(?:view"
        r"|position|stance|reaction|response|reply|explanation|comment|opinion|claim|account|version|argument|denial|accusation)s?\b",
        re.I,
    ),
    re.compile(rf"\b{_DO}\s+{_SUBJECT}\s+{_VERB}(?:{_SPEAK})(?:s|d|ed)?\b", re.I),
    re.compile(rf"\breasons?\s+{_DO}\s+{_SUBJECT}\s+(?:give|given|offer|name)\b", re.I),
    re.compile(
        r"\bwhat\s+(?:worries|worried|concerns|concerned|troubles|troubled|bothers|bothered|surprised|annoyed|angered)\s+"
        r"(?P<subject>[^?,;:]{2,60}?)(?=\s+(?:about|in|with|over|at|most)\b|[?,;:]|$)",
        re.I,
    ),
)
_NOBODY = frozenset(
    ["he", "she", "it", "they", "you", "i", "we", "people", "anyone", "anybody", "someone", "this", "that"]
)


def question_type(question: str) -> QuestionType:
    """The kind of a question."""
    lead = _LEAD.match(question)
    asked = question[lead.end() :] if lead else question
    kind = _kind(asked)
    if kind is None:
        inner = _INNER.search(asked)  # "In Sochi, who met Putin?"
        kind = (_kind(asked[inner.start() :]) if inner else None) or QuestionType.WHAT
    if kind in (QuestionType.WHAT, QuestionType.HOW) and _SAYS.search(asked):
        return QuestionType.SAYS
    return kind


def _kind(asked: str) -> QuestionType | None:
    return next((kind for kind, pattern in _PATTERNS if pattern.match(asked)), None)


def speech_subject(question: str) -> str | None:
    """Whose words a question asks for: "Russia" in "What does Russia say caused the freeze?"; None where nobody's.

    Returned as the question has it, without its article.
    """
    found = [match for pattern in _SPOKEN if (match := pattern.search(question))]
    # "How did the executive answer the union's accusation?": whoever is named first is asked about, but for "according
    # to", which says it outright.
    for match in sorted(found, key=lambda m: (not m[0].lower().startswith("according"), m.start("subject"))):
        subject = re.sub(r"^(?:the|an?)\s+", "", match["subject"].strip(), flags=re.I)
        listed = words(subject)
        # "U.S." is a country, "us" is nobody.
        telling = [w for w in listed if w not in FUNCTION_WORDS] or re.findall(r"\bU\.?S\b", subject)
        if telling and len(listed) <= 6 and not set(listed) <= _NOBODY and listed[0] not in _NOBODY:
            return subject
    return None
