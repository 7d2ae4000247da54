"""Questions about speech: the right speaker, his or her own words, from anywhere in the archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from answering import TALKS, check, events, quoting
from paths import SHARED

from assistant.speakers.of_sentence import AttributedArticle, claims_inside, speaker_of
from assistant.types import Answer, PassagesFound
from ingest.article import Article, Span
from ingest.attribution import attributions
from ingest.read import read
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.encoders.local import LocalEncoder
from vectorstore.store import Store

SEED = SHARED / "seed" / "putin-kerry-sochi.txt"


def first(given: Answer) -> tuple[str | None, str]:
    return given.citations[0].speaker, given.citations[0].quote


def test_a_named_speakers_claims_are_in_that_speakers_words(sample_store: Store, embed: EmbeddingCache) -> None:
    given = quoting(sample_store, embed).ask(
        "What did Maren Aldous say about the ministry and the Kremlin?", as_of=TALKS
    )
    check(sample_store, given)
    assert given.citations
    assert {citation.speaker for citation in given.citations} == {"Maren Aldous"}


def test_who_accused_is_answered_by_the_accusation(sample_store: Store, embed: EmbeddingCache) -> None:
    asked = "Who accused Ukraine's government of learning about the Sochi meeting from the newspapers?"
    speaker, quote = first(quoting(sample_store, embed).ask(asked, as_of=TALKS))
    assert speaker == "Oksana Hlibova"
    assert "accused the government" in quote


def test_who_denied_is_answered_by_the_denial(sample_store: Store, embed: EmbeddingCache) -> None:
    speaker, quote = first(quoting(sample_store, embed).ask("Who denied shelling Verkhnia Balka?", as_of=TALKS))
    assert speaker == "separatists"
    assert "denied on Sunday" in quote


def test_both_sides_speak_where_the_sides_are_asked_for(sample_store: Store, embed: EmbeddingCache) -> None:
    given = quoting(sample_store, embed).ask("What do the two sides say caused the freeze?", as_of=TALKS)
    sides = {side for account in given.accounts for side in account.stands_for}
    assert {"Russia", "United States"} <= sides


def _archive() -> Iterator[Article]:
    """A speaker's one word on ferries, among many articles that say more about ferries."""
    for number in range(30):
        yield Article(
            id=f"noise-{number}",
            published=dt.date(2020, 1, 1) + dt.timedelta(days=number),
            text=f"Ferries to island {number} and their fares were the talk of the week. The fares of ferries rose, "
            f"fares fell, and route {number} of the ferries was sold. Nobody in the harbour of town {number} spoke.",
        )
    yield Article(
        id="mayor",
        published=dt.date(2020, 1, 20),
        text="The council met for five hours about bins, benches and the lighting of the square. Bins were moved.\n\n"
        "Asked about boats, “I would give away every seat,” the mayor, Gwen Tarrant, said of the fares.",
    )


def test_a_statement_that_the_words_of_the_question_do_not_find_is_found_by_its_speaker(
    store: Store, embed: EmbeddingCache
) -> None:
    store.add(_archive())
    asked, assistant = "What did Gwen Tarrant say about the ferries' fares?", quoting(store, embed)
    given = assistant.ask(asked, as_of=dt.date(2020, 3, 1))
    assert first(given)[0] == "Gwen Tarrant"
    assert any(entry.used and entry.passage.article_id == "mayor" for entry in given.passages)
    earlier = assistant.ask(asked, as_of=dt.date(2020, 1, 19))
    assert not any(entry.passage.article_id == "mayor" for entry in earlier.passages)


def test_what_statements_bring_respects_publishers_and_days(sample_store: Store, embed: EmbeddingCache) -> None:
    question = "What does Russia say caused the freeze?"
    only = quoting(sample_store, embed).ask(question, as_of=TALKS, sources=["The Lantern Review"])
    assert {entry.passage.source for entry in only.passages} == {"The Lantern Review"}
    late = quoting(sample_store, embed).ask(question, as_of=TALKS, date_from=dt.date(2015, 5, 15))
    assert all(entry.passage.published and entry.passage.published >= dt.date(2015, 5, 15) for entry in late.passages)


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_what_is_found_is_told_before_the_answer(sample_store: Store, embed: EmbeddingCache, mode: str) -> None:
    stream = events(mode, quoting(sample_store, embed), "What does Russia say about Iran?", as_of=TALKS)
    assert isinstance(stream[0], PassagesFound)


def test_a_sentence_that_only_says_who_denied_has_a_voice() -> None:
    article = Article(text="Anna Berg accused the council of fraud. The council denied it. The council met in June.")
    found = AttributedArticle(id="a", text=article.text, attributions=tuple(attributions(article)))
    voices = [
        speaker_of(Span(start, article.text.index(".", start) + 1), found)
        for start in (0, article.text.index("The council denied"), article.text.index("The council met"))
    ]
    assert [voice.name if voice else None for voice in voices] == ["Anna Berg", "council", None]


def test_whoever_sees_it_so_speaks_beside_another_in_one_sentence() -> None:
    text = "While Freedonia sees the neighbour’s army at work, the Sylvanian ministry says the crisis was provoked."
    found = AttributedArticle(id="a", text=text, attributions=tuple(attributions(Article(text=text))))
    assert {one.name for one in claims_inside(Span(0, len(text)), found)} == {"Freedonia", "Sylvanian ministry"}


@pytest.fixture(scope="module")
def seed_store(tmp_path_factory: pytest.TempPathFactory, encoder: LocalEncoder) -> Iterator[Store]:
    if not SEED.is_file():
        pytest.skip(f"{SEED} is absent: it is data to measure with, and no part of the project")
    folder: Path = tmp_path_factory.mktemp("seed") / "store"
    with Store.open(folder, encoder=encoder) as store:
        store.add(item for item in read([str(SEED)]) if isinstance(item, Article))
        yield store


@pytest.mark.parametrize(
    ("question", "speaker", "word"),
    [
        ("Who said the difficult period was caused by unfriendly actions?", "Russian Foreign Ministry", "difficult"),
        ("Who denied starting the freeze?", "Dmitry Peskov", "initiator"),
        ("What did the State Department official say about sanctions?", "State Department official", "sanctions"),
        ("What does Russia say about Ukraine's crisis?", "Russian Foreign Ministry", "provoked"),
        ("What does the U.S. say about Ukraine's crisis?", "U.S. officials", "Ukraine"),
    ],
)
def test_the_article_that_started_it_is_answered_with_the_right_speaker(
    seed_store: Store, embed: EmbeddingCache, question: str, speaker: str, word: str
) -> None:
    given = quoting(seed_store, embed).ask(question)
    check(seed_store, given)
    named, quote = first(given)
    assert named == speaker
    assert word in quote
