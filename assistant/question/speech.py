"""Whether a question asks for what was said, by whom and by what act, or for what happened when.

Invariant: both follow from the question's own words alone; what names no act of speech is no question about speech.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.question.answer_type import AnswerType
from ingest.language.lexicon import SPEECH, Act, is_speech, verbs
from ingest.language.words import FUNCTION_WORDS, word_set, words


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechQuestion:
    """What a question about speech asks for.

    Attributes:
        speakers: who is asked about, as the question has them; empty where it asks who spoke, or for all sides.
        act: what they are to have done: SAY (any of them), ACCUSE, DENY or RESPOND.
        about: the question without the words that only say that something was said.
        several: whether it asks for more than one voice ("what do the two sides say").
    """

    speakers: tuple[str, ...]
    act: Act
    about: str
    several: bool


_ACCUSE = r"(?:accus|blam|alleg|critici[sz]|denounc)(?:e[sd]?|ing)|condemn(?:s|ed|ing)?"
_DENY = (
    r"den(?:y|ies|ied|ying)|(?:reject|contradict)(?:s|ed|ing)?|(?:disput|refut)(?:e[sd]?|ing)"
    r"|dismiss(?:es|ed|ing)?|disagree[sd]?"
)
_SAY = (
    r"say|says|said|tells?|told|think|thinks|thought|repl(?:y|ies|ied)|(?:argu|believ|promis|pledg|describ)e[sd]?"
    r"|(?:claim|insist|warn|threaten|respond|confirm|explain|suggest|complain)(?:s|ed)?|admit(?:s|ted)?"
    r"|call(?:s|ed)?(?= (?:for|it|them|the|this|that)\b)"
)
_RESPOND = (
    r"how\b[^?]*\b(?:respond|repl|answer|react)(?:y|ied|ed|s|ing)?\b"
    r"|(?:response|reply|reaction|answer)s?\s+(?:to|from|of)\b"
)
_ACTS = (
    (Act.RESPOND, re.compile(rf"\b(?:{_RESPOND})", re.I)),
    (Act.ACCUSE, re.compile(rf"\b(?:{_ACCUSE})\b", re.I)),
    (Act.DENY, re.compile(rf"\b(?:{_DENY})\b", re.I)),
)
_ANY = rf"(?:{_ACCUSE}|{_DENY}|{_SAY})"
_ADVERB = r"(?:(?:also|first|ever|publicly|openly|has|have|had|did|does|do|not)\s+|(?:doesn|didn|don)['’]t\s+)*"
#: "Who denied …", "Which minister said …", "Did anyone deny …".
_NO_AUXILIARY = r"(?!(?:do|does|did|is|are|was|were|has|have|had|will)\b)"
_WHO = re.compile(
    rf"^\W*(?:(?:and|but|so)\s+)?(?:who|(?:which|what)\s+{_NO_AUXILIARY}(?:[\w'’.-]+\s+){{0,2}}?[\w'’.-]+)"
    rf"\s+{_ADVERB}{_ANY}\b"
    rf"|^\W*(?:did|does|do|has|have)\s+(?:any(?:one|body)|some(?:one|body)|any\s+\w+)\s+(?:\w+\s+)?{_ANY}\b",
    re.I,
)
_PARTIES = "sides|parties|accounts|versions|governments|camps|countries"
_SIDES = re.compile(
    rf"\b(?:(?:the\s+)?(?:two|both|different|various|opposing)\s+(?:{_PARTIES})"
    r"|(?:each|either|every)\s+(?:side|party|camp)|the\s+sides|all\s+sides)\b",
    re.I,
)
_DISAGREE = re.compile(
    r"\b(?:disagree(?:ment|ments|s|d)?|dispute[sd]?|differ|contradict|says? otherwise|rival accounts|conflicting)\b",
    re.I,
)
_TOLD_OFF = word_set(
    "side sides party parties account accounts version versions two both each anyone anybody someone somebody according"
)
#: What changes in a sequence, and the verbs that ask how it did.
_STATES = (
    "position|stance|view|views|line|policy|account|story|forecast|forecasts|figures?|toll|relations|situation|tone"
)
_GREW = "develop|developed|evolve|evolved|unfold|unfolded"
_SEQUENCE = re.compile(
    r"\b(?:time\s?line|chronology|chronological|(?:sequence|course) of events|history of"
    r"|what happened when(?=\s*(?:\?|$|(?:in|during|with|to|on|at|over)\b))"
    r"|step by step|over time|over the (?:years|months|weeks|days)"
    r"|how (?:has|have|had|did|do|does)\b[^?]{2,80}?\b"
    rf"(?:{_GREW}|(?:{_STATES})\s+(?:on\b[^?]*\s)?(?:chang|shift)e?d?))(?!\w)",
    re.I,
)


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
_SPOKEN = (
    re.compile(
        r"\baccording to\s+(?P<subject>[^?,;:]{2,60}?)(?=[?,;:]|$|\s(?:after|before|during|in|on|at|when|if|by)\s)",
        re.I,
    ),
    re.compile(
        r"(?<![\w'’])(?P<subject>(?:(?!(?:what|which|how|(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should|may|might))\b)[\w.’'-]+\s){0,3}[\w.-]+)['’]s?\s+(?:\w+\s)?(?:view"
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


def speech_question(question: str) -> SpeechQuestion | None:
    """What a question about speech asks for; None where it asks for nothing that was said."""
    sides = _SIDES.search(question) is not None
    spoken = _spoken_about(question)
    if _WHO.search(question):
        return SpeechQuestion(speakers=(), act=_act(question), about=_about(question, ()), several=sides)
    subject = speech_subject(question)
    if sides and (_SIDES.search(subject) if subject else spoken or _DISAGREE.search(question)):
        return SpeechQuestion(speakers=(), act=Act.SAY, about=_about(question, ()), several=True)
    if subject is None:
        return None
    parts = re.split(r"\s+(?:and|or|versus|vs\.?)\s+|,\s+", subject)
    speakers = tuple(re.sub(r"^(?:the|an?)\s+", "", part, flags=re.I) for part in parts)
    # "the ministry of trade and industry" is one; two capitals or two countries are two.
    if len(speakers) > 1 and not all(part[0].isupper() or len(part.split()) <= 2 for part in speakers):
        speakers = (subject,)
    about = _about(question, speakers)
    return SpeechQuestion(speakers=speakers, act=_act(question), about=about, several=len(speakers) > 1)


def asks_for_sequence(question: str) -> bool:
    """Whether a question asks for what happened when: a timeline, how something changed or developed."""
    return _SEQUENCE.search(question) is not None


def asks_what_is_disputed(question: str, kind: AnswerType) -> bool:
    """Whether people may differ over the answer: a cause, who did it, or whether it is so."""
    return kind in (AnswerType.REASON, AnswerType.YES_NO) or bool(_BLAME.search(question))


_BLAME = re.compile(
    r"\b(?:what|who)\b[^?]*\b(?:caus(?:e|ed|ing)|start(?:ed|ing)?|beg(?:a|u)n|provok(?:e|ed)|trigger(?:ed)?|froze|fired"
    r"|shelled|attacked|responsible|to blame|at fault|behind)\b",
    re.I,
)


def _spoken_about(question: str) -> bool:
    return any(map(is_speech, words(question)))


def _act(question: str) -> Act:
    return next((act for act, pattern in _ACTS if pattern.search(question)), Act.SAY)


def _about(question: str, speakers: tuple[str, ...]) -> str:
    """The question without its speakers and what only says that they spoke; all of it where nothing else is left."""
    left = question
    for speaker in speakers:
        left = left.replace(speaker, " ", 1)
    kept = [w for w in re.findall(r"[\w'’.-]*\w", left) if not set(words(w)) & (verbs(*SPEECH) | _TOLD_OFF)]
    telling = [at for at, w in enumerate(kept) if not set(words(w)) <= FUNCTION_WORDS]
    return " ".join(kept[telling[0] : telling[-1] + 1]) if telling else question
