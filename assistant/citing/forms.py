"""The other ways in which models write a mark -> ``[7]``, while the text streams.

Models that were told to write ``[7]`` write ``(7)``, ``⁷``, ``<sup>7</sup>``, ``^7``, ``source 7``, a last line
``Sources: [7]``, or JSON. These forms have other uses as well, so that one counts as a mark only where

* every number in it is that of a sentence of the evidence, and
* it stands where a mark stands, and not behind a number, a unit or a numeral: ``10²``, ``m²``, ``two (2)``; and
* the evidence itself does not have it behind the same word: then it is a part of the text.

Invariants:

* What is returned does not depend on how the stream was cut into pieces: it is read character by character.
* Text without such a form passes unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TypeAlias

from assistant.citing.evidence import Evidence
from assistant.citing.json_answers import begins_whole, plain_answer
from assistant.citing.marks import BODY, PARTS, RANGE_LIMIT, viable

#: So many characters of what is held, and what takes their place; None: the next character must be seen.
_Verdict: TypeAlias = tuple[int, str] | None

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_STOPS = ".!?…"
_TAIL = 120
_LONGEST_LIST = 400
_ROUND = re.compile(r"[(（]([^()（）\n]{1,60})[)）]")
_SQUARE = re.compile(r"[\[【［]([^\[\]【】［］\n]{1,80})[\]】］]")
_WORDED = re.compile(r"\b(?:sentences?|sources?|citations?|refs?|references?|s)\W*\d", re.IGNORECASE)
_ELEMENT = re.compile(r"<(sup|cite|citation|ref|source)>([^<\n]{1,60})</\1>", re.IGNORECASE)
_ELEMENT_BEGUN = re.compile(r"<(?:[a-z]{0,9}|[a-z]{1,9}>[^<\n]{0,60}(?:<(?:/[a-z]{0,9})?)?)", re.IGNORECASE)
_CARET = re.compile(r"\^\{?(\d{1,3})\}?\^?")
_CARET_BEGUN = re.compile(r"\^\{?\d{0,3}\}?\^?")
_NAMED = re.compile(r"(?:sentence|source) #?(\d{1,3})", re.IGNORECASE)
_INSIDE = re.compile(r"[\[(【][^\])】]*\Z")
_LAST_WORD = re.compile(r"(\S+)[ \u00a0]?\Z")
_NUMERAL = re.compile(r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|no\.?)", re.IGNORECASE)
_UNIT = re.compile(r"(?:met(?:re|er)s?|kilomet(?:re|er)s?|feet|foot|miles?|yards?|inch(?:es)?)", re.IGNORECASE)


def _begun(word: str) -> str:
    """A pattern of every beginning of ``word``."""
    return word[0] + "".join(f"(?:{letter}" for letter in word[1:]) + ")?" * (len(word) - 1)


_LABELS = ("sources", "source", "references", "reference", "citations", "citation", "evidence", "footnotes", "cited")
_ITEMS = r"(?:\d|[\[\]【】(){},;^#*•&.\s–—-]|\bsentences?\b|\bsources?\b|\band\b|\bs(?=\d))"
_ITEM_BEGUN = rf"(?:{'|'.join(map(_begun, ('sentences', 'sources', 'and')))})?"
_LEAD = r"[.!?…]?[\"”’)*_]*\s+[#*_>•\s-]*"
_LIST = re.compile(
    rf"(?P<stop>[.!?…]?[\"”’)*_]*)\s+[#*_>•\s-]*(?:{'|'.join(_LABELS)})[\s*_]*:(?P<items>{_ITEMS}*)", re.IGNORECASE
)
_LIST_BEGUN = re.compile(
    rf"[.!?…]?[\"”’)*_]*|{_LEAD}(?:{'|'.join(map(_begun, _LABELS))})?"
    rf"|{_LEAD}(?:{'|'.join(_LABELS)})[\s*_]*(?::{_ITEMS}*{_ITEM_BEGUN})?",
    re.IGNORECASE,
)


class MarkForms:
    """Rewrites the marks of one answer of a model as ``[7]``.

    Args:
        evidence: the numbered sentences that the model saw.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._count = len(evidence.sentences)
        titles = dict.fromkeys(sentence.passage.title for sentence in evidence.sentences)
        self._evidence = " ".join(" ".join([s.text for s in evidence.sentences] + list(titles)).split()).casefold()
        self._whole: bool | None = None  # whether the answer is JSON or a code block
        self._start = ""  # the text until that is known, and all of it where it is
        self._held = ""  # what can still become a mark
        self._tail = ""  # the last characters that were returned
        self._out: list[str] = []
        self._square = False  # whether the model writes marks in square brackets
        self._marked = False  # whether there was any mark
        self._counting = False  # whether numbers in round brackets count the parts of the answer

    def feed(self, piece: str) -> str:
        """Take the next piece; returns what is settled."""
        for character in piece:
            self._take(character)
        return self._hand_over()

    def finish(self) -> str:
        """Take the end of the text; returns what was held back."""
        start, self._start = self._start, ""
        if self._whole:
            start = plain_answer(start)
        self._whole = False
        for character in start:
            self._take(character)
        self._settle(final=True)
        return self._hand_over()

    def _hand_over(self) -> str:
        text = "".join(self._out)
        self._out.clear()
        return text

    def _take(self, character: str) -> None:
        if self._whole is False:
            self._held += character
            self._settle(final=False)
            return
        self._start += character
        if self._whole is None and begins_whole(self._start) is not None:
            self._whole = begins_whole(self._start)
            if not self._whole:
                start, self._start = self._start, ""
                for one in start:
                    self._take(one)

    def _settle(self, *, final: bool) -> None:
        while self._held:
            verdict = self._look(self._held, final)
            if verdict is None:
                return
            length, text = verdict
            self._held = self._held[length:]
            self._emit(text)

    def _emit(self, text: str) -> None:
        self._out.append(text)
        self._tail = (self._tail + text)[-_TAIL:]
        if text.endswith(("]", "】", "］")) and (mark := re.search(_SQUARE.pattern + r"\Z", self._tail)):
            numbered = self._numbers(mark[1]) is not None
            self._marked |= numbered
            self._square |= numbered and len(text) == 1

    def _look(self, held: str, final: bool) -> _Verdict:
        """What is to be done with the first characters of ``held``."""
        first = held[0]
        if first in _STOPS or first == "\n":
            return self._list(held, final)
        if first in "(（":
            return self._round(held, final)
        if first in _RAISED:
            return self._raised(held, final)
        if first == "<":
            return self._element(held, final)
        if first == "^":
            return self._caret(held, final)
        if first in "[【［" and self._tail[-1:].isalnum():
            return self._close_up(held, final)
        if first in "sS" and not self._tail[-1:].isalnum():
            return self._named(held, final)
        return 1, first

    def _numbers(self, body: str) -> list[int] | None:
        """The numbers of a mark; None where ``body`` is no mark's inside, or a number is no sentence's."""
        body = unicodedata.normalize("NFKC", body)
        if not BODY.fullmatch(body):
            return None
        numbers: list[int] = []
        for part in PARTS.finditer(body):
            low, high = (bounds := [int(n) for n in re.findall(r"\d+", part.group())])[0], bounds[-1]
            if not 1 <= low <= high <= self._count or high - low >= RANGE_LIMIT or (part["dash"] and low == high):
                return None
            numbers += range(low, high + 1)
        return numbers

    def _mark(self, numbers: list[int]) -> str:
        space = "" if not self._tail or self._tail[-1].isspace() or self._tail[-1] in "[]" else " "
        return space + "".join(f"[{n}]" for n in numbers)

    def _of_the_text(self, form: str) -> bool:
        """Whether the evidence has ``form`` behind the word that stands before it here."""
        before = _LAST_WORD.search(self._tail)
        phrase = (before[0].strip() if before else "") + (" " if self._tail[-1:].isspace() else "") + form
        return phrase.casefold() in self._evidence

    def _round(self, held: str, final: bool) -> _Verdict:
        form = _ROUND.match(held)
        if form is None:
            return None if not final and len(held) <= 62 and "\n" not in held and viable(held[1:]) else (1, held[0])
        numbers = self._numbers(form[1])
        if numbers is None or self._of_the_text(form[0]):
            return 1, held[0]
        if _WORDED.search(form[1]):
            return form.end(), self._mark(numbers)
        rest = held[form.end() :]
        if not final and (not rest or rest in "(["):
            return None
        dash = re.search(r"\d\D*[-–—]\D*\d", form[1]) is not None
        in_text = dash and form[1].strip() in self._evidence
        if self._square or in_text or not self._closes_a_clause(rest):
            return 1, held[0]
        return form.end(), self._mark(numbers)

    def _closes_a_clause(self, rest: str) -> bool:
        """Whether a number in round brackets stands where a mark does: behind a claim, before a stop or the end."""
        line = self._tail.rsplit("\n", 1)[-1]
        before = _LAST_WORD.search(line)
        if before is None or self._counting:
            self._counting = True  # "(1) First … (2) Second …"
            return False
        word = before[1].rstrip("\"'”’)*_")
        plain = word.rstrip(".,;:!?")
        if _NUMERAL.fullmatch(plain) or (plain[-1:].isdigit() and not re.fullmatch(r"(?:19|20)\d\d", plain)):
            return False
        if not rest or rest[0] in ".!?;:\n" or re.match(r"[(\[]\d", rest):
            return True
        if rest[0] == ",":
            return word[:1].islower()  # "Kane (2), Saka (1)" counts something else
        return rest[0].isspace() and word[-1:] in _STOPS

    def _raised_here(self, form: str) -> bool:
        """Whether a raised number can be a mark here: behind a word or a stop, not a number, a unit or a formula."""
        tail = self._tail.removesuffix(" ")
        word = re.search(r"[^\W\d_]*\Z", tail)
        if self._of_the_text(form) or not tail:
            return False
        if word is None or not word[0]:
            return tail[-1] in ".,;:!?\"'”’»)]%"
        alone = not tail[: word.start()].endswith(tuple("0123456789=+*/^"))
        return alone and len(word[0]) > 2 and not _UNIT.fullmatch(word[0])

    def _raised(self, held: str, final: bool) -> _Verdict:
        run = held[: len(held) - len(held.lstrip(_RAISED))]
        if run == held and not final:
            return None
        numbers = self._numbers(run)
        if numbers is None or held[len(run) :][:1].isalnum() or not self._raised_here(run):
            return len(run), run
        return len(run), self._mark(numbers)

    def _element(self, held: str, final: bool) -> _Verdict:
        form = _ELEMENT.match(held)
        if form is None:
            return None if not final and _ELEMENT_BEGUN.fullmatch(held) else (1, held[0])
        numbers = self._numbers(form[2].strip().strip("[]()【】"))
        if numbers is None or (form[1].lower() == "sup" and not self._raised_here(form[0])):
            return form.end(), form[0]
        return form.end(), self._mark(numbers)

    def _caret(self, held: str, final: bool) -> _Verdict:
        if held[1:2] in ("[", "【"):
            return 1, ""
        form = _CARET.match(held)
        if not final and _CARET_BEGUN.fullmatch(held):
            return None
        numbers = self._numbers(form[1]) if form else None
        if form is None or numbers is None or held[form.end() :][:1].isalnum() or not self._raised_here(form[0]):
            return 1, held[0]
        return form.end(), self._mark(numbers)

    def _close_up(self, held: str, final: bool) -> _Verdict:
        """A mark in square brackets that no space parts from its word."""
        form = _SQUARE.match(held)
        if form is None:
            return None if not final and len(held) <= 82 and viable(held[1:]) else (1, held[0])
        self._square |= (numbered := self._numbers(form[1]) is not None)
        return form.end(), " " + form[0] if numbered else form[0]

    def _named(self, held: str, final: bool) -> _Verdict:
        form = _NAMED.match(held)
        if form is None or (form.end() == len(held) and not final):
            begun = re.fullmatch(rf"(?:{_begun('sentence #')}|{_begun('source #')})", held, re.IGNORECASE) or form
            begun = begun or re.fullmatch(r"(?:sentence|source) ", held, re.IGNORECASE)
            return None if begun and not final else (1, held[0])
        numbers = self._numbers(form[1])
        apart = not held[form.end() :][:1].isalnum()
        if numbers is None or not apart or _INSIDE.search(self._tail) or form[0].casefold() in self._evidence:
            return 1, held[0]
        return form.end(), self._mark(numbers)

    def _list(self, held: str, final: bool) -> _Verdict:
        """``Sources: [7]`` at the end: the marks of what stands before it, if that has none."""
        if not final:
            return None if len(held) <= _LONGEST_LIST and _LIST_BEGUN.fullmatch(held) else (1, held[0])
        form = _LIST.fullmatch(held)
        numbers = [n for n in map(int, re.findall(r"\d{1,4}", form["items"])) if n <= self._count] if form else []
        if form is None or not numbers:
            return 1, held[0]
        return len(held), form["stop"] if self._marked else self._mark(list(dict.fromkeys(numbers))) + form["stop"]
