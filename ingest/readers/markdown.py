"""Markdown with YAML front matter -> Document.

The body is rendered to plain text: what marks emphasis, links and headings goes, every word stays. The title is the
front matter's, else the first heading of level one; a heading that opens the text and is the title is not repeated.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO

from ingest.article import Published, SentenceKind, parse_published
from ingest.errors import SourceError
from ingest.language.dates.published import plausible, read_stamp
from ingest.limits import MAX_BLOCKS, MAX_BRACKETS, MAX_DEPTH, MAX_LOOKED_THROUGH
from ingest.readers.base import Document, Source, people, same_words, whole
from ingest.readers.encoding import decode
from ingest.readers.front_matter import Field, front_matter
from ingest.readers.html import fragment_text
from ingest.readers.layout import Block, layout, together

if TYPE_CHECKING:
    from markdown_it.token import Token

_DATE_KEYS = ("published", "date", "pubdate", "publish_date", "published_at", "publishdate")
_YEAR_OR_MONTH = re.compile(r"\d{4}(-\d{2})?")
_BLANK = re.compile(r"\n[^\S\n]*+\n")
#: What begins a block, or divides two.
_BLOCK = re.compile(r"^(?: {0,3}(?:[#>|*+-]|\d{1,9}[.)])|[^\S\n]*+$)", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]]")
_TAG = re.compile(r"<(/?[a-zA-Z]+)")


class MarkdownReader:
    """See :class:`~ingest.readers.base.Reader`."""

    name = "Markdown"
    suffixes = (".md", ".markdown")
    media_types = frozenset({"text/markdown", "text/x-markdown"})

    def recognises(self, head: bytes) -> bool:
        """False: any text may be Markdown."""
        return False

    def read(self, body: BinaryIO, source: Source) -> Iterator[Document]:
        """The one document that it is."""
        yield read_markdown(whole(body, source), source.charset)


def read_markdown(body: bytes, declared: str | None = None) -> Document:
    """Read Markdown; ``declared`` is the encoding that its sender named.

    Raises:
        SourceError: where it is binary, or its front matter cannot be read.
    """
    text = decode(body, declared).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    metadata, content = front_matter(text)
    if len(content) > MAX_BLOCKS and len(_BLOCK.findall(content)) > MAX_BLOCKS:
        what = f"the text has more than {MAX_BLOCKS:,} headings, items, rows and paragraphs"
        raise SourceError(what, remedy="divide it, or name it .txt")
    blocks = list(_blocks(content))
    title = _line(metadata, "title", "headline")
    title = title or next((block.text for block in blocks if block.level == 1), "")
    if len(blocks) > 1 and blocks[0].level and same_words(blocks[0].text, title):
        del blocks[0]
    url = _line(metadata, "url", "canonical_url", "canonical", "link")
    source = _line(metadata, "source", "publisher", "site", "publication")
    if re.match(r"https?://", source, re.IGNORECASE):  # "source" is a link as often as it is a name
        url, source = url or source, ""
    return Document(
        id=_line(metadata, "id"),
        url=url,
        title=title,
        source=source,
        authors=_authors(metadata),
        published=_published(metadata),
        text=together(blocks),
        layout=layout(blocks),
    )


def _line(metadata: Mapping[str, Field], *keys: str) -> str:
    for key in keys:
        value = metadata.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def _authors(metadata: Mapping[str, Field]) -> tuple[str, ...]:
    value = metadata.get("authors") or metadata.get("author") or metadata.get("byline") or ()
    entries = value if isinstance(value, list) else [value]
    return tuple(person for name in entries if isinstance(name, str) for person in people(name))


def _published(metadata: Mapping[str, Field]) -> Published:
    for key in _DATE_KEYS:
        value = metadata.get(key)
        if value is None or value == "":
            continue
        published = plausible(_day_or_moment(value)) if isinstance(value, dt.date) else read_stamp(value)
        if published is None and not _YEAR_OR_MONTH.fullmatch(str(value)):  # those are true, but name no day
            raise SourceError(
                f"its front matter's {key!r} is not a date of publication", remedy="write it as 2015-05-12"
            )
        return published
    return None


def _day_or_moment(value: dt.date) -> Published:
    moment = parse_published(value)  # a time without a zone keeps its day alone
    return moment if isinstance(moment, dt.date) else None


def _blocks(content: str) -> Iterator[Block]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    # A link that the validator refuses (javascript:) would be left in the text as source, brackets and all.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    marker, level, tight = "", 0, False
    cells: list[str] = []
    for token in parser.parse(_without_open_brackets(content)):
        text, kind = "", None
        match token.type:
            case "list_item_open":
                marker = f"{token.info}{token.markup} " if token.info else "- "
            case "list_item_close":
                marker = ""
            case "heading_open":
                level, tight = int(token.tag[1]), False
            case "paragraph_open":
                level, tight = 0, token.hidden
            case "th_open" | "td_open":
                cells.append("")
            case "inline" if cells:
                cells[-1] = _inline(token.children or ())
            case "tr_close":
                text, cells, level, tight, kind = " | ".join(cells), [], 0, True, SentenceKind.TABLE_ROW
            case "inline":
                text, kind = _inline(token.children or ()), SentenceKind.LIST_ITEM if marker else None
            case "fence" | "code_block":
                text, level, tight = token.content, 0, False
            case "html_block":
                text, level, tight = fragment_text(token.content), 0, False
        if text.strip():
            yield Block(f"{marker}{text.strip()}", level, tight, kind)
            marker = ""


def _without_open_brackets(content: str) -> str:
    """``content`` with the brackets taken for text in every paragraph that has more of them than links, or in which so
    many are open at once that each being looked through to its end takes long.
    """
    if content.count("[") <= MAX_DEPTH:
        return content
    return "\n\n".join(one.replace("[", "\\[") if _looked_through(one) else one for one in _BLANK.split(content))


def _looked_through(paragraph: str) -> bool:
    """Whether the parser would look for the ends of too many brackets through too much text."""
    if paragraph.count("[") > MAX_BRACKETS:
        return True
    depth = deepest = 0
    for bracket in _BRACKET.findall(paragraph):
        depth = depth + 1 if bracket == "[" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest > MAX_DEPTH and deepest * len(paragraph) > MAX_LOOKED_THROUGH


def _inline(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    skipping = ""
    for token in tokens:
        tag = _TAG.match(token.content) if token.type == "html_inline" else None
        if skipping:
            skipping = "" if tag and tag[1].lower() == f"/{skipping}" else skipping
        elif tag:
            name = tag[1].lower()
            skipping = name if name in ("script", "style") else ""
            parts.append("\n" if name in ("br", "p", "div", "li") else "")
        elif token.type == "image":
            parts.append(_inline(token.children or ()))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" " if token.type == "softbreak" else "\n")
        elif token.type != "html_inline":
            parts.append(token.content)
    return "".join(parts)
