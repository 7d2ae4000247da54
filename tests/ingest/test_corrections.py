"""Corrections: an article's note on itself is found where it is given, and a report about a correction is none."""

from __future__ import annotations

import datetime as dt

import pytest

from ingest.article import Article
from ingest.corrections import Note, NoteKind, Version, bare_headline, correction_note, supersedes

BODY = "The board met on Tuesday. It decided nothing, and will meet again in a week."


def note_of(text: str, title: str = "Board meets") -> Note | None:
    return correction_note(Article(title=title, text=text))


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("CORRECTION: The bridge is 90 metres long, not 900.", NoteKind.CORRECTION),
        ("Correction (4 May): the mayor's name is Holm.", NoteKind.CORRECTION),
        ("Corrections & Clarifications: A previous version gave the wrong day.", NoteKind.CORRECTION),
        ("This story corrects the spelling of the harbour master's name.", NoteKind.CORRECTION),
        ("An earlier version of this article misstated the cost of the repair.", NoteKind.CORRECTION),
        ("Due to an editing error, an earlier version of this story gave the wrong year.", NoteKind.CORRECTION),
        ("Editor's note: This article has been corrected to give the right sum.", NoteKind.CORRECTION),
        ("This story was updated because an earlier version included an inaccuracy.", NoteKind.CORRECTION),
        ("(Corrects paragraph 3 to say that the vote was on Monday)", NoteKind.CORRECTION),
        ("Clarification: The council pays a third of the cost.", NoteKind.CLARIFICATION),
        ("This report has been clarified to say who paid.", NoteKind.CLARIFICATION),
        ("(Updates with the mayor's reply)", NoteKind.UPDATE),
        ("This story has been updated with additional information.", NoteKind.UPDATE),
        ("An earlier version of this story appeared on Monday.", NoteKind.UPDATE),
        ("This article has been retracted.", NoteKind.RETRACTION),
    ],
)
def test_a_note_is_found_at_either_end_with_the_sentence_that_says_so(sentence: str, kind: NoteKind) -> None:
    for text in (f"{sentence}\n\n{BODY}", f"{BODY}\n\n{sentence}"):
        note = note_of(text)
        assert note is not None
        assert note.kind is kind
        assert note.span is not None
        assert note.span.of(text) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "The company issued a correction: its profit was lower than it had said.",
        "An earlier version of the bill would have cost more.",
        "Shares may see a correction, analysts say.",
        "Updated guidance is expected in June.",
        "The ministry has updated its figures; this corrects an error of last year.",
        "The minister corrected himself and said that this report was wrong.",
        "Correction:",
    ],
)
def test_news_of_a_correction_is_no_note(sentence: str) -> None:
    assert note_of(f"{BODY}\n\n{sentence}\n\n{BODY}") is None


@pytest.mark.parametrize(
    ("title", "kind", "number", "bare"),
    [
        ("CORRECTED-Port to close for six weeks", NoteKind.CORRECTION, 0, "Port to close for six weeks"),
        ("Correction: Port to close for six weeks", NoteKind.CORRECTION, 0, "Port to close for six weeks"),
        ("UPDATE 2-Port to close for six weeks", NoteKind.UPDATE, 2, "Port to close for six weeks"),
        ("Port to close for six weeks (updated)", NoteKind.UPDATE, 0, "Port to close for six weeks"),
        ("[CLARIFICATION] Port to close for six weeks", NoteKind.CLARIFICATION, 0, "Port to close for six weeks"),
    ],
)
def test_a_headline_can_be_the_note(title: str, kind: NoteKind, number: int, bare: str) -> None:
    note = note_of(BODY, title)
    assert note == Note(kind=kind, span=None, number=number)
    assert bare_headline(title) == bare


@pytest.mark.parametrize("title", ["Correction ahead for shares", "Update on the port", "Corrected figures out today"])
def test_a_headline_about_a_correction_is_no_note(title: str) -> None:
    assert note_of(BODY, title) is None
    assert bare_headline(title) == title


def test_a_correction_weighs_more_than_an_update() -> None:
    text = f"(Updates with reply)\n\n{BODY}\n\nCorrection: the meeting was on Monday."
    note = note_of(text, "UPDATE 1-Board meets")
    assert note is not None
    assert note.kind is NoteKind.CORRECTION


def version(day: int | None, note: NoteKind | None = None, number: int = 0, **fields: str) -> Version:
    return Version(
        url=fields.get("url", ""),
        source=fields.get("source", "Meridian Wire"),
        subject=fields.get("subject", "port to close"),
        published=dt.date(2015, 5, day) if day is not None else None,
        note=Note(kind=note, span=None, number=number) if note is not None else None,
    )


def test_a_correction_supersedes_every_earlier_copy_of_the_story() -> None:
    corrected = version(4, NoteKind.CORRECTION)
    for old in (version(3), version(4), version(3, source="Harbour Post"), version(None)):
        assert supersedes(corrected, old, same_story=True)
        assert not supersedes(old, corrected, same_story=True)
    assert not supersedes(corrected, version(5, source="Harbour Post"), same_story=True)


def test_the_second_update_supersedes_the_first() -> None:
    assert supersedes(version(3, NoteKind.UPDATE, 2), version(3, NoteKind.UPDATE, 1), same_story=True)
    assert not supersedes(version(3, NoteKind.UPDATE, 1), version(3, NoteKind.UPDATE, 2), same_story=True)


def test_a_publishers_later_version_supersedes_its_earlier_one_and_no_one_elses() -> None:
    assert supersedes(version(4), version(3), same_story=True)
    assert not supersedes(version(4), version(3), same_story=True, differs=False)
    assert not supersedes(version(4, source="Harbour Post"), version(3), same_story=True)
    assert not supersedes(version(3), version(3), same_story=True)


def test_a_page_that_changed_supersedes_what_it_was() -> None:
    address = "https://wire.example/port"
    assert supersedes(version(4, url=address), version(3, url=address), same_story=False)
    assert not supersedes(version(4, url=address), version(3, url=f"{address}/2"), same_story=False)


def test_a_correction_by_itself_is_known_by_its_publisher_and_headline() -> None:
    notice = version(6, NoteKind.CORRECTION)
    assert supersedes(notice, version(3), same_story=False)
    assert not supersedes(notice, version(3, source="Harbour Post"), same_story=False)
    assert not supersedes(notice, version(3, subject="port to open"), same_story=False)
    assert not supersedes(version(6, NoteKind.UPDATE), version(3), same_story=False)


def test_a_correction_may_give_its_own_day_behind_a_comma() -> None:
    article = Article(text="It is mended.\n\nCorrection, 7 August: Our report of 4 August was wrong. It was eleven.")
    note = correction_note(article)
    assert note is not None
    assert note.kind is NoteKind.CORRECTION
    assert note.span is not None
    assert note.span.of(article.text) == "Correction, 7 August: Our report of 4 August was wrong."
