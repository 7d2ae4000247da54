"""``assistant eval --from-feedback``: what readers thought of the chat's answers, as a Q&A set to be reviewed.

The chat may go on meanwhile: nothing but the file of the conversations is opened.
"""

from __future__ import annotations

from pathlib import Path

from assistant.commands.terminal import printable, report
from assistant.conversations import Conversations, Rating
from assistant.conversations.database import file_to_read
from assistant.errors import UsageError
from assistant.evaluation.from_feedback import FeedbackSet, from_feedback
from assistant.evaluation.journal import write_whole
from assistant.settings import load


def run(out: Path, store: Path | None, qaset: str | None) -> None:
    """Write the set.

    Raises:
        UsageError: where there is no feedback, or a Q&A set is named too.
        ConversationsUnusable: where the file cannot be read.
        RunError: where the set cannot be written.
    """
    if qaset is not None:
        raise UsageError("--from-feedback makes a Q&A set and asks none", remedy=f"leave out {qaset!r}")
    file = file_to_read(load(store=store))
    made = FeedbackSet(items=(), left_out=0)
    if file.exists():
        with Conversations.open(file) as conversations:
            made = from_feedback(conversations.rated())
    if not made.items:
        raise UsageError(f"no answer in {file} has feedback yet", remedy="rate answers with the thumbs in the chat")
    write_whole(out, made.to_jsonl())
    up, down = made.count(Rating.UP), made.count(Rating.DOWN)
    report(printable(f"{out} holds {_answers(len(made.items))} ({up:,} up, {down:,} down) to review"))
    if made.left_out:
        report(f"left out: {_answers(made.left_out)} without a citation or an abstention")


def _answers(count: int) -> str:
    return f"{count:,} rated answer{'' if count == 1 else 's'}"
