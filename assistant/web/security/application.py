"""Gradio's application behind :class:`assistant.web.security.door.Door`.

Middleware that Gradio is given stands inside its own, which answers other pages by itself; the door is the application.
"""

from __future__ import annotations

from typing import Any

from gradio.routes import App, ORJSONResponse
from starlette.types import Receive, Scope, Send

from assistant.web.security.door import Door, DoorOptions


class GuardedApp(App):
    """What ``Blocks.launch`` serves in place of its own application."""

    def __init__(self, options: DoorOptions, **kwargs: Any) -> None:
        super().__init__(default_response_class=ORJSONResponse, **kwargs)
        self._door = Door(super().__call__, options)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self._door(scope, receive, send)
