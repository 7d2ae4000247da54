"""RSS and Atom feeds -> Documents, one an entry, by feedparser.

The network is not used here: whoever was given a feed by its address follows the links (see :mod:`ingest.read`).
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any, BinaryIO

from ingest.article import Published
from ingest.errors import Problem, SourceError
from ingest.language.dates.published import date_in_name, read_stamp
from ingest.limits import MAX_ENTRIES, MAX_FEED_TAGS, MAX_FIELD, TAGS_AN_ENTRY
from ingest.readers.base import DAMAGE, Document, Source, attempt, people, unmarked, whole
from ingest.readers.html import fragment_text
from ingest.readers.links import absolute

if TYPE_CHECKING:
    from feedparser import FeedParserDict

_ROOT = re.compile(rb"<\s*(?:[\w.-]+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
#: What a feed's own entities stand for is without bound, and no feed needs any. In UTF-7 they would not be seen.
_ENTITY = re.compile(rb"<!ENTITY|<\?xml[^>]{1,200}encoding\s{0,9}=\s{0,9}[\"']utf-?7", re.IGNORECASE)
_TAG_OPENS = re.compile(rb"<[A-Za-z]")
_ENTRY_OPENS = re.compile(rb"<(?:item|entry)\b", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)


class FeedReader:
    """See :class:`~ingest.readers.base.Reader`."""

    name = "a feed"
    suffixes = (".xml", ".rss", ".atom", ".rdf")
    media_types = frozenset(
        "application/rss+xml application/atom+xml application/rdf+xml application/xml text/xml".split()  # noqa: SIM905
    )

    def recognises(self, head: bytes) -> bool:
        """By the tags that it begins with."""
        return unmarked(head).startswith(b"<") and looks_like_a_feed(head)

    def read(self, body: BinaryIO, source: Source) -> Iterator[Document | Problem]:
        """A document an entry, some of which may have no text."""
        for number, found in enumerate(read_feed(whole(body, source), address=source.name), start=1):
            yield Problem.of(f"{source.name}, entry {number}", found) if isinstance(found, SourceError) else found


def looks_like_a_feed(body: bytes) -> bool:
    """Whether ``body`` begins as an RSS, RDF or Atom document does, in any encoding that XML may have."""
    return _ROOT.search(body[:4096].replace(b"\x00", b"")) is not None


def read_feed(body: bytes, *, address: str) -> list[Document | SourceError]:
    """The entries of a feed that was read from ``address``, or what is wrong with one; the text of some may be empty.

    Raises:
        SourceError: where it is no feed, has no entries, or defines entities.
    """
    import feedparser

    if _ENTITY.search(body.replace(b"\x00", b"")):
        raise SourceError("it defines XML entities of its own", remedy="take their definitions out")
    if body.count(b"<") > MAX_FEED_TAGS and len(_TAG_OPENS.findall(body)) > _tags_allowed(body):
        raise SourceError("the feed has more tags than its entries need", remedy="divide the feed")
    base = {"content-location": address} if _WEB.match(address) else {}
    try:
        parsed = feedparser.parse(io.BytesIO(body), response_headers=base)  # bytes would be tried as a path first
    except DAMAGE as error:
        raise SourceError("it is a feed that cannot be parsed", remedy="correct its XML") from error
    if not parsed.entries:
        if parsed.get("version") or looks_like_a_feed(body):
            raise SourceError("the feed has no entries", remedy="give a feed that has some")
        raise SourceError("it is XML but neither an RSS nor an Atom feed", remedy="give a feed, or a text")
    late = parsed.entries[MAX_ENTRIES:]
    del parsed.entries[MAX_ENTRIES:]
    whole_feed = _Feed(
        publisher=_plain(parsed.feed, "title"),
        address=address,
        language=str(parsed.feed.get("language") or "")[:35],
        links=Counter(_link(entry, address) for entry in parsed.entries),
    )
    found = [attempt(_entry, entry, number, whole_feed) for number, entry in enumerate(parsed.entries, start=1)]
    if late:
        what = f"nothing after entry {MAX_ENTRIES:,} is read, and there are {len(late):,} more"
        found.append(SourceError(what, remedy="divide the feed"))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feed:
    """What its entries share; ``links`` counts how many lead to the same address."""

    publisher: str
    address: str
    language: str
    links: Counter[str]


def _tags_allowed(body: bytes) -> int:
    """More tags than any feed of so many entries has: feedparser goes through them three times where its XML is bad."""
    return MAX_FEED_TAGS + TAGS_AN_ENTRY * min(MAX_ENTRIES, len(_ENTRY_OPENS.findall(body)))


def _entry(entry: FeedParserDict, number: int, feed: _Feed) -> Document:
    title, link, address = _plain(entry, "title"), _link(entry, feed.address), feed.address
    unique = feed.links[link] == 1
    own = str(entry.get("id") or "")
    return Document(
        title=title,
        text=_text(entry),
        authors=_authors(entry),
        published=_published(entry, link, feed.language),
        source=_plain(entry.get("source") or {}, "title") or feed.publisher,
        url=link,
        label=f"entry {number}" + (f" ({title[:60]})" if title else ""),
        identity=link if link and unique else f"{address}#{own or link or title}#{'' if own else number}",
        linked=True,
    )


def _link(entry: FeedParserDict, address: str) -> str:
    link = str(entry.get("link") or "").strip()
    if link and _WEB.match(address):
        link = absolute(address, link)
    return link if _WEB.match(link) else ""


def _plain(container: Any, key: str) -> str:
    """A one-line field without markup; feedparser says in ``*_detail`` whether it is HTML."""
    value = str(container.get(key) or "")
    detail = container.get(f"{key}_detail") or {}
    return " ".join((unescape(value) if detail.get("type") == "text/plain" else fragment_text(value)).split())


def _text(entry: FeedParserDict) -> str:
    """The entry's words: its content, or its summary where that says clearly more."""
    content = max((_words(detail) for detail in entry.get("content") or ()), key=len, default="")
    summary = _words(entry.get("summary_detail") or {})
    return content if 2 * len(content) > len(summary) else summary


def _words(detail: Any) -> str:
    kind, value = str(detail.get("type") or ""), str(detail.get("value") or "")
    if kind == "text/plain":
        return unescape(value).strip()  # markup escaped twice, which is common, leaves "&nbsp;" in the words
    return fragment_text(value) if kind.startswith(("text/", "application/x")) else ""


def _authors(entry: FeedParserDict) -> tuple[str, ...]:
    named = [str(author.get("name") or "") for author in entry.get("authors") or ()]
    # RSS wants an address here and gets "me@example.com (Jane Doe)" as often as a name. feedparser knows no address
    # at a domain like ".media", so that the name that it finds for a single author is not to be used.
    names = named[:100] if len(named) > 1 else [str(entry.get("author") or "")]
    bare = (re.sub(r"(?<!\S)\S+@\S+", "", name[:MAX_FIELD]).strip(" ()<>,") for name in names)
    return tuple(person for name in bare for person in people(name))


def _published(entry: FeedParserDict, link: str, language: str) -> Published:
    """``published``, else ``created``, else the link's date, else ``updated``, the one date that Atom demands."""
    for key in ("published", "created"):
        if value := _moment(entry, key, language):
            return value
    return date_in_name(re.sub(r"https?://[^/]*", "", link)) or _moment(entry, "updated", language)


def _moment(entry: FeedParserDict, key: str, language: str) -> Published:
    # dict.get, because feedparser's own answers "published" for "updated" with a warning where only the other is there
    written = dict.get(entry, key)
    if not isinstance(written, str) or re.fullmatch(r"\s*\d{4}(-\d{1,2})?\s*", written):
        return None  # a year or a month alone names no day
    # What feedparser makes of other forms has parts of today's date in the place of those that it does not find.
    return read_stamp(written, language)
