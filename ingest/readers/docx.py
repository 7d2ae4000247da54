"""DOCX -> Document, by python-docx.

The date is not taken from the file's properties: "created" is often the day on which a template was made. A date on a
line of its own at the head of the text counts, and after that one in the file's name.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from ingest.article import SentenceKind
from ingest.errors import SourceError
from ingest.readers.base import DAMAGE, Document, Source, misnamed, people, same_words, whole
from ingest.readers.layout import Block, layout, together
from ingest.readers.text import split_title

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

#: Bytes that one file may unpack to, its pictures included, and any one part of it that is parsed as XML.
_LARGEST = 200_000_000
_LARGEST_XML = 20_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset({f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}txbxContent", f"{_COMPATIBLE}Fallback"})
_NO_TITLE = re.compile(r"untitled.*|document\d*|microsoft word.*|word document|.*\.docx?", re.IGNORECASE)


class DocxReader:
    """See :class:`~ingest.readers.base.Reader`."""

    name = "DOCX"
    suffixes = (".docx",)
    media_types = frozenset({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"})

    def recognises(self, head: bytes) -> bool:
        """By ZIP's first bytes."""
        return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))

    def read(self, body: BinaryIO, source: Source) -> Iterator[Document]:
        """The one document that it is."""
        content = whole(body, source)
        if not source.url and b"PK" not in content[:1024]:
            raise misnamed(self.name)
        yield read_docx(content)


def read_docx(body: bytes) -> Document:
    """Read a Word document; the title is the file's own, else its title or heading line, else a first line like one.

    Raises:
        SourceError: where it is damaged, no Word document, without text, or unpacks to far too much.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        _check_archive(body)
        document = docx.Document(io.BytesIO(body))
        blocks = list(_blocks(document))
        properties = document.core_properties
        title, author = " ".join(str(properties.title or "").split()), str(properties.author or "")
    except (zipfile.BadZipFile, OpcError, LxmlError, *DAMAGE) as error:
        raise SourceError("it is a damaged Word document", remedy="open it in Word and save it anew") from error
    if not blocks:
        raise SourceError("the document has no text", remedy="give a document that has words")
    title = "" if _NO_TITLE.fullmatch(title) else title
    if not title and blocks[0].level:
        title = blocks[0].text
    if len(blocks) > 1 and same_words(blocks[0].text, title):
        del blocks[0]
    text = together(blocks)
    if not title:
        title, text = split_title(text)
    return Document(title=title, text=text, authors=people(author), layout=layout(blocks))


def _check_archive(body: bytes) -> None:
    """Look at what the archive says it holds, before anything of it is unpacked. zipfile unpacks no more than that."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts = archive.infolist()
    xml = (part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if sum(part.file_size for part in parts) > _LARGEST or max(xml, default=0) > _LARGEST_XML:
        raise SourceError("the document is too large when unpacked", remedy="save its text as a .txt file")
    if not any(part.filename.startswith("word/") for part in parts):
        raise SourceError("it is a ZIP archive, not a Word document", remedy="unpack it and give what is in it")


def _blocks(document: WordDocument) -> Iterator[Block]:
    """Paragraphs and table rows in the order of the document.

    python-docx's own iteration passes over inserted runs (tracked changes) and content controls, so the elements are
    walked here; of tracked changes what was inserted stays and what was deleted goes.
    """
    styles = {style.style_id: style.name or "" for style in document.styles}
    for element in document.element.body.iterchildren():
        yield from _block(element, styles)


def _block(element: Any, styles: dict[str, str]) -> Iterator[Block]:
    if element.tag == f"{_WORD}p":
        text = _text(element)
        if text:
            style = styles.get(_attribute(element, "pStyle"), "")
            listed = element.find(f"{_WORD}pPr/{_WORD}numPr") is not None or style.startswith("List")
            kind = SentenceKind.LIST_ITEM if listed else SentenceKind.CAPTION if style == "caption" else None
            yield Block(f"- {text}" if listed else text, _level(style), tight=listed, kind=kind)
    elif element.tag == f"{_WORD}tbl":
        for row in element.iter(f"{_WORD}tr"):
            cells = (" ".join(filter(None, map(_text, cell.iter(f"{_WORD}p")))) for cell in row.iter(f"{_WORD}tc"))
            text = " | ".join(cells)
            if text.strip(" |"):
                yield Block(text, tight=True, kind=SentenceKind.TABLE_ROW)
    elif element.tag in (f"{_WORD}sdt", f"{_WORD}sdtContent", f"{_WORD}ins", f"{_WORD}customXml"):
        for child in element.iterchildren():
            yield from _block(child, styles)


def _attribute(paragraph: Any, name: str) -> str:
    found = paragraph.find(f"{_WORD}pPr/{_WORD}{name}")
    return "" if found is None else str(found.get(f"{_WORD}val", ""))


def _level(style: str) -> int:
    if style == "Title":
        return 1
    found = re.fullmatch(r"[Hh]eading ([1-9])", style)
    return int(found[1]) if found else 0


def _text(paragraph: Any) -> str:
    from lxml.etree import iterwalk

    pieces: list[str] = []
    walk = iterwalk(paragraph, events=("start",))
    for _, element in walk:
        if element.tag in _LEFT_OUT:
            walk.skip_subtree()
        elif element.tag == f"{_WORD}t":
            pieces.append(element.text or "")
        elif element.tag in (f"{_WORD}br", f"{_WORD}cr"):
            pieces.append("\n")
        elif element.tag == f"{_WORD}tab":
            pieces.append("\t" if element.getparent().tag == f"{_WORD}r" else "")
        elif element.tag == f"{_WORD}noBreakHyphen":
            pieces.append("-")
    return "\n".join(" ".join(line.split()) for line in "".join(pieces).split("\n")).strip()
