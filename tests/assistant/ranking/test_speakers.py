"""Whose words the sentences of some passages are."""

from __future__ import annotations

import pytest
from asking import passages_of

from assistant.citing.sentences import Context
from assistant.question import speech_subject
from assistant.ranking.speakers import heard, speakers
from ingest import Article


def context(text: str) -> Context:
    return Context.of(passages_of(Article(id="a", title="Talks", text=text)))


def sides(text: str) -> list[set[str]]:
    """The countries whose words each sentence is."""
    return [{side for one in spoken for side in one.sides} for spoken in speakers(context(text).sentences)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia’s Foreign Ministry blamed Washington.", "russia"),
        ("Kremlin spokesman Dmitry Peskov said that it was over.", "russia"),
        ("“It is over,” said a Russian diplomat who was there.", "russia"),
        ("It is over, according to the State Department.", "united states"),
        ("U.S. officials, who spoke on Monday, warned Kyiv.", "united states"),
        ("Angela Merkel, the German chancellor, told Putin the same.", "germany"),
        ("There was a blast from the Russian Foreign Ministry, which said that Washington began it.", "russia"),
        ("MOSCOW — Russia’s government declined to say what it wanted.", ""),
        ("The talks with Russia ended, and Kerry flew home.", ""),
        ("“The Kremlin said so,” the sign read.", ""),
    ],
)
def test_the_one_who_stands_at_the_verb_speaks(text: str, expected: str) -> None:
    assert sides(text) == [{expected} if expected else set()]


def test_he_is_the_one_who_spoke_before() -> None:
    text = (
        "Kremlin spokesman Dmitry Peskov told reporters that he was glad. "
        "“We did not begin it,” he said. "
        "A U.S. official denied that. "
        "The official said that Crimea came first. "
        "“It began there.”"
    )
    assert sides(text) == [{"russia"}, {"russia"}, *[{"united states"}] * 3]


def test_a_persons_country_is_what_the_passages_say() -> None:
    text = "Russia’s foreign minister, Sergei Lavrov, arrived. Mr Lavrov said little. Jonas Ekwall said nothing of use."
    assert sides(text) == [set(), {"russia"}, set()]


def test_the_words_of_the_other_side_are_told_from_those_that_are_asked_for() -> None:
    found = heard(
        "Russia",
        context(
            "Russia’s Foreign Ministry blamed Washington. American officials denied it. The talks went on. "
            "The Kremlin’s spokesman, Dmitry Peskov, said that Moscow was open."
        ).sentences,
    )
    assert [one.fit for one in found] == [1.0, -1.0, 0.0, 1.0]
    assert found[0].voice & found[3].voice == frozenset()  # two voices of one side


def test_a_person_is_asked_for_by_surname() -> None:
    text = "Sergei Lavrov said yes. Dmitry Peskov said no. He added that it was early."
    assert [one.fit for one in heard("Peskov", context(text).sentences)] == [0.0, 1.0, 1.0]


def test_a_ministry_of_another_country_is_not_the_one_that_is_asked_for() -> None:
    text = (
        "Ukraine’s Foreign Ministry welcomed it, and said that it would wait. Russia’s Foreign Ministry said no word."
    )
    found = heard("Ukraine's Foreign Ministry", context(text).sentences)
    assert [one.fit for one in found] == [1.0, -1.0]


@pytest.mark.parametrize(
    "text", ["", "“", "”", "said", "according to", ", , said", "He said.", "“”“ he said which who"]
)
def test_broken_text_has_no_speaker_and_no_error(text: str) -> None:
    assert all(not one.sides for spoken in speakers(context(f"{text} 7").sentences) for one in spoken)


def test_the_example_question_asks_for_russia() -> None:
    assert speech_subject("what does Russia say caused the freeze?") == "Russia"
