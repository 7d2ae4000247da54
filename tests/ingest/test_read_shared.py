"""Other people's pages, feeds and articles, where they are at hand: all of them are read, or fail with a reason."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from paths import SHARED

from ingest import Article, Problem, chunk, read
from ingest.readers.html import fragment_text

DATA = SHARED
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the measuring data of ../shared is not here")

#: What a person sees on these pages; None where the page does not say.
DATES = {
    "befifty.montauk.html": dt.date(2019, 6, 17),
    "blog.wordpress.com.diverse.html": dt.date(2019, 6, 19),
    "boingboing.net.millenials.html": dt.date(2013, 7, 19),
    "caktusgroup.com.django.html": dt.date(2015, 6, 8),
    "creativecommons.org.html": None,
    "dw.com.colonial.html": dt.date(2020, 1, 19),
    "dw.com.uncork.html": dt.date(2013, 6, 10),
    "en.wikipedia.org.tsne.html": dt.date(2013, 6, 23),
    "github.blog.spiceland.html": dt.date(2019, 3, 29),
    "knowtechie.com.rally.html": dt.date(2019, 8, 21),
    "kulu-media.com.meta-outage.html": dt.date(2026, 6, 12),
    "lemire.me.json.html": dt.date(2019, 8, 2),
    "luxuriousmagazine.com.polo.html": dt.date(2019, 6, 5),
    "mercurynews.com.2023.01.16.letters-1119.html": dt.date(2023, 1, 17),  # 16 January where it was written
    "nationalgeographic.co.uk.goats.html": dt.date(2020, 1, 3),
}


def test_every_page_is_read_with_title_address_and_its_own_date() -> None:
    found = list(read([DATA / "html-pages"]))
    assert [str(item) for item in found if isinstance(item, Problem)] == []
    pages = {Path(item.origin).name: item for item in found if isinstance(item, Article)}
    assert {name: page.day for name, page in pages.items()} == DATES
    for page in pages.values():
        assert page.title
        assert page.url
        assert page.source
        assert "<" not in page.title
        assert page.text.count("\n\n") >= 2, "the text is in paragraphs"
        assert not page.text.startswith(page.title)


def test_every_feed_is_read_or_fails_with_a_reason() -> None:
    found = list(read([DATA / "feeds"]))
    files = {Path(item.origin if isinstance(item, Article) else item.source.split(", entry")[0]).name for item in found}
    assert files == {path.name for path in (DATA / "feeds").iterdir()}
    for item in found:
        if isinstance(item, Problem):
            assert item.reason in (
                "the feed has no entries",
                "the entry has no text",
                "it is XML but neither an RSS nor an Atom feed",
            )
        else:
            assert not item.text.startswith("<")


def test_every_line_of_an_article_file_is_read() -> None:
    found = list(read([DATA / "realtimeqa-dev" / "articles.jsonl.gz"]))
    assert len(found) == 4500
    assert all(isinstance(item, Article) for item in found)
    assert len({item.id for item in found if isinstance(item, Article)}) == 4500


def test_naughty_strings_are_read_as_text_titles_and_names_and_their_chunks_still_fit(tmp_path: Path) -> None:
    strings = json.loads((DATA / "adversarial" / "naughty-strings.json").read_text("utf-8"))
    strings += (DATA / "adversarial" / "xss.txt").read_text("utf-8").splitlines()
    lines = [
        json.dumps(
            {
                "title": text[:2000],
                "source": text[:2000],
                "authors": [text[:2000]],
                "url": text[:2000],
                "text": f"words {text}",
            }
        )
        for text in strings
    ]
    (tmp_path / "naughty.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = list(read([tmp_path]))
    assert len(found) == len(strings)
    for item in found:
        assert isinstance(item, Article), str(item)
        assert "".join(part.span.of(item.text) for part in chunk(item)) == item.text
        assert item.url == "" or item.url.lower().startswith("http")
    for text in strings:
        fragment_text(text)


def test_naughty_strings_as_files_of_every_text_format_are_read_or_fail_with_a_reason(tmp_path: Path) -> None:
    strings = json.loads((DATA / "adversarial" / "naughty-strings.json").read_text("utf-8"))
    for number, text in enumerate(strings[::3]):
        for suffix in ("txt", "md", "html", "xml", "jsonl"):
            (tmp_path / f"{number}.{suffix}").write_text(text, encoding="utf-8")
    for item in read([tmp_path]):
        assert isinstance(item, Article) or str(item).isprintable()
