"""One bad record never loses a good one: whatever a reader, a parser or a rule raises is a problem of that record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from ingest import Article, Problem, SourceError, read
from ingest.readers.base import Document, Source, attempt
from ingest.readers.registry import by_suffix

GOOD = "The town of Tidewick met in May and opened its quay."


class Raising:
    """A reader that finds one document and then raises."""

    name = "plain text"
    suffixes = (".txt",)
    media_types = frozenset({"text/plain"})

    def __init__(self, error: Exception) -> None:
        self._error = error

    def recognises(self, head: bytes) -> bool:
        return False

    def read(self, body: BinaryIO, source: Source) -> Iterator[Document]:
        yield Document(text=GOOD)
        raise self._error


@pytest.mark.parametrize(
    "error",
    [ValueError("odd"), RecursionError(), MemoryError(), KeyError("x"), StopIteration(), NotImplementedError()],
    ids=lambda error: type(error).__name__,
)
def test_whatever_a_reader_raises_is_a_problem_of_its_file_and_what_came_before_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setitem(by_suffix(), ".text", Raising(error))  # type: ignore[index]
    for name in ("a.txt", "b.text", "c.txt"):
        (tmp_path / name).write_text(GOOD)
    first, before, problem, last = read([tmp_path])
    assert isinstance(problem, Problem)
    assert problem.source == str(tmp_path / "b.text")
    assert problem.remedy
    assert [item.text for item in (first, before, last) if isinstance(item, Article)] == [GOOD] * 3


def test_an_attempt_keeps_an_error_of_ours_as_it_is_and_leaves_the_operating_systems_to_whoever_opened_the_file() -> (
    None
):
    ours = SourceError("it is upside down", remedy="turn it")

    def fail(error: Exception) -> None:
        raise error

    assert attempt(fail, ours) is ours
    with pytest.raises(FileNotFoundError):
        attempt(fail, FileNotFoundError())


BAD_RECORDS: list[object] = [
    {"text": GOOD, "authors": [["x"]]},
    {"text": GOOD, "authors": [{"name": "x"}]},
    {"text": GOOD, "authors": 7},
    {"text": GOOD, "title": ["x"]},
    {"text": GOOD, "id": [1]},
    {"text": GOOD, "url": {"a": 1}},
    {"text": [GOOD]},
    {"text": None},
    [],
    7,
]


@pytest.mark.parametrize("record", BAD_RECORDS, ids=lambda record: json.dumps(record)[:60])
def test_a_line_with_a_bad_field_costs_no_other_line(tmp_path: Path, record: object) -> None:
    lines = [{"text": f"{GOOD} Before."}, record, {"text": f"{GOOD} After."}]
    (tmp_path / "x.jsonl").write_text("\n".join(map(json.dumps, lines)))
    before, problem, after = read([tmp_path])
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert isinstance(problem, Problem)
    assert problem.source.endswith("x.jsonl:2")


def test_a_number_of_thousands_of_digits_costs_no_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.md").write_text(f"---\nid: 0x{'f' * 6000}\n---\n\n{GOOD} More.")
    (tmp_path / "c.txt").write_text(f"{GOOD} Later.")
    first, _, last = read([tmp_path])
    assert isinstance(first, Article)
    assert isinstance(last, Article)


def test_an_entry_that_cannot_be_read_costs_no_other_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.readers import feed

    def words(detail: dict[str, str]) -> str:
        if "upside down" in detail.get("value", ""):
            raise ValueError("odd")
        return detail.get("value", "")

    monkeypatch.setattr(feed, "_words", words)
    items = "".join(
        f"<item><title>{t}</title><description>{GOOD} {t}</description></item>" for t in ("a", "upside down", "c")
    )
    (tmp_path / "feed.xml").write_text(f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>')
    first, problem, last = read([tmp_path])
    assert isinstance(problem, Problem)
    assert problem.source.endswith("feed.xml, entry 2")
    assert isinstance(first, Article)
    assert isinstance(last, Article)
