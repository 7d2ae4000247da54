"""Marks in the stream -> display marks, numbered once; and the shown text -> statements with their citations.

A model names sentences by number: ``[7]``. What a reader sees are display numbers, given in order of first use.

Invariants:

* What is shown does not depend on how the stream was cut into pieces: it is read character by character.
* Every display mark ``[n]`` in the text has ``1 <= n <= len(cited)`` and stands for ``cited[n - 1]``.
* Text that is no mark passes unchanged. Text is held back only while it can still become a mark, and white space
  only until the next character shows whether a dropped mark stood behind it.
"""

from __future__ import annotations

import re
import unicodedata

from assistant.citing.evidence import AttributedSentence, Evidence
from assistant.citing.statements import statements

__all__ = ["CitationStream", "statements"]

#: Sentences that one range ``[7-9]`` can cite. A model that writes ``[1-999999999]`` has named no evidence.
RANGE_LIMIT = 10
#: Sentences that one mark can cite.
MARK_LIMIT = 20
#: Characters that an open bracket can hold back. A list of twenty two-digit numbers has 78.
HOLD_LIMIT = 80

_OPEN, _CLOSE = "[【［", "]】］"
_WORD = r"(?:sentences?|sent\.?|sources?|citations?|cite|refs?\.?|references?|passages?|see|nos?\.?|s|\^|#|§)"
_NUMBER = rf"(?:{_WORD}\s*[:#]?\s*)*\d+"
_DASH = r"\s*(?:[-‐‑‒–—―−]|\.\.|…|\bto\b)\s*"
_JOIN = r"\s*(?:[,;/&+|]\s*and\b|[,;/&+|]|\band\b|\s)\s*"
_PART = rf"{_NUMBER}(?:{_DASH}{_NUMBER})?"
BODY = re.compile(rf"\s*{_PART}(?:{_JOIN}{_PART})*\s*[,;.]?\s*(?:†.*)?", re.IGNORECASE)
PARTS = re.compile(rf"{_NUMBER}(?P<dash>{_DASH}{_NUMBER})?", re.IGNORECASE)
_FILE_SEARCH = re.compile(r"\s*\d+:\d+\s*†.*")
_LOOKALIKE = re.compile(r"\[[0-9]{1,9}$")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
# What a body can look like on its way to being a mark: whole tokens, then perhaps the beginning of a word.
_TOKENS = re.compile(rf"(?:[\d\s,;:/&+|.^#§‐‑‒–—―−-]|(?:{_WORD}|and|to)(?![a-z]))*", re.IGNORECASE)
_WORDS = (
    *("sentences", "sent.", "sources", "citations", "cite", "refs.", "references", "passages"),
    *("see", "nos.", "s", "and", "to"),
)
_BLANK = " \t\u00a0\u2009\u202f"


class CitationStream:
    """Rewrites the marks of one answer while it streams.

    Understood are ``[7]``, ``[7, 9]``, ``[7][9]``, ``[7-9]``, ``[7 and 9]``, ``[^7]``, ``[S7]``, ``[sentence 7]``,
    ``【7】``, ``【7†source】`` and full-width digits. A number without a sentence is dropped and counted. Round
    brackets are prose, and so are a bracketed year and whatever else is no list of numbers: ``[sic]``, ``[He]``.

    Args:
        evidence: the numbered sentences that the model saw.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._display: dict[int, int] = {}  # sentence number -> display number
        self._cited: list[AttributedSentence] = []
        self._unknown = 0
        self._shown: list[str] = []  # pieces returned so far
        self._out: list[str] = []  # what this call will return
        self._fresh: list[AttributedSentence] = []
        self._tail = ""  # the last characters that were shown
        self._held = ""  # an open bracket and what follows it
        self._gap = ""  # white space that waits for the next character
        self._run: set[int] = set()  # sentence numbers of the marks that adjoin here
        self._dropped = False  # whether a mark was just dropped outside a run

    @property
    def unknown_marks(self) -> int:
        """How many numbers (a range counts once) named no sentence and were dropped."""
        return self._unknown

    @property
    def cited(self) -> tuple[AttributedSentence, ...]:
        """The cited sentences; the display number is the index plus one."""
        return tuple(self._cited)

    @property
    def text(self) -> str:
        """Everything returned so far."""
        return "".join(self._shown)

    def feed(self, piece: str) -> tuple[str, tuple[AttributedSentence, ...]]:
        """Take the next piece of the model's text.

        Returns:
            the text that can be shown now, with display marks, and the sentences whose display number is new.
        """
        for character in piece:
            self._take(character)
        return self._hand_over()

    def finish(self) -> tuple[str, tuple[AttributedSentence, ...]]:
        """Take the end of the model's text; returns what was held back.

        A mark that the end cut off is dropped: its number may be cut as well.
        """
        held, self._held = self._held, ""
        if held.endswith(tuple(_CLOSE)):  # "[[7]" without its second bracket
            self._closed(held[1:])
        elif held:
            if any(c.isdigit() for c in held):
                self._drop()
            else:
                self._prose(held)
        self._emit(self._gap.rstrip() if self._dropped else self._gap)
        self._gap = ""
        return self._hand_over()

    def _hand_over(self) -> tuple[str, tuple[AttributedSentence, ...]]:
        text, fresh = "".join(self._out), tuple(self._fresh)
        self._out.clear()
        self._fresh.clear()
        self._shown.append(text)
        return text, fresh

    def _take(self, character: str) -> None:
        if self._held:
            self._take_in_bracket(character)
        elif character in _OPEN:
            self._held = character
        elif character.isspace():
            self._take_space(character)
        elif character in ",;" and self._run and not self._gap.strip():
            self._gap += character  # "[7], [9]": a separator of marks, if a mark follows
        else:
            self._prose(character)

    def _take_space(self, character: str) -> None:
        if not self._dropped:
            self._gap += character
        elif character not in _BLANK:
            self._gap = self._gap.rstrip(_BLANK) + character
        elif not self._gap and self._tail[-1:] not in ("", "\n"):
            self._gap = character

    def _take_in_bracket(self, character: str) -> None:
        doubled = len(self._held) > 1 and self._held[1] in _OPEN
        if doubled and self._held[-1] in _CLOSE:
            self._close_doubled(character)
        elif len(self._held) == 1 and character in _OPEN:
            self._held += character
        elif character in _CLOSE:
            if doubled:
                self._held += character
            else:
                held, self._held = self._held, ""
                self._closed(held + character)
        elif len(self._held) < HOLD_LIMIT and viable(self._held.lstrip(_OPEN) + character):
            self._held += character
        else:
            held, self._held = self._held, ""
            self._prose(held)
            self._take(character)

    def _close_doubled(self, character: str) -> None:
        """``[[7]`` is complete: the next character says whether the outer brackets belong to the mark."""
        held, self._held = self._held, ""
        if character in _CLOSE:
            self._closed(held[1:])
            return
        self._prose(held[0])
        self._closed(held[1:])
        self._take(character)

    def _closed(self, bracketed: str) -> None:
        numbers = self._numbers(unicodedata.normalize("NFKC", bracketed[1:-1]))
        if numbers is None:
            self._prose(bracketed)
            return
        in_run = bool(self._run) and "\n" not in self._gap
        if not in_run:
            self._run = set()
        new = [n for n in dict.fromkeys(numbers) if n not in self._run]
        if in_run:
            self._gap = ""  # "[7], [9]" is shown as "[1][2]"
        if not new:
            self._drop()
            return
        self._emit(self._gap)
        self._gap = ""
        self._dropped = False
        self._run.update(new)
        for number in new:
            self._emit(f"[{self._number(number)}]")

    def _drop(self) -> None:
        if not self._run:
            self._dropped = True

    def _number(self, number: int) -> int:
        """The display number of a sentence, given now if it has none."""
        if number not in self._display:
            sentence = self._evidence.get(number)
            assert sentence is not None
            self._cited.append(sentence)
            self._fresh.append(sentence)
            self._display[number] = len(self._cited)
        return self._display[number]

    def _numbers(self, body: str) -> list[int] | None:
        """The known sentence numbers of a mark, or None where the bracket is prose; counts the unknown ones."""
        if _FILE_SEARCH.fullmatch(body):  # 【4:0†source】 counts a service's files, not our sentences
            self._unknown += 1
            return []
        if not BODY.fullmatch(body):
            return None
        body = body.split("†")[0]
        count = len(self._evidence.sentences)
        bounds = [[int(n) for n in re.findall(r"\d+", part.group())] for part in PARTS.finditer(body)]
        if all(1900 <= n <= 2100 and n > count for pair in bounds for n in pair):
            return None
        if _THOUSANDS.fullmatch(body.strip()) and (",0" in body or any(n > count for pair in bounds for n in pair)):
            return None
        numbers: list[int] = []
        for pair in bounds:
            low, high = min(pair), max(pair)
            known = range(max(low, 1), min(high, count) + 1)
            numbers += known[:RANGE_LIMIT]
            self._unknown += len(known[:RANGE_LIMIT]) < high - low + 1
        self._unknown += len(numbers) > MARK_LIMIT
        return numbers[:MARK_LIMIT]

    def _prose(self, text: str) -> None:
        if self._dropped and text[0] in ".,;:!?)" and not self._gap.strip(_BLANK):
            self._gap = ""  # "word [99]." is shown as "word."
        if text[0] == "]" and not self._gap and _LOOKALIKE.search(self._tail):
            self._gap = " "  # "[[99]7]" must not leave a "[7]" behind
        self._emit(self._gap + text)
        self._gap = ""
        self._run = set()
        self._dropped = False

    def _emit(self, text: str) -> None:
        if text:
            self._out.append(text)
            self._tail = (self._tail + text)[-12:]


def viable(body: str) -> bool:
    """Whether ``body`` can be the beginning of a mark's inside."""
    body = unicodedata.normalize("NFKC", body).lower()
    if any(c in "\n[【" for c in body):
        return False
    if "†" in body:
        head = body.split("†")[0]
        return bool(BODY.fullmatch(head) or _FILE_SEARCH.fullmatch(f"{head}†"))
    tokens = _TOKENS.match(body)
    rest = body[tokens.end() :] if tokens else body
    return not rest or any(word.startswith(rest) for word in _WORDS)
