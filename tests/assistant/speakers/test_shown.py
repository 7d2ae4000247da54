"""A speaker is right or is not shown."""

from __future__ import annotations

import pytest

from assistant.speakers.shown import is_named, is_person, is_shown
from ingest.article import Article
from ingest.attribution import attributions


@pytest.mark.parametrize(
    "name",
    [
        "Maud Ferrier",
        "Bank of England",
        "Ursula von der Leyen",
        "US Department of Energy",
        "Kremlin spokesman",
        "spokesperson for Norvik",
        "spokeswoman for the environment ministry",
        "national athletics federation",
        "Ukrainian military spokesman",
        "Al Jazeera",
        "NATO analysts",
        "Velmark senators",
        "NATO",
    ],
)
def test_a_person_an_office_with_its_body_and_an_institution_are_named(name: str) -> None:
    assert is_named(name)


@pytest.mark.parametrize(
    "name",
    [
        "statement",
        "comedian",
        "voters",
        "the people selling the phone",
        "GRAPHIC BREAKDOWN",
        "VOICE",
        "company",
        "spokesman",
        "When",
        "Under draft legislation",
        "prime minister",
        "President",
        "fissures in the walls of some houses",
        "18 % of the women",
        "Facebook page",
        "Norvik's latest report",
    ],
)
def test_what_names_nobody_is_not_shown(name: str) -> None:
    assert not is_named(name)


def test_a_person_begins_with_a_given_name() -> None:
    assert is_person("Maria Ferrier")
    assert is_person("Governor Peter Lund")
    assert not is_person("Harbour Awards")
    assert not is_person("Lund")


def shown(text: str) -> set[str]:
    """The speakers that are shown in a text."""
    return {one.name for one in attributions(Article(text=text)) if is_shown(one, text)}


def test_whom_a_governing_clause_names_is_shown() -> None:
    text = "“The bridge will stay shut,” said Maud Ferrier, who chairs the board. Ferrier said that it was safe."
    assert shown(text) == {"Maud Ferrier"}


def test_he_is_shown_as_a_person_and_never_as_a_thing() -> None:
    text = "The prize went to the Harbour Awards in Torrin. “I was surprised,” he said."
    assert not shown(text)
    assert shown("Peter Lund chairs the board. “I was surprised,” he said.") == {"Peter Lund"}


def test_a_word_that_has_its_capital_from_its_sentence_alone_is_no_name() -> None:
    assert not shown("Critics said the bridge would never open. Later, critics said it had to.")
    assert shown("Torrin said the bridge would open. The bridge is dear to Torrin.") == {"Torrin"}


def test_she_is_shown_where_the_article_introduces_her_though_no_list_has_her_name() -> None:
    assert shown("Saoirse Quill, the hydrologist, saw the gate. “It was a trunk,” she said.") == {"Saoirse Quill"}
    assert not shown("Saoirse Quill saw the gate. “It was a trunk,” she said.")
