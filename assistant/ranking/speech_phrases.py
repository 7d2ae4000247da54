"""Who stands at the verbs of speech of one sentence: the phrase that names each speaker, as the sentence has it.

Invariant: what stands in quotation marks is never looked at; it is what is said, not who says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.language.words import fold, word_set, words

_VERBS = word_set(
    """say says said tell tells told adds added claims claimed deny denies denied accuse accuses accused blames blamed
    insists insisted argues argued announced warns warned explains explained confirmed admits admitted describes
    described describing calls called declared declaring replied responded suggests suggested thinks thought believes
    believed stressed promised criticised criticized alleges alleged condemned rejects rejected dismissed dismisses
    recalled remarked asserted contended maintained maintains wrote holds urged urges acknowledged conceded spoke speaks
    declares answered"""
)
_TRANSPARENT = word_set(
    """also later then again still only first once more already now never even simply briefly afterwards afterward
    repeatedly publicly had has have would will could may might did does do and but"""
)
_PASSIVE = word_set("is are was were be been being am get gets got")
PRONOUNS = word_set("he she it they i we")
_RELATIVE = word_set("who which that")
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
WORD = re.compile(r"[^\W_](?:[\w’'.-]*\w)?")
_BOUNDARY = re.compile(r"[,;:()—–]|\s-\s")
_BEHIND = re.compile(r"[,;:.!?()—–\x01]|\s-\s|\b(?:who|which|when|as|after|before|in|on|at|during)\b")


def subjects(text: str) -> Iterator[str]:
    """The phrase that names the speaker at each verb of speech outside of quotation marks."""
    plain = unquoted(text)
    tokens = list(WORD.finditer(plain))
    for i, token in enumerate(tokens):
        word, front, behind = fold(token[0]), plain[: token.start()], plain[token.end() :]
        if word == "according" and behind.startswith(" to "):
            yield _opening(_BEHIND.split(behind[4:], maxsplit=1)[0])
        elif word in _VERBS and token[0][0].islower():
            preceding = fold(tokens[i - 1][0]) if i else ""
            if preceding in _PASSIVE | {"to"} or (word == "told" and re.match(r"\s+(?:of|by)\b", behind)):
                continue  # "was told", "declined to say"
            yield _opening(_inverted(word, front, behind) or _in_front(front))


def _inverted(verb: str, front: str, behind: str) -> str | None:
    """``said Dag Ferreira`` behind what he said."""
    quoted = front.rstrip(" ,").endswith("\x01")
    following = re.match(r"\s+(?:[A-Z]\w|(?:an?|the|one|another)\s\w)" if quoted else r"\s+[A-Z]\w", behind)
    if following is None or not (quoted or (verb == "said" and front.rstrip().endswith(","))):
        return None
    return _BEHIND.split(behind, maxsplit=1)[0]


def _in_front(front: str) -> str:
    """The subject of a verb: the words before it, over a relative pronoun and over what is put in between commas."""
    pieces = [_last_clause(piece) for piece in _BOUNDARY.split(front.replace("\x01", ";"))]
    last = pieces.pop()
    spoken = words(last)
    if spoken and spoken[-1] in PRONOUNS:
        return spoken[-1]
    if _RELATIVE & set(spoken) and not _plain(last):
        # "a blast from the Russian Foreign Ministry, which said": the one who stands nearest.
        return re.split(r"\b(?:from|by|of|to|with|for|in|at)\s", next(filter(_plain, reversed(pieces)), ""))[-1]
    if _plain(last):
        return last
    inserted = pieces.pop() if len(pieces) > 1 else ""
    while pieces and not _plain(pieces[-1]):
        pieces.pop()
    subject = pieces[-1] if pieces else ""
    # "Dmitry Peskov, the president's spokesman, told": both name him. "Lavrov, standing beside him, said": one does.
    apposed = re.match(r"\s*(?:(?:the|an?|his|her|Mr|Ms|\w+[’']s)\s|[A-Z])", inserted)
    if not subject:
        return inserted
    return f"{_opening(subject)} {inserted}" if apposed else subject


def _plain(piece: str) -> bool:
    """Whether a piece holds a subject, and not only adverbs, auxiliaries or a relative pronoun."""
    return any(w not in _TRANSPARENT | _RELATIVE for w in words(piece))


def _last_clause(piece: str) -> str:
    """What stands behind the last conjunction of a long piece."""
    if len(piece.split()) <= 8:
        return re.split(r"\b(?:while|that|because|when|whom|whether)\b", piece)[-1]
    parts = re.split(r"\b(?:and|but|while|that|because|when|whom|whether)\b", piece)
    return parts[-1] if _plain(parts[-1]) else parts[0]


def _opening(phrase: str) -> str:
    """The head of a subject stands at its beginning; what follows ("travelling with Mr Kerry") names others."""
    listed = re.sub(r"^\s*[A-Z .’'-]{3,40} [—–-] ", "", phrase).split()
    return " ".join(listed[:6])


def unquoted(text: str) -> str:
    """The text, each quotation of it replaced by one control character."""
    first = re.search(r"[“”]", text)
    if first and first[0] == "”":
        text = f"“{text}"  # it began in the sentence before
    return _QUOTED.sub("\x01", text)
