"""Rows of the file as values."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy import Connection, Row, select

from assistant.conversations.records import Feedback, KeptConversation, KeptTurn, Rating
from assistant.conversations.schema import feedback, turns
from assistant.render.json import of_plain
from vectorstore.retrieval.scope import Scope


def conversation_of(connection: Connection, found: Row[Any], *, replaced: bool) -> KeptConversation:
    """A row of ``conversations`` with its turns, those that were replaced only where they are wanted."""
    query = (
        select(turns, feedback.c.rating, feedback.c.comment, feedback.c.given)
        .outerjoin(feedback, feedback.c.turn_row == turns.c.row)
        .where(turns.c.conversation_id == found.id)
        .order_by(turns.c.row)
    )
    if not replaced:
        query = query.where(~turns.c.replaced)
    return KeptConversation(
        id=found.id,
        title=found.title,
        created=time_of(found.created),
        updated=time_of(found.updated),
        revision=found.revision,
        turns=tuple(_turn(row) for row in connection.execute(query)),
    )


def _turn(row: Row[Any]) -> KeptTurn:
    given = None
    filters = json.loads(row.filters) if row.filters else {"from": None, "to": None, "sources": (), "model": None}
    if row.rating is not None:
        given = Feedback(rating=Rating(row.rating), comment=row.comment, given=time_of(row.given))
    return KeptTurn(
        row=row.row,
        asked=time_of(row.asked),
        question=row.question,
        scope=of_plain(
            Scope,
            {
                "as_of": row.as_of,
                "date_from": filters["from"],
                "date_to": filters["to"],
                "sources": filters["sources"],
            },
        ),
        model=filters["model"] or "",
        answer=json.loads(row.answer) if row.answer is not None else None,
        trouble=row.trouble,
        partial=row.partial,
        citations=tuple(json.loads(row.citations)),
        replaced=row.replaced,
        feedback=given,
    )


def time_of(text: str) -> dt.datetime:
    """A time as it stands in the file."""
    return dt.datetime.fromisoformat(text)
