"""``build`` the chat as a Gradio app, or ``serve`` it until it is interrupted."""

from __future__ import annotations

import datetime as dt
import errno
import ipaddress
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from assistant.errors import UsageError
from assistant.web.chat import Asked
from assistant.web.headers import Headers
from assistant.web.page import AT_ONCE, Page, look

#: The port that is tried first, and how many are tried from there.
PORT, PORTS = 7860, 100


def build(assistant: Asked, *, as_of: dt.date | None = None) -> gr.Blocks:
    """The chat as a Gradio app.

    Args:
        assistant: answers; an :class:`assistant.chain.Assistant`.
        as_of: what the field "as of" begins with.

    Returns:
        The app, to be launched with :func:`launch_options`.
    """
    return _build(assistant, as_of)[0]


def _build(assistant: Asked, as_of: dt.date | None) -> tuple[gr.Blocks, Page]:
    with gr.Blocks(title="News Assistant", analytics_enabled=False, fill_width=True) as blocks:
        page = Page(assistant, as_of=as_of)
        blocks.unload(page.left)
    blocks.queue(default_concurrency_limit=AT_ONCE, api_open=False)
    return blocks, page


def launch_options() -> dict[str, Any]:
    """What ``Blocks.launch`` must be given: the look, and nothing that talks to other hosts or keeps what was asked."""
    return {
        **look(),
        "app_kwargs": {"middleware": [Middleware(Headers)]},
        "share": False,
        "run_history": False,
        "enable_monitoring": False,
        "footer_links": [],
        "max_file_size": "1kb",  # nothing is uploaded here
        "quiet": True,
        "ssr_mode": False,
    }


def serve(
    assistant: Asked,
    *,
    host: str = "127.0.0.1",
    port: int | None = PORT,
    open_browser: bool = True,
    as_of: dt.date | None = None,
    on_ready: Callable[[str], None] | None = None,
    stop: threading.Event | None = None,
    report: Callable[[str], None] = print,
) -> None:
    """Serve the chat until Ctrl-C, SIGTERM or ``stop``; then close the assistant and its store.

    Args:
        port: the first one to try; where it is taken the next free one is used, and said so. 0 or None: any.
        on_ready: told the page's address once it can be opened.
        stop: ends the serving when it is set.
        report: told in a line what a person at the terminal should know.

    Raises:
        UsageError: where there is no such host or no free port.
    """
    stop = stop or threading.Event()
    try:
        blocks, page = _build(assistant, as_of)
        with _interruptible(stop):
            try:
                url = _launch(blocks, host, port, report)
                report(f"News Assistant is at {url} (Ctrl-C stops it)")
                if not _is_loopback(host):
                    report("It can be reached from other machines, and nobody is asked for a password.")
                if on_ready:
                    on_ready(url)
                if open_browser:
                    _open(url)
                while not stop.wait(1):
                    pass
            finally:
                page.chat.stop_all()
                _close(blocks)
    finally:
        assistant.close()


def _launch(blocks: gr.Blocks, host: str, port: int | None, report: Callable[[str], None]) -> str:
    wanted = port or 0
    for candidate in range(wanted, min(wanted + PORTS, 65536)) if wanted else [0] * PORTS:
        free = _bind(host, candidate)
        if free is None:
            continue
        try:
            blocks.launch(server_name=host, server_port=free, prevent_thread_lock=True, **launch_options())
        except OSError:  # taken in the moment between
            continue
        if wanted and free != wanted:
            report(f"Port {wanted} is taken; using {free}.")
        return f"http://{_shown(host)}:{free}"
    raise UsageError(f"no port from {wanted} on is free on {host}", remedy="name another with --port")


def _close(blocks: gr.Blocks) -> None:
    """Stop serving. Pages that are open hold connections that never end by themselves: they are cut off."""
    log = logging.getLogger("uvicorn.error")
    log.disabled = True  # or each of them would leave a traceback
    try:
        if blocks.is_running:
            blocks.server.force_exit = True
        blocks.close(verbose=False)
    finally:
        log.disabled = False


def _bind(host: str, port: int) -> int | None:
    """A port that can be listened on, or None where this one is taken. Port 0 stands for any."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except OSError as error:
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            return None
        reason = error.strerror or str(error)
        raise UsageError(f"cannot listen on {host} ({reason})", remedy="name another address with --host") from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _shown(host: str) -> str:
    """The host as it stands in an address that this machine's browser can open."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.is_unspecified:
        return "localhost"
    return f"[{host}]" if address.version == 6 else host


def _open(url: str) -> None:
    import webbrowser

    webbrowser.open(url)


@contextmanager
def _interruptible(stop: threading.Event) -> Iterator[None]:
    """Within it SIGINT and SIGTERM set ``stop``, once: a second one has its usual effect. Only the main thread can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def interrupt(_number: int, _frame: object) -> None:
        restore()
        stop.set()

    for number in before:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        restore()
