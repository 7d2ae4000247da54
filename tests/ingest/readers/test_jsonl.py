"""Article JSONL: every line on its own, every broken line named, memory bounded whatever comes."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ingest.readers.jsonl as jsonl
from ingest import Article, SourceError
from ingest.readers.jsonl import read_jsonl

Found = list[tuple[int, Article | SourceError]]


def lines_of(body: bytes, *, gzipped: bool = False) -> Found:
    return list(read_jsonl(io.BytesIO(gzip.compress(body) if gzipped else body), origin="news.jsonl", gzipped=gzipped))


def record(number: int) -> bytes:
    return json.dumps({"id": f"a{number}", "text": f"Story {number}."}).encode() + b"\n"


@pytest.mark.parametrize("gzipped", [False, True])
@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (b'{"text": "no end\n', "not JSON"),
        (b"plain words\n", "not JSON"),
        (b'["text"]\n', "not a JSON object"),
        (b"5\n", "not a JSON object"),
        (b'{"title": "no text"}\n', "no 'text'"),
        (b'{"text": "caf\xe9"}\n', "not UTF-8"),
        (b"[" * 100_000 + b"\n", "not JSON"),
        (b'{"text": ' + b"9" * 5000 + b"}\n", "JSON"),
        (b'{"text": "\\ud800"}\n', "no words"),
    ],
)
def test_a_broken_line_is_named_and_the_rest_is_read(broken: bytes, reason: str, gzipped: bool) -> None:
    found = lines_of(record(1) + b"\n" + broken + record(4), gzipped=gzipped)
    assert [number for number, _ in found] == [1, 3, 4]
    assert [item.id for _, item in found if isinstance(item, Article)] == ["a1", "a4"]
    assert reason in str(found[1][1])
    assert "\n" not in str(found[1][1])


def test_an_articles_origin_is_its_line() -> None:
    (_, article), *_ = lines_of(record(1))
    assert isinstance(article, Article)
    assert article.origin == "news.jsonl:1"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    found = lines_of(b"\xef\xbb\xbf" + record(1).replace(b"\n", b"\r\n") + record(2).rstrip())
    assert [item.id for _, item in found if isinstance(item, Article)] == ["a1", "a2"]


def test_utf_16_is_named_once_and_not_line_by_line() -> None:
    found = lines_of((record(1) + record(2)).decode().encode("utf-16"))
    assert len(found) == 1
    assert "UTF-16" in str(found[0][1])


def test_a_line_of_absurd_length_is_passed_over_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE", 3_000_000)
    for gzipped in (False, True):
        found = lines_of(record(1) + b'{"text": "' + b"x" * 4_000_000 + b'"}\n' + record(3), gzipped=gzipped)
        assert [number for number, _ in found] == [1, 2, 3]
        assert "longer than" in str(found[1][1])
        assert isinstance(found[2][1], Article)


def test_a_compressed_line_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE", 1_000_000)
    monkeypatch.setattr(jsonl, "_HOPELESS", 20_000_000)
    found = lines_of(record(1) + b"x" * 40_000_000, gzipped=True)
    assert [number for number, _ in found] == [1, 2]
    assert "the rest of the file is not read" in str(found[1][1])


@pytest.mark.parametrize("cut", [-1, -9, -60])
def test_what_stands_before_the_damage_in_a_gzip_file_is_read(cut: int) -> None:
    body = gzip.compress(b"".join(record(n) for n in range(1, 500)))
    found = list(read_jsonl(io.BytesIO(body[:cut]), origin="news.jsonl.gz", gzipped=True))
    assert sum(isinstance(item, Article) for _, item in found) > 400
    assert "damaged" in str(found[-1][1])


def test_several_gzip_members_in_one_file_are_one_text() -> None:
    body = gzip.compress(record(1)) + gzip.compress(record(2))
    found = list(read_jsonl(io.BytesIO(body), origin="x", gzipped=True))
    assert [item.id for _, item in found if isinstance(item, Article)] == ["a1", "a2"]


@pytest.mark.parametrize("body", [b"", b"\n\n  \n"])
def test_an_empty_file_is_named_as_such(body: bytes) -> None:
    ((_, problem),) = lines_of(body)
    assert "empty" in str(problem)


@given(st.lists(st.binary(max_size=60).map(lambda line: line.replace(b"\n", b""))))
def test_no_bytes_whatever_lose_the_good_line_behind_them(lines: list[bytes]) -> None:
    body = b"\n".join([b"{}", *lines, record(9)])
    found = lines_of(body)
    if not lines or not b"{}".startswith((b"\xff\xfe", b"\xfe\xff")):
        last = found[-1][1]
        assert isinstance(last, Article)
        assert last.id == "a9"
