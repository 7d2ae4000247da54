"""The part of a question that asks, and the words in it that name what is asked for.

Invariant: what is found stands in the question, word for word.
"""

from __future__ import annotations

import re

from ingest.language.lexicon import entries
from ingest.language.words import FUNCTION_WORDS, word_set, words

#: The words that ask.
INTERROGATIVES = frozenset(["who", "whom", "whose", "where", "when", "why", "how", "which", "what"])
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'])")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|Gen|Sen|Rep|Gov|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec|U\.S)\.$"
)
#: "Could you tell me in which …": what the one who asks says of himself and to the program is no part of the question.
_POLITE = re.compile(
    r"[^?]{0,99}?\b(?:i|me|my|we|us|you)\b[^?]{0,99}?(?=\b(?:(?:in|on|at|of|by|for|from|to|with|about|under|over|through|since|until)\s)?"
    rf"(?:{'|'.join(sorted(INTERROGATIVES))}|whether)\b)",
    re.IGNORECASE,
)
#: A sentence that has no other words asks to look for what another names ("Could you look it up?").
_REQUEST = FUNCTION_WORDS | word_set(
    """look find tell check know help let send give get dig search please thank thanks grateful glad kind kindly
    appreciate possible convenient able hand"""
)
#: "I need it for a list": what it is for.
_PURPOSE = re.compile(
    r"\W{0,9}(?:i|we)(?:'d| would| should| do)? (?:\w+ )?(?:need|want|require) (?:it|this|that|them)\b", re.I
)


def focus(question: str) -> str:
    """What asks of a question: its last sentence that asks itself, without who asks whom ("Could you tell me …")."""
    pieces = _sentences(question)
    asked = next(filter(_asks, reversed(pieces)), pieces[-1])
    polite = _POLITE.match(asked)
    return asked[polite.end() :] if polite and _is_matrix(polite[0]) else asked


def _asks(sentence: str) -> bool:
    listed = set(words(sentence))
    return bool(listed & INTERROGATIVES or listed - _REQUEST) and not _PURPOSE.match(sentence)


def _sentences(question: str) -> list[str]:
    found: list[str] = []
    for piece in _SENTENCE_END.split(question.strip()):
        if found and _ABBREVIATION.search(found[-1]):
            piece = f"{found.pop()} {piece}"
        found.append(piece)
    return found


def _is_matrix(clause: str) -> bool:
    """Whether a clause asks for what follows: behind a noun "who" is relative, "the share who like it"."""
    listed = words(clause)
    introduces = listed[-1] in FUNCTION_WORDS or listed[-1] in entries("verb") or clause.rstrip()[-1] in ",:;"
    return introduces and not INTERROGATIVES & set(listed)


def asked_phrase(asked: str) -> str:
    """The words that name what is asked for: "referee" of "Which referee sent him off?", "name of victim" of a search
    for it; the content words behind "which" or "what", else those at the beginning, and what "of" joins to them.
    """
    listed = words(asked)
    at = next((i + 1 for i, word in enumerate(listed) if word in ("which", "what", "whose")), 0)
    phrase: list[str] = []
    for i, word in enumerate(listed[at:], at):
        if word not in FUNCTION_WORDS:
            phrase.append(word)
        elif phrase and not (word == "of" or (word in ("the", "a", "an") and listed[i - 1] == "of")):
            break
        elif phrase and word == "of":
            phrase.append(word)
        if len(phrase) == 6:
            break
    return " ".join(phrase)
