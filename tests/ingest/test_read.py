"""Reading from files, folders, patterns and lists: everything once, in order, with its metadata."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import Article, Problem, Progress, read
from ingest.article import derived_id
from ingest.read import MAX_BYTES

TEXT = "Talks go on in Sochi\n\nThe ministers met on Monday."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of stories, with what else lies about in folders."""
    (tmp_path / "2015").mkdir()
    (tmp_path / "2015" / "2015-05-12-sochi.txt").write_text(TEXT)
    (tmp_path / "2015" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "notes.txt").write_text(TEXT)
    (tmp_path / ".hidden.txt").write_text(TEXT)
    (tmp_path / "a.md").write_text("---\ntitle: A\npublished: 2015-05-13\n---\nThe ministers left.")
    (tmp_path / "b.jsonl").write_text(
        "".join(json.dumps({"id": f"b{n}", "text": f"Story {n}."}) + "\n" for n in range(3))
    )
    (tmp_path / "LICENSE").write_text("free")
    (tmp_path / "style.css").write_text("p {}")
    return tmp_path


def articles(items: Iterator[Article | Problem]) -> list[Article]:
    found = list(items)
    assert [str(item) for item in found if isinstance(item, Problem)] == []
    return [item for item in found if isinstance(item, Article)]


def test_a_folder_is_read_through_in_the_order_of_names_without_hidden_and_unrelated_files(folder: Path) -> None:
    found = articles(read([folder]))
    assert [article.title or article.id for article in found] == ["Talks go on in Sochi", "A", "b0", "b1", "b2"]


def test_an_article_is_dated_by_its_document_then_by_its_name_and_never_by_the_clock(folder: Path) -> None:
    by_name, by_document, undated, *_ = articles(read([folder]))
    assert by_name.published == dt.date(2015, 5, 12)
    assert by_document.published == dt.date(2015, 5, 13)
    assert undated.published is None


def test_a_files_article_has_its_path_for_origin_and_its_id_from_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (article,) = articles(read(["2015/../2015/2015-05-12-sochi.txt"]))
    path = str((folder / "2015" / "2015-05-12-sochi.txt").resolve())
    assert article.origin == path
    assert article.id == derived_id(path)


def test_a_line_of_jsonl_has_its_number_in_its_origin(folder: Path) -> None:
    found = articles(read([folder / "b.jsonl"]))
    assert [article.origin for article in found] == [f"{(folder / 'b.jsonl').resolve()}:{n}" for n in (1, 2, 3)]


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    os.symlink(folder / "a.md", folder / "2015" / "the-same.md")
    assert len(articles(read([folder / "a.md", folder, str(folder / "*.md"), folder]))) == 5


def test_a_link_that_leads_in_circles_does_no_harm(folder: Path) -> None:
    os.symlink(folder, folder / "2015" / "up")
    assert len(articles(read([folder]))) == 5


@pytest.mark.parametrize(("pattern", "number"), [("*.md", 1), ("**/*.txt", 1), ("**", 5), ("20*", 1), ("[ab].*", 4)])
def test_a_pattern_stands_for_what_it_matches(folder: Path, pattern: str, number: int) -> None:
    assert len(articles(read([str(folder / pattern)]))) == number


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "[draft] story?.txt").write_text(TEXT)
    assert len(articles(read([tmp_path / "[draft] story?.txt"]))) == 1


def test_a_dash_stands_for_a_list_on_standard_input(folder: Path) -> None:
    listed = io.StringIO(f"{folder / 'a.md'}\n\n  {folder}/b.jsonl  \r\n-\n")
    *found, problem = read(["-"], stdin=listed)
    assert len(found) == 4
    assert isinstance(problem, Problem), "a list within the list cannot be read"


def test_one_path_may_be_given_without_a_list_around_it(folder: Path) -> None:
    assert len(articles(read(folder))) == 5  # type: ignore[arg-type]
    assert len(articles(read(str(folder)))) == 5


def test_gzipped_jsonl_is_read_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "The ministers met."}\n'))
    (article,) = articles(read([tmp_path]))
    assert article.text == "The ministers met."


def test_a_local_feed_gives_its_entries_without_a_look_at_the_network(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(
        "<rss version='2.0'><channel><title>The Herald</title>"
        "<item><title>One</title><link>https://herald.example/one</link><description>They met.</description></item>"
        "<item><title>Two</title><link>https://herald.example/two</link></item></channel></rss>"
    )
    program = (
        "import sys; from ingest import read\n"
        "print(*read(sys.argv[1:]), sep='\\n'); print('ingest.fetch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True)
    one, two, fetched = done.stdout.splitlines()
    assert "The Herald" in one
    assert "entry 2 (Two): the entry has no text; give the feed's address" in two
    assert fetched == "False"


def test_reading_is_lazy(folder: Path) -> None:
    stream = read([folder])
    next(stream)
    (folder / "a.md").write_text("Changed before it was reached.")
    assert any(isinstance(item, Article) and item.text == "Changed before it was reached." for item in stream)


def test_reading_text_loads_none_of_the_libraries_for_other_formats(folder: Path) -> None:
    program = "import sys; from ingest import read; list(read(sys.argv[1:])); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program, folder / "2015", folder / "b.jsonl"], capture_output=True, text=True, check=True
    )
    heavy = {
        "trafilatura",
        "pypdf",
        "docx",
        "feedparser",
        "httpx2",
        "httpcore2",
        "lxml",
        "yaml",
        "markdown_it",
        "charset_normalizer",
        "nupunkt",
    }
    assert not heavy & set(done.stdout.split())


def test_progress_counts_the_bytes_of_local_files_to_the_end(folder: Path) -> None:
    told: list[Progress] = []
    articles(read([folder], progress=told.append))
    size = sum(
        path.stat().st_size for path in (folder / "a.md", folder / "b.jsonl", folder / "2015" / "2015-05-12-sochi.txt")
    )
    assert {report.unit for report in told} == {"bytes"}
    assert {report.total for report in told} == {size}
    assert [report.done for report in told] == sorted(report.done for report in told)
    assert (told[0].done, told[-1].done, told[-1].current) == (0, size, "")
    assert [report.current for report in told[:-1]] == [
        str((folder / name).resolve()) for name in ("2015/2015-05-12-sochi.txt", "a.md", "b.jsonl")
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_progress_moves_within_a_large_file(tmp_path: Path, packed: bool) -> None:
    body = b"".join(json.dumps({"text": f"Story {n} {os.urandom(2000).hex()}"}).encode() + b"\n" for n in range(400))
    path = tmp_path / ("a.jsonl.gz" if packed else "a.jsonl")
    path.write_bytes(gzip.compress(body, 1) if packed else body)
    told: list[Progress] = []
    articles(read([path], progress=told.append))
    assert len({report.done for report in told}) > 4
    assert all(report.done <= report.total for report in told)


def test_the_limit_for_a_document_is_as_stated(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words " * 10)
    assert len(articles(read([tmp_path], max_bytes=60))) == 1
    (problem,) = read([tmp_path], max_bytes=59)
    assert "limit" in str(problem)
    assert MAX_BYTES == 50_000_000
