"""PDF and DOCX: words, titles and authors; and the damaged, encrypted, empty and swollen ones."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from collections.abc import Callable

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

from ingest.errors import SourceError
from ingest.readers.base import Document
from ingest.readers.docx import read_docx
from ingest.readers.pdf import read_pdf

SENTENCE = "The ministers said on Monday that the talks would go on until an agreement was found. "


def words(number: int) -> str:
    """A paragraph whose lines differ from those of every other."""
    names = ("Arle", "Brin", "Cade", "Dorn", "Elm", "Fenn", "Gard", "Holm")
    who = f"{names[number % 8]} and {names[number // 8]}{'a' * (number % 5)}"
    return " ".join(
        f"The ministers of {who} said that talks would go on until an agreement was found." for _ in range(6)
    )


def make_pdf(paragraphs: int = 3, *, title: str = "", author: str = "", heads: bool = False) -> bytes:
    styles, buffer = getSampleStyleSheet(), io.BytesIO()
    story: list[Flowable] = [
        Paragraph("Talks go on in Sochi", styles["Title"]),
        Paragraph("12 May 2015", styles["Normal"]),
    ]
    for number in range(paragraphs):
        story += [
            Paragraph(f"Part {number}", styles["Heading2"]),
            Paragraph(words(number), styles["Normal"]),
            Spacer(1, 12),
        ]

    def furniture(canvas: Canvas, template: SimpleDocTemplate) -> None:
        if heads:
            canvas.drawString(50, 815, "THE DAILY HERALD")
            canvas.drawString(50, 20, f"Page {template.page}")

    template = SimpleDocTemplate(buffer, pagesize=A4, title=title, author=author)
    template.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return buffer.getvalue()


def make_docx(build: Callable[[docx.document.Document], None]) -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    build(document)
    document.save(buffer)
    return buffer.getvalue()


def test_a_pdf_is_read_in_whole_sentences_and_paragraphs() -> None:
    document = read_pdf(make_pdf())
    assert document.title == "Talks go on in Sochi"
    assert document.text.split("\n\n") == [
        "12 May 2015",
        *(part for n in range(3) for part in (f"Part {n}", words(n))),
    ]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    text = read_pdf(make_pdf(40, heads=True)).text
    assert "HERALD" not in text
    assert "Page" not in text
    assert text.count("until an agreement was found") == 240


def test_the_pdfs_own_title_and_author_are_taken_and_the_title_is_not_repeated() -> None:
    document = read_pdf(make_pdf(title="Talks Go On in Sochi", author="Jane Doe; John Smith"))
    assert document.title == "Talks Go On in Sochi"
    assert document.authors == ("Jane Doe", "John Smith")
    assert document.text.startswith("12 May 2015")


@pytest.mark.parametrize("title", ["Microsoft Word - talks.docx", "untitled", "talks_final.indd"])
def test_a_title_that_a_program_made_up_is_not_taken(title: str) -> None:
    assert read_pdf(make_pdf(title=title)).title == "Talks go on in Sochi"


def test_the_day_on_which_a_pdf_was_made_is_not_its_date() -> None:
    assert read_pdf(make_pdf()).published is None


def test_a_pdf_without_text_is_told_to_be_a_scan() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.rect(10, 10, 100, 100)
    canvas.showPage()
    canvas.save()
    with pytest.raises(SourceError, match=r"scan.*OCR"):
        read_pdf(buffer.getvalue())


def test_an_encrypted_pdf_is_named_as_such() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 700, SENTENCE)
    canvas.save()
    with pytest.raises(SourceError, match="encrypted"):
        read_pdf(buffer.getvalue())


@pytest.mark.parametrize("body", [b"%PDF-1.7\n", b"%PDF-1.4 garbage " * 50, b"%PDF-1.7\n%%EOF"])
def test_a_broken_pdf_is_named_as_such(body: bytes) -> None:
    with pytest.raises(SourceError, match=r"damaged|no text"):
        read_pdf(body)


def test_a_word_document_is_read_in_order_with_lists_and_tables() -> None:
    def build(document: docx.document.Document) -> None:
        document.core_properties.title, document.core_properties.author = "", "python-docx"
        document.add_heading("Talks go on in Sochi", 0)
        document.add_paragraph("They met.")
        document.add_paragraph("one", style="List Bullet")
        document.add_paragraph("two", style="List Bullet")
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Lavrov", "“no”"
        document.add_paragraph("They left.")

    document = read_docx(make_docx(build))
    assert (document.title, document.authors) == ("Talks go on in Sochi", ())
    assert document.text == "They met.\n\n- one\n- two\nLavrov | “no”\n\nThey left."


def test_a_word_documents_own_title_and_author_are_taken() -> None:
    def build(document: docx.document.Document) -> None:
        document.core_properties.title, document.core_properties.author = "Talks go on", "Jane Doe"
        document.add_paragraph("They met.")

    assert read_docx(make_docx(build)) == Document(title="Talks go on", authors=("Jane Doe",), text="They met.")


def test_words_inserted_under_tracked_changes_stay_and_deleted_and_moved_ones_go() -> None:
    def build(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("They ")
        for tag, inner, words in (("ins", "t", "met"), ("del", "delText", "quarrelled"), ("moveFrom", "t", "sat")):
            change = docx.oxml.parse_xml(
                f'<w:{tag} xmlns:w="{docx.oxml.ns.nsmap["w"]}" w:id="1" w:author="x">'
                f"<w:r><w:{inner}>{words}</w:{inner}></w:r></w:{tag}>"
            )
            paragraph._p.append(change)
        paragraph.add_run(".")

    assert read_docx(make_docx(build)).text == "They met."


def test_an_empty_word_document_is_refused() -> None:
    with pytest.raises(SourceError, match="no text"):
        read_docx(make_docx(lambda document: None))


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def test_an_archive_that_would_fill_the_memory_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(SourceError, match="too large"):
        read_docx(zipped(**{"word__document.xml": b" " * 60_000_000}))


def test_an_archive_that_is_no_word_document_is_named_as_such() -> None:
    with pytest.raises(SourceError, match="ZIP archive"):
        read_docx(zipped(notes=b"words"))


def test_an_external_entity_in_a_word_document_reads_no_file() -> None:
    def build(document: docx.document.Document) -> None:
        document.add_paragraph("They met.")

    source, buffer = make_docx(build), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                entity = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                content = content.replace(b"<w:document", entity + b"<w:document", 1).replace(
                    b"They met.", b"They &x; met."
                )
            new.writestr(name, content)
    with contextlib.suppress(SourceError):
        assert "root" not in read_docx(buffer.getvalue()).text


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_file_ends_in_words_or_in_a_reason(seed: int) -> None:
    def build(document: docx.document.Document) -> None:
        document.add_paragraph(SENTENCE)

    chance = random.Random(seed)
    for reader, whole in ((read_pdf, make_pdf(1)), (read_docx, make_docx(build))):
        for _ in range(40):
            body = bytearray(whole)
            for _ in range(chance.choice((1, 3, 20))):
                place = chance.randrange(len(body))
                body[place : place + chance.randrange(3)] = bytes([chance.randrange(256)])
            with contextlib.suppress(SourceError):
                reader(bytes(body))
