"""``Conversations``: what readers asked and were answered, kept in one SQLite file.

Invariants:

* Every reading and writing names a user, and touches nothing of another's; only :meth:`Conversations.rated` reads all.
* What a method has returned from is committed, and survives a killed process.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, delete, func, insert, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from assistant.conversations.database import Database
from assistant.conversations.records import KeptConversation, Rating, Summary, filters_to_dict
from assistant.conversations.rows import conversation_of, time_of
from assistant.conversations.schema import conversations, feedback, turns
from ingest.errors import one_line
from vectorstore.retrieval.scope import EVERYTHING, Scope

#: Characters of the longest title and comment, and words of the longest search.
LONGEST_TITLE, LONGEST_COMMENT, SEARCH_WORDS = 120, 2000, 12
#: Conversations that are listed at once.
MOST_LISTED = 100


def new_id() -> str:
    """An id that no other conversation has, and nobody can guess."""
    return secrets.token_urlsafe(12)


class Conversations:
    """The conversations of every user. Use :meth:`open`; a context manager, leaving closes it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or create the file.

        Raises:
            ConversationsUnusable: where it is damaged, something else, of a newer version, or cannot be written.
        """
        return cls(Database.open(path))

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- writing: every method raises ConversationsUnusable where it cannot be done ----------------------------------

    def append(
        self,
        user: str,
        conversation_id: str,
        question: str,
        *,
        scope: Scope = EVERYTHING,
        model: str = "",
        replacing: int | None = None,
    ) -> int | None:
        """Add a question; the first one of an id begins its conversation, and is its title.

        Args:
            scope, model: what the reader let it look at, and whom the reader let answer.
            replacing: row of the turn that this one takes the place of.

        Returns:
            The new turn's row, or None where the id is another user's.
        """
        now, question = _now(), _storable(question)
        with self._database.writing() as connection:
            owner = connection.execute(
                select(conversations.c.user).where(conversations.c.id == conversation_id)
            ).scalar()
            if owner is None:
                title = title_of(question)
                connection.execute(
                    insert(conversations).values(
                        id=conversation_id,
                        user=user,
                        title=title,
                        folded=_folded(title),
                        created=now,
                        updated=now,
                        revision=0,
                    )
                )
            elif owner != user:
                return None
            if replacing is not None:
                old = (turns.c.row == replacing) & (turns.c.conversation_id == conversation_id)
                connection.execute(update(turns).where(old).values(replaced=True))
            added = connection.execute(
                insert(turns).values(
                    conversation_id=conversation_id,
                    asked=now,
                    question=question,
                    as_of=scope.as_of.isoformat() if scope.as_of else None,
                    filters=_json(filters) if (filters := filters_to_dict(scope, model)) else None,
                    trouble="",
                    partial="",
                    citations="[]",
                    folded=_folded(question),
                    replaced=False,
                )
            )
            _touch(connection, conversation_id, now)
            key = added.inserted_primary_key
            assert key is not None
            return int(key[0])

    def record(
        self,
        user: str,
        row: int,
        *,
        answer: Mapping[str, Any] | None = None,
        trouble: str = "",
        partial: str = "",
        citations: Sequence[Mapping[str, Any]] = (),
    ) -> bool:
        """Write what has become of a question, so far or in the end, over what was written before.

        Returns:
            Whether the turn is still there.
        """
        with self._database.writing() as connection:
            found = connection.execute(
                select(turns.c.conversation_id, turns.c.question).where(turns.c.row == row, _owned(user))
            ).first()
            if found is None:
                return False
            partial = _storable(partial)
            words = str(answer["answer"]) if answer is not None else partial
            connection.execute(
                update(turns)
                .where(turns.c.row == row)
                .values(
                    answer=_json(answer) if answer is not None else None,
                    trouble=_storable(trouble),
                    partial=partial,
                    citations=_json(list(citations)),
                    folded=_folded(f"{found.question}\n{words}"),
                )
            )
            _touch(connection, found.conversation_id, _now())
            return True

    def rename(self, user: str, conversation_id: str, title: str) -> bool:
        """Give a conversation another title; an empty one is not taken. Returns whether it was done."""
        title = title_of(title)
        if not title:
            return False
        with self._database.writing() as connection:
            done = connection.execute(
                update(conversations).where(_is(user, conversation_id)).values(title=title, folded=_folded(title))
            )
            return done.rowcount > 0

    def delete(self, user: str, conversation_id: str) -> bool:
        """Delete a conversation with all that belongs to it. Returns whether there was one."""
        with self._database.writing() as connection:
            return connection.execute(delete(conversations).where(_is(user, conversation_id))).rowcount > 0

    def rate(self, user: str, row: int, rating: Rating | None, comment: str = "") -> bool:
        """Keep what a reader thinks of an answer, in place of what they thought before; None takes it back.

        Returns:
            Whether there is such an answer.
        """
        with self._database.writing() as connection:
            answered = select(turns.c.row).where(turns.c.row == row, turns.c.answer.is_not(None), _owned(user))
            found = connection.execute(answered).scalar()
            if found is None:
                return False
            connection.execute(delete(feedback).where(feedback.c.turn_row == row))
            if rating is not None:
                kept = _storable(comment).strip()[:LONGEST_COMMENT]
                connection.execute(
                    insert(feedback).values(turn_row=row, rating=rating.value, comment=kept, given=_now())
                )
            return True

    # -- reading ---------------------------------------------------------------------------------------------------

    def summaries(self, user: str, search: str = "", *, limit: int = MOST_LISTED) -> list[Summary]:
        """A user's conversations, the latest first.

        Args:
            search: only those in whose title or texts every one of these words stands, without regard to case.
        """
        query = select(conversations).where(conversations.c.user == user)
        for word in _folded(search).split()[:SEARCH_WORDS]:
            texts = select(turns.c.row).where(
                turns.c.conversation_id == conversations.c.id, ~turns.c.replaced, func.instr(turns.c.folded, word) > 0
            )
            query = query.where(or_(func.instr(conversations.c.folded, word) > 0, texts.exists()))
        query = query.order_by(conversations.c.updated.desc(), conversations.c.created.desc()).limit(limit)
        with self._database.reading() as connection:
            return [
                Summary(id=row.id, title=row.title, updated=time_of(row.updated)) for row in connection.execute(query)
            ]

    def revision(self, user: str, conversation_id: str) -> int | None:
        """A number that changes with a conversation's turns; None where the user has no such conversation."""
        with self._database.reading() as connection:
            query = select(conversations.c.revision).where(_is(user, conversation_id))
            return connection.execute(query).scalar()

    def get(self, user: str, conversation_id: str) -> KeptConversation | None:
        """A whole conversation, without the turns that were replaced; None where the user has no such one."""
        with self._database.reading() as connection:
            found = connection.execute(select(conversations).where(_is(user, conversation_id))).first()
            return conversation_of(connection, found, replaced=False) if found is not None else None

    def rated(self) -> Iterator[KeptConversation]:
        """Every user's conversations in which an answer was rated, the earliest first, with their replaced turns."""
        with self._database.reading() as connection:
            rated = select(turns.c.conversation_id).join(feedback, feedback.c.turn_row == turns.c.row)
            query = select(conversations).where(conversations.c.id.in_(rated))
            for found in connection.execute(query.order_by(conversations.c.created, conversations.c.id)).all():
                yield conversation_of(connection, found, replaced=True)


def title_of(text: str) -> str:
    """A text as a title: one line, cut at a word."""
    line = one_line(_storable(text))
    if len(line) <= LONGEST_TITLE:
        return line
    cut = line[: LONGEST_TITLE - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[40:] else cut}…"


def _touch(connection: Connection, conversation_id: str, now: str) -> None:
    connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .values(updated=now, revision=conversations.c.revision + 1)
    )


def _is(user: str, conversation_id: str) -> ColumnElement[bool]:
    return (conversations.c.id == conversation_id) & (conversations.c.user == user)


def _owned(user: str) -> ColumnElement[bool]:
    return turns.c.conversation_id.in_(select(conversations.c.id).where(conversations.c.user == user))


def _folded(text: str) -> str:
    return _storable(text).casefold()


def _storable(text: str) -> str:
    """Text without what UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode()


def _json(value: object) -> str:
    return json.dumps(value)  # in ASCII: an article's text may hold what UTF-8 cannot


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
