"""What an answer must not carry: addresses that are no article's own, and what an article orders the program to do.

Articles are evidence, never instructions, and the model that reads them is not trusted to keep to that.

Invariants:

* What :class:`InertStream` lets through does not depend on how the stream was cut into pieces, and holds no control
  character, no character that turns the direction of text, and no address (``https://…``, ``www.…``, ``a@b.c``) but
  those that it was given.
* All other text passes unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

#: Stands where an address was left out.
LEFT_OUT = "(address left out)"

#: Code points of a word without a space that are held back until its end is known.
_LONGEST = 4_000

_TOP = (
    "com|net|org|info|biz|xyz|io|co|app|site|online|top|shop|club|link|click|live|ru|cn|uk|de|fr|eu|us|tv|me|ly|gg|ai"
)
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]{1,20}://[^\s<>\"'“”‘’`]+"
    r"|(?:mailto|javascript|vbscript|data|file|blob|tel):[^\s<>\"“”`]+"
    r"|\bwww\d?\.[^\s<>\"'“”‘’`]+"
    r"|[\w.+%-]+@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
_DOMAIN = re.compile(rf"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{_TOP})\b(?:/\S*)?", re.IGNORECASE)
_TRAILING = ".,;:!?)]}*_"
_INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")

_WRITTEN = r"(?:answers?|responses?|repl(?:y|ies)|output|summary|completion)"
_INSTRUCTION = re.compile(
    "|".join(
        (
            r"\b(?:in|to|of|into|from|with|modify|change|augment|enhance|end|begin|start|write|provide|render|format)"
            rf" your {_WRITTEN}\b",
            rf"\byour (?:(?:entire|whole|next|final) )?{_WRITTEN} (?:must|should|with|in|by|to|based)\b",
            r"\b(?:add|include|insert|append|integrate|mention|place|put|repeat|output) .{1,300}"
            rf"\b(?:in|to|into) (?:your|the|this) {_WRITTEN}\b",
            r"\b(?:ignore|disregard|forget|override) (?:(?:all|any|the|your|these|those|every) )*"
            r"(?:(?:previous|prior|above|earlier|other|preceding) )?(?:instructions?|prompts?|rules|directions)\b",
            r"\bsystem prompt\b|\byou are now an? (?:ai|assistant|chatbot|language model)\b",
            r"\bas an? (?:ai|language) (?:language )?model\b",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)


def is_instruction(text: str) -> bool:
    """Whether a sentence of an article speaks to a program that answers, and so tells no news."""
    return _INSTRUCTION.search(text) is not None


def addresses(text: str) -> list[str]:
    """Web and e-mail addresses in a text, as it has them; a bare ``name.com`` is none, companies are called so."""
    return [_trimmed(found[0]) for found in _ADDRESS.finditer(text)]


def domains(text: str) -> list[str]:
    """Bare domains in a text, folded, such as ``example.com``."""
    return [found[0].casefold().rstrip(_TRAILING) for found in _DOMAIN.finditer(text)]


def _trimmed(address: str) -> str:
    return address.rstrip(_TRAILING)


class InertStream:
    """Takes addresses out of a text while it streams, a word at a time.

    Args:
        own: addresses that may stand: those of the articles.
    """

    def __init__(self, own: Collection[str]) -> None:
        self._own = frozenset(own)
        self._held = ""

    def feed(self, piece: str) -> str:
        """Take the next piece; returns what can be shown now: all up to the last white space."""
        self._held += piece
        end = max((i for i, c in enumerate(self._held, 1) if c.isspace()), default=0)
        if not end and len(self._held) > _LONGEST:
            end = len(self._held)
        ready, self._held = self._held[:end], self._held[end:]
        return self._inert(ready)

    def finish(self) -> str:
        """Take the end of the text; returns what was held back."""
        held, self._held = self._held, ""
        return self._inert(held)

    def _inert(self, text: str) -> str:
        visible = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
        return _ADDRESS.sub(self._replaced, _INVISIBLE.sub("", visible))

    def _replaced(self, found: re.Match[str]) -> str:
        address = _trimmed(found[0])
        return found[0] if address in self._own else LEFT_OUT + found[0][len(address) :]
