"""What a reader does with kept conversations and answers: search, rename, delete, export, rate."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import replace

from markupsafe import Markup

from assistant.conversations import Feedback, KeptConversation, Rating
from assistant.conversations.export import to_json, to_markdown
from assistant.conversations.repository import LONGEST_COMMENT
from assistant.web.chat.chat import Chat
from assistant.web.chat.update import View
from assistant.web.chat.visitor import Visitor
from assistant.web.conversations.state import Conversation, Entry
from assistant.web.conversations.view import download_view, rated_view, said_view

#: The formats of an export: how the file's name ends, what it is, and how it is made.
_FORMATS = {
    "markdown": (".md", "text/markdown", to_markdown),
    "json": (".json", "application/json", to_json),
}


class Shelf:
    """The events of the conversations' panel and of feedback."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._keeping = chat.keeping
        self._pages = chat.pages

    async def search(self, words: str, visitor: Visitor) -> View:
        """List the conversations in which these words stand."""
        self._pages.of(visitor).search = words
        return View(listed=await self._pages.list_view(visitor))

    async def rename(self, conversation_id: str, title: str, visitor: Visitor) -> View:
        """Give a conversation another title."""
        done = await self._keeping.rename(visitor.user, conversation_id, title)
        said = said_view("Renamed.") if done else self._refused("It could not be renamed")
        return View(listed=await self._pages.list_view(visitor), said=said)

    async def delete(self, conversation_id: str, visitor: Visitor) -> tuple[View, bool]:
        """Delete a conversation; returns also whether it is the one that the page shows."""
        done = await self._keeping.delete(visitor.user, conversation_id)
        if done:
            self._chat.stop(Conversation(id=conversation_id))
        said = said_view("Deleted.") if done else self._refused("It could not be deleted")
        current = done and self._pages.shows(conversation_id, visitor)
        if current:
            self._chat.turn_to("", visitor)
        return View(listed=await self._pages.list_view(visitor), said=said), current

    async def export(self, conversation_id: str, form: str, visitor: Visitor) -> View:
        """A conversation as a file to save."""
        kept = await self._keeping.get(visitor.user, conversation_id)
        if kept is None or form not in _FORMATS:
            return View(said=self._refused("It could not be exported"))
        ending, kind, made = _FORMATS[form]
        return View(said=download_view(file_name(kept) + ending, kind, made(kept)))

    async def rate(self, number: str, rating: str, conversation: Conversation, visitor: Visitor) -> View:
        """A thumb for an answer, in place of the one before; none takes it back with its comment."""
        if rating not in {"", *Rating}:
            return View()
        async with self._pages.of(visitor).feedback:
            entry = _rateable(number, conversation)
            if entry is None:
                return View()
            comment = entry.feedback.comment if entry.feedback else ""
            wanted = Rating(rating) if rating else None
            return await self._give(entry, wanted, comment, conversation, visitor)

    async def comment(self, number: str, text: str, conversation: Conversation, visitor: Visitor) -> View:
        """A comment on an answer that has its thumb, in place of the one before."""
        async with self._pages.of(visitor).feedback:
            entry = _rateable(number, conversation)
            if entry is None or entry.feedback is None:
                return View()
            return await self._give(entry, entry.feedback.rating, text, conversation, visitor)

    async def _give(
        self, entry: Entry, rating: Rating | None, comment: str, conversation: Conversation, visitor: Visitor
    ) -> View:
        assert entry.row is not None
        comment = comment.strip()[:LONGEST_COMMENT]
        if not await self._keeping.rate(visitor.user, entry.row, rating, comment):
            return View(said=self._refused("Your feedback could not be kept"))
        given = Feedback(rating=rating, comment=comment, given=dt.datetime.now(dt.UTC)) if rating else None
        conversation.put(replace(entry, feedback=given))
        return View(said=rated_view(entry.number, given))

    def _refused(self, what: str) -> Markup:
        return said_view(f"{what}: {self._keeping.trouble or 'it is not kept here any more'}.", alert=True)


def _rateable(number: str, conversation: Conversation) -> Entry | None:
    entry = conversation.entry(int(number)) if number.isdecimal() and len(number) < 9 else None
    return entry if entry is not None and entry.row is not None and entry.answer is not None else None


def file_name(conversation: KeptConversation) -> str:
    """A file's name, without its ending: the title's letters and digits, and the day."""
    letters = "".join(c if unicodedata.category(c)[0] in "LN" else "-" for c in conversation.title)
    stem = re.sub("-+", "-", letters).strip("-")[:60].rstrip("-")
    return f"{stem or 'conversation'}-{conversation.created:%Y-%m-%d}"
