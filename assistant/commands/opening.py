"""Opening the store and the assistant as a command's options and the settings have them."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.commands.terminal import report
from assistant.settings import Settings
from ingest.samples import folder
from vectorstore.archive.folder import default_path
from vectorstore.encoders.base import default_cache
from vectorstore.encoders.registry import open_encoder
from vectorstore.errors import StoreError
from vectorstore.store import Store


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    """The store of the settings, open."""
    with _open(settings, settings.store) as store:
        if "embedding" in settings.model_fields_set and store.encoder.name != settings.embedding:
            report(
                f"the store is embedded with {store.encoder.name}, not with {settings.embedding}; "
                f"to switch, run: assistant reindex --embedding {settings.embedding}"
            )
        yield store


@contextmanager
def store_to_ask(settings: Settings) -> Iterator[Store]:
    """The store of the settings; where none is named and the default one is empty, a store of the sample articles."""
    if settings.store is None and not (default_path() / "archive.sqlite").exists():
        with _samples_instead(settings) as store:
            yield store
        return
    with opened_store(settings) as store:
        articles = store.counts()[0]
        if articles or settings.store is not None:
            if not articles:
                report(f"the store {store.path} is empty; add articles with: assistant ingest SOURCE…")
            yield store
            return
    with _samples_instead(settings) as store:
        yield store


@contextmanager
def _samples_instead(settings: Settings) -> Iterator[Store]:
    report("Your store is empty: this is the bundled sample archive. Add your own with: assistant ingest SOURCE…")
    with samples_store(settings) as store:
        yield store


@contextmanager
def samples_store(settings: Settings) -> Iterator[Store]:
    """A store of the bundled sample articles, kept in the cache folder."""
    from ingest.read import read

    files = sorted(folder().glob("*.md"))
    # A version that embeds otherwise has a store of its own: it cannot use this one, and would read anew each time.
    embedded_by = open_encoder(settings.embedding).fingerprint.encode()
    digest = hashlib.sha256(b"".join([embedded_by, *(file.read_bytes() for file in files)])).hexdigest()[:12]
    kept = (settings.cache or default_cache()) / f"samples-{digest}"
    # A few articles of ours need no server, and have no place on one.
    embedded = settings.model_copy(update={"chroma_url": None, "vector_index": "chroma"})
    with tempfile.TemporaryDirectory(prefix="news-assistant-") as scratch:
        try:
            store = _open(embedded, kept)
        except StoreError:
            # Another command is on the samples, or another version was: they are few enough to be read again.
            store = _open(embedded, Path(scratch))
        with store:
            if store.counts()[0] < len(files):
                store.add(read(files))
            yield store


def _open(settings: Settings, path: Path | None) -> Store:
    from assistant.pipeline.assistant import open_store

    return open_store(path, settings, report)
