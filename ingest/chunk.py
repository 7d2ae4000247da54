"""Article -> chunks that partition its text, offsets first.

Invariants:

* ``"".join(chunk.span.of(text) for chunk in chunk(article)) == text``.
* Every sentence lies in exactly one chunk. A sentence above the limit is cut at a clause, then at a word, then
  anywhere; its pieces are then sentences of their own, so that a citation always names a span of one chunk.
* Paragraphs are kept whole while they fit: a chunk ends at a paragraph's end rather than in the middle of one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ingest.article import Article, Chunk, Span
from ingest.language.roles import BODIES, TITLES
from ingest.language.scripts import stops
from ingest.limits import MAX_UNBROKEN

#: Code points a chunk aims for. all-MiniLM-L6-v2 reads 256 tokens, about 1,100 characters of news English.
TARGET = 900

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*|\n")
_CLAUSE = re.compile(r"[;:,–—)\]]\s|\s[-–—]{1,2}\s")
_SPACE = re.compile(r"\s")
_WORD = re.compile(r"\S+")
_INITIALS = re.compile(r"(?:^|[\s(“\"'])(?:[A-Z]\.){2,}\s*$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8)
def sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of ``text``, in order, without the white space around each; a line break ends one.

    The last few are kept: an article is asked for its sentences by all who read it, one after the other.
    """
    return tuple(Span(start, end) for start, end in _sentence_offsets(text))


def _sentence_offsets(text: str) -> Iterator[tuple[int, int]]:
    from nupunkt import sent_spans  # here, because only a program that chunks should pay for it

    for start, end in _unbroken_cut(text, _paragraphs(text)):
        paragraph = text[start:end]
        ends = stops(paragraph)
        for first, last in _rejoined(paragraph, sent_spans(paragraph)):
            at = first
            for cut in (*ends[bisect_right(ends, first) : bisect_left(ends, last)], last):
                yield from _cut(text, *_trim(text, start + at, start + cut))
                at = cut


def _unbroken_cut(text: str, paragraphs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The paragraphs, cut inside of what is longer than any word or run of Chinese without white space."""
    for start, end in paragraphs:
        if end - start > MAX_UNBROKEN and max(map(len, text[start:end].split())) > MAX_UNBROKEN:
            for word in _WORD.finditer(text, start, end):
                for cut in range(word.start() + MAX_UNBROKEN, word.end(), MAX_UNBROKEN):
                    yield start, cut
                    start = cut
        yield start, end


def _rejoined(paragraph: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Undo splits after initials that a name or a sentence goes on from: "U.S. | Secretary of State"."""
    held: tuple[int, int] | None = None
    for start, end in spans:
        if held is None:
            held = start, end
        elif _INITIALS.search(paragraph[held[0] : held[1]]) and _goes_on(paragraph[start:end]):
            held = held[0], end
        else:
            yield held
            held = start, end
    if held is not None:
        yield held


def _goes_on(text: str) -> bool:
    """Whether what follows initials begins no sentence: a small letter, or an office or body as in "U.S. Congress"."""
    word = _FIRST_WORD.match(text)
    return word is not None and (text[0].islower() or word[0].lower() in TITLES | BODIES)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        if text[start : gap.start()].strip():
            yield start, gap.start()
        start = gap.end()
    if text[start:].strip():
        yield start, len(text)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut ``[start, end)`` into pieces of at most ``TARGET`` code points: after a clause, a word, or anywhere."""
    while end - start > TARGET:
        window = text[start : start + TARGET]
        cuts = [m.end() for m in _CLAUSE.finditer(window) if m.end() > TARGET // 2]
        cuts = cuts or [m.end() for m in _SPACE.finditer(window) if m.end() > TARGET // 2]
        cut = start + (cuts[-1] if cuts else TARGET)
        piece = _trim(text, start, cut)
        if piece[0] < piece[1]:
            yield piece
        start = _trim(text, cut, end)[0]
    if start < end:
        yield start, end


def chunk(article: Article) -> list[Chunk]:
    """Partition an article into chunks of whole sentences, about ``TARGET`` code points each.

    Returns:
        At least one chunk; chunks in the order of the text.
    """
    text = article.text
    groups = _balance(_group(text, sentences(text)))
    starts = [0, *(group[0].start for group in groups[1:]), len(text)]
    return [
        Chunk(article_id=article.id, ordinal=i, span=Span(starts[i], starts[i + 1]), sentences=tuple(group))
        for i, group in enumerate(groups)
    ]


def _group(text: str, spans: Sequence[Span]) -> list[list[Span]]:
    groups: list[list[Span]] = [[]]
    for block in _paragraph_groups(text, spans):
        size = groups[-1][-1].end - groups[-1][0].start if groups[-1] else 0
        if groups[-1] and size + (block[-1].end - block[0].start) > TARGET:
            groups.append([])
        for span in block:
            if groups[-1] and span.end - groups[-1][0].start > TARGET:
                groups.append([])
            groups[-1].append(span)
    return groups


def _balance(groups: list[list[Span]]) -> list[list[Span]]:
    """Give a last chunk of a few words to the one before it where both fit: a stray line makes a poor passage."""
    if len(groups) > 1:
        end = groups[-1][-1].end
        if end - groups[-1][0].start < TARGET // 5 and end - groups[-2][0].start <= TARGET + TARGET // 5:
            groups[-2:] = [groups[-2] + groups[-1]]
    return groups


def _paragraph_groups(text: str, spans: Sequence[Span]) -> Iterator[list[Span]]:
    block: list[Span] = []
    for span in spans:
        if block and "\n" in text[block[-1].end : span.start]:
            yield block
            block = []
        block.append(span)
    if block:
        yield block
