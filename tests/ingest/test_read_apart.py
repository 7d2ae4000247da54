"""Reading in workers: the same articles in the same order, and whatever one document does costs that one alone."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hostile import endless_pdf

from ingest import Article, Problem, Progress, read
from ingest.read import Options, Workers, read_apart
from ingest.workers.limits import Allowance
from ingest.workers.pool import Pool
from vectorstore.archive.prepared import Prepared, prepare, prepared

SENTENCE = "The mayor of Tarn said on Monday that the lake had fallen by a metre since the spring."


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(12):
        (inbox / f"{number:02}.txt").write_text(f"{SENTENCE} It was number {number}.")
    (inbox / "05.md").write_text("---\ntitle: [\n---\nwords")
    lines = [json.dumps({"text": f"{SENTENCE} Line {number}."}) for number in range(120)]
    (inbox / "06.jsonl").write_text("\n".join([*lines[:60], "{", *lines[60:]]))
    return inbox


def test_what_workers_read_is_what_this_process_reads_in_the_same_order(inbox: Path) -> None:
    here = [item if isinstance(item, Problem) else prepare(item) for item in read([inbox])]
    seen: list[Progress] = []
    for count in (1, 3):
        with Pool(count) as pool:
            apart = list(read_apart([inbox], Workers(pool=pool, then=prepared), progress=seen.append))
        assert apart == here
    assert len(here) == 12 + 1 + 121
    assert seen[-1].done == seen[-1].total


def test_an_article_that_is_not_wanted_comes_as_it_was_read(inbox: Path) -> None:
    with Pool(1) as pool:
        workers = Workers(pool=pool, then=prepared, wanted=lambda article: "number 3" in article.text)
        found = list(read_apart([inbox / "02.txt", inbox / "03.txt"], workers))
    assert [type(item) for item in found] == [Article, Prepared]


@pytest.mark.skipif(sys.platform != "linux", reason="limits are the system's")
def test_a_file_that_takes_too_long_is_one_line_and_those_beside_it_are_read(tmp_path: Path) -> None:
    names = ("a.txt", "b.txt", "c.txt")
    for name in names:
        (tmp_path / name).write_text(f"{SENTENCE} {name}")
    # A million sentences, each read for who says what in it.
    (tmp_path / "b.txt").write_text(f"{SENTENCE} " * 40_000)
    with Pool(1, Allowance(seconds=1)) as pool:
        first, problem, last = read_apart([tmp_path], Workers(pool=pool, then=prepared))
    assert isinstance(first, Prepared)
    assert isinstance(last, Prepared)
    assert isinstance(problem, Problem)
    assert str(problem).startswith(f"{tmp_path / 'b.txt'}: it took longer than 1 s to read; ")


@pytest.mark.skipif(sys.platform != "linux", reason="limits are the system's")
def test_a_small_pdf_of_a_hundred_thousand_operations_on_one_page_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(endless_pdf())
    (tmp_path / "b.txt").write_text(SENTENCE)
    assert (tmp_path / "a.pdf").stat().st_size < 40_000
    with Pool(1, Allowance(seconds=1)) as pool:
        problem, good = read_apart([tmp_path], Workers(pool=pool, then=prepared))
    assert isinstance(problem, Problem)
    assert str(problem).startswith(f"{tmp_path / 'a.pdf'}: it took longer than 1 s to read; ")
    assert isinstance(good, Prepared)


def test_an_uploaded_file_is_called_as_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "b.odt").write_text(SENTENCE)
    (tmp_path / "c.md").write_text("---\ntitle: [\n---\nwords")
    with Pool(1) as pool:
        workers = Workers(pool=pool, then=prepared)
        read_as = {
            name: list(read_apart([tmp_path / name], workers, Options(uploaded_as="my file")))
            for name in ("a.txt", "b.odt", "c.md")
        }
    (made,) = read_as["a.txt"]
    assert isinstance(made, Prepared)
    assert made.article.origin == "my file"
    assert {chunk.article_id for chunk in made.chunks} == {made.article.id}
    assert all(problem.source == "my file" for name in ("b.odt", "c.md") for problem in read_as[name])


def test_a_link_out_of_the_folder_is_named_and_not_followed_unless_that_is_asked_for(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / "deep").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.txt").write_text(f"{SENTENCE} Secret.")
    (inside / "own.txt").write_text(f"{SENTENCE} Own.")
    (inside / "deep" / "file.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "again.txt").symlink_to(inside / "own.txt")
    for source in (str(inside), f"{inside}/**/*.txt", f"{inside}/*"):
        found = list(read([source]))
        assert [item.text for item in found if isinstance(item, Article)] == [f"{SENTENCE} Own."]
        links = [item for item in found if isinstance(item, Problem)]
        assert links
        assert all("is a link that leads out of the folder; " in str(problem) for problem in links)
        followed = [item for item in read([source], follow_links=True) if isinstance(item, Article)]
        assert {item.text for item in followed} == {f"{SENTENCE} Own.", f"{SENTENCE} Secret."}
    (named,) = read([inside / "deep" / "file.txt"])  # what is named itself was meant
    assert isinstance(named, Article)
    (linked,) = (item for item in read([inside / "folder"]) if isinstance(item, Article))
    assert linked.text == f"{SENTENCE} Secret."
