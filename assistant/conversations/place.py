"""Where conversations are kept: beside the articles that they are about."""

from __future__ import annotations

from pathlib import Path

from assistant.conversations.repository import FILE_NAME
from assistant.settings import Settings
from vectorstore.encoders.base import default_cache
from vectorstore.store import default_path


def file_for(settings: Settings, *, samples: bool) -> Path:
    """The file of the store's conversations; those over the bundled samples are in the cache, as their store is."""
    folder = settings.cache or default_cache() if samples else settings.store or default_path()
    return folder / FILE_NAME


def file_to_read(settings: Settings) -> Path:
    """The file in which feedback is to be looked for: the store's, or the samples' where that one is not there."""
    own = file_for(settings, samples=False)
    return own if settings.store is not None or own.exists() else file_for(settings, samples=True)
