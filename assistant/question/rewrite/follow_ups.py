"""A follow-up becomes a question that stands alone.

The rules here need no model. They complete what can be completed neatly; where that is not safe, the question before is
set behind in brackets, so that retrieval has its words and a reader sees what was understood.

Invariant: without a history, and for a question that stands alone, ``standalone`` returns the question as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.rewrite.coreference import Before, resolve
from assistant.question.rewrite.ellipsis import complete
from assistant.question.rewrite.mentions import Kind, mentions
from assistant.question.small_talk import is_small_talk
from assistant.types import Turn
from ingest.language.names import names
from ingest.language.words import SPEECH_VERBS, content_words, stem, word_set

#: Turns of the conversation that are looked at.
HISTORY_TURNS = 12
#: Code points of a turn that are looked at; a question above it is no follow-up, and stays as it is.
TURN_CHARACTERS = 600

_CONNECTIVE = re.compile(
    r"^(?:(?:and|but|so|also|then|okay|ok|well|now|yes|no|thanks|thank you)\b[\s,.!]*)+", re.IGNORECASE
)
_WHOLE = re.compile(
    r"^(?:who|whom|whose|what|when|where|why|how|which|do|does|did|is|are|was|were|has|have|had|will|would|can|could"
    r"|should|tell|list|name|show|give|explain|describe|by"
    r"|(?:in|on|at|to|for|from|with|of|since) (?:what|which|when|where|whom|how))\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*\[\d+\]")
_BRACKETS = re.compile(r"\s*\((?P<inner>[^()]+)\)\s*\??$")
# Definite nouns that news repeats without their name: "the company", "the talks". Folded.
_RELATIONAL = word_set(
    """company firm union minister president government ministry spokesman spokeswoman chairman chairwoman team club
    player court judge police meeting talks negotiations deal agreement accord vote trial attack accident crash fire
    storm flood law bill plan proposal report study book film show game match election result winner victims suspect
    decision other others rest first second third last two three both old new former latter same article sentence
    driver captain owner operator building ship plane train car bank council side sides parties group outcome cause
    reason"""
)
_DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those)\s+(?!(?:week|weekend|month|year|day|time|world)\b)"
    r"(?P<noun>(?:(?!of\b)[\w’'-]+\s?){1,2})(?!\s*of\b)",
    re.IGNORECASE,
)
# Verbs that a question cannot end with: what was said, and to what, is in the question before.
_OPEN_ENDED = word_set(
    """say tell claim argue think respond react reply deny want answer comment mean announce insist explain admit
    promise accuse blame propose demand suggest warn"""
)

#: Content words up to which a question can lean on the one before; a longer one says itself what it is about.
SHORT = 4


def standalone(question: str, history: Sequence[Turn]) -> str:
    """Turn a follow-up into a question that can be understood, and searched for, without the turns before it.

    Args:
        history: the turns before, oldest first.
    """
    before: Before | None = None
    asked: list[str] = []
    for turn in list(history)[-HISTORY_TURNS:]:
        if turn.role == "user" and turn.content.strip() and is_small_talk(turn.content) is None:
            asked.insert(0, _complete(_line(turn.content), before))
            before = Before(question=asked[0], earlier=tuple(asked[1:3]))
        elif turn.role == "assistant" and before is not None:
            answer = _MARK.sub("", _line(turn.content))
            before = Before(question=before.question, answer=answer, earlier=before.earlier)
    return _complete(question, before)


def _line(content: str) -> str:
    return " ".join(content[:TURN_CHARACTERS].split())


def _complete(question: str, before: Before | None) -> str:
    text = " ".join(question.split())
    if before is None or len(text) > TURN_CHARACTERS or not re.search(r"\w", text) or is_small_talk(text) is not None:
        return question.strip()
    previous = Before(question=_plain(before.question), answer=before.answer, earlier=before.earlier)
    body = text.rstrip("?!. ")
    rest = _CONNECTIVE.sub("", body)
    if rest != body and _WHOLE.match(rest):
        body = _capital(rest)
    completed = complete(body, previous.question)
    if completed is not None:
        return _capital(completed)
    resolved, whole = resolve(f"{body}?", previous)
    short = len([w for w in content_words(body) if w not in SPEECH_VERBS]) <= SHORT
    if not (short and (not whole or _lacks_context(resolved, body, previous))):
        return resolved if body != text.rstrip("?!. ") or resolved != f"{body}?" else question.strip()
    inner = previous.question.rstrip("?!. ")
    return f"{resolved.rstrip('?')} ({inner[0].lower() + inner[1:] if _small(inner) else inner})?"


def _plain(question: str) -> str:
    """A question that carries another in brackets is understood by that one."""
    carried = _BRACKETS.search(question)
    return _capital(carried["inner"]) + "?" if carried else question


def _small(text: str) -> bool:
    return bool(_WHOLE.match(text))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lacks_context(resolved: str, body: str, before: Before) -> bool:
    """Whether a question without open pronouns still leans on the one before."""
    telling = content_words(body)
    last = telling[-1] if telling else ""
    if last in _OPEN_ENDED and body.lower().endswith(last):
        return True  # "How did Russia respond?"
    if resolved != f"{body}?":
        return False
    if len(telling) <= 1 and not (telling and _has_name(body)):
        return True
    if _has_name(body):
        return False
    said = {stem(w) for w in content_words(f"{before.question} {before.answer}")}
    nouns = [w for m in _DEFINITE.finditer(body) for w in content_words(m["noun"]) or m["noun"].lower().split()]
    leans = any(w in _RELATIONAL or stem(w) in said for w in nouns)
    return leans or (len(telling) <= 2 and not re.search(r"\b(?:of|a|an)\s\w", body))


def _has_name(text: str) -> bool:
    """Whether a name, a country or a number says what the question is about."""
    return bool(names(text) or re.search(r"\d", text)) or any(m.kind is Kind.COUNTRY for m in mentions(text))
