"""Whom a speaker's words stand for: full names, pronouns, descriptions."""

from __future__ import annotations

import pytest

from ingest import Article, attributions


def names(text: str) -> list[str]:
    return [a.name for a in attributions(Article(text=text))]


@pytest.mark.parametrize(
    ("second", "name"),
    [
        ("Peskov said that it would rain.", "Dmitry Peskov"),
        ("Mr Peskov said that it would rain.", "Dmitry Peskov"),
        ("“It will rain,” he said.", "Dmitry Peskov"),
        ("The spokesman said that it would rain.", "Dmitry Peskov"),
        ("The Foreign Ministry said that it would rain.", "Russian Foreign Ministry"),
        ("The ministry said that it would rain.", "Russian Foreign Ministry"),
        ("It will rain, according to the ministry’s statement.", "Russian Foreign Ministry"),
        ("Some diplomats said that it would rain.", "diplomats"),
    ],
)
def test_a_short_name_is_given_in_full(second: str, name: str) -> None:
    first = "Kremlin spokesman Dmitry Peskov said the talks would go on. The Russian Foreign Ministry was closed."
    assert names(f"{first} {second}")[-1] == name


def test_a_pronoun_is_the_nearest_speaker_of_its_gender() -> None:
    text = (
        "John Kerry said the talks were long. Angela Merkel said the talks were short. "
        "“They were neither,” he said. “They were both,” she said."
    )
    assert names(text) == ["John Kerry", "Angela Merkel", "John Kerry", "Angela Merkel"]


def test_a_description_is_whoever_was_described_so_before() -> None:
    text = (
        "One State Department official said it was late. The official said that nobody minded. She said that she did."
    )
    assert names(text) == ["State Department official"] * 3


def test_who_and_which_stand_for_the_phrase_before() -> None:
    text = "The letter came from the Russian Foreign Ministry, which said that it was late."
    assert names(text) == ["Russian Foreign Ministry"]


def test_a_pronoun_without_a_fitting_name_stays_as_it_stands() -> None:
    assert names("They said that it was late.") == ["They"]


def test_an_owner_is_part_of_an_institutions_name() -> None:
    text = "Russia’s Foreign Ministry said it was late. The ministry said that nobody minded."
    assert names(text) == ["Russia’s Foreign Ministry"] * 2


def test_two_speakers_are_named_together() -> None:
    text = "Vladimir Putin met John Kerry. Mr Putin and Mr Kerry said that it was late."
    assert names(text) == ["Vladimir Putin and John Kerry"]


def test_a_name_in_an_insertion_is_the_name() -> None:
    text = "Paul Manafort was there. The campaign’s chairman, Paul Manafort, said that it was late."
    assert names(text) == ["Paul Manafort"]


def test_a_pronoun_without_a_speaker_before_it_is_the_subject_of_the_sentence_before() -> None:
    text = "John Kerry spent the day with Vladimir Putin. He told reporters that it was late."
    assert names(text) == ["John Kerry"]


def test_whoever_is_asked_about_does_not_answer() -> None:
    text = "John Kerry was in Kyiv. Asked about a visit of Vladimir Putin to the town, he said that it was late."
    assert names(text)[-1] == "John Kerry"


def test_a_subject_of_the_paragraph_comes_before_a_speaker_of_another() -> None:
    text = "“It is late,” a State Department official said.\n\nJohn Kerry was in Kyiv. He said that nobody minded."
    assert names(text)[-1] == "John Kerry"


def test_an_official_who_is_described_at_length_can_be_meant_by_a_pronoun() -> None:
    text = (
        "Vladimir Putin was in Sochi. An American official travelling with John Kerry said it was late. "
        "“So it is,” he said."
    )
    assert names(text)[-1] == "American official travelling with John Kerry"


def test_one_of_several_is_called_so() -> None:
    assert names("The diplomats were there. One of them said that it was late.") == ["One of them"]


@pytest.mark.parametrize(
    ("speakers", "name"),
    [
        ("The United States and the European Union", "United States and European Union"),
        ("Britain and France", "Britain and France"),
        ("The Foreign Ministry and Interior Ministry", "Foreign Ministry and Interior Ministry"),
    ],
)
def test_two_bodies_that_speak_as_one_are_both_named(speakers: str, name: str) -> None:
    assert names(f"{speakers} said that the talks had failed.") == [name]


def test_one_body_with_a_double_name_is_not_taken_for_two() -> None:
    assert " and " not in names("The Foreign and Commonwealth Office said that the talks had failed.")[0]


@pytest.mark.parametrize("title", ["Kenyan President", "Russian President", "Bolivian Foreign Minister"])
def test_what_a_countrys_people_are_called_is_no_part_of_a_persons_name(title: str) -> None:
    assert names(f"{title} Idris Vance said that the talks had failed.") == ["Idris Vance"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The tide took 40 boats, the harbourmaster, Oda Prenn, said.", "Oda Prenn"),
        ("The quay held, said the deputy mayor, Karl Lund.", "Karl Lund"),
        ("Its spokeswoman, Ida Rask, said that the quay held.", "Ida Rask"),
        ("The operator, Orrin Ferries, said that the quay held.", "Orrin Ferries"),
        ("The hospital in Skarn, Norland, said that it was full.", "hospital in Skarn"),  # a place is nobody's name
    ],
)
def test_a_description_and_the_name_behind_it_are_one(sentence: str, name: str) -> None:
    assert names(f"{sentence} It rained.") == [name]
