"""Plain text and Markdown: encodings, titles, wrapped lines, front matter."""

from __future__ import annotations

import contextlib
import datetime as dt
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import SourceError
from ingest.readers.base import to_article
from ingest.readers.encoding import decode
from ingest.readers.markdown import read_markdown
from ingest.readers.text import read_text

PARAGRAPH = (
    "The minister said on Monday that the talks would go on until an agreement was found, and that nobody would leave "
    "the table before that. A spokesman for the other side called the remark well-known and “nothing new”. "
)


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("Talks go on in Sochi\n\nThey met.", "Talks go on in Sochi", "They met."),
        ("Talks go on\n\nNo end in sight\n\nThey met.", "Talks go on", "No end in sight\n\nThey met."),
        ("Will the talks go on?\n\nThey met.", "Will the talks go on?", "They met."),
        ("Kerry returns to the U.S.\n\nHe left.", "Kerry returns to the U.S.", "He left."),
        ("# Talks go on\nThey met.", "Talks go on", "They met."),
        ("Talks go on\n===========\nThey met.", "Talks go on", "They met."),
        ("Talks go on\nBy Jane Doe\n\nThey met.", "Talks go on", "By Jane Doe\n\nThey met."),
        (f"Talks go on\n{PARAGRAPH}", "Talks go on", PARAGRAPH.strip()),
        ("They met.\n\nThey left.", "", "They met.\n\nThey left."),
        ("“They met.”\n\nThey left.", "", "“They met.”\n\nThey left."),
        ("Talks go on", "", "Talks go on"),
        ("By Jane Doe\n\nThey met.", "", "By Jane Doe\n\nThey met."),
        ("12 May 2015\n\nThey met.", "", "12 May 2015\n\nThey met."),
        (f"{PARAGRAPH}\n\nThey left.", "", f"{PARAGRAPH}\n\nThey left."),
        ("one\ntwo\nthree", "", "one\ntwo\nthree"),
        (f"Will the talks go on?\n{PARAGRAPH}", "Will the talks go on?", PARAGRAPH.strip()),
    ],
)
def test_the_first_line_is_the_title_where_it_reads_like_one(text: str, title: str, rest: str) -> None:
    document = read_text(text.encode())
    assert (document.title, document.text.strip()) == (title, rest.strip())


def test_lines_wrapped_at_a_width_are_joined_so_that_no_sentence_is_cut() -> None:
    paragraphs = [(PARAGRAPH * 2).strip(), PARAGRAPH.strip()]
    wrapped = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in paragraphs)
    assert read_text(f"Talks go on\n\n{wrapped}\n".encode()).text == "\n\n".join(paragraphs)


def test_a_word_divided_at_the_end_of_a_line_is_put_together_where_the_text_has_it_whole() -> None:
    lines = [f"The agreement was one line of about seventy letters and no more, n. {n}" for n in range(8)]
    text = "\n".join(
        [*lines, "and in the very end of it all there was talk of another, second agree-", "ment between them."]
    )
    assert "another, second agreement between them." in read_text(text.encode()).text


def test_a_few_lines_of_like_length_are_not_taken_for_wrapped_ones() -> None:
    lines = (
        "The ministers of the two countries met on Monday in Sochi.\n"
        "The ministers of three others were asked to wait outside.\nIt rained."
    )
    assert read_text(lines.encode()).text == lines


def test_verse_and_lists_keep_their_lines() -> None:
    verse = (
        "I met a traveller\nfrom an antique land\nwho said two vast\nand trunkless legs\nof stone stand there\nin sand"
    )
    assert read_text(verse.encode()).text == verse


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_is_read_in_the_encodings_that_files_come_in(encoding: str) -> None:
    text = "The café’s owner said “no” — for €5. " * 5
    assert decode(text.encode(encoding)).removeprefix("\ufeff") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Le ministre a déclaré que la période difficile était terminée. Où êtes-vous ? " * 4, "cp1252"),
        ("Minister powiedział, że rozmowy będą trudne, ale źródła są pełne nadziei. " * 4, "cp1250"),
        ("Министр иностранных дел заявил, что переговоры продолжатся завтра. " * 4, "cp1251"),
        ("外務大臣は、協議は明日も続くと述べた。東京で開かれた会議には多くの人が参加した。" * 3, "shift_jis"),
    ],
)
def test_an_encoding_without_a_mark_is_told_from_the_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_broken_byte_in_utf_8_does_not_spoil_the_rest() -> None:
    body = ("Kerry’s long “visit” — " * 30).encode()
    assert decode(body[:30] + b"\xff" + body[30:]).replace("\ufffd", "") == body.decode()


@pytest.mark.parametrize("body", [bytes(range(256)) * 10, b"\x00\x01" * 500, b"\x7fELF\x01\x02" + b"\x03" * 100])
def test_binary_data_is_refused(body: bytes) -> None:
    with pytest.raises(SourceError, match=r"binary|encoding"):
        decode(body)


def test_a_byte_order_mark_that_lies_is_named() -> None:
    with pytest.raises(SourceError, match="UTF-16"):
        decode(b"\xff\xfea")


@given(st.binary(max_size=300))
def test_no_bytes_whatever_break_the_reading_of_text(body: bytes) -> None:
    with contextlib.suppress(SourceError):
        to_article(read_text(body), origin="x.txt")


MARKDOWN = """---
id: sochi-1
title: Kerry in *Sochi*
date: 2015-05-12
authors: [Jane Doe, {name: John Smith}]
publisher: The Herald
link: https://herald.example/sochi
---

# Kerry in *Sochi*

Some **bold** and _soft_ words with [a link](https://a.example "title"), `code` and ![a picture](p.png).
The second line &amp; its entity.

## A crosshead

- one
- two

1. first

> A quotation
> of two lines.

| who | what |
|-----|------|
| Lavrov | “no” |

<div>Raw <b>HTML</b></div>
<script>alert(1)</script>

[click](javascript:alert(1)) here.
"""


def test_front_matter_becomes_metadata() -> None:
    document = read_markdown(MARKDOWN.encode())
    assert (document.id, document.title, document.source) == ("sochi-1", "Kerry in *Sochi*", "The Herald")
    assert document.published == dt.date(2015, 5, 12)
    assert document.authors == ("Jane Doe", "John Smith")
    assert document.url == "https://herald.example/sochi"


def test_markdown_is_rendered_as_the_words_that_a_reader_sees() -> None:
    assert read_markdown(MARKDOWN.encode()).text == (
        "Some bold and soft words with a link, code and a picture. The second line & its entity.\n\n"
        "A crosshead\n\n- one\n- two\n1. first\n\nA quotation of two lines.\n\nwho | what\nLavrov | “no”\n\n"
        "Raw HTML\n\nclick here."
    )


def test_the_first_heading_is_the_title_where_there_is_no_front_matter() -> None:
    document = read_markdown(b"# Talks go on\n\nThey met.\n\n## Later\n\nThey left.")
    assert (document.title, document.text) == ("Talks go on", "They met.\n\nLater\n\nThey left.")


def test_a_heading_that_is_not_the_title_stays_in_the_text() -> None:
    assert read_markdown(b"---\ntitle: One\n---\n# Another\n\nThey met.").text == "Another\n\nThey met."


def test_two_rules_with_text_between_them_are_not_front_matter() -> None:
    assert read_markdown(b"---\nThey met\n---\nand left.").text.startswith("They met")


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("title: [one", "not valid YAML"),
        ("date: 2015-13-45", "front matter"),
        ("date: next week", "'date' is not a date"),
        ("published: 2999-01-01", "'published' is not a date"),
    ],
)
def test_front_matter_that_cannot_be_read_is_refused_with_the_reason(head: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_markdown(f"---\n{head}\n---\nThey met.".encode())


def test_front_matter_that_gives_a_year_alone_leaves_the_date_open() -> None:
    assert read_markdown(b"---\ndate: 2015\n---\nThey met.").published is None


def test_yaml_that_repeats_itself_without_end_is_refused() -> None:
    bomb = "a: &a [x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(SourceError, match="has an alias"):
        read_markdown(f"---\n{bomb}title: *i\nauthors: *i\n---\nThey met.".encode())


@given(st.text(max_size=300))
def test_no_text_whatever_breaks_the_reading_of_markdown(text: str) -> None:
    with contextlib.suppress(SourceError):
        read_markdown(text.encode("utf-8", "replace"))
