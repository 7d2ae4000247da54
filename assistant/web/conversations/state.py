"""One person's conversation, as the server keeps it while the page is open.

Invariant: a ``Conversation`` belongs to one session (it lives in ``gr.State``); nothing of it is shared.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.types import Turn
from assistant.web.views.entry import Entry


@dataclass(slots=True)
class Conversation:
    """The entries in order, and what the page shows of them.

    Attributes:
        editing: the last question is in the box to be asked in other words.
        shown: number of the entry whose sources are shown, 0 for none.
        id: empty until the first question is asked.
        revision: of the kept conversation, when these entries were read or written; None where it is not kept.
        warned: the reader was told that it is not kept.
        suggested: what could be asked next, by the id of the answer below which it stands.
    """

    entries: list[Entry] = field(default_factory=list)
    editing: bool = False
    shown: int = 0
    id: str = ""
    revision: int | None = None
    warned: bool = False
    suggested: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def history(self) -> tuple[Turn, ...]:
        """The turns so far; what failed or was stopped before a word came is left out."""
        turns: list[Turn] = []
        for entry in self.entries:
            reply = entry.answer.text if entry.answer else "" if entry.trouble else entry.partial
            if reply:
                turns += [Turn(role="user", content=entry.question), Turn(role="assistant", content=reply)]
        return tuple(turns)

    def entry(self, number: str) -> Entry | None:
        """The entry of the number that a page has sent, or None."""
        return next((entry for entry in self.entries if str(entry.number) == number), None)

    def next_number(self) -> int:
        """A number that no entry has had before it."""
        return self.entries[-1].number + 1 if self.entries else 1

    def put(self, entry: Entry) -> None:
        """Add an entry, or put it in the place of the one of its number."""
        at = next((i for i, known in enumerate(self.entries) if known.number == entry.number), len(self.entries))
        self.entries[at : at + 1] = [entry]
