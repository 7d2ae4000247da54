"""A text as tokens, quotations and units, the ground that the rules stand on.

A unit is a sentence, or several where a quotation runs over them: the words that one cue can govern.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import starmap

from ingest.attribution.lexicon import VERBS
from ingest.attribution.quotes import Quote, quotes
from ingest.chunk import sentences

_TOKEN = re.compile(
    r"(?=\S)(?:"  # so that a space is passed over without a look at the alternatives
    r"[^\W\d_]++(?![\w.'’&/@-])"  # most words; what follows is for the others
    r"|(?:[^\W\d_]\.){2,}(?:-\w+)?(?:['’]s\b)?"
    r"|(?=[A-Zv][a-z]{1,4}\.)"  # before the many, a look at whether there is one at all
    r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Reps|Sens|Gov|Gen|Col|Lt|Sgt|St|Jr|Sr|Prof|Rev|Hon|Capt|Maj|Adm|No|vs|Inc|Corp|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Calif|Conn|Fla"
    r"|Mass|Mich|Minn|Tenn|Pa|Va|Wis|Wash|Ill|Ind|Ky|La|Md|Ga|Ala|Ariz|Ark|Colo|Okla|Ore|Tex|Vt|Del|Kan|Neb|Nev)\."
    r"|[^\W\d_]\.(?=\s[A-Z])"
    r"|\d+(?:,\d{3})+(?:\.\d+)?"
    r"|\w+(?:[-'’&./@]\w+)*"
    r"|'''|''|``|--+|\.\.+|\S)"
)
_QUOTED = re.compile("[\"“”„‟«»＂‘’'`]")


@dataclass(frozen=True, slots=True)
class Unit:
    """Tokens ``[first, last)`` that one cue can govern; ``paragraph`` counts from 0."""

    first: int
    last: int
    paragraph: int


@dataclass(slots=True)
class Reading:
    """Tokens are parallel lists: ``start``, ``end`` offsets, ``word`` (lower case, straight apostrophe), ``quote``
    (which of ``quotes`` holds it, or -1) and ``capitals`` (whether it begins with a capital letter).
    ``quote_starts`` and ``quote_ends`` are the offsets of ``quotes``.
    """

    text: str
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    word: list[str] = field(default_factory=list)
    quote: list[int] = field(default_factory=list)
    capitals: list[bool] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    quote_starts: list[int] = field(default_factory=list)
    quote_ends: list[int] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)

    def quotes_in(self, start: int, end: int) -> list[Quote]:
        """The quotations that share characters with ``[start, end)``, in order."""
        return self.quotes[bisect_right(self.quote_ends, start) : bisect_left(self.quote_starts, end)]

    def capital(self, token: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.capitals[token]


def read(text: str) -> Reading:
    """Tokens, quotations and units of ``text``."""
    reading = Reading(text)
    spans = list(_sentences(text))
    paragraphs = _paragraphs(text, spans)
    reading.quotes = quotes(text, paragraphs) if _QUOTED.search(text) else []
    reading.quote_starts = [q.start for q in reading.quotes]
    reading.quote_ends = [q.end for q in reading.quotes]
    _tokenise(reading)
    _divide(reading, spans)
    return reading


#: A sentence's end before an opening quotation mark, which the splitter does not always take for one.
_BEFORE_QUOTATION = re.compile("[.] (?=[“\"`]\\w|''\\w|``\\w)(?<=[a-z]{3}[.] )")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text; one ends before every quotation that follows a full stop."""
    for sentence in sentences(text):
        start = sentence.start
        for match in _BEFORE_QUOTATION.finditer(text, sentence.start, sentence.end):
            yield start, match.end() - 1
            start = match.end()
        yield start, sentence.end


def _paragraphs(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and "\n" not in text[found[-1][1] : start]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _tokenise(reading: Reading) -> None:
    text = reading.text
    spans = list(map(re.Match.span, _TOKEN.finditer(text)))
    reading.start = [s for s, _ in spans]
    reading.end = [e for _, e in spans]
    reading.capitals = list(map(str.isupper, map(text.__getitem__, reading.start)))
    lowered = text.lower().replace("’", "'")
    if len(lowered) != len(text):  # a few letters grow when lowered
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")
    reading.word = list(map(lowered.__getitem__, starmap(slice, spans)))
    holders = [-1] * len(spans)
    last = 0
    for number, quote in enumerate(reading.quotes):
        first = bisect_left(reading.start, quote.start, last)
        last = bisect_left(reading.start, quote.end, first)
        holders[first:last] = [number] * (last - first)
    reading.quote = holders


def _divide(reading: Reading, spans: list[tuple[int, int]]) -> None:
    """Make the units: sentences joined where a quotation runs over their border, and sentences within quotations."""
    text, start, quote = reading.text, reading.start, reading.quote
    token, paragraph = 0, 0
    first, previous = 0, -1
    for begin, end in spans:
        sentence = token
        token = bisect_left(start, end, token)
        if token == sentence:
            continue
        new = previous >= 0 and "\n" in text[previous:begin]
        joined = previous >= 0 and not new and quote[sentence] >= 0 and quote[sentence] == quote[sentence - 1]
        joined = joined or (previous >= 0 and not new and text[begin] == ")")  # after "(D-N.C."
        joined = joined or (previous >= 0 and not new and _cue_opens(reading, sentence, token))
        if not joined and not new and text[begin] in "―—–-" and sentence and quote[sentence - 1] >= 0:
            joined = True  # "“…” — Krystal Correa"
        if previous >= 0 and not joined:
            _close(reading, first, sentence, paragraph)
            first = sentence
        paragraph += new
        previous = end
    if previous >= 0:
        _close(reading, first, token, paragraph)


def _close(reading: Reading, first: int, last: int, paragraph: int) -> None:
    # A dateline is no part of the first sentence: "KYIV — Shells fell", "STELLAN - Corvane has agreed".
    if first < last and reading.text[reading.start[first] : reading.end[first]].isupper():
        for token in range(first + 1, min(first + 9, last - 1)):
            if reading.word[token] in ("—", "–", "-", "--"):
                first = token + 1
                break
    if first < last:
        reading.units.append(Unit(first, last, paragraph))


#: How a quotation ends that its cue may follow.
_INVITES = re.compile("[?!,…—-][’']?[\"”’'»]+$")


def _cue_opens(reading: Reading, first: int, last: int) -> bool:
    """Whether a sentence that follows "…?”" is its cue: "Mr Peskov asked", which a splitter takes for a sentence."""
    if first == 0 or reading.quote[first - 1] < 0 or reading.quote[first] >= 0:
        return False
    end = reading.end[first - 1]
    if not _INVITES.search(reading.text, max(0, end - 5), end):
        return False
    for token in range(first, min(first + 9, last)):
        verb = VERBS.get(reading.word[token])
        if verb is not None and "q" in verb.frames and verb.tense in ("past", "s"):
            return True
    return False
