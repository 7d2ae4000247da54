"""Adding from the page: what is taken, what is refused, and what becomes of each source."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from stores import WordEncoder

from assistant.errors import UsageError
from assistant.web.archive.adding import MOST_SOURCES, Additions, Job, State, web_address
from vectorstore.store import Store


@pytest.fixture
def words(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "words", encoder=WordEncoder()) as store:
        yield store


@pytest.fixture
def additions(words: Store) -> Iterator[Additions]:
    taking = Additions(lambda: nullcontext(words), max_bytes=1_000_000)
    yield taking
    taking.close()


@pytest.fixture
def upload(tmp_path: Path) -> Callable[..., str]:
    """A file as Gradio lays it down: in a folder of its own."""

    def lay(name: str, content: str | bytes) -> str:
        folder = tmp_path / f"upload-{name}-{len(content)}"
        folder.mkdir()
        file = folder / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(file)

    return lay


def run(additions: Additions, files: list[str], addresses: str = "") -> Job:
    job, future = additions.start(files, addresses)
    future.result(30)
    return job


def test_each_file_is_added_or_refused_with_its_reason(
    additions: Additions, words: Store, upload: Callable[..., str]
) -> None:
    files = [upload("storm.txt", "The storm came on Monday."), upload("broken.pdf", b"%PDF-1.4 nothing")]
    job = run(additions, files)
    good, bad = job.sources
    assert (good.report.added, good.problems, good.state) == (1, [], State.DONE)
    assert (bad.articles, bad.problems[0].source, bad.state) == (0, "broken.pdf", State.DONE)
    assert bad.problems[0].reason == "it is a damaged PDF"
    assert [words.origins(article.id) for article in words.articles()] == [["storm.txt"]]
    assert not any(Path(file).parent.exists() for file in files)


def test_the_same_file_again_changes_nothing_wherever_it_lay(
    additions: Additions, words: Store, upload: Callable[..., str]
) -> None:
    text = "The storm came on Monday."
    first = upload("storm.txt", text)
    run(additions, [first])
    Path(first).parent.mkdir()
    shutil.copy(upload("storm.txt-again", text), first)
    assert run(additions, [first]).sources[0].report.unchanged == 1
    assert words.counts()[0] == 1


def test_a_broken_line_is_named_and_the_rest_is_read(
    additions: Additions, words: Store, upload: Callable[..., str]
) -> None:
    lines = [f'{{"id": "r{i}", "text": "Report {i} is here."}}' for i in range(70)]
    lines[40] = "{broken"
    source = run(additions, [upload("reports.jsonl", "\n".join(lines))]).sources[0]
    assert source.report.added == words.counts()[0] == 69
    assert [problem.source for problem in source.problems] == ["reports.jsonl:41"]


def test_private_addresses_are_refused(additions: Additions, words: Store) -> None:
    job = run(additions, [], "http://127.0.0.1:1/a\nhttp://localhost/feed http://[::1]/x")
    assert all("private address" in source.problems[0].reason for source in job.sources)
    assert words.counts()[0] == 0


@pytest.mark.parametrize(
    "line",
    [
        "/etc/passwd",
        "-",
        "file:///etc/passwd",
        "~/notes.txt",
        "*",
        "javascript:alert(1)",
        "http://news.example:99999/x",
    ],
)
def test_nothing_of_this_machine_can_be_named(additions: Additions, line: str) -> None:
    with pytest.raises(UsageError, match="is no web address, and nothing was added"):
        additions.start([], line)


def test_an_address_may_be_written_as_people_write_it() -> None:
    assert web_address("news.example/story?x=1") == "https://news.example/story?x=1"
    assert web_address("HTTP://news.example") == "HTTP://news.example"


def test_too_much_at_once_is_one_clear_line(additions: Additions, upload: Callable[..., str]) -> None:
    with pytest.raises(UsageError, match=f"are too many at once, and none was added; give at most {MOST_SOURCES}"):
        additions.start([], "\n".join(f"https://news.example/{i}" for i in range(MOST_SOURCES + 1)))
    with pytest.raises(UsageError, match=r"'big\.txt' is too large, and nothing was added; give files of at most 1 MB"):
        additions.start([upload("big.txt", "x" * 1_000_001)], "")
    with pytest.raises(UsageError, match="there is nothing to add"):
        additions.start([], " \n ")


def test_closing_stops_what_is_being_added_and_keeps_what_is_safe(words: Store, upload: Callable[..., str]) -> None:
    held, go_on = threading.Event(), threading.Event()

    def opened() -> nullcontext[Store]:
        held.set()
        assert go_on.wait(20)
        return nullcontext(words)

    additions = Additions(opened, max_bytes=1_000_000)
    lines = "\n".join(f'{{"id": "r{i}", "text": "Report {i} is here."}}' for i in range(200))
    job, _ = additions.start([upload("many.jsonl", lines), upload("later.txt", "Later words.")], "")
    assert held.wait(20)
    job.stop()
    go_on.set()
    additions.close()
    assert 0 < words.counts()[0] < 200
    assert [source.state for source in job.sources] == [State.STOPPED, State.STOPPED]
    assert job.sources[1].articles == 0
