"""Sentences of the evidence -> what the reader reads: the question, the article's title and day, and some sentences.

A window holds sentences of one article in their order, so that each is read with those around it, and the question
and the title are read once for several sentences. The tokens of a window stand as

    [CLS] question [SEP] title, day [SEP] sentence [SEP] sentence [SEP] …

Invariant: every sentence stands in exactly one window, none is cut in two; what is beyond a part's limit is cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: Tokens of each part at most, the marks not counted. A question of more is read from its end, where it asks.
QUESTION, HEADING, SENTENCE = 48, 24, 72
#: Tokens of the sentences of a window, at most.
SENTENCES = 150
#: [CLS] and [SEP] in the vocabulary of BERT.
CLS, SEP = 101, 102

#: A text -> its tokens, without marks.
Encode = Callable[[str], Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence with what it is read under: its article's id, and the article's title and day."""

    text: str
    article: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Tokens that are read together.

    Attributes:
        ids: the tokens.
        question: where the question's tokens stand, half-open.
        sentences: of each sentence its place among the lines, and where its tokens stand, half-open.
    """

    ids: tuple[int, ...]
    question: tuple[int, int]
    sentences: tuple[tuple[int, int, int], ...]


def windows(question: str, lines: Sequence[Line], encode: Encode) -> list[Window]:
    """Pack the lines, which are given in reading order, article by article."""
    asked = [CLS, *encode(question)[-QUESTION:], SEP]
    made: list[Window] = []
    for heading, group in _groups(lines, encode):
        ids = [*asked, *encode(heading)[:HEADING], SEP]
        places: list[tuple[int, int, int]] = []
        for place, tokens in group:
            places.append((place, len(ids), len(ids) + len(tokens)))
            ids += [*tokens, SEP]
        made.append(Window(ids=tuple(ids), question=(1, len(asked) - 1), sentences=tuple(places)))
    return made


def _groups(lines: Sequence[Line], encode: Encode) -> list[tuple[str, list[tuple[int, Sequence[int]]]]]:
    """Headings, and the lines under each with their places and tokens; a long article is shared out evenly."""
    articles: dict[str, list[tuple[int, Sequence[int]]]] = {}
    for place, line in enumerate(lines):
        # A mark stands for a sentence without one word of the vocabulary, which has to have a place too.
        articles.setdefault(line.article, []).append((place, encode(line.text)[:SENTENCE] or [SEP]))
    groups = []
    for group in articles.values():
        total = sum(len(tokens) for _, tokens in group)
        share, filled = total / -(-total // SENTENCES), 0
        parts: list[list[tuple[int, Sequence[int]]]] = [[]]
        for entry in group:
            if parts[-1] and filled + len(entry[1]) / 2 > share:
                parts.append([])
                filled = 0
            parts[-1].append(entry)
            filled += len(entry[1])
        groups += [(lines[part[0][0]].heading, part) for part in parts]
    return groups
