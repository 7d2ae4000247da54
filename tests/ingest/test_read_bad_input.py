"""Bad input: one line for each, which says what, which and what to do; and everything else is read."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import Article, Problem, read

GOOD = "The ministers met on Monday."
PAGE = f"<!doctype html><html><body><article><h1>Talks</h1><p>{GOOD}</p></article></body></html>".encode()
PDF = b"%PDF-1.7\n1 0 obj\n"
ZIP = b"PK\x03\x04" + b"\x00" * 40


def word_document() -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph(GOOD)
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "what", "remedy"),
    [
        ("empty.txt", b"", "it is empty", "has words"),
        ("blank.md", b" \n\n ", "it is empty", "has words"),
        ("no-words.txt", b"--- *** ---", "it has no text", "has words"),
        ("empty.jsonl", b"", "it is empty", "has words"),
        ("binary.txt", bytes(range(256)) * 20, "it is binary data", "UTF-8"),
        ("pdf.txt", PDF, "its name says plain text but it is PDF", "rename it to end in .pdf"),
        ("word.md", word_document(), "its name says Markdown but it is ZIP", "rename it to end in .docx"),
        ("page.txt", PAGE, "its name says plain text but it is HTML", "rename it to end in .html"),
        ("page.xml", PAGE, "its name says a feed but it is HTML", "rename it to end in .html"),
        ("page.pdf", PAGE, "its name says PDF but it is HTML", "rename it to end in .html"),
        ("text.pdf", GOOD.encode(), "its name says PDF but it is not", "extension"),
        ("text.docx", GOOD.encode(), "its name says DOCX but it is not", "extension"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "it is a PNG picture", "as a .txt file"),
        (
            "old.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50,
            "an old or an encrypted Office document",
            "as a .txt file",
        ),
        ("packed.jsonl", b"\x1f\x8b\x08\x00" + b"\x00" * 20, "its name says article JSONL but it is gzip", ".jsonl.gz"),
        ("unpacked.jsonl.gz", b'{"text": "words"}\n', "its name says gzipped article JSONL but it is not", "extension"),
        ("broken.pdf", PDF, "it is a damaged PDF", "save it anew"),
        ("broken.docx", ZIP, "it is a damaged Word document", "save it anew"),
        (
            "front-page.html",
            b"<html><body><a href=/a>World</a></body></html>",
            "no article is found",
            "address of an article",
        ),
        (
            "catalogue.xml",
            b"<?xml version='1.0'?><books><book>One</book></books>",
            "neither an RSS nor an Atom feed",
            "give a feed",
        ),
        ("lying.txt", b"\xff\xfeodd", "byte order mark", "save it as UTF-8"),
        ("front.md", b"---\ntitle: [\n---\nwords", "front matter is not valid YAML", "correct or remove it"),
        ("notes.doc", b"words", "files of the type .doc are not read", "save it as .docx"),
        ("data.json", b"[]", "files of the type .json are not read", "as .jsonl"),
        ("story.tar.gz", b"\x1f\x8b", "files of the type .tar.gz are not read", "unpack it"),
        ("story", b"words", "its name has no extension", "give .docx, .html, .jsonl"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason_and_the_remedy(
    tmp_path: Path, name: str, content: bytes, what: str, remedy: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zz-good.txt").write_text(GOOD)
    for sources in ([tmp_path], [tmp_path / name, tmp_path / "zz-good.txt"]):
        problem, good = read(sources)
        assert isinstance(problem, Problem)
        assert str(problem).startswith(f"{tmp_path / name}: ")
        assert what in problem.reason
        assert remedy in problem.remedy
        assert isinstance(good, Article)
        assert good.text == GOOD


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("nowhere.txt", "there is no such file or folder"),
        ("nowhere/*.txt", "no file matches the pattern"),
        ("good.txt/below.txt", "there is no such file or folder"),
        ("", "the name of the source is empty"),
        ("  ", "the name of the source is empty"),
        ("with\0null.txt", "it cannot be read"),
        ("x" * 5000, "it cannot be read"),
        ("ftp://herald.example/a", "ftp addresses are not read"),
        ("file:///etc/passwd", "file addresses are not read"),
        ("/dev/zero", "it is not a regular file"),
    ],
)
def test_a_source_that_is_none_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, reason: str
) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    problem, good = read([source, "good.txt"])
    assert isinstance(problem, Problem)
    assert reason in str(problem)
    assert isinstance(good, Article)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (problem,) = read([tmp_path / "pipe.txt"])
    assert "not a regular file" in str(problem)


def test_a_link_to_nowhere_in_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    os.symlink(tmp_path / "gone.txt", tmp_path / "broken.txt")
    os.symlink("itself.txt", tmp_path / "itself.txt")
    first, _, last = read([tmp_path])
    assert isinstance(first, Problem)
    assert "no such file" in str(first)
    assert isinstance(last, Problem)


def test_a_folder_without_anything_to_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    (problem,) = read([tmp_path])
    assert "holds no file that can be read" in str(problem)


def test_a_file_that_may_not_be_read_is_named() -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to everybody else
        os.chmod(folder, 0o755)
        path = Path(folder, "secret.txt")
        path.write_text(GOOD)
        path.chmod(0)
        if os.getuid() == 0:
            os.seteuid(65534)  # root may read everything
        try:
            (problem,) = read([path])
        finally:
            os.seteuid(os.getuid())
    assert "permission denied" in str(problem)


def test_a_file_of_200_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    with open(tmp_path / "huge.txt", "wb") as stream:
        stream.truncate(200_000_000)
    (problem,) = read([tmp_path / "huge.txt"])
    assert str(problem).endswith("huge.txt: it is 200 MB, and the limit for one document is 50 MB; split it")


def test_jsonl_may_be_larger_than_the_limit_for_one_document(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text("".join(f'{{"text": "Story {n}."}}\n' for n in range(500)))
    assert sum(isinstance(item, Article) for item in read([tmp_path], max_bytes=1000)) == 500


def test_a_broken_line_of_jsonl_is_named_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text('{"text": "One."}\n{"text": "Two.\n{"text": "Three."}\n')
    one, problem, three = read([tmp_path])
    assert isinstance(one, Article)
    assert isinstance(three, Article)
    assert str(problem).startswith(f"{tmp_path / 'news.jsonl'}:2: the line is not JSON")


def test_a_swollen_word_document_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    (problem,) = read([tmp_path])
    assert "too large when unpacked" in str(problem)


@pytest.mark.parametrize(
    "name",
    ["line\nbreak.txt", "bell\x07.txt", "\u202egnp.txt", "esc\x1b[31m.txt", "ünïcode 日本 .txt", "-rf.txt", "a  b.txt"],
)
def test_a_file_name_of_any_kind_is_read_and_shown_on_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(GOOD)
    (article,) = read([tmp_path])
    assert isinstance(article, Article)
    (tmp_path / name).write_bytes(b"")
    (problem,) = read([tmp_path])
    shown = str(problem)
    assert shown.isprintable()
    assert shown.endswith(": it is empty; give a document that has words")


def test_a_file_name_that_is_no_unicode_is_read_and_told_from_its_neighbour(tmp_path: Path) -> None:
    for name in (b"caf\xe9.txt", b"caf\xe8.txt"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as stream:
            stream.write(GOOD.encode())
    found = list(read([tmp_path]))
    assert all(isinstance(item, Article) for item in found)
    assert len({item.id for item in found if isinstance(item, Article)}) == 2
    for item in found:
        str(item).encode("utf-8")


@given(st.text(max_size=40).filter(lambda source: source.strip() not in ("-", ".", "..", "/", "~", "*", "**")))
def test_no_source_whatever_breaks_reading(source: str) -> None:
    if "/" not in source and "*" not in source and "?" not in source:  # else it may name half the disk
        for item in read([source]):
            assert isinstance(item, Article | Problem)


@given(st.text(), st.text(), st.text())
def test_a_problem_is_one_line_whatever_is_in_it(source: str, reason: str, remedy: str) -> None:
    assert str(Problem(source=source, reason=reason, remedy=remedy)).isprintable()
