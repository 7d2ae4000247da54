"""Adding, changing and removing articles: the archive, Chroma and BM25 always hold the same, and nothing twice."""

from __future__ import annotations

import datetime as dt
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stores import WordEncoder, article, check, found, matching, sentence, word

from ingest.article import Article
from ingest.errors import Problem
from vectorstore import store as store_module
from vectorstore.archive import writing
from vectorstore.archive.documents import Outcome
from vectorstore.errors import EncoderError, StoreUnreadable, UnknownArticle
from vectorstore.indexes import vectors as indexes
from vectorstore.store import Store


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def store(tmp_path: Path, encoder: WordEncoder) -> Iterator[Store]:
    with Store.open(tmp_path / "store", encoder=encoder) as store:
        yield store


def add(store: Store, *articles: Article) -> list[tuple[str, Outcome]]:
    """Add, check what always holds, and return what was reported, in order."""
    reported: list[tuple[str, Outcome]] = []
    report = store.add(articles, on_article=lambda item, outcome: reported.append((item.id, outcome)))
    assert report.added + report.changed + report.unchanged == len(reported) == len(articles)
    check(store)
    return reported


def test_what_was_added_is_found_by_its_own_words(store: Store) -> None:
    add(store, *(article(i) for i in range(20)))
    for i in range(20):
        assert found(store, f"Who was the {word(i)} that came to town?")[0] == f"a{i}"


def test_unchanged_articles_are_passed_over_without_embedding_or_writing(store: Store, encoder: WordEncoder) -> None:
    articles = [article(i) for i in range(5)]
    add(store, *articles)
    embedded, head, rows = len(encoder.texts), store.archive.head(), store.indexes.dense.rows()
    assert [outcome for _, outcome in add(store, *articles)] == [Outcome.UNCHANGED] * 5
    assert (len(encoder.texts), store.archive.head(), store.indexes.dense.rows()) == (embedded, head, rows)


def test_changed_content_takes_the_place_of_the_old_everywhere(store: Store) -> None:
    add(store, article(1), article(2))
    assert add(store, article(1, text=f"The {word(77)} left town.")) == [("a1", Outcome.CHANGED)]
    assert store.text("a1") == f"The {word(77)} left town."
    assert matching(store, word(1)) == set()
    assert matching(store, word(77)) == {"a1"}
    assert all(word(1) not in passage.text for passage in store.search(f"the {word(1)}"))
    assert found(store, f"the {word(77)}")[0] == "a1"


def test_only_the_chunks_that_changed_are_embedded_again(store: Store, encoder: WordEncoder) -> None:
    paragraphs = ["\n\n".join([" ".join(sentence(i * 20 + j) for j in range(20))]) for i in range(6)]
    add(store, article(1, text="\n\n".join(paragraphs)))
    before = len(encoder.texts)
    assert before >= 6
    paragraphs[3] = paragraphs[3].replace("On day", "On the day")
    add(store, article(1, text="\n\n".join(paragraphs)))
    assert all("On the day" in text for text in encoder.texts[before:])
    assert 1 <= len(encoder.texts) - before <= 2


def test_the_same_text_elsewhere_is_another_origin_and_indexed_once(store: Store, encoder: WordEncoder) -> None:
    add(store, article(1))
    chunks = store.counts()[1]
    twin = article(2, text=article(1).text, source="Harbour Post", title="Told again")
    assert add(store, twin) == [("a2", Outcome.ANOTHER_ORIGIN)]
    assert store.counts() == (1, chunks)
    assert store.origins("a1") == store.origins("a2") == ["1.txt", "2.txt"]
    assert store.text("a2") == store.text("a1")
    assert add(store, twin) == [("a2", Outcome.UNCHANGED)]
    assert found(store, f"the {word(1)}") == ["a1"]


def test_the_old_text_stays_with_its_second_origin_when_the_first_changes(store: Store) -> None:
    add(store, article(1), article(2, text=article(1).text, source="Harbour Post", published="2015-05-13"))
    assert add(store, article(1, text=f"The {word(88)} left.")) == [("a1", Outcome.CHANGED)]
    assert store.counts()[0] == 2
    old, new = store.search(f"the {word(1)}")[0], store.search(f"the {word(88)}")[0]
    assert (old.article_id, old.source, old.published) == ("a2", "Harbour Post", dt.date(2015, 5, 13))
    assert new.article_id == "a1"
    assert found(store, f"the {word(1)}", sources={"Harbour Post"}) == ["a2"]
    assert store.origins("a1") == ["1.txt"]
    assert store.origins("a2") == ["2.txt"]


def test_a_document_that_comes_to_say_what_another_says_joins_it(store: Store) -> None:
    add(store, article(1), article(2))
    assert add(store, article(2, text=article(1).text)) == [("a2", Outcome.CHANGED)]
    assert store.counts()[0] == 1
    assert matching(store, word(2)) == set()
    assert store.text("a2") == article(1).text


def test_a_change_of_metadata_alone_reaches_filters_titles_and_dates(store: Store, encoder: WordEncoder) -> None:
    text = article(1).text
    add(store, article(1, text=text, published="2015-05-12"))
    before = len(encoder.texts)
    moved = article(1, text=text, published="2016-01-02", source="Harbour Post")
    assert add(store, moved) == [("a1", Outcome.CHANGED)]
    assert len(encoder.texts) == before  # the title is embedded with the text, and it is the same
    assert found(store, word(1), sources={"Meridian Wire"}) == []
    assert found(store, word(1), sources={"Harbour Post"}, date_from=dt.date(2016, 1, 1)) == ["a1"]
    assert found(store, word(1), date_to=dt.date(2015, 12, 31)) == []
    add(store, article(1, text=text, title=f"About a {word(55)}"))
    assert store.search(word(1))[0].title == f"About a {word(55)}"
    assert store.indexes.lexical.search_articles(word(55), 5) != []


def test_removal_removes_from_archive_chroma_and_bm25(store: Store) -> None:
    add(store, *(article(i) for i in range(4)))
    assert store.remove(["a1", "a3", "nothing"]) == ["nothing"]
    check(store)
    assert store.counts()[0] == 2
    assert matching(store, word(1)) == matching(store, word(3)) == set()
    assert set(found(store, "who came to town")) == {"a0", "a2"}
    with pytest.raises(UnknownArticle, match="has no article 'a1'; see: assistant articles list"):
        store.text("a1")


def test_an_article_is_removed_by_the_id_of_any_of_its_origins(store: Store) -> None:
    add(store, article(1), article(2, text=article(1).text))
    assert store.remove(["a2"]) == []
    check(store)
    assert store.counts() == (0, 0)
    assert found(store, word(1)) == []
    for lost in ("a1", "a2"):
        with pytest.raises(UnknownArticle):
            store.article(lost)


def test_what_was_removed_can_be_added_again(store: Store) -> None:
    add(store, article(1))
    store.remove(["a1"])
    assert add(store, article(1)) == [("a1", Outcome.ADDED)]
    assert found(store, f"the {word(1)}") == ["a1"]


def test_where_a_document_comes_twice_in_one_run_the_last_one_counts_every_time(store: Store) -> None:
    first, last = article(1), article(1, text=f"The {word(99)} left.")
    for _ in range(3):
        add(store, first, article(2), last)
        assert store.text("a1") == last.text
        assert matching(store, word(1)) == set()


def test_vectors_that_the_batch_before_let_go_are_made_again(
    store: Store, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BATCH", 1)  # every article is a batch, embedded while the one before is written
    monkeypatch.setattr(indexes, "embed_missing", lambda *_: pytest.fail("an article was committed without vectors"))
    write = store.archive.write

    def write_late(*arguments: Any) -> list[Outcome]:
        time.sleep(0.05)  # by now it is known which vectors of the next batch are there
        return write(*arguments)

    add(store, article(1))
    monkeypatch.setattr(store.archive, "write", write_late)
    add(store, article(1, text="Quite another."), article(2, text=article(1).text, title="Report 1"))
    assert matching(store, word(1)) == {"a2"}


def test_problems_go_into_the_report_and_the_rest_is_added(store: Store) -> None:
    problem = Problem(source="x.pdf", reason="it is broken", remedy="mend it")
    report = store.add([article(1), problem, article(2)])
    assert (report.added, report.failed) == (2, [problem])
    assert report.chunks == store.counts()[1]


def test_nothing_is_lost_when_reading_breaks_off(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "BATCH", 1)
    safe: list[str] = []

    def articles() -> Iterator[Article]:
        yield from (article(i) for i in range(5))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.add(articles(), on_article=lambda item, _: safe.append(item.id))
    store.reconcile()
    check(store)
    assert safe
    assert {line.id for line in store.articles()} >= set(safe)


def test_what_was_reported_before_the_encoder_failed_is_found(
    store: Store, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BATCH", 1)
    encode = encoder.encode

    def failing(texts: list[str]) -> object:
        if any(word(4) in text for text in texts):
            raise EncoderError("embedding failed", remedy="try again")
        return encode(texts)

    monkeypatch.setattr(encoder, "encode", failing)
    safe: list[str] = []
    with pytest.raises(EncoderError):
        store.add([article(i) for i in range(8)], on_article=lambda item, _: safe.append(item.id))
    check(store)
    assert safe[:4] == ["a0", "a1", "a2", "a3"]
    assert "a4" not in safe
    for name in safe:
        assert found(store, f"the {word(int(name[1:]))}")[0] == name


def test_no_text_is_embedded_twice_however_many_batches_are_under_way(
    store: Store, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BATCH", 1)
    monkeypatch.setattr(encoder, "calls_at_once", 4)
    encode = encoder.encode

    def slow(texts: list[str]) -> object:
        time.sleep(0.02)
        return encode(texts)

    monkeypatch.setattr(encoder, "encode", slow)
    # Five texts, each in eight documents whose own last sentence differs.
    shared = [article(i, sentences=30).text for i in range(5)]
    documents = [article(100 + i, title="Alike", text=f"{shared[i % 5]}\n\nNumber {i} ends here.") for i in range(40)]
    begun = len(encoder.texts)
    report = store.add(documents)
    check(store)
    embedded = encoder.texts[begun:]
    assert len(embedded) == len(set(embedded)) < report.chunks


def test_the_indexes_follow_while_a_long_run_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "BATCH", 4)
    monkeypatch.setattr(store_module, "FOLLOW_EVERY", 8)
    seen: list[int] = []
    store.add([article(i) for i in range(40)], on_article=lambda *_: seen.append(store.indexes.dense.count()))
    assert 0 < seen[20] <= seen[39] < store.counts()[1]


def test_the_indexes_follow_while_the_last_batches_are_embedded(
    store: Store, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "BATCH", 8)
    monkeypatch.setattr(store_module, "FOLLOW_EVERY", 320)  # more than there is: only the end's nearness is left
    done = threading.Event()
    encode = encoder.encode

    def last_waits(texts: list[str]) -> object:
        if any("Number 29" in text for text in texts):
            done.wait(20)
        return encode(texts)

    def followed() -> None:
        done.set()
        reconcile()

    reconcile = store.reconcile
    monkeypatch.setattr(encoder, "encode", last_waits)
    monkeypatch.setattr(store, "reconcile", followed)
    given = [article(i, sentences=30) for i in range(30)]
    given[-1] = article(29, text=f"{given[-1].text}\n\nNumber 29 ends here.")
    seen: list[int] = []
    store.add(given, on_article=lambda *_: seen.append(store.indexes.dense.count()))
    assert seen[0] == 0 < seen[-1] < store.counts()[1]
    check(store)


NUMBERS = st.integers(min_value=0, max_value=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(st.tuples(NUMBERS, NUMBERS), st.lists(NUMBERS, min_size=1)), min_size=1, max_size=6))
def test_any_sequence_of_additions_and_removals_leaves_archive_and_indexes_alike(
    store: Store, steps: list[tuple[int, int] | list[int]]
) -> None:
    texts: dict[str, str] = {line.id: store.text(line.id) for line in store.articles()}
    store.remove([*texts, *(f"a{i}" for i in range(5))])
    held: dict[str, str] = {}
    for step in steps:
        if isinstance(step, tuple):
            document, content = step
            given = article(document, text=article(content, sentences=8).text)
            store.add([given])
            held[given.id] = given.text
        else:
            for number in step:
                gone = held.get(f"a{number}")
                held = {key: text for key, text in held.items() if text != gone}
            store.remove(f"a{number}" for number in step)
        check(store)
    assert store.counts()[0] == len(set(held.values()))
    for key, text in held.items():
        assert store.text(key) == text


def test_a_path_that_is_a_file_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "store"
    path.write_text("not a folder")
    with pytest.raises(StoreUnreadable, match="cannot be made") as caught:
        Store.open(path, encoder=WordEncoder())
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_refused_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir(mode=0o500)
    with pytest.raises(StoreUnreadable, match=r"cannot be written.*name another with --store"):
        Store.open(folder, encoder=WordEncoder())


def test_the_default_store_is_in_the_users_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Store.open(encoder=WordEncoder()) as store:
        assert store.path == tmp_path / "data" / "news-assistant" / "store"
        assert (store.path / "archive.sqlite").is_file()


def test_closing_twice_does_nothing_more_and_the_store_opens_again(tmp_path: Path) -> None:
    encoder = WordEncoder()
    with Store.open(tmp_path, encoder=encoder) as store:
        store.add([article(1)])
    store.close()
    with Store.open(tmp_path, encoder=encoder) as store:
        assert found(store, word(1)) == ["a1"]


def test_an_opening_that_fails_leaves_the_store_free(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite").write_bytes(b"rubbish" * 1000)
    with pytest.raises(StoreUnreadable):
        Store.open(tmp_path, encoder=WordEncoder())
    (tmp_path / "archive.sqlite").unlink()
    Store.open(tmp_path, encoder=WordEncoder()).close()
