"""Who says what is stored with the article, lives as long as it does, and is made again when the rules are new."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, select
from stores import WordEncoder, article

from ingest.attribution import Attribution, attributions, extractor
from vectorstore.archive import attributions as stored
from vectorstore.archive import prepared
from vectorstore.archive.schema import attributed, speakers
from vectorstore.archive.schema import attributions as table
from vectorstore.indexes.reindexing import reindex
from vectorstore.speakers.statements import StatementQuery
from vectorstore.store import Store

ENCODER = WordEncoder()

SPOKEN = (
    "Kremlin spokesman Dmitry Peskov said on Monday that the visit was “very positive.” He did not say more.\n\n"
    "“We wanted the ferry,” Ada Lorne, who runs the harbour, told reporters. “Nobody asked us.”"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "store", encoder=ENCODER) as store:
        store.add([article(1, text=SPOKEN), article(2, text=f"{SPOKEN} It rained.")])
    return tmp_path / "store"


def rows(store: Store) -> tuple[int, int, int]:
    with store.archive.engine.connect() as connection:
        return tuple(connection.scalar(select(func.count()).select_from(t)) or 0 for t in (table, speakers, attributed))  # type: ignore[return-value]


def extracted(number: int, text: str = SPOKEN) -> list[Attribution]:
    return attributions(article(number, text=text))


def test_what_was_stored_is_what_was_extracted(path: Path) -> None:
    with Store.open(path, encoder=ENCODER) as store:
        assert store.attributions("a1") == extracted(1)
        assert next(one.name for one in store.attributions("a1")) == "Dmitry Peskov"
        assert store.attributions("absent") == []


def test_they_are_read_from_the_store_and_not_extracted_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(path, encoder=ENCODER) as store:
        for module in (stored, prepared):
            monkeypatch.setattr(module, "extract", lambda article: pytest.fail("extracted again"))
        assert len(store.attributions("a1")) >= 2
        assert store.statements("Peskov")


def test_a_changed_article_has_its_own_and_a_removed_one_none(path: Path) -> None:
    with Store.open(path, encoder=ENCODER) as store:
        store.add([article(1, text="“It is late,” Cy Tam said.")])
        assert [one.name for one in store.attributions("a1")] == ["Cy Tam"]
        store.remove(["a1"])
        only = rows(store)
        store.add([article(1, text="“It is late,” Cy Tam said.")])
        store.remove(["a1"])
        assert rows(store) == only
        store.remove(["a2"])
        assert rows(store) == (0, 0, 0)


def test_an_archive_from_before_gets_them_when_they_are_first_asked_for(path: Path) -> None:
    with sqlite3.connect(path / "archive.sqlite") as raw:
        for name in ("attributions", "speakers", "attributed"):
            raw.execute(f"DROP TABLE {name}")
        raw.execute("UPDATE meta SET value = '2' WHERE key = 'version'")
    raw.close()
    with Store.open(path, encoder=ENCODER) as store:
        assert rows(store) == (0, 0, 0)
        assert store.attributions("a1") == extracted(1)  # one article is read at once, without waiting for all
        assert {said.article_id for said in store.statements("Dmitry Peskov", StatementQuery(copies=True))} == {
            "a1",
            "a2",
        }
        assert rows(store)[2] == 2


def test_other_rules_are_noticed_and_what_they_have_made_takes_the_old_ones_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(path, encoder=ENCODER) as store:
        before = rows(store)
        assert stored.missing(store.archive) == 0
    monkeypatch.setattr(stored, "fingerprint", lambda: "other rules")
    for module in (stored, prepared):
        monkeypatch.setattr(module, "extract", lambda article: extracted(1)[:1])
    done = reindex(path, encoder=ENCODER)
    assert done.attributed == 2
    assert reindex(path, encoder=ENCODER).attributed == 0
    with Store.open(path, encoder=ENCODER) as store:
        assert len(store.attributions("a1")) == 1
        assert rows(store) == (2, 2, 2) != before


def test_the_fingerprint_is_of_the_rules_as_they_are_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path(extractor.__file__).parents[1]
    for name in ("attribution", "language"):
        shutil.copytree(real / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(extractor, "__file__", str(tmp_path / "attribution" / "extractor.py"))
    assert extractor.fingerprint.__wrapped__() == extractor.fingerprint()
    (tmp_path / "language" / "rules.py").write_text("# other rules\n")
    assert extractor.fingerprint.__wrapped__() != extractor.fingerprint()


def test_making_them_goes_on_where_it_was_cut_off(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "fingerprint", lambda: "other rules")
    monkeypatch.setattr(stored, "_BATCH", 1)
    made = []

    def cut_off(found: object) -> list[Attribution]:
        if len(made) == 1:
            raise KeyboardInterrupt
        made.append(found)
        return []

    for module in (stored, prepared):
        monkeypatch.setattr(module, "extract", cut_off)
    said: list[str] = []
    with Store.open(path, encoder=ENCODER, report=said.append) as store:
        with pytest.raises(KeyboardInterrupt):
            store.speakers()
        assert stored.missing(store.archive) == 1
        for module in (stored, prepared):
            monkeypatch.setattr(module, "extract", lambda article: [])
        assert store.speakers() == []
        assert stored.missing(store.archive) == 0
    assert "reading who says what in 2 articles, once" in said
