"""Whom a question about speech means: by name in the whole archive, by description in the story that it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from answering import TALKS, check, quoting

from assistant.speakers.resolution import description_fit, is_named, mentions
from ingest.article import Article
from ingest.language.gazetteer import bundled
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.store import Store

DAY = dt.date(2021, 6, 1)


def _archive() -> Iterator[Article]:
    """Two companies that speak, each in a story of its own, and people who are described."""
    yield Article(
        id="bakery",
        published=dt.date(2021, 5, 10),
        text="The bakery Kornhaus closed its ovens in Salla on Monday. “The flour is fine,” the company said. "
        "Its neighbours miss the smell of bread.\n\n"
        "Ada Brandt, 61, who sells newspapers at the corner, disagreed. “The flour had stones in it,” she said.\n\n"
        "Olga Oster, the town's mayor, said that bread was no matter for the council.",
    )
    yield Article(
        id="ferry",
        published=dt.date(2021, 5, 20),
        text="A ferry of Nordline ran aground off Brenna on Thursday. “The radar is fine,” the company said. "
        "Nobody on board was hurt, and the flour in its hold stayed dry.\n\n"
        "The harbour's pilot, Jon Vik, denied that he had been asleep. “I saw the rock,” he said.",
    )


@pytest.fixture
def stories(store: Store) -> Store:
    store.add(_archive())
    return store


def speakers(store: Store, embed: EmbeddingCache, question: str) -> dict[str | None, str]:
    given = quoting(store, embed).ask(question, as_of=DAY)
    check(store, given)
    return {citation.speaker: citation.article_id for citation in given.citations}


def test_the_company_of_a_question_is_the_one_of_its_story_and_no_other(stories: Store, embed: EmbeddingCache) -> None:
    assert speakers(stories, embed, "What did the company say about the bakery's flour?") == {"company": "bakery"}
    assert speakers(stories, embed, "What did the company say about the ferry's radar?") == {"company": "ferry"}


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did the mayor say about bread?", "Olga Oster"),
        ("What did the newspaper seller say about the flour?", "Ada Brandt"),
        ("How did the pilot respond to the claim that he was asleep?", "Jon Vik"),
    ],
)
def test_somebody_who_is_only_described_is_found_by_what_the_story_calls_its_speakers(
    stories: Store, embed: EmbeddingCache, question: str, speaker: str
) -> None:
    assert set(speakers(stories, embed, question)) == {speaker}


@pytest.mark.parametrize(
    "question",
    ["What did Ola Nordmann say about the flour?", "What does China say about the ferry?", "What did Norway say?"],
)
def test_where_whoever_is_asked_about_says_nothing_the_words_of_others_are_no_answer(
    stories: Store, embed: EmbeddingCache, question: str
) -> None:
    assert quoting(stories, embed).ask(question, as_of=DAY).abstained


def test_what_an_article_tells_of_somebodys_words_answers_where_it_has_no_statement_of_them(
    store: Store, embed: EmbeddingCache
) -> None:
    store.add(
        [
            Article(
                id="visit",
                published=dt.date(2021, 5, 10),
                text="Minister Ada Brandt came to Salla on Monday, where the bridge was blessed and "
                "painted red. A promise to mend the bridge in June had come from Ada Brandt in a speech in March.",
            )
        ]
    )
    given = quoting(store, embed).ask("What did Ada Brandt promise about the bridge?", as_of=DAY)
    assert not given.abstained


def test_of_several_voices_in_one_sentence_the_citation_names_the_one_that_is_asked_for(
    store: Store, embed: EmbeddingCache
) -> None:
    store.add(
        [
            Article(
                id="quarry",
                published=dt.date(2021, 5, 10),
                text="Before the vote, the Quarry Workers' Union blamed the council for the “lost year” at the quarry; "
                "the mayor, Olga Oster, said more briefly that the quarry “was never hers to close”.",
            )
        ]
    )
    assert speakers(store, embed, "What did Olga Oster say about the quarry?") == {"Olga Oster": "quarry"}
    given = quoting(store, embed).ask("What did Olga Oster say about the quarry?", as_of=DAY)
    assert [account.speaker for account in given.accounts] in ([], ["Olga Oster"])


def test_who_denies_is_a_side_of_its_own_and_no_onlooker(sample_store: Store, embed: EmbeddingCache) -> None:
    given = quoting(sample_store, embed).ask("What do the two sides say about who shelled Verkhnia Balka?", as_of=TALKS)
    assert {"Ukrainian military", "separatists"} <= {citation.speaker for citation in given.citations}
    assert any(account.conflicts for account in given.accounts)


def test_the_reply_to_an_accusation_is_what_denies_it_or_stands_behind_it(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    given = quoting(sample_store, embed).ask(
        "How did the company respond to the Teknik union's accusation?", as_of=dt.date(2021, 10, 1)
    )
    assert given.citations[0].quote == "Ms Sandahl denied that."


def test_a_place_is_no_name_of_whoever_is_there() -> None:
    assert is_named("Peskov", bundled())
    assert is_named("government of Ukraine", bundled())
    assert is_named("U.S.", bundled())
    assert not is_named("the baker in Paris", bundled())
    assert not is_named("her coach", bundled())
    assert not is_named("company", bundled())


def test_a_speaker_is_mentioned_by_the_last_name_or_by_any_form_of_the_country() -> None:
    assert mentions("Angela Merkel", "Ms Merkel spoke in Bonn.", bundled())
    assert mentions("Poland's prime minister", "The Polish premier spoke.", bundled())
    assert not mentions("Poland's prime minister", "The premier spoke.", bundled())


def test_an_article_calls_a_speaker_by_what_stands_around_the_name() -> None:
    text = "The museum's archivist, Elin Torvik, refused. Torvik, who collects moths, laughed; the cook Per Ask wept."
    assert description_fit("Elin Torvik", text, {"museum", "archivist"}) == 4
    assert description_fit("Elin Torvik", text, {"moth"}) == 1
    assert description_fit("Per Ask", text, {"cook"}) == 2
    assert description_fit("Per Ask", text, {"archivist", "moth"}) == 0


def test_whoever_is_called_exactly_so_comes_before_others_of_a_like_name(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    given = quoting(sample_store, embed).ask("Who shelled Verkhnia Balka, according to the separatists?", as_of=TALKS)
    assert given.citations[0].speaker == "separatists"


def test_an_official_without_a_name_is_asked_for_before_all_who_speak_for_the_country(
    sample_store: Store, embed: EmbeddingCache
) -> None:
    question = "What does the Russian diplomat say about the talks?"
    given = quoting(sample_store, embed).ask(question, as_of=TALKS)
    assert given.citations
    assert all("diplomat" in store_text(sample_store, c.article_id) for c in given.citations)
    assert not any("Ministry" in (citation.speaker or "") for citation in given.citations)


def store_text(store: Store, article_id: str) -> str:
    return store.text(article_id)
