"""``assistant chat``: the web chat."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from assistant.commands.opening import opened_store, settings_for, store_to_ask
from assistant.conversations.database import file_for
from assistant.pipeline.assistant import Assistant
from assistant.settings import Settings
from vectorstore.store import Store, default_path


def run(
    *,
    store: Path | None,
    model: str | None,
    as_of: dt.datetime | None,
    fallback: bool | None,
    host: str | None,
    port: int | None,
    root_path: str | None,
    read_only: bool | None,
    auth: Path | None,
    open_browser: bool,
) -> None:
    """Serve the chat until it is interrupted."""
    from assistant.web.app import ServerOptions, serve
    from assistant.web.archive.tab import Access
    from assistant.web.auth.users import read_users

    settings = settings_for(store, model, host=host, port=port, root_path=root_path, read_only=read_only, auth=auth)
    if settings.auth is not None:
        read_users(settings.auth)  # a bad file is said before the archive is opened, which takes longer
    with store_to_ask(settings) as opened:
        wanted = fallback if fallback is not None else settings.fallback
        assistant, *others = (
            Assistant.open(opened, model=name, fallback=True if wanted is None else wanted, settings=settings)
            for name in settings.chat_model_names
        )
        access = Access(
            read_only=settings.read_only,
            upload_limit=settings.upload_limit,
            own=(lambda: opened_store(settings)) if _is_samples(opened, settings) else None,
        )
        serving = ServerOptions(
            host=settings.host,
            port=settings.port,
            open_browser=open_browser,
            as_of=as_of.date() if as_of else None,
            access=access,
            root_path=_path(settings.root_path),
            conversations=file_for(settings, samples=_is_samples(opened, settings)),
            auth=settings.auth,
        )
        serve(assistant, serving, others=others)


def _path(written: str) -> str:
    """``/news`` for what may be written as ``news/`` too."""
    return f"/{written.strip('/')}" if written.strip("/") else ""


def _is_samples(opened: Store, settings: Settings) -> bool:
    """Whether the samples stand in for the user's own store, which is empty."""
    return settings.store is None and opened.path != default_path()
