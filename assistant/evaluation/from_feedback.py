"""Readers' feedback on answers -> a Q&A set to be reviewed.

Nothing is guessed: what an answer cited stands under ``articles``, ``answers`` is left to the reviewer, and every item
has the tag ``to-review``. Beside the fields of :class:`assistant.evaluation.items.Item` stand, for the reviewer alone,
``comment`` (the reader's), ``given_answer``, ``model`` and ``filters`` (what the reader had limited the question to,
which the evaluation does not; such an item has the tag ``filtered``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assistant.conversations.records import KeptConversation, KeptTurn, Rating
from assistant.evaluation.result import line_of

#: The tags of an item, by the rating of its answer.
TAGS = {Rating.UP: "thumbs-up", Rating.DOWN: "thumbs-down"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackSet:
    """The set, and how many rated answers have no place in it because they neither cite nor abstain."""

    items: tuple[dict[str, Any], ...]
    left_out: int

    def to_jsonl(self) -> str:
        """One item a line."""
        return "".join(line_of(item) for item in self.items)

    def count(self, rating: Rating) -> int:
        """How many items are of that rating."""
        return sum(TAGS[rating] in item["tags"] for item in self.items)


def from_feedback(conversations: Iterable[KeptConversation]) -> FeedbackSet:
    """The rated answers of kept conversations as items.

    An answer with citations is ``answerable`` by the articles that it cites; an abstention is not ``answerable``. Both
    are what the program said: with a thumb down it is the reviewer who knows better.
    """
    items: list[dict[str, Any]] = []
    left_out = 0
    for conversation in conversations:
        earlier: list[KeptTurn] = []
        for turn in conversation.turns:
            item = _item(conversation.id, turn, earlier)
            if item is not None:
                items.append(item)
            elif turn.feedback is not None:
                left_out += 1
            if not turn.replaced:
                earlier.append(turn)
    return FeedbackSet(items=tuple(items), left_out=left_out)


def _item(conversation_id: str, turn: KeptTurn, earlier: Iterable[KeptTurn]) -> dict[str, Any] | None:
    if turn.feedback is None or turn.answer is None:
        return None
    answer = turn.answer
    articles = list(dict.fromkeys(citation["article_id"] for citation in answer["citations"]))
    if not articles and not answer["abstained"]:
        return None  # a greeting, say: there is nothing to judge it by
    limits = {name: turn.filters[name] for name in ("from", "to", "sources") if turn.filters.get(name)}
    history = [
        {"role": role, "content": content}
        for before in earlier
        if before.reply
        for role, content in (("user", before.question), ("assistant", before.reply))
    ]
    return {
        "id": f"{conversation_id}-{turn.row}",
        "question": turn.question,
        "answers": [],
        "articles": [] if answer["abstained"] else articles,
        "answerable": not answer["abstained"],
        "as_of": answer["as_of"],
        "history": history,
        "tags": ["feedback", TAGS[turn.feedback.rating], "to-review", *(["filtered"] if limits else [])],
        "comment": turn.feedback.comment or None,
        "given_answer": answer["answer"],
        "model": answer["model"],
        "filters": limits or None,
    }
