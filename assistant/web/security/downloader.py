"""Gradio's own downloader, taken away.

Gradio fetches whatever address stands in place of a file, before any code of ours runs: to memory and to disk, as much
as comes, past ``--read-only``, and asks a resolver outside for the name. The chat has no use for it; what visitors name
is fetched by :mod:`ingest.fetch`, which has limits.
"""

from __future__ import annotations

from typing import Any, NoReturn

import gradio as gr
from gradio import processing_utils, routes
from starlette.exceptions import HTTPException

_WHY = "This server fetches no files."


def take_away_downloader() -> None:
    """Replace every function by which Gradio fetches an address in this process; once is enough."""
    for name in ("async_ssrf_protected_get", "async_ssrf_protected_download"):
        setattr(processing_utils, name, _refuse_waiting)
    for name in ("ssrf_protected_download", "save_url_to_cache", "unsafe_download"):
        setattr(processing_utils, name, _refuse)
    setattr(routes, "secure_url_stream_response", _refuse_route)  # noqa: B010 - it is no public name


def _refuse(*_given: Any, **_options: Any) -> NoReturn:
    raise gr.Error(_WHY, print_exception=False)


async def _refuse_waiting(*_given: Any, **_options: Any) -> NoReturn:
    _refuse()


async def _refuse_route(*_given: Any, **_options: Any) -> NoReturn:
    raise HTTPException(403, _WHY)
