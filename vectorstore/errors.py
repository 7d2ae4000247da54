"""What can go wrong with a store, as errors for a person to read (see ``ingest.errors``)."""

from __future__ import annotations

from ingest.errors import AssistantError


class StoreError(AssistantError):
    """The store cannot be used."""

    exit_code = 3


class StoreLocked(StoreError):
    """Another process owns the store."""


class StoreUnreadable(StoreError):
    """The archive is damaged, of a newer version, or not a store at all."""


class IndexUnavailable(StoreError):
    """An index cannot be reached or built: a Chroma server that does not answer, a disk that is full."""


class EncoderError(AssistantError):
    """The text encoder cannot be had: its files are missing or altered, or its service does not answer."""

    exit_code = 4


class UnknownArticle(AssistantError):
    """The store has no article of that id."""

    exit_code = 1
