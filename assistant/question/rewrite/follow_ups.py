"""A follow-up becomes a question that stands alone.

The rules here need no model. They complete what can be completed neatly; where that is not safe, the question before is
set behind in brackets, so that retrieval has its words and a reader sees what was understood.

Invariant: without a history, and for a question that stands alone, ``standalone`` returns the question as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import partial

from assistant.question.focus import focus
from assistant.question.rewrite.coreference import Before, resolve
from assistant.question.rewrite.ellipsis import complete, is_fragment
from assistant.question.rewrite.mentions import WHOLE, mentions
from assistant.question.small_talk import is_small_talk
from assistant.types import Turn
from ingest.language.gazetteer import Gazetteer, bundled
from ingest.language.lexicon import entries
from ingest.language.words import content_words, fold, stem, word_set, words

#: Turns of the conversation that are looked at.
HISTORY_TURNS = 12
#: Code points of a turn that are looked at; a question above it is no follow-up, and stays as it is.
TURN_CHARACTERS = 600
#: Content words up to which a question can lean on the one before; a longer one says itself what it is about.
SHORT = 2

_CONNECTIVE = re.compile(
    r"^(?:(?:and|but|so|also|then|okay|ok|well|now|yes|no)\b[\s,.!]*|thank(?:s| you)[,.!]\s*)+", re.IGNORECASE
)
_MARK = re.compile(r"(?<!\s)\s*+\[\d+\]")
_BRACKETS = re.compile(r"(?<!\s)\s*+\((?P<inner>[^()]++)\)\s*+\??$")
#: "Thank you, that covers it. …", "A promise like that is …": a "that" which begins or ends a clause is a pronoun.
_BACK = re.compile(r"(?:^|[,.;!]\s+(?:so\s+)?)that\b|\bthat(?=\s*[,.;])|\b(?:like|put) that\b", re.IGNORECASE)
_DEFINITE = re.compile(r"\bthe\s+\w", re.IGNORECASE)
_OF_ITS_OWN = re.compile(r"\b(?:about|on|over|of|in|at|for|to|from|with|near|between)\s+(?:the\s+\w+\s)?(?!th)\w", re.I)
#: Words that compare with what was spoken of.
_COMPARES = word_set("same other others previous former latter one ones else too also more")


def standalone(
    question: str, history: Sequence[Turn], gazetteer: Gazetteer | None = None, publishers: Collection[str] = ()
) -> str:
    """Turn a follow-up into a question that can be understood, and searched for, without the turns before it.

    Args:
        history: the turns before, oldest first.
        gazetteer: whose countries and offices are known; the bundled one's where none is given.
        publishers: those of the archive, who report and are never "he" or "she".
    """
    named = frozenset(fold(publisher).removeprefix("the ") for publisher in publishers)
    read = partial(mentions, gazetteer=gazetteer or bundled(), publishers=named)
    before: Before | None = None
    for turn in list(history)[-HISTORY_TURNS:]:
        line = " ".join(turn.content[:TURN_CHARACTERS].split())
        if turn.role == "user" and words(line) and is_small_talk(line) is None:
            asked = _complete(line, before)
            carried = _BRACKETS.search(asked)  # a question that carries another in brackets is understood by that one
            before = Before(question=_capital(carried["inner"]) + "?" if carried else asked, mentions=read)
        elif turn.role == "assistant" and before is not None:
            before = Before(question=before.question, answer=_MARK.sub("", line), mentions=read)
    return _complete(question, before)


def _complete(question: str, before: Before | None) -> str:
    text = " ".join(question.split())
    if before is None or len(text) > TURN_CHARACTERS or not words(text) or is_small_talk(text) is not None:
        return question.strip()
    body = text.rstrip("?!. ")
    rest = _CONNECTIVE.sub("", body)
    if rest != body and WHOLE.match(rest):
        body = _capital(rest)
    completed = complete(body, before)
    if completed is not None:
        return _capital(completed)
    asking = focus(body)
    back = any(len(content_words(body[: m.start()])) <= 2 for m in _BACK.finditer(body[: -len(asking)]))
    resolved, whole = resolve(f"{asking if back else body}?", before)
    left_open = back or (is_fragment(body) and not WHOLE.match(body))
    if whole and not left_open and (resolved != f"{body}?" or not _leans(body, before)):
        return resolved if body != text.rstrip("?!. ") or resolved != f"{body}?" else question.strip()
    inner = before.question.rstrip("?!. ")
    return f"{resolved.rstrip('?')} ({inner[0].lower() + inner[1:] if WHOLE.match(inner) else inner})?"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _leans(body: str, before: Before) -> bool:
    """Whether a question without open pronouns still leans on the one before."""
    verbs, last = entries("verb"), words(body)[-1]
    speech = {word for word, entry in verbs.items() if entry.acts and "noun" not in entry.flags}
    own = [word for word in content_words(body) if word not in speech]
    if len(own) <= SHORT and last in speech and verbs[last].tense == "base":
        return True  # "How did Russia respond?": to what, the question before says
    said = {stem(word) for word in content_words(f"{before.question} {before.answer}")}
    whole, compares = WHOLE.match(body) is not None, not _COMPARES.isdisjoint(words(body))
    repeats = not whole and not said.isdisjoint(map(stem, own))
    if re.search(r"\d", body) or any(m.proper for m in before.mentions(body)):
        return False
    if len(own) > SHORT + (compares or repeats):
        return False
    # "The ship" leans; "the ship of Captain Oss" and "the strike in Lyon" do not.
    definite = _DEFINITE.search(body) and not _OF_ITS_OWN.search(body)
    return len(own) <= 1 or compares or not whole or bool(definite)
