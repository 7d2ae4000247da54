"""What can be seen of a sentence that tells prose from what stands around it: names of features, each there or not.

Invariants:

* A feature depends on the text, its sentences and its title alone.
* What looks at English words is left out of a text in another language, which must not lose its prose for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.article import Span
from ingest.language.dateline import dateline
from ingest.language.words import FUNCTION_WORDS, word_set

#: A sentence ends with a stop, also behind quotation marks and brackets, also in scripts that have stops of their own.
_STOP = re.compile(r"[.!?…。！？．؟۔।][\"'”’»)\]」』]*$")
#: In scripts that do without spaces a character counts as a word.
_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[^\W_]+(?:['’-][^\W_]+)*")
#: "MORE:Gas prices", "More: How to save": a label, set off by a colon from what it announces.
_LABEL = re.compile(r"^[^\w\s]{0,2}\s?[^:.!?]{0,60}?(?P<colon>:)(?P<space>\s?)(?=\S)")
_ITEM = re.compile(r"(?:[-*•‣◦►>~·–—]|\d{1,3}[.)]|No\. \d|#\d)\s?\S")
_DAY_OR_TIME = re.compile(
    r"\b(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}\b"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)|\d{1,2}:\d\d|[ap]\.?m\b"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.IGNORECASE,
)
_PLAYED = re.compile(r"\b\d{1,2}:\d\d\b")
#: A credit names a photographer or an agency, each divided from the next by a stroke: "Name/Agency/Agency".
_STROKES = re.compile(r"[^\W\d_]\s?/\s?[A-Z][\w.]+")
_CONTACT = re.compile(r"\w@[\w-]+\.\w|(?:^|[\s(])@\w|https?:|www\.|\b\d{3}[-.]\d{3,4}[-.]?\d{0,4}\b")
_EDGE = re.compile(r"^[:;,.)\]”]")
#: The words with which pages speak to their readers, not of the world: what is offered, asked for, or said of the page.
_WORDS = {
    "says:picture": r"\b(?:photos?|images?|gallery|pictured|caption|video|footage|watch(?:ed)?|replay|source)\b",
    "says:agency": r"\b(?:getty|reuters|afp|ap|associated press|wire reports?|imagn|network|staff|courtesy|via)\b",
    "says:offer": r"\b(?:newsletters?|subscri\w+|inbox|sign up|for free|advert\w*|click|tap|app|account|shop|sale)\b",
    "says:page": r"\b(?:this (?:story|article|page|report|column)|editor['’]?s note|updated?|contribut\w+|headline)\b",
    "says:person": r"\b(?:follow|reach(?:ed)?|contact|email|twitter|facebook|instagram|reporter|columnist|writer)\b",
    "says:player": r"\b(?:(?:just|must) watch(?:ed)?|replay more|video ad feedback|(?:hide|show) caption|skip advert)",
    "says:more": r"\b(?:more|read|related|see also|in case you missed|fact check|live updates?|explainer)\b",
    "says:here": r"\bhere\b",
    # A link's words stand at the end of what asks the reader to follow it.
    "ends here": r"\b(?:click|tap|read|sign(?: up)?|subscribe|found|see)\b.{0,80}\bhere\W{0,3}$",
    "told of page": r"^\W?(?:this|the) (?:story|article|page|report|headline)\b.*\b(?:updat|correct|publish)ed\b",
    "says:you": r"\byou(?:r|'re|’re)?\b",
    "says:that": r"\b(?:said|says|told|according|saying)\b",
}
_SAYS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _WORDS.items()}
#: A verb whose subject is left out at the head of a line asks the reader for something.
_ASKING = word_set(
    "click sign subscribe follow read watch contact reach share listen see check get join shop support send"
)
#: Forms of the closed classes by which a clause is known to be finite.
_FINITE = word_set(
    """is are was were am be been has have had do does did will would can could may might must should shall isn't aren't
    wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't i'm it's that's they're
    we're he's she's there's what's"""
)
#: Of all words in English news so many have no content of their own; below, a text is hardly English.
_ENGLISH = 0.25
#: Features that are asked for by their name: the text is not English; the sentence ends with a stop; it is a long one.
OTHER_LANGUAGE, STOP, LONG = "other language", "stop", "length:16+"
#: The same: it holds a figure and no stop; it names a day or an hour.
NUMBER, DAY = "number, no stop", "day, "


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its place: ``first`` and ``last`` of its line, and whether it ends with a stop."""

    text: str
    words: tuple[str, ...]
    first: bool
    last: bool
    stopped: bool

    @property
    def short(self) -> bool:
        """Whether it is as short as headings and entries are."""
        return len(self.words) <= _SHORT


_SHORT = 9


def sentence_features(text: str, spans: Sequence[Span]) -> Iterator[list[str]]:
    """The features of each sentence, in order; ``spans`` are all sentences of the text."""
    lines = _lines(text, spans)
    words = [word for line in lines for word in line.words]
    english = sum(word.lower() in FUNCTION_WORDS for word in words) >= _ENGLISH * len(words)
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        after = lines[at + 1] if at + 1 < len(lines) else None
        yield [*_own(line), *(_english(line) if english else (OTHER_LANGUAGE,)), *_around(lines, at, before, after)]


def _lines(text: str, spans: Sequence[Span]) -> list[Line]:
    found = []
    for at, span in enumerate(spans):
        own = span.of(text)[dateline(span.of(text)) :]
        first = at == 0 or "\n" in text[spans[at - 1].end : span.start]
        last = at + 1 == len(spans) or "\n" in text[span.end : spans[at + 1].start]
        words = tuple(_WORD.findall(own))
        found.append(Line(own, words, first, last, _STOP.search(own) is not None))
    return found


def _own(line: Line) -> Iterator[str]:
    """Form: stops, length, letters, marks."""
    yield STOP if line.stopped else f"no stop:{_length(line)}"
    yield f"length:{_length(line)}"
    if not line.stopped:
        yield "no stop:inside" if not line.last else "no stop:line"
        yield "ends with colon" if line.text.endswith((":", "：")) else "ends bare"
    letters = [c for c in line.text if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > 0.6 * len(letters):
        yield "capitals"
    digits = sum(c.isdigit() for c in line.text)
    if digits > 0.2 * len(line.text):
        yield "digits"
    if line.words and line.words[0].isupper() and len(line.words[0]) > 2:
        yield "begins with capitals"
    label = _LABEL.match(line.text)
    if label is not None:
        yield "label" if label["space"] else "label, glued"
        yield f"label, {'stop' if line.stopped else 'no stop'}"
    for name, pattern in (("item", _ITEM), ("edge", _EDGE)):
        if pattern.match(line.text):
            yield name
    for name, pattern in (("contact", _CONTACT), ("strokes", _STROKES), ("played", _PLAYED)):
        if pattern.search(line.text):
            yield name
            yield f"{name}, {'stop' if line.stopped else 'no stop'}"
    if line.text[:1] in "\"“'‘«":
        yield "begins with quotation"
    if line.text.endswith(("”", '"', "’", "»")):
        yield f"ends with quotation, {'stop' if line.stopped else 'no stop'}"
    if digits:
        yield f"number, {'stop' if line.stopped else 'no stop'}"
    if line.text.endswith("?"):
        yield "question"


def _english(line: Line) -> Iterator[str]:
    """Words: function words, finite verbs, and what pages say to readers."""
    small = [word.lower().replace("’", "'") for word in line.words]
    if not small:
        return
    share = sum(word in FUNCTION_WORDS for word in small) / len(small)
    yield "function words:" + ("none" if share == 0 else "few" if share < 0.25 else "many")
    finite = any(word in _FINITE for word in small)
    past = any(word.endswith("ed") and word.islower() for word in line.words[1:])
    yield "finite" if finite else "past" if past else "no verb"
    if not line.stopped:
        yield f"no stop, {'finite' if finite else 'past' if past else 'no verb'}"
    content = [word for word in line.words if word.lower() not in FUNCTION_WORDS]
    if content and sum(word[0].isupper() for word in content) > 0.7 * len(content):
        yield f"names, {'stop' if line.stopped else 'no stop'}"
    if small[0] in _ASKING:
        yield f"asks, {'short' if len(small) < 25 else 'long'}"
    if _DAY_OR_TIME.search(line.text):
        yield f"day, {_length(line)}"
    for name, pattern in _SAYS.items():
        if pattern.search(line.text):
            yield f"{name}, {'stop' if line.stopped else 'no stop'}"
            if len(small) <= 2 * _SHORT:
                yield f"{name}, short"


def _around(lines: Sequence[Line], at: int, before: Line | None, after: Line | None) -> Iterator[str]:
    """Place: where in the article and in its line, and what stands beside it."""
    line = lines[at]
    end = "stop" if line.stopped else "no stop"
    if at < 2:
        yield f"begins article, {end}"
    if at >= len(lines) - 3:
        yield f"ends article, {end}"
    yield f"line:{'only' if line.first and line.last else 'first' if line.first else 'later'}"
    for name, other in (("before", before), ("after", after)):
        if other is None:
            yield f"{name}:none"
        else:
            kind = "stop" if other.stopped else "short" if other.short else "no stop"
            yield f"{name}:{kind}, {end}"
    if before is not None and not line.first and _STROKES.search(before.text):
        yield "behind strokes"
    if before is not None and before.text.endswith(":") and not line.stopped:
        yield "announced"


def _length(line: Line) -> str:
    return next((name for most, name in _LENGTHS if len(line.words) <= most), "16+")


_LENGTHS = ((2, "1-2"), (5, "3-5"), (9, "6-9"), (15, "10-15"))
