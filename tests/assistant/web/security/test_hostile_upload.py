"""What one visitor gives to be read keeps nobody else waiting."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from chatting import patient_client, readers
from hostile import endless_pdf
from requests_by_hand import file_at
from stores import WordEncoder

from assistant.pipeline.assistant import Assistant
from assistant.web.archive.tab import Access
from ingest.article import Article
from vectorstore.store import Store


@pytest.fixture
def chat(tmp_path: Path, served: Callable[..., str]) -> Iterator[str]:
    with Store.open(tmp_path / "store", encoder=WordEncoder()) as store:
        store.add([Article.from_record({"id": "a", "text": "The storm over Tarn came on Monday, the mayor said."})])
        yield served(Assistant.open(store, model="extractive"), access=Access())


async def begin_to_add(url: str, client: httpx2.AsyncClient, content: bytes) -> Path:
    """Upload a PDF and add it, as the page does; where it lies until it has been read."""
    uploaded = await client.post(f"{url}/gradio_api/upload", files={"files": ("a.pdf", content, "application/pdf")})
    (path,) = uploaded.json()
    config = (await client.get(f"{url}/config")).json()
    button = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "archive-add-button")
    files = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "archive-files")
    adding = next(d for d in config["dependencies"] if [button, "click"] in [list(t) for t in d["targets"]])
    values: dict[int, Any] = {c["id"]: c["props"].get("value") for c in config["components"]}
    data = [[file_at(path)] if i == files else values.get(i) for i in adding["inputs"]]
    call = {"data": data, "fn_index": adding["id"], "session_hash": "one", "trigger_id": button}
    (await client.post(f"{url}/gradio_api/queue/join", json=call)).raise_for_status()
    async with client.stream("GET", f"{url}/gradio_api/queue/data?session_hash=one") as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:") and "eading" in json.dumps(json.loads(line[5:]).get("output")):
                break
    return Path(path)


@pytest.mark.asyncio
async def test_the_page_and_an_answer_come_while_somebody_elses_file_is_still_being_read(chat: str) -> None:
    async with patient_client() as one, patient_client() as other:
        lies = await begin_to_add(chat, one, endless_pdf())
        begun = time.perf_counter()
        page = await other.get(chat)
        print(f"page {time.perf_counter() - begun:.2f} s")
        (reader,) = await readers(chat, other, 1)
        heard = await asyncio.wait_for(reader.ask("What came over Tarn?", "storm"), 100)
        print(f"answer {heard.whole:.2f} s, first words {heard.first_words:.2f} s")
        assert page.status_code == 200
        assert "came on Monday" in heard.said + heard.shown
        assert lies.exists(), "the file was read in the meantime, so that nothing is shown by this test"
