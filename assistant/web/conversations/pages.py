"""What each open page shows: which conversation, and the list of the conversations that are kept.

A reader may click faster than the server answers. Invariant: what was wanted last is what is shown in the end.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from markupsafe import Markup

from assistant.conversations import Summary
from assistant.web.auth.visitor import Visitor
from assistant.web.conversations.service import ConversationService
from assistant.web.conversations.view import list_view


@dataclass(slots=True)
class Shown:
    """What one open page shows.

    Attributes:
        conversation_id: empty where it is none that was asked anything in yet.
        search: the words that its list is searched for.
        listings: how often the list was read for it.
        wishes: how often its reader wanted to see another conversation.
        clicks: when the latest click of a kind was made, by the page's own clock.
        feedback: held while a rating is kept, so that the last one given is the one that stays.
    """

    conversation_id: str = ""
    search: str = ""
    listings: int = 0
    wishes: int = 0
    clicks: dict[str, float] = field(default_factory=dict)
    feedback: asyncio.Lock = field(default_factory=asyncio.Lock)

    def is_latest(self, kind: str, at: float) -> bool:
        """Whether a click is not older than those of its kind that have come already: they may overtake each other."""
        if at < self.clicks.get(kind, 0.0):
            return False
        self.clicks[kind] = at
        return True

    def wish(self) -> int:
        """Note that another conversation is wanted; this is the last wish as long as ``wishes`` is what is returned."""
        self.wishes += 1
        return self.wishes


class Pages:
    """The open pages, each by its session; gone when it is closed."""

    def __init__(self, service: ConversationService) -> None:
        self._service = service
        self._shown: dict[str, Shown] = {}

    def of(self, visitor: Visitor) -> Shown:
        """What a visitor's page shows."""
        return self._shown.setdefault(visitor.session, Shown())

    def shows(self, conversation_id: str, visitor: Visitor) -> bool:
        """Whether the visitor's page shows this conversation, and has not gone on to another one or been closed."""
        shown = self._shown.get(visitor.session)
        return (shown.conversation_id if shown else "") == conversation_id

    def close(self, visitor: Visitor) -> None:
        """Forget a page."""
        self._shown.pop(visitor.session, None)

    async def list_view(self, visitor: Visitor) -> Markup | None:
        """The list of the visitor's conversations; None where a later reading of it has begun, which shows it."""
        shown = self.of(visitor)
        shown.listings += 1
        reading = shown.listings
        none: list[Summary] = []
        summaries = await self._service.attempt(
            visitor.user, lambda kept, user: kept.summaries(user, shown.search), none
        )
        if shown.listings != reading:
            return None
        return list_view(
            summaries,
            current=shown.conversation_id,
            search=shown.search,
            trouble=self._service.trouble if visitor.user else "This browser keeps no cookies.",
        )
