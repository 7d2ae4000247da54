"""HTML -> Document, by trafilatura: the article's text without what stands around it, and what the page says of itself.

Invariant: the date is one that the page states as its own (see :mod:`ingest.readers.html_date`). trafilatura's
search for dates is not used: where a page states none it takes that of a teaser for another article.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from ingest.article import SentenceKind
from ingest.errors import SourceError
from ingest.language.dates.published import read_date
from ingest.limits import MAX_ATTRIBUTES, MAX_ELEMENTS
from ingest.readers.base import DAMAGE, Document, Source, same_words, unmarked, whole
from ingest.readers.encoding import declared_by_mark, decode
from ingest.readers.html_date import language_of, stated_date
from ingest.readers.layout import Block, layout, together
from ingest.readers.links import canonical_url
from ingest.readers.page.authors import authors, authors_found, publisher
from ingest.readers.page.lead import lacks, lead
from ingest.readers.page.live import Update, updates
from ingest.readers.page.pruning import prune
from ingest.readers.page.structured import structured
from ingest.readers.page.title import ending, headline, without_ending
from ingest.readers.page.walls import is_excerpt, refuse_walls

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_QUIET = logging.NullHandler()  # a library's warning about a page would otherwise go to standard error

_BEGINNING = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\s*+<\?xml[^>]{0,200}\?>")
#: A start tag with its attributes. A quotation mark quotes behind an equals sign only, as it does to the parser.
_TAG = re.compile(r"<([A-Za-z][\w:-]*+)(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+")
_QUOTED = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+')")
_TAG_OPENS = re.compile(r"<[A-Za-z]")

_SKIPPED = frozenset("script style template title noscript svg iframe object select textarea math".split())  # noqa: SIM905
_BREAKS = frozenset({"br", "lb"})
_ITEMS = frozenset({"li", "item", "dt", "dd"})
_CELLS = frozenset({"td", "th", "cell"})
_ROWS = frozenset({"tr", "row"})
#: What a block is that ends with the end of such an element.
_KINDS = {"figcaption": SentenceKind.CAPTION} | dict.fromkeys(_ROWS, SentenceKind.TABLE_ROW)
_BLOCKS = _ITEMS | _ROWS | frozenset(
    "p div h1 h2 h3 h4 h5 h6 head blockquote quote pre ul ol list dl table section article header footer main aside"  # noqa: SIM905
    " figure figcaption address hr form fieldset center body details summary".split()
)  # fmt: skip


class HtmlReader:
    """See :class:`~ingest.readers.base.Reader`."""

    name = "HTML"
    suffixes = (".html", ".htm", ".xhtml")
    media_types = frozenset({"text/html", "application/xhtml+xml"})

    def recognises(self, head: bytes) -> bool:
        """By its declaration or its first tag."""
        return _BEGINNING.match(unmarked(head)) is not None

    def read(self, body: BinaryIO, source: Source) -> Iterator[Document]:
        """The article of a page; the updates of a live blog, the first of the page first."""
        content = whole(body, source)
        live = _live(content, source)
        yield from live
        if not live:
            yield read_html(content, source.charset, url=source.url)


def _live(content: bytes, source: Source) -> list[Document]:
    if b"liveBlogUpdate" not in content:
        return []
    tree = _parse(decode_html(content, source.charset))
    stated = structured(tree)
    name, found = publisher(stated), updates(stated, language_of(tree))
    blog, names = headline(tree, stated), authors(tree, stated, name)
    shared = Counter(update.url for update in found)
    return [
        Document(
            title=fragment_text(update.title) or blog,
            text=fragment_text(update.text),
            authors=update.authors or names,
            published=update.published,
            source=name,
            url=_address(update, source.url, own=shared[update.url] == 1),
            label=f"update of {update.published} ({update.title[:60] or update.text[:60]})",
        )
        for update in found
    ]


def _address(update: Update, fetched: str, *, own: bool) -> str:
    """Where an update stands; of updates that share an address each is a place in it, or one would seem to be a later
    version of the other.
    """
    url = canonical_url(update.url, fetched)
    return url if own or not url else f"{url.partition('#')[0]}#{update.published}".replace(" ", "T")


def read_html(body: bytes, declared: str | None = None, *, url: str = "") -> Document:
    """Read a page; ``declared`` is the encoding that its sender named, ``url`` the address it was read from, if any.

    Raises:
        SourceError: where no article is found in it.
    """
    text = decode_html(body, declared)
    tree = _parse(text)
    stated = structured(tree)
    published = stated_date(tree, stated, url)
    shown = headline(tree, stated)
    site = publisher(stated)
    names = authors(tree, stated, site)
    standfirst = lead(tree, stated)
    prune(tree)
    found = _extract(tree, url)
    blocks = list(text_blocks(found.body)) if found is not None and found.body is not None else []
    blocks = _undumped(blocks, tree)
    refuse_walls(tree, shown, [block.text for block in blocks])
    if not _has_article(blocks, tree):
        raise SourceError(
            "no article is found in the page", remedy="give the address of an article, or its text as a .txt file"
        )
    page = canonical_url(found.url or "", url)
    source = site or _collapsed(found.sitename or "")
    title = without_ending(shown or found.title or "", source, page or url)
    if published is None and (last := ending(found.title or "")) != found.title:
        published = read_date(last)
    head = [block for block in blocks[:3] if not same_words(block.text, title)]
    blocks = head + blocks[3:] or blocks
    if standfirst and not same_words(standfirst, title) and lacks(together(blocks), standfirst):
        blocks = [Block(standfirst), *blocks]
    excerpt = is_excerpt(tree, stated, [block.text for block in blocks])
    return Document(
        title=f"{title} (excerpt)" if excerpt and title else title,
        remarks=("it is an excerpt: the rest of the page is kept for subscribers",) if excerpt else (),
        text=together(blocks),
        layout=layout(blocks),
        authors=names or authors_found(found.author or "", source),
        source=source,
        published=published,
        url=page,
    )


def decode_html(body: bytes, declared: str | None = None) -> str:
    """The text of an HTML document: a byte order mark decides, then the sender, then the document's own ``meta``."""
    if declared is None and declared_by_mark(body) is None:
        found = _CHARSET.search(body, 0, 4096)
        declared = found[1].decode("ascii") if found else None
    return decode(body, declared)


def fragment_text(fragment: str) -> str:
    """The plain text of a piece of HTML, such as a feed's summary: every word, blocks divided by blank lines."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    try:
        return together(text_blocks(_parse(f"<div>{fragment}</div>")))
    except SourceError:  # nothing but comments
        return ""


def _parse(text: str) -> HtmlElement:
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(remove_comments=True, remove_pis=True, no_network=True)
    declaration = _XML_DECLARATION.match(text)
    text = _TAG.sub(_with_few_attributes, text[declaration.end() :] if declaration else text)
    if text.count("<") > MAX_ELEMENTS and len(_TAG_OPENS.findall(text)) > MAX_ELEMENTS:
        what = f"the page has more than {MAX_ELEMENTS:,} elements"
        raise SourceError(what, remedy="give the article's text as a .txt file")
    try:
        return document_fromstring(text, parser=parser)
    except (LxmlError, ValueError, AssertionError) as error:
        raise SourceError("no article is found in the page", remedy="check that it is HTML") from error


def _with_few_attributes(tag: re.Match[str]) -> str:
    """A start tag without its attributes where there are too many: the parser compares each with all others."""
    if len(tag[0]) < 2 * MAX_ATTRIBUTES:  # nearly always
        return tag[0]
    attributes = _QUOTED.sub(" ", tag[0]).split()
    return f"<{tag[1]}" if len(attributes) > MAX_ATTRIBUTES else tag[0]


def _extract(tree: HtmlElement, url: str) -> Any:
    from lxml.etree import LxmlError
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
        logging.getLogger(name).addHandler(_QUIET)
    try:
        return bare_extraction(
            tree,
            url=url or None,
            include_comments=False,
            with_metadata=True,
            # Its result is not used, so the cheapest search there is.
            date_extraction_params={"extensive_search": False, "max_date": "1995-01-01", "original_date": True},
        )
    except (LxmlError, *DAMAGE) as error:
        raise SourceError("the page cannot be taken apart", remedy="give its text as a .txt file") from error


def text_blocks(root: HtmlElement) -> Iterator[Block]:
    """The blocks of text below ``root``, of HTML or of trafilatura's own element names."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    open_items, in_row, in_pre, item, cells = 0, 0, 0, "", 0
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        starts = event == "start"
        if tag in _SKIPPED:
            if starts:
                walk.skip_subtree()
            elif element.tail:
                pieces.append(element.tail)
            continue
        if tag in _ROWS or (tag in _BLOCKS and not in_row):
            text = _settled(pieces, preformatted=in_pre > 0 and not in_row)
            if text:
                kind = _KINDS.get(tag) if not starts else None
                kind = kind or (SentenceKind.LIST_ITEM if open_items > 0 else None)
                yield Block(item + text, _level(element), tight=open_items > 0 or tag in _ROWS, kind=kind)
                item = ""
            pieces = []
        if tag in _ROWS:
            in_row += 1 if starts else -1
            cells = 0
        elif tag in ("pre", "code"):
            in_pre += 1 if starts else -1
        elif tag in _ITEMS:
            open_items += 1 if starts else -1
            item = "- " if starts and tag in ("li", "item") else ""
        elif tag in _CELLS and starts:
            pieces.append(" | " if cells else "")
            cells += 1
        elif tag in _BREAKS and starts:
            pieces.append(" " if in_row else "\n")
        elif tag in _BLOCKS and in_row:
            pieces.append(" ")
        text = element.text if starts else element.tail
        if text:
            pieces.append(text if in_pre else re.sub(r"\s+", " ", text))
    text = _settled(pieces)
    if text:
        yield Block(item + text)


def _settled(pieces: list[str], preformatted: bool = False) -> str:
    text = "".join(pieces)
    if preformatted:
        return text.strip("\n") if text.strip() else ""
    return "\n".join(line for piece in text.split("\n") if (line := _collapsed(piece)))


def _level(element: HtmlElement) -> int:
    found = re.fullmatch(r"h([1-6])", element.get("rend") or str(element.tag))
    return int(found[1]) if found else 0


def _undumped(blocks: list[Block], tree: HtmlElement) -> list[Block]:
    """trafilatura gives the words of a very short page in one line, whatever they stand in: take its blocks instead."""
    if len(blocks) != 1:
        return blocks
    articles = list(tree.iter("article"))
    own = list(text_blocks(articles[0] if len(articles) == 1 else tree))
    return own if len(articles) == 1 or same_words(together(own), blocks[0].text) else blocks


def _has_article(blocks: Sequence[Block], tree: HtmlElement) -> bool:
    """Whether the blocks hold a sentence that is more than a link, and are not just a list of links."""
    links = {_collapsed(link.text_content()) for link in tree.iter("a")}
    if not any(_is_prose(block.text) and block.text not in links for block in blocks):
        return False
    linked = sum(map(len, links))
    whole = sum(len(block.text) for block in text_blocks(tree))
    return linked < 0.8 * whole or sum(len(block.text) for block in blocks) < 0.7 * whole


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def _is_prose(text: str) -> bool:
    return len(text.split()) >= 5 or len(re.findall(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]", text)) >= 10
