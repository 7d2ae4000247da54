"""Whether a question asks for what was said, by whom and by what act; and whether for what happened when.

Whether is told by the fitted model (:func:`assistant.question.answer_type.read_type`), who by
:mod:`assistant.question.speakers`, by what act by the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question.answer_type import AnswerType, Reading
from assistant.question.focus import focus
from assistant.question.speakers import LIKELY, VIEWS, asks_who, speech_subject, without_article
from ingest.language.lexicon import SPEECH, Act, acts, verbs
from ingest.language.names import Name
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


_PARTIES = "sides|parties|accounts|versions|governments|camps|countries"
_SIDES = re.compile(
    rf"\b(?:(?:the\s+)?(?:two|both|different|various|opposing)\s+(?:{_PARTIES})"
    r"|(?:each|either|every)\s+(?:side|party|camp)|the\s+sides|all\s+sides)\b",
    re.I,
)
_TOLD_OFF = word_set(
    "side sides party parties account accounts version versions two both each anyone anybody someone somebody according"
)


def speech_question(question: str, reading: Reading, named: Sequence[Name] = ()) -> SpeechQuestion | None:
    """What a question about speech asks for; None where it asks for nothing that was said.

    Args:
        reading: what the model makes of it.
        named: the names in it.
    """
    sides, asked = _SIDES.search(question) is not None, focus(question)
    chance = max(reading.speech, dict(reading.chances).get(AnswerType.SPEECH, 0.0))
    if asks_who(asked, chance):
        return SpeechQuestion(speakers=(), act=_act(question), about=_about(question, ()), several=sides)
    subject = speech_subject(question, chance, named)
    likely = chance >= LIKELY or bool(acts(words(asked)) & SPEECH)
    if sides and likely and (subject is None or _SIDES.search(subject)):
        return SpeechQuestion(speakers=(), act=Act.SAY, about=_about(question, ()), several=True)
    if subject is None:
        return None
    speakers = tuple(map(without_article, re.split(r"(?<!\s)\s+(?:and|or|versus|vs\.?)\s+|,\s+", subject)))
    # "the ministry of trade and industry" is one; two capitals or two countries are two.
    if len(speakers) > 1 and not all(part[:1].isupper() or len(part.split()) <= 2 for part in speakers):
        speakers = (subject,)
    about = _about(question, speakers)
    return SpeechQuestion(speakers=speakers, act=_act(question), about=about, several=len(speakers) > 1)


def asks_for_sequence(question: str, kind: AnswerType) -> bool:
    """Whether a question asks for what happened when: a timeline, how something changed or developed."""
    return kind is AnswerType.TIMELINE or _SEQUENCE.search(question) is not None


def asks_how_it_stands(question: str) -> bool:
    """Whether a question asks how things are now: "is the bridge open?", "who is the mayor?", "the latest toll"."""
    return _NOW.match(focus(question)) is not None


def asks_what_is_disputed(question: str, kind: AnswerType) -> bool:
    """Whether people may differ over the answer: a cause, who did it, or whether it is so."""
    return kind in (AnswerType.REASON, AnswerType.YES_NO) or _BLAME.search(question) is not None


_SEQUENCE = re.compile(
    r"\b(?:time\s?line|chronolog(?:y|ical)|(?:sequence|course) of events|history of|step by step"
    r"|over (?:time|the (?:years|months|weeks|days))"
    r"|what happened when(?=\s*(?:\?|$|(?:in|during|with|to|on|at|over)\b))"
    r"|how (?:has|have|had|did|do|does)\b[^?]{2,80}?\b(?:(?:develop|evolve|unfold)(?:e?d)?|(?:chang|shift)e?d?))(?!\w)",
    re.I,
)
_NOW = re.compile(
    r"\W{0,9}(?:is|are|has|have) (?!there\b)\w"
    r"|\W{0,9}(?:how much|what|how high) (?:is|are|does|do)\b[^?]{1,200}\b(?:cost|price|rate|worth)\b"
    r"|\W{0,9}who(?:'s|’s| is| are) (?:the|our|their)\b"
    r"|[^?]{0,200}\b(?:now|currently|at present|nowadays|these days|so far|still|yet|latest|newest|most recent)\b",
    re.I,
)
_BLAME = re.compile(
    r"\b(?:what|who)\b[^?]{0,400}\b(?:caus(?:e|ed|ing)|start(?:ed|ing)?|beg[au]n|provoked?|trigger(?:ed)?|froze|fired|shelled"
    r"|attacked|responsible|to blame|at fault|behind)\b",
    re.I,
)


def _act(question: str) -> Act:
    done = acts(words(question))
    listed = set(words(question))
    answered = verbs(Act.RESPOND) - verbs(Act.SAY)
    if listed & answered or re.search(r"\b(?:response|reply|reaction|answer)s?\b", question, re.I):
        return Act.RESPOND
    return next((act for act in (Act.ACCUSE, Act.DENY) if act in done), Act.SAY)


def _about(question: str, speakers: tuple[str, ...]) -> str:
    """What asks, without its speakers and what only says that they spoke; of all where two words are not left."""
    for text in (focus(question), question):
        left = text
        for speaker in speakers:
            left = left.replace(speaker, " ", 1)
        spoken = verbs(*SPEECH) | _TOLD_OFF | VIEWS
        kept = [w for w in re.findall(r"(?<![\w'’.-])[\w'’.-]*\w", left) if not set(words(w)) & spoken]
        telling = [at for at, w in enumerate(kept) if not set(words(w)) <= FUNCTION_WORDS]
        if len(telling) > 1 or (telling and text == question):
            return " ".join(kept[telling[0] : telling[-1] + 1])
    return question
