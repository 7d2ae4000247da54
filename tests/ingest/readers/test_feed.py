"""RSS and Atom: entries with their words, people and dates; and feeds that mean harm."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ingest.errors import SourceError
from ingest.readers.base import Document
from ingest.readers.feed import looks_like_a_feed, read_feed

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Herald</title><link>https://herald.example/</link>
<item><title>Talks &amp; more talks</title><link>/world/sochi</link><guid>1</guid>
  <pubDate>Tue, 12 May 2015 10:15:00 +0300</pubDate><dc:creator>Jane Doe</dc:creator>
  <description>Short.</description>
  <content:encoded><![CDATA[<p>They <b>met</b>.</p><p>They left.</p><script>x()</script>]]></content:encoded></item>
<item><title>Without text</title><link>https://herald.example/2015/05/13/next</link></item>
<item><description>Without &lt;i&gt;title&lt;/i&gt;, AT&amp;amp;T said.</description>
  <author>desk@herald.example (News Desk)</author><pubDate>2015</pubDate></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title>
<entry><id>tag:1</id><title type="text">1 &lt; 2</title><link href="https://post.example/one"/>
<updated>2015-05-14T00:00:00Z</updated><published>2015-05-12T00:00:00Z</published>
<author><name>Jane Doe</name></author><author><name>John Smith</name></author>
<content type="html">&lt;p&gt;One is less.&lt;/p&gt;</content></entry>
<entry><id>tag:2</id><title>Two</title><updated>2015-05-14T00:00:00Z</updated><summary>Only updated.</summary></entry>
</feed>"""


def test_an_rss_item_gives_its_words_people_date_and_publisher() -> None:
    first, second, third = read_feed(RSS, address="https://herald.example/rss")
    document = first
    assert (document.title, document.source) == ("Talks & more talks", "The Herald")
    assert document.text == "They met.\n\nThey left."
    assert document.url == "https://herald.example/world/sochi"
    assert document.authors == ("Jane Doe",)
    assert document.published == dt.datetime.fromisoformat("2015-05-12T10:15:00+03:00")
    assert (second.text, second.published) == ("", dt.date(2015, 5, 13))
    assert third.text == "Without title, AT&T said."
    assert third.authors == ("News Desk",)
    assert third.published is None, "a year alone names no day"


def test_an_atom_entry_is_dated_by_its_publication_and_else_by_its_update() -> None:
    first, second = read_feed(ATOM.encode(), address="feed.atom")
    assert first.published == dt.datetime(2015, 5, 12, tzinfo=dt.UTC)
    assert second.published == dt.datetime(2015, 5, 14, tzinfo=dt.UTC)
    assert first.authors == ("Jane Doe", "John Smith")
    assert (first.title, first.text) == ("1 < 2", "One is less.")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "windows-1251"])
def test_a_feed_is_read_in_any_encoding_that_it_declares(encoding: str) -> None:
    body = ATOM.replace("utf-8", encoding).replace("One is less", "Один меньше").encode(encoding)
    assert looks_like_a_feed(body)
    assert read_feed(body, address="feed.atom")[0].text == "Один меньше."


def test_entries_that_share_a_link_are_told_apart() -> None:
    items = "".join(
        f"<item><title>T{n}</title><link>https://a.example/</link><description>Text {n}.</description></item>"
        for n in range(3)
    )
    entries = read_feed(f"<rss><channel>{items}</channel></rss>".encode(), address="/x.xml")
    assert len({entry.identity for entry in entries}) == 3


def test_a_link_that_is_not_of_the_web_is_dropped() -> None:
    body = (
        b"<rss><channel><item><link>javascript:alert(1)</link><description>Words.</description></item></channel></rss>"
    )
    assert read_feed(body, address="/x.xml")[0].url == ""


def item(text: str, entities: str = "") -> bytes:
    head = f"<!DOCTYPE rss [{entities}]>" if entities else ""
    return f"{head}<rss><channel><item><description>{text}</description></item></channel></rss>".encode()


def bomb(levels: int) -> bytes:
    entities = '<!ENTITY a0 "words words">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels)
    )
    return item(f"&a{levels - 1};", entities)


@pytest.mark.parametrize(
    "body",
    [
        bomb(9),
        b'<?xml version="1.0" encoding="utf-16"?>'.decode().encode("utf-16") + bomb(9).decode().encode("utf-16-le"),
        item("&a;" * 3000, f'<!ENTITY a "{"x" * 100_000}">'),
        item("&a;", '<!ENTITY a "x">'),
        item("Words &a;.", '<!ENTITY a SYSTEM "file:///etc/passwd">'),
        b'<?xml version="1.0" encoding="UTF-7"?>' + item("&a;").replace(b"<rss>", b'+ADwAIQ-ENTITY a "x"><rss>'),
    ],
    ids=["a billion words", "the same in UTF-16", "a long one, often", "a harmless one", "a file", "UTF-7"],
)
def test_a_feed_with_entities_of_its_own_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError, match="entities of its own"):
        read_feed(body, address="/x.xml")


def test_a_feed_of_too_many_entries_is_read_to_the_limit_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.feed.MAX_ENTRIES", 2)
    entries = "".join(f"<item><description>Words {n}.</description></item>" for n in range(5))
    *read, problem = read_feed(f"<rss><channel>{entries}</channel></rss>".encode(), address="/x.xml")
    assert [entry.text for entry in read if isinstance(entry, Document)] == ["Words 0.", "Words 1."]
    assert isinstance(problem, SourceError)
    assert "there are 3 more" in problem.what


def test_a_body_that_is_the_name_of_a_file_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(RSS)
    with pytest.raises(SourceError):
        read_feed(str(tmp_path / "feed.xml").encode(), address="/x.xml")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<rss version='2.0'><channel><title>Empty</title></channel></rss>", "no entries"),
        (b"<?xml version='1.0'?><catalogue><book/></catalogue>", "neither an RSS nor an Atom"),
    ],
)
def test_what_is_no_feed_or_an_empty_one_is_named_as_such(body: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_feed(body, address="/x.xml")
