"""The stream that the page listens to: what is asked for while the server is ending it is heard of all the same."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FERRY = "How many people were hurt at Port Ansley?"

#: What comes down the stream takes so long, while what is asked for goes up at once.
SECONDS = 0.6
LATE = """
const fetched = window.fetch;
window.fetch = async (...request) => {
  const response = await fetched(...request);
  if (!(request[0].url ?? request[0]).includes('/queue/data')) return response;
  const transform = async (piece, stream) => {
    await new Promise((resolve) => setTimeout(resolve, window.late));
    stream.enqueue(piece);
  };
  return new Response(response.body.pipeThrough(new TransformStream({ transform })), { headers: response.headers });
};
"""


async def test_what_is_clicked_while_the_stream_is_being_closed_is_done(chat: Any, watch: Any, asking: Any) -> None:
    watched = await watch(viewport={"width": 1500, "height": 900}, accept_downloads=True)
    await watched.page.add_init_script(LATE)
    page = await watched.open(chat.url)
    await page.wait_for_selector("#kept nav")
    await asking(page, FERRY)
    await asyncio.sleep(2)  # nothing is pending any more
    await page.evaluate("late => { window.late = late; }", SECONDS * 1000)
    saved: list[str] = []
    page.on("download", lambda download: saved.append(Path(download.suggested_filename).suffix))
    for choice in ("Export as Markdown", "Export as JSON"):
        await page.locator("#kept summary").first.click()
        await page.get_by_role("button", name=choice).click()
        await asyncio.sleep(SECONDS / 2)  # it is done on the server, and the page has not heard of it
    async with asyncio.timeout(10):
        while len(saved) < 2:
            await asyncio.sleep(0.02)
    assert saved == [".md", ".json"]
