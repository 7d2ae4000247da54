"""``serve`` the chat until it is interrupted."""

from __future__ import annotations

import datetime as dt
import errno
import ipaddress
import logging
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.middleware import Middleware

from assistant.conversations import Conversations, ConversationsUnusable
from assistant.conversations.database import FILE_NAME
from assistant.errors import UsageError
from assistant.settings import environment_for
from assistant.web.archive.tab import Access
from assistant.web.auth.guard import Guard, user_of
from assistant.web.auth.sessions import Login
from assistant.web.auth.users import Users
from assistant.web.auth.visitor import BrowserCookie
from assistant.web.chat.assistants import AssistantLike
from assistant.web.conversations.service import ConversationService
from assistant.web.headers import Headers
from assistant.web.page import Page, look
from assistant.web.reader.routes import reader_routes
from assistant.web.security.api import Api
from assistant.web.security.application import GuardedApp
from assistant.web.security.calls import CallOptions, Calls
from assistant.web.security.door import LONGEST_BODY, DoorOptions
from assistant.web.security.downloader import take_away_downloader
from assistant.web.security.hosts import Hosts
from assistant.web.security.proxies import Proxies
from assistant.web.security.uploads import Uploads, upload_folder
from assistant.web.static_files import favicon
from vectorstore.archive.private import tighten

#: The port that is tried first, and how many are tried from there.
PORT, PORTS = 7860, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerOptions:
    """Where and how the chat is served.

    Attributes:
        port: the first one to try; where it is taken the next free one is used, and said so. 0 or None: any.
        as_of: what the field "as of" begins with.
        access: what visitors may do to the archive.
        root_path: where a proxy serves it, such as /news.
        allowed_hosts: names that it answers to besides ``host``, loopback's, and the address that it is reached at.
        trusted_proxies: addresses and networks of proxies that are believed who sent a request.
        conversations: file that what is asked is kept in; default ``conversations.sqlite`` in the store's folder. Where
            it cannot be used, the chat says so and goes on without.
        auth: file of the users who may log in; None lets in everybody.
    """

    host: str = "127.0.0.1"
    port: int | None = PORT
    open_browser: bool = True
    as_of: dt.date | None = None
    access: Access = field(default_factory=Access)
    root_path: str = ""
    allowed_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    conversations: Path | None = None
    auth: Path | None = None


def _launch_options(page: Page, options: ServerOptions, login: Login | None, folder: Path) -> dict[str, Any]:
    """What ``Blocks.launch`` must be given: the look, the reader beside it, and nothing that talks to other hosts."""
    access, door = options.access, _door(options)
    middleware = [Middleware(Headers), Middleware(BrowserCookie)]
    if login is not None:
        middleware.append(Middleware(Guard, login=login))
    uploads = None if access.read_only else Uploads(folder, access.quota, page.archive.additions.holds)
    middleware.append(Middleware(Calls, options=CallOptions(api=Api(page.blocks), uploads=uploads)))
    return {
        **look(),
        "_app": GuardedApp(door, middleware=middleware, routes=reader_routes(page.store)),
        "auth_dependency": user_of if login is not None else None,
        "share": False,
        "run_history": False,
        "enable_monitoring": False,
        "footer_links": [],
        "max_file_size": "1kb" if access.read_only else f"{access.upload_limit}mb",
        "favicon_path": favicon(),
        "root_path": options.root_path,
        "quiet": True,
        "ssr_mode": False,
    }


def _door(options: ServerOptions) -> DoorOptions:
    """Whom the server lets in.

    Raises:
        UsageError: for a name that is none.
    """
    access = options.access
    try:
        hosts = Hosts.of(options.host, options.allowed_hosts)
    except ValueError as error:
        raise UsageError(f"{error} is no name of a host", remedy="write --allowed-host as in news.example") from None
    try:
        proxies = Proxies.of(options.trusted_proxies)
    except ValueError as error:
        raise UsageError(
            f"{error} is no address of a proxy", remedy="write --trusted-proxy as in 10.0.0.7 or 10.0.0.0/8"
        ) from None
    longest = LONGEST_BODY if access.read_only else access.quota.visitor + LONGEST_BODY
    return DoorOptions(hosts=hosts, proxies=proxies, longest_upload=longest)


def serve(
    assistant: AssistantLike,
    options: ServerOptions = ServerOptions(),
    *,
    others: Sequence[AssistantLike] = (),
    on_ready: Callable[[str], None] | None = None,
    stop: threading.Event | None = None,
    report: Callable[[str], None] = print,
) -> None:
    """Serve the chat until Ctrl-C, SIGTERM or ``stop``; then close the assistant and its store.

    Args:
        others: over the same store, what visitors may choose to be answered by instead.
        on_ready: told the page's address once it can be opened.
        stop: ends the serving when it is set.
        report: told in a line what a person at the terminal should know.

    Raises:
        UsageError: where there is no such host or no free port, or the users file is unusable.
    """
    stop, access = stop or threading.Event(), options.access
    with ExitStack() as last:
        last.callback(assistant.close)
        _door(options)  # what is misspelt is said at once
        take_away_downloader()
        folder = last.enter_context(upload_folder())
        login = _login(options.auth, report)
        service = _service(assistant, options.conversations or assistant.store.path / FILE_NAME, report)
        last.callback(service.close)
        page = Page(
            assistant, as_of=options.as_of, access=access, service=service, others=others, login=login is not None
        )
        with _interruptible(stop):
            try:
                url = _launch(page.blocks, options, report, _launch_options(page, options, login, folder))
                report(f"News Assistant is at {url} (Ctrl-C stops it)")
                if not _is_loopback(options.host):
                    for line in _warnings(access, login):
                        report(line)
                if on_ready:
                    on_ready(url)
                if options.open_browser:
                    webbrowser.open(url)
                while not stop.wait(1):
                    pass
            finally:
                page.chat.stop_all()
                page.archive.close()
                _close(page.blocks)


def _login(file: Path | None, report: Callable[[str], None]) -> Login | None:
    if file is None:
        return None
    users = Users(file, report)
    if tighten(file):
        report(f"Others could read the users file {file}; now only you can.")
    return Login(users)


def _service(assistant: AssistantLike, file: Path, report: Callable[[str], None]) -> ConversationService:
    try:
        return ConversationService(assistant.store, Conversations.open(file), report=report)
    except ConversationsUnusable as error:
        return ConversationService(assistant.store, trouble=str(error), report=report)


def _launch(blocks: gr.Blocks, options: ServerOptions, report: Callable[[str], None], given: dict[str, Any]) -> str:
    host, wanted = options.host, options.port or 0
    if not 0 <= wanted <= 65535:
        raise UsageError(f"{wanted} is no port", remedy="name one from 0 to 65535 with --port")
    for candidate in range(wanted, min(wanted + PORTS, 65536)) if wanted else [0] * PORTS:
        free = _bind(host, candidate)
        if free is None:
            continue
        try:
            # Or the server itself would believe whatever comes from this machine who sent it.
            with environment_for(FORWARDED_ALLOW_IPS=""):
                name = f"[{host}]" if ":" in host else host  # Gradio asks itself whether it is there
                blocks.launch(server_name=name, server_port=free, prevent_thread_lock=True, **given)
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


def _warnings(access: Access, login: Login | None) -> Iterator[str]:
    """What is to be known where other machines can reach the page."""
    if login is not None:
        yield "It can be reached from other machines; without a proxy that speaks HTTPS, passwords travel unencrypted."
        return
    yield "It can be reached from other machines, and nobody is asked for a password; --auth FILE asks for one."
    if not access.read_only:
        yield "Whoever reaches it can add and remove articles; --read-only keeps them from it."


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
