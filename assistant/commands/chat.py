"""``assistant chat``: the web chat."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from assistant.chain import Assistant
from assistant.commands.opening import settings_for, store_to_ask


def run(
    *,
    store: Path | None,
    model: str | None,
    as_of: dt.datetime | None,
    fallback: bool | None,
    host: str | None,
    port: int | None,
    open_browser: bool,
) -> None:
    """Serve the chat until it is interrupted."""
    from assistant.web.app import serve

    settings = settings_for(store, model, host=host, port=port)
    with store_to_ask(settings) as opened:
        wanted = fallback if fallback is not None else settings.fallback
        assistant = Assistant.open(opened, fallback=True if wanted is None else wanted, settings=settings)
        serve(
            assistant,
            host=settings.host,
            port=settings.port,
            open_browser=open_browser,
            as_of=as_of.date() if as_of else None,
        )
