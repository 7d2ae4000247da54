"""``assistant chat``: the web chat."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.commands.opening import opened_store, store_to_ask
from assistant.conversations.database import file_for
from assistant.pipeline.assistant import Assistant
from assistant.settings import load
from vectorstore.archive.folder import default_path
from vectorstore.archive.private import private_files


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatOptions:
    """The options of the command, as its help says them."""

    store: Path | None
    model: str | None
    as_of: dt.date | None
    fallback: bool | None
    host: str | None
    port: int | None
    root_path: str | None
    allowed_host: tuple[str, ...]
    trusted_proxy: tuple[str, ...]
    read_only: bool | None
    auth: Path | None
    open_browser: bool


def run(options: ChatOptions) -> None:
    """Serve the chat until it is interrupted."""
    from assistant.web.app import ServerOptions, serve
    from assistant.web.archive.tab import Access
    from assistant.web.auth.users import read_users

    given = ("store", "model", "fallback", "host", "port", "root_path", "read_only", "auth")
    listed: dict[str, Any] = {
        name: ",".join(getattr(options, name)) or None for name in ("allowed_host", "trusted_proxy")
    }
    settings = load(**{name: getattr(options, name) for name in given}, **listed)
    if settings.auth is not None:
        read_users(settings.auth)  # a bad file is said before the archive is opened, which takes longer
    with private_files(), store_to_ask(settings) as store:
        fallback = True if settings.fallback is None else settings.fallback
        assistant, *others = (
            Assistant.open(store, model=name, fallback=fallback, settings=settings)
            for name in settings.chat_model_names
        )
        samples = settings.store is None and store.path != default_path()
        access = Access(
            read_only=settings.read_only,
            upload_limit=settings.upload_limit,
            reading=settings.reading,
            # The samples stand in for the user's own store, which is empty.
            own=(lambda: opened_store(settings)) if samples else None,
        )
        serving = ServerOptions(
            host=settings.host,
            port=settings.port,
            open_browser=options.open_browser,
            as_of=options.as_of,
            access=access,
            root_path=_path(settings.root_path),
            allowed_hosts=settings.allowed_hosts,
            trusted_proxies=settings.trusted_proxies,
            conversations=file_for(settings, samples=samples),
            auth=settings.auth,
        )
        serve(assistant, serving, others=others)


def _path(written: str) -> str:
    """``/news`` for what may be written as ``news/`` too."""
    return f"/{written.strip('/')}" if written.strip("/") else ""
