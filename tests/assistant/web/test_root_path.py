"""Behind a proxy that serves the chat under a path of its own."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest

from assistant.pipeline.assistant import Assistant
from vectorstore.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_HOP = {"connection", "transfer-encoding", "content-length", "keep-alive"}


class Proxy(BaseHTTPRequestHandler):
    """Hands on what is asked below ``/news/``, without that prefix."""

    upstream = ""

    def do_GET(self) -> None:
        if not self.path.startswith("/news/"):
            self.send_error(404)
            return
        connection = http.client.HTTPConnection(self.upstream, timeout=60)
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        try:
            connection.request(self.command, self.path.removeprefix("/news"), body, dict(self.headers.items()))
            answer = connection.getresponse()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _HOP:
                    self.send_header(name, value)
            self.end_headers()
            while piece := answer.read1():
                self.wfile.write(piece)
                self.wfile.flush()
        except (OSError, http.client.HTTPException):
            pass  # one of the two has gone
        finally:
            connection.close()

    do_POST = do_GET

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing is said."""


@pytest.fixture
def proxied(samples: Store, served: Callable[..., str]) -> Iterator[str]:
    """The chat's address behind the proxy."""
    url = served(Assistant.open(samples, model="extractive"), root_path="/news")
    handler = type("Handler", (Proxy,), {"upstream": urlsplit(url).netloc})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/news"
        server.shutdown()
        thread.join()


async def test_the_chat_the_reader_and_the_archive_work_under_a_path(proxied: str, watch: Any, asking: Any) -> None:
    watched = await watch()
    page = await watched.open(f"{proxied}/")
    await asking(page, "What does Russia say caused the freeze?")
    await page.locator("button.cite").first.click()
    await page.frame_locator("#reader iframe").locator("mark.addressed").wait_for()
    apart = await page.get_by_role("link", name="Open in a new tab").evaluate("link => link.href")
    assert apart.startswith(f"{proxied}/article?id=")
    await page.get_by_role("button", name="Close the article").click()
    await page.get_by_role("link", name="Archive").click()
    await page.wait_for_selector("#archive-list li")
    assert watched.elsewhere(proxied) == []
