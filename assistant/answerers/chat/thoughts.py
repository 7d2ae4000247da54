"""Takes what a model thinks out of what it answers, while the text streams.

Models write their thoughts into the text itself, each family between tags of its own: ``<think>…</think>``,
``<thinking>``, ``<reasoning>``, ``[THINK]…[/THINK]``, ``◁think▷…◁/think▷``, the channels of OpenAI's Harmony format
(``<|channel|>analysis<|message|>…``), ``<|START_THINKING|>``. A chat template may already have written the opening tag
into the prompt, so that only ``</think>`` comes.

Invariants:

* What remains does not depend on how the stream was cut into pieces: it is read character by character.
* Text between a tag of thoughts and its end is never returned, nor what an unclosed one leaves open.
* Text without tags passes unchanged; it is held back only where it begins as no answer does (see ``_OPENERS``).
"""

from __future__ import annotations

import re

from assistant.answerers.chat.tags import Tag, read_tag, viable

#: How thoughts begin whose opening tag stood in the prompt. An answer about the news speaks neither of who asks nor of
#: itself; text that begins so is held back until a closing tag or the end tells what it was. In lower case.
_OPENERS = (
    *("okay", "ok,", "ok.", "ok so", "alright", "hmm", "wait,", "let me ", "let's ", "thinking:", "thinking process"),
    *("we need ", "we have to", "we are asked", "we must ", "we should ", "we can ", "so we ", "so i ", "so, "),
    *("i need ", "i should ", "i must ", "i will ", "i'll ", "i have to", "i'm asked", "i am asked", "so the "),
    *("first, i", "first, let", "first, we", "first i ", "now, ", "now i ", "looking at ", "to answer "),
    *("the user", "user asks", "user wants", "user: ", "the question", "the task", "thought:", "reasoning:"),
)
#: What a model says before it begins to think or to answer; it goes with the thoughts that follow it.
_FILLERS = ("sure", "of course", "certainly", "absolutely", "here is the answer", "here's the answer")
_FILLER = re.compile(rf"(?:{'|'.join(_FILLERS)})[.,!:]*\s*")

#: Harmony's format with its special tokens taken out, as some servers send it: "analysisThe user …assistantfinalThe …".
_BARE_CHANNEL = re.compile("analysis[A-Z]")
_BARE_FINAL = "assistantfinal"

#: Headers of a message that is an answer; all others ("analysis", "commentary to=…", "thought") are thoughts.
_ANSWERING = frozenset({"", "assistant", "final", "answer", "response", "model"})
_LONGEST_HEADER = 80
_CHANNEL = "|channel|"


class ThoughtFilter:
    """Filters one answer.

    Args:
        hold: whether all text is held back until a closing tag or the end: this model's thoughts come without their
            opening tag.
    """

    def __init__(self, *, hold: bool = False) -> None:
        #: Whether a closing tag came without its opening tag.
        self.closed_unopened = False
        #: Whether all that was returned before the last ``take`` were thoughts; the caller resets it.
        self.voided = False
        self._returned = False
        self._out: list[str] = []
        self._pending = ""  # a tag that is not complete
        self._header: str | None = None  # a channel's name that is not complete
        self._open: list[Tag] = []  # the tags of thoughts that are open, outermost first
        self._kept = ""  # inside a tag that may be none of thoughts
        self._keeping = False
        self._aside = ""  # what stood in the last element that is none of thoughts by its name
        self._opening: str | None = ""  # the beginning, while it can still be one of thoughts
        self._holding = hold
        self._closed = False  # a closing tag came alone: what was shown was thoughts if anything follows

    @property
    def undecided(self) -> bool:
        """Whether text is held back that may be the answer's."""
        return bool(self._opening and self._opening.strip())

    @property
    def deliberating(self) -> bool:
        """Whether text is held back that began as thoughts do."""
        return self._holding and bool(self._opening)

    def take(self, text: str) -> str:
        """What ``text`` adds to the answer. Where ``voided`` is set, all that was returned before is void."""
        for character in text:
            self._take(character)
        return self._hand_over()

    def rest(self) -> str:
        """What was held back at the end and turned out to be text."""
        pending, self._pending = self._pending, ""
        self._text(pending)
        kept, self._kept = self._kept, ""
        if self._open:
            self._open.clear()
            self._show(kept)
        if self._opening is not None:
            self._show_opening()
        if not self._returned and not "".join(self._out).strip():
            self._out.append(self._aside)  # all of the answer stood in an element of its own: <text>…</text>
        return self._hand_over()

    def _hand_over(self) -> str:
        text = "".join(self._out)
        self._out.clear()
        self._returned |= bool(text.strip())
        return text

    def _take(self, character: str) -> None:
        candidate = self._pending + character
        tag = read_tag(candidate)
        if tag is not None:
            self._pending = ""
            self._tag(tag)
        elif viable(candidate):
            self._pending = candidate
        elif self._pending:
            pending, self._pending = self._pending, ""
            self._text(pending)
            self._take(character)
        else:
            self._text(character)

    def _text(self, text: str) -> None:
        if self._header is not None:
            self._header += text
            if "\n" in self._header or len(self._header) > _LONGEST_HEADER:
                self._end_header()
        elif self._open:
            if self._keeping:
                self._kept += text
        else:
            self._show(text)

    def _show(self, text: str) -> None:
        if self._closed:
            if text.isspace():
                return
            if text:
                self._void()
        if self._opening is None:
            self._out.append(text)
        elif self._opening or not text.isspace():  # white space without end before the first word is not looked through
            self._opening += text
            self._judge_opening()

    def _void(self) -> None:
        self._closed = False
        self.voided |= self._returned
        self._returned = False
        self._out.clear()

    def _judge_opening(self) -> None:
        """Hold the beginning back, or let it go."""
        assert self._opening is not None
        if self._holding:
            if self._opening.endswith(_BARE_FINAL) and _BARE_CHANNEL.match(self._opening.lstrip()):
                self._opening, self._holding = "", False
            return
        start = self._opening.lstrip()
        folded = start.lower().replace("’", "'")
        if folded.startswith(_OPENERS) or _BARE_CHANNEL.match(start):
            self._holding = True
        elif not _FILLER.fullmatch(folded) and not any(
            phrase.startswith(folded) for phrase in (*_OPENERS, *_FILLERS, "analysis")
        ):
            self._show_opening()

    def _show_opening(self) -> None:
        self._out.append(self._opening or "")
        self._opening, self._holding = None, False

    def _tag(self, tag: Tag) -> None:
        if tag.kind == "special":
            self._special(tag)
        elif tag.kind == "thought":
            self._thought(tag)
        elif tag.kind == "answer":
            self._answer(tag)
        elif tag.kind == "other":
            self._other(tag)
        else:
            self._text(tag.text)

    def _thought(self, tag: Tag) -> None:
        self._header = None
        if not tag.closing:
            if not self._open:
                self._discard_opening()
            if all(tag.name != one.name for one in self._open):
                self._open.append(tag)
            self._keeping, self._kept = False, ""
        elif any(tag.name == one.name for one in self._open):
            while self._open.pop().name != tag.name:
                pass
            if not self._open:
                self._thought_out()
        elif self._open:
            self._open.clear()  # <think>…</thinking>
            self._thought_out()
        else:
            self._close_unopened(remember=True)

    def _close_unopened(self, *, remember: bool) -> None:
        """What came so far was thoughts."""
        self.closed_unopened |= remember
        if self._opening is None:
            self._closed = True
        else:
            self._discard_opening()
            self._holding = False

    def _thought_out(self) -> None:
        """Thoughts had their place and are over: what comes now need not be taken for them."""
        if self._opening == "":
            self._opening, self._holding = None, False

    def _discard_opening(self) -> None:
        if self._opening is not None:
            self._opening = ""

    def _answer(self, tag: Tag) -> None:
        if self._open:
            # <thinking>… without its end, then <answer>…: what stands there is the answer if no end comes after it.
            if not tag.closing:
                self._kept = ""
            self._keeping = not tag.closing
        elif not tag.closing:
            self._close_unopened(remember=False)

    def _other(self, tag: Tag) -> None:
        """An element that no answer to a reader has: thoughts by a name of their own, if it is closed."""
        if self._header is not None or (self._open and not self._keeping):
            return
        if not self._open:
            if tag.closing:
                self._text(tag.text)
            else:
                self._open.append(tag)
                self._keeping, self._kept = True, tag.text
        elif tag.closing and tag.name == self._open[0].name:
            self._aside = self._kept.removeprefix(self._open[0].text)
            self._open.clear()
            self._kept = ""
        else:
            self._kept += tag.text

    def _special(self, tag: Tag) -> None:
        """A token of a chat template."""
        if tag.name in ("channel", "start", "im_start", "start_header_id") and not tag.closing:
            self._leave_channel()
            self._header = ""
        elif tag.name in ("message", "end_header_id"):
            self._end_header()
        elif tag.name in ("constrain", "recipient") and self._header is not None:
            self._header += " "
        else:
            self._leave_channel()

    def _end_header(self) -> None:
        words = (self._header or "").split()
        self._header = None
        if (words[0].lower() if words else "") not in _ANSWERING:
            if not self._open:
                self._discard_opening()
            self._open.append(Tag(kind="thought", name=_CHANNEL))
            self._keeping, self._kept = False, ""

    def _leave_channel(self) -> None:
        self._header = None
        self._open = [tag for tag in self._open if tag.name != _CHANNEL]
