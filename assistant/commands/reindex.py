"""``assistant reindex``: the indexes built anew from the archive."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.commands.terminal import report
from assistant.render.json import dumps
from assistant.settings import load
from vectorstore.archive.folder import default_path
from vectorstore.errors import StoreUnreadable
from vectorstore.indexes.reindexing import reindex


def run(store: Path | None, embedding: str | None, as_json: bool) -> None:
    """Rebuild, say what was done."""
    settings = load(store=store)
    path = settings.store or default_path()
    if not (path / "archive.sqlite").exists():
        raise StoreUnreadable(f"there is no store in {path}", remedy="make one with: assistant ingest SOURCE…")
    done = reindex(path, encoder=embedding, vector_index=settings.vectors_at, cache=settings.cache, report=report)
    if as_json:
        click.echo(dumps({"passages": done.passages, "embedded": done.embedded, "encoder": done.encoder}))
        return
    click.echo(f"indexed {done.passages:,} passages with {done.encoder}; {done.embedded:,} had to be embedded")
