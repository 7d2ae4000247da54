"""Numbered sentences -> the fenced evidence that a chat model reads.

Invariants:

* Nothing inside the fence can look like the fence: no angle bracket of an article's words, title or publisher is left,
  no line break, no invisible character, and no number in square brackets but the number of a sentence.
* A sentence keeps the number that its ``Evidence`` gave it, whatever else is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from assistant.citing.evidence import AttributedSentence, Evidence
from assistant.types import Turn
from vectorstore.archive.passage import Passage

#: Earlier turns that a follow-up question is read with, and code points kept of each.
HISTORY_TURNS = 6
HISTORY_CHARACTERS = 800

_LOOKALIKES = str.maketrans({"<": "‹", ">": "›", "＜": "‹", "＞": "›", "﹤": "‹", "﹥": "›"})
_MARK = re.compile(r"[\[［【]\s*(\d[\d\s,;–—-]*)[\]］】]")
_TEMPLATE = re.compile(r"\[(/?\s*INST)\]", re.IGNORECASE)
_JOINERS = "\u200c\u200d"  # Persian and Indic words and many emoji are spelled with them


def neutral(text: str) -> str:
    """``text`` on one line, without anything that could pass for our fence, our numbers or a chat template's tokens."""
    line = " ".join("".join(map(_visible, text)).translate(_LOOKALIKES).split())
    return _TEMPLATE.sub(r"(\1)", _MARK.sub(r"(\1)", line))


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":
        return character if character in _JOINERS else ""
    return " " if category in {"Cc", "Cs"} else character


def shown(evidence: Evidence, max_characters: int) -> tuple[AttributedSentence, ...]:
    """The sentences that fit into ``max_characters`` code points of evidence, in their order.

    Whole passages are taken, the best rank first; of the best alone, where even it is too long, its first sentences.
    """
    passages: dict[tuple[str, int, int], list[AttributedSentence]] = {}
    for sentence in evidence.sentences:
        if sentence.answers:
            passages.setdefault(_key(sentence.passage), []).append(sentence)
    kept: set[int] = set()
    headed: set[str] = set()
    spent = 0
    for group in sorted(passages.values(), key=lambda group: group[0].passage.rank):
        passage = group[0].passage
        header = 0 if passage.article_id in headed else len(_block([group[0]])) - len(_line(group[0]))
        cost = header + sum(len(_line(s)) + 1 for s in group) + 2
        if spent + cost <= max_characters:
            kept.update(s.number for s in group)
        elif not kept:
            kept.update(_first(group, max_characters - header))
            break
        else:
            continue
        headed.add(passage.article_id)
        spent += cost
    return tuple(s for s in evidence.sentences if s.number in kept)


def _first(group: Sequence[AttributedSentence], characters: int) -> Iterable[int]:
    for index, sentence in enumerate(group):
        characters -= len(_line(sentence)) + 1
        if characters < 0 and index:
            return
        yield sentence.number


def fenced(sentences: Sequence[AttributedSentence]) -> str:
    """The sentences as a model reads them: one block an article, its title, publisher and date above them.

    A line ``…`` stands where an article's text is left out between two of its passages.
    """
    groups: dict[str, list[AttributedSentence]] = {}
    for sentence in sentences:
        groups.setdefault(sentence.passage.article_id, []).append(sentence)
    return "\n".join(_block(group) for group in groups.values())


def _block(group: Sequence[AttributedSentence]) -> str:
    passage = group[0].passage
    lines = ["<article>"]
    if passage.title:
        lines.append(f"Title: {neutral(passage.title)}")
    lines.append(f"Publisher: {neutral(passage.source) or 'unknown'}")
    lines.append(f"Published: {passage.published.isoformat() if passage.published else 'undated'}")
    before = group[0]
    for sentence in group:
        if sentence.passage.ordinal > before.passage.ordinal + 1:
            lines.append("…")
        lines.append(_line(sentence))
        before = sentence
    return "\n".join([*lines, "</article>"])


def _line(sentence: AttributedSentence) -> str:
    return f"[{sentence.number}] {neutral(sentence.text)}"


def _key(passage: Passage) -> tuple[str, int, int]:
    return passage.article_id, passage.span.start, passage.span.end


def conversation(history: Sequence[Turn]) -> str:
    """The last turns before a follow-up, one line each, oldest first, long ones cut."""
    lines = []
    for turn in history[-HISTORY_TURNS:]:
        content = neutral(turn.content)
        cut = f"{content[:HISTORY_CHARACTERS]} …" if len(content) > HISTORY_CHARACTERS else content
        lines.append(f"{'Assistant' if turn.role == 'assistant' else 'User'}: {cut}")
    return "\n".join(lines)
