"""What is larger, deeper or more than news ever is: shortened or refused in a line, and never waited for."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import Article, Problem, SourceError, read
from ingest.chunk import sentences
from ingest.limits import MAX_TEXT, bounded
from ingest.readers.feed import read_feed
from ingest.readers.front_matter import front_matter
from ingest.readers.html import read_html
from ingest.readers.jsonl import read_jsonl
from ingest.readers.markdown import read_markdown

SENTENCE = "The mayor of Tarn said that the lake had fallen by a metre since the spring. "


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("a: &a [x]\nb: *a", "has an alias"),
        ("<<: {a: b}", "has a merge key"),
        ("title: !!python/name:os.system x", "has a tag"),
        ("title: !x y", "has a tag"),
        ("a: " + "[" * 21 + "]" * 21, "is nested too deeply"),
        ("- " * 5000, "is nested too deeply"),
        ("key: value\n" * 2000, "is larger than 16 KB"),
        ("title: [", "is not valid YAML"),
    ],
)
def test_front_matter_beyond_its_limits_is_refused_with_the_reason(head: str, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        front_matter(f"---\n{head}\n---\n\n{SENTENCE}")


def test_front_matter_holds_scalars_and_flat_lists_of_them_and_what_is_deeper_is_passed_over() -> None:
    head = (
        "Title: Lake\ntags: [a, 7, [b]]\nauthors:\n  - name: Ann Mori\n  - Lee Oka\nseo: {x: {y: z}}\nid: 0x"
        + "f" * 6000
    )
    fields, text = front_matter(f"---\n{head}\ndraft: no\n---\n{SENTENCE}")
    assert text == SENTENCE
    assert fields["title"] == "Lake"
    assert fields["tags"] == ["a", 7]
    assert fields["authors"] == ["Ann Mori", "Lee Oka"]
    assert fields["seo"] is None
    assert isinstance(fields["id"], str)  # too long for a number
    assert fields["draft"] is False


@pytest.mark.timeout(120)
def test_brackets_before_a_long_paragraph_are_text_and_links_are_still_links() -> None:
    found = read_markdown(f"{'[' * 300} {SENTENCE * 20_000}\n\nSee [the lake](https://tarn.example/).".encode())
    assert found.text.startswith("[[[")
    assert found.text.endswith("See the lake.")


def test_two_rules_with_much_text_between_them_are_no_front_matter() -> None:
    text = f"---\n\n{SENTENCE * 400}\n\n---\n\nThe end."
    assert front_matter(text) == ({}, text)


@given(st.text(alphabet="ab1 \n?!.-…", max_size=80), st.integers(0, 300), st.integers(0, 300))
def test_bounding_keeps_every_letter_and_digit_and_bounds_every_run(text: str, marks: int, spaces: int) -> None:
    long = text.replace("?", "?" * marks).replace(" ", " " * spaces)
    found = bounded(long)
    assert [c for c in found if c.isalnum()] == [c for c in long if c.isalnum()]
    assert "?" * 121 not in found
    assert " " * 121 not in found
    assert bounded(found) == found


def test_what_prose_has_is_left_as_it_is() -> None:
    text = f"Head\n{'=' * 100}\n\n{SENTENCE}… “So?!” — {'. ' * 90}12"
    assert bounded(text) == text


def test_a_run_that_is_cut_ends_as_it_ended() -> None:
    assert bounded(f"One{'?! ' * 2000}\n\nTwo").endswith("\n\nTwo")


@pytest.mark.parametrize(
    "body",
    [
        f"<p>a{' ' * 100_000}b</p>",
        f"<p {' '.join(f'a{n}=1' for n in range(50_000))}>x</p>",
        f"<p title='a>b' {' '.join(f'a{n}' for n in range(50_000))}>x</p>",
        f"<p title='a<b' {' '.join(f'a{n}' for n in range(50_000))}>x</p>",
        f'<p a" {" ".join(f"a{n}" for n in range(50_000))} b">x</p>',
        f"<p>{'?' * 100_000}</p>",
    ],
    ids=[
        *("spaces", "attributes", "attributes after a quoted bracket", "attributes after a quoted opening bracket"),
        *("attributes between stray quotation marks", "question marks"),
    ],
)
def test_a_page_with_a_long_run_of_anything_is_read(body: str) -> None:
    page = f"<html><head><title>Lake</title></head><body><article>{body}<p>{SENTENCE * 6}</p></article></body></html>"
    began = time.process_time()
    assert SENTENCE.strip() in read_html(page.encode()).text
    assert time.process_time() - began < 10  # where the parser compares each attribute with all others: over 20


def test_an_element_with_a_long_attribute_keeps_it() -> None:
    picture = f'<img alt="a" src="data:image/png;base64,{"Ab1+" * 5000}">'
    link = f'<a class="{"b " * 300}" href="/x">The ferry was late</a>'
    page = f"<html><body><article><p>{SENTENCE * 6} {link} {picture}</p></article></body></html>"
    assert "The ferry was late" in read_html(page.encode()).text


def test_a_page_of_too_many_elements_is_refused() -> None:
    with pytest.raises(SourceError, match="more than 60,000 elements"):
        read_html(f"<html><body>{'<br>' * 60_001}<p>{SENTENCE}</p></body></html>".encode())


def test_a_feed_of_far_more_tags_than_its_entries_need_is_refused() -> None:
    entry = f"<item><title>Lake</title><description>{SENTENCE}</description></item>"
    many = f"<rss><channel>{entry * 6_000}</channel></rss>".encode()
    assert len(read_feed(many, address="x")) == 5_001  # the last says that there are more
    with pytest.raises(SourceError, match="more tags than its entries need"):
        read_feed(f"<rss><channel><item><title>{'<b>' * 60_011}</item></channel></rss>".encode(), address="x")


@pytest.mark.parametrize("block", ["# a\n", "- a\n", "a\n\n"])
def test_markdown_of_more_blocks_than_any_book_is_refused(block: str) -> None:
    with pytest.raises(SourceError, match="more than 30,000 headings, items, rows and paragraphs"):
        read_markdown((block * 30_001).encode())


def test_what_has_no_white_space_for_longer_than_any_word_is_cut_before_its_sentences_are_looked_for() -> None:
    text = f"{SENTENCE}{'No,(!' * 40_000} {SENTENCE}"
    began = time.process_time()
    found = sentences(text)
    assert time.process_time() - began < 10  # where the splitter looks back to the beginning: over a minute
    assert found[0].of(text) == SENTENCE.strip()
    assert found[-1].of(text).endswith(SENTENCE.strip())
    assert "".join("".join(one.of(text).split()) for one in found) == "".join(text.split())


def test_a_paragraph_of_many_sentences_in_two_scripts_is_split_in_proportion_to_its_length() -> None:
    began = time.process_time()
    assert len(sentences("湖水下降了一米。 Yes. " * 30_000)) == 60_000
    assert time.process_time() - began < 20  # where each sentence looks through all stops: a minute


@pytest.mark.parametrize("bracket", ["![", "[a", "[a]["])
def test_brackets_without_end_are_text_and_links_elsewhere_stay_links(bracket: str) -> None:
    document = read_markdown(f"{bracket * 40_000}\n\n{SENTENCE} [See](https://lake.example/a) it.".encode())
    assert document.text.endswith(f"{SENTENCE} See it.")


def test_compressed_articles_unpack_no_further_than_a_hundred_times_their_size() -> None:
    line = json.dumps({"text": SENTENCE}) + "\n"
    packed = gzip.compress(line.encode() + (b" " * 1000 + b"\n") * 60_000, compresslevel=1)
    (_, first), (_, problem) = read_jsonl(io.BytesIO(packed), origin="x", gzipped=True)
    assert isinstance(first, Article)
    assert "unpacks to more than 100 times its size" in str(problem)


def test_a_file_of_too_many_articles_is_read_to_the_limit_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.readers.jsonl.MAX_ARTICLES", 2)
    (tmp_path / "x.jsonl").write_text("".join(json.dumps({"text": f"{SENTENCE} {n}"}) + "\n" for n in range(4)))
    first, second, problem = read([tmp_path])
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert "nothing after line 2 is read" in str(problem)


@pytest.mark.parametrize("name", ["x.txt", "x.jsonl"])
def test_a_text_longer_than_any_article_is_refused(tmp_path: Path, name: str) -> None:
    text = SENTENCE * (MAX_TEXT // len(SENTENCE) + 1)
    (tmp_path / name).write_text(json.dumps({"text": text}) if name.endswith("l") else text)
    (problem,) = read([tmp_path])
    assert isinstance(problem, Problem)
    assert "the limit for one article is 4,000,000" in problem.reason


def test_a_word_document_that_unpacks_to_far_more_than_text_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:p/>" * 4_000_000)
    (problem,) = read([tmp_path])
    assert "too large when unpacked" in str(problem)


def test_a_feeds_author_of_brackets_is_no_author_and_costs_no_entry(tmp_path: Path) -> None:
    item = f"<item><title>Lake</title><author>{'(' * 50_000}</author><description>{SENTENCE}</description></item>"
    (tmp_path / "x.xml").write_text(f'<rss version="2.0"><channel><title>News</title>{item}</channel></rss>')
    (article,) = read([tmp_path])
    assert isinstance(article, Article)
    assert article.authors == ()
