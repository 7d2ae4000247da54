"""What another package can add by entry points: a small one, installed beside the program, adds one of each kind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from paths import ROOT

CODE = """
import re
from zlib import crc32

import numpy as np

from ingest.readers.base import Document, whole


class TinyReader:
    name, suffixes, media_types = "tiny notes", (".tiny",), frozenset({"text/x-tiny"})

    def recognises(self, head):
        return head.startswith(b"TINY")

    def read(self, body, source):
        for number, note in enumerate(whole(body, source).decode().removeprefix("TINY").split("--"), 1):
            yield Document(text=note.strip(), title=f"Note {number}", source="The Tiny", label=f"note {number}")


class TinyEncoder:
    texts_per_call, calls_at_once, dimension = None, 1, 32

    def __init__(self, model, cache):
        self.name = self.fingerprint = f"tiny:{model}"

    def encode(self, texts):
        rows = np.full((len(texts), self.dimension), 0.01, dtype=np.float32)
        for row, text in zip(rows, texts):
            for word in re.findall(r"\\w+", text.lower()):
                row[crc32(word.encode()) % self.dimension] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class TinyIndex:
    def __init__(self, name, folder, address, watermark):
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "tiny.npz"
        held = np.load(self.file) if self.file.exists() else {"rows": [], "vectors": []}
        self.held = dict(zip(map(int, held["rows"]), held["vectors"]))

    def put(self, rows, vectors):
        self.held |= dict(zip(map(int, rows), vectors))

    def remove(self, rows):
        for row in rows:
            self.held.pop(int(row), None)

    def query(self, vector, limit):
        rows, vectors = np.array(list(self.held)), np.array(list(self.held.values()))
        best = np.argsort(-(vectors @ vector))[:limit]
        return rows[best], (vectors @ vector)[best]

    def count(self):
        return len(self.held)

    def seal(self, watermark):
        np.savez(self.file, rows=list(self.held), vectors=list(self.held.values()))

    def close(self):
        pass

    def delete(self):
        pass


class TinySignal:
    name, weight = "tininess", 100.0

    def score(self, query, candidates):
        return (candidates.rows == candidates.rows.max()).astype(float)


class TinyReranker:
    def rerank(self, query, passages):
        return passages[::-1]


class FailingReranker:
    def rerank(self, query, passages):
        raise ValueError("no")


class TinyAnswerer:
    prompt = None

    def __init__(self, model):
        self.name = f"tiny:{model}"

    async def stream(self, query, evidence):
        first = evidence.sentences[0]
        yield f"{first.text} [{first.number}]"


class TinyView:
    name, media_type = "tiny", "text/x-tiny"

    def render(self, answer):
        return f"TINY {answer.model}"
"""

ENTRY_POINTS = """
    [news_assistant.readers]
    tiny = tiny_news:TinyReader
    broken = tiny_news_that_is_not_there:Reader
    [news_assistant.encoders]
    tiny = tiny_news:TinyEncoder
    [news_assistant.vector_indexes]
    tiny = tiny_news:TinyIndex
    [news_assistant.rerankers]
    backwards = tiny_news:TinyReranker
    failing = tiny_news:FailingReranker
    [news_assistant.answerers]
    tiny = tiny_news:TinyAnswerer
    [news_assistant.views]
    tiny = tiny_news:TinyView
"""

NOTES = "TINY The harbour froze on Monday.--The council repaired the pier.--A frog sang in the fog."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as an installer leaves it."""
    folder = tmp_path_factory.mktemp("site")
    install(folder, "tiny-news", ENTRY_POINTS)
    (folder / "tiny_news.py").write_text(CODE)
    return folder


def install(folder: Path, name: str, entry_points: str) -> None:
    metadata = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(textwrap.dedent(entry_points))


def python(site: Path, *arguments: object, **settings: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(ROOT), str(site), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": paths, **settings}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, env=environment, cwd=site, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def store(site: Path) -> Path:
    """A store of notes in the package's format, embedded and indexed by the package."""
    (site / "notes.tiny").write_text(NOTES)
    done = python(site, "-m", "assistant.cli", "ingest", site / "notes.tiny", "--store", site / "store", **TINY)
    assert done.returncode == 0, done.stderr
    return site / "store"


TINY = {"ASSISTANT_EMBEDDING": "tiny:words", "ASSISTANT_VECTOR_INDEX": "tiny"}


def test_a_format_an_encoder_and_a_vector_index_of_another_package_make_a_store(site: Path, store: Path) -> None:
    listed = python(site, "-m", "assistant.cli", "articles", "list", "--json", "--store", store, **TINY)
    titles = {json.loads(line)["title"] for line in listed.stdout.splitlines()}
    assert titles == {"Note 1", "Note 2", "Note 3"}
    assert list((store / "indexes").glob("*/tiny.npz"))


def search(site: Path, store: Path, **settings: str) -> list[str]:
    program = (
        "import sys; from pathlib import Path; from assistant.settings import load\n"
        "from assistant.pipeline.assistant import open_store\n"
        "with open_store(Path(sys.argv[1]), load(), None) as store:\n"
        "    print(*(p.title for p in store.search('which harbour froze on Monday?')), sep='\\n')\n"
    )
    done = python(site, "-c", program, store, **TINY, **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_reranker_that_is_named_orders_what_was_found(site: Path, store: Path) -> None:
    plain = search(site, store)
    assert plain[0] == "Note 1"
    assert search(site, store, ASSISTANT_RERANKER="backwards") == plain[::-1]


def test_a_reranker_that_fails_leaves_the_order_as_it_is(site: Path, store: Path) -> None:
    assert search(site, store, ASSISTANT_RERANKER="failing") == search(site, store)


def test_an_answerer_of_another_package_is_chosen_by_its_prefix(site: Path, store: Path) -> None:
    asked = (
        "-m",
        "assistant.cli",
        "ask",
        "what froze on Monday?",
        "--json",
        "--store",
        store,
        "--model",
        "tiny:parrot",
    )
    done = python(site, *asked, **TINY)
    answer = json.loads(done.stdout)
    assert answer["model"] == "tiny:parrot"
    assert answer["citations"][0]["quote"] == "The harbour froze on Monday."


def test_a_view_of_another_package_renders_an_answer(site: Path) -> None:
    program = (
        "from types import SimpleNamespace; from assistant.render.base import view_of\n"
        "print(view_of('tiny').render(SimpleNamespace(model='extractive')))\n"
    )
    assert python(site, "-c", program).stdout == "TINY extractive\n"


def test_a_signal_of_another_package_counts_in_the_ranking(site: Path, store: Path, tmp_path: Path) -> None:
    install(tmp_path, "tiny-signal", "[news_assistant.signals]\ntiny = tiny_news:TinySignal\n")
    assert search(site, store, PYTHONPATH=os.pathsep.join([str(ROOT), str(site), str(tmp_path)]))[0] == "Note 3"


def test_a_broken_plug_in_is_named_with_its_package_and_stops_nothing(site: Path, store: Path) -> None:
    (site / "a.txt").write_text("The ministers met on Monday.")
    read = python(site, "-c", "from ingest import read; print(*(item.text for item in read(['a.txt'])))")
    assert read.stdout == "The ministers met on Monday.\n"
    assert "'broken' of the package tiny-news 1.0 cannot be loaded" in read.stderr
    assert read.stderr.count("\n") == 1


def test_the_doctor_lists_what_is_registered_and_who_brings_it(site: Path, store: Path) -> None:
    done = python(site, "-m", "assistant.cli", "doctor", "--store", store, "--model", "extractive", **TINY)
    lines = done.stdout.splitlines()
    for group in ("readers", "encoders", "vector indexes", "answerers", "views"):
        assert any(f" {group}: " in line and "tiny (tiny-news 1.0)" in line for line in lines), (group, done.stdout)
    assert any("pdf" in line and "news-assistant" in line for line in lines if " readers: " in line)
    assert any(line.startswith("trouble") and "'broken'" in line for line in lines)


@pytest.mark.parametrize(
    ("setting", "value", "complaint"),
    [
        ("ASSISTANT_VECTOR_INDEX", "huge", "there is no vector index 'huge'; use 'chroma' or 'tiny'"),
        ("ASSISTANT_RERANKER", "huge", "there is no reranker 'huge'; use 'backwards' or 'failing'"),
    ],
)
def test_a_name_that_nobody_registered_is_named(
    site: Path, store: Path, setting: str, value: str, complaint: str
) -> None:
    done = python(site, "-m", "assistant.cli", "ask", "what froze?", "--store", store, **{**TINY, setting: value})
    assert done.returncode != 0
    assert done.stderr == f"assistant: {complaint}\n"
