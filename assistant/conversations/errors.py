"""What can go wrong with kept conversations, as an error for a person to read (see ``ingest.errors``)."""

from __future__ import annotations

from ingest.errors import AssistantError


class ConversationsUnusable(AssistantError):
    """The file of the conversations is damaged, of a newer version, or cannot be read or written."""

    exit_code = 3
