"""Conversations kept on the server: who asked what, what was answered, and what was thought of it."""

from __future__ import annotations

from assistant.conversations.database import ConversationsUnusable
from assistant.conversations.records import Feedback, KeptConversation, KeptTurn, Rating, Summary
from assistant.conversations.repository import Conversations

__all__ = [
    "Conversations",
    "ConversationsUnusable",
    "Feedback",
    "KeptConversation",
    "KeptTurn",
    "Rating",
    "Summary",
]
