"""The lexical index finds words as people write them, and keeps to the filters."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from paths import ROOT

from vectorstore.indexes.analysis import analyse, query_terms
from vectorstore.indexes.base import TextArticle
from vectorstore.indexes.bm25 import LexicalIndex

NAUGHTY = ROOT.parent / "shared" / "data" / "adversarial" / "naughty-strings.json"
DAY = dt.date(2015, 5, 12).toordinal()


def article(
    key: int, *passages: str, title: str = "", source: str = "Meridian Wire", day: int | None = DAY
) -> TextArticle:
    chunks = tuple((key * 100 + number, text) for number, text in enumerate(passages))
    return TextArticle(key=key, title=title, source=source, day=day, passages=chunks)


def put(index: LexicalIndex, *articles: TextArticle) -> None:
    index.apply(remove_articles=(), add=articles)


def found(index: LexicalIndex, query: str, **filters: object) -> list[int]:
    return [chunk for chunk, _, _ in index.search_passages(query, 10, **filters)]  # type: ignore[arg-type]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[LexicalIndex]:
    with LexicalIndex.open(tmp_path / "lexical") as opened:
        yield opened


# -- what is found ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("The minister was negotiating over prisons.", "negotiate prison"),
        ("Russia’s envoy left.", "what did Russia say"),
        ("Russia's envoy left.", "RUSSIA’S"),
        ("The U.S. delegation flew home.", "the US delegation"),
        ("A US delegation flew home.", "U.S."),
        ("They couldn’t agree.", "could"),
        ("Marchers carried O’Brien’s portrait.", "O'Brien"),
        ("The café on Škoda Straße closed.", "cafe skoda strasse"),
        ("A cafe closed.", "Café"),
        ("The quake measured 6.5, with 4,500 homeless.", "6.5"),
        ("The quake measured 6.5, with 4,500 homeless.", "4500"),
        ("Some 4500 were homeless.", "4,500 people"),
        ("The 5G masts of 2019 stand.", "5g"),
        ("Covid-19 closed the port.", "COVID 19"),
        ("В Киев прибыла делегация.", "киев"),
        ("記者会見が東京で開かれた。", "東京"),
        ("การประชุมในกรุงเทพ", "กรุงเทพ"),
        ("नई दिल्ली में बैठक", "दिल्ली"),
        ("The co\u00adalition fell.", "coalition"),
        ("The ｆｕｌｌｗｉｄｔｈ headline.", "fullwidth"),
        ("ﾄｳｷｮｳの会見", "トウキョウ"),
        ("Airbus東京支店が開いた。", "東京"),
        ("They played with The Who.", "The Who"),
        ("Jane Doe testified.", "Doe"),
    ],
)
def test_a_passage_is_found_however_its_words_are_written(index: LexicalIndex, text: str, query: str) -> None:
    put(index, article(1, text), article(2, "Nothing of this kind; only weather."))
    assert found(index, query) == [100]
    assert [key for key, _ in index.search_articles(query, 10)] == [1]


def test_an_article_is_found_by_its_title_and_a_passage_is_not(index: LexicalIndex) -> None:
    put(index, article(1, "Talks lasted four hours.", title="Kerry in Sochi"))
    assert [key for key, _ in index.search_articles("Sochi", 10)] == [1]
    assert found(index, "Sochi") == []


def test_rare_words_count_for_more_and_scores_run_from_the_best_down(index: LexicalIndex) -> None:
    common = [article(key, "The harbour council met again.") for key in range(29, 0, -1)]
    put(index, *common, article(30, "The harbour council met about dredging."))
    hits = index.search_passages("council dredging", 10)
    scores = [score for _, _, score in hits]
    assert hits[0][:2] == (3000, 30)
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0
    assert [chunk for chunk, _, _ in hits[1:]] == sorted(chunk for chunk, _, _ in hits[1:])


def test_a_word_is_the_rarer_the_fewer_articles_have_it_in_whatever_form(index: LexicalIndex) -> None:
    put(
        index,
        article(1, "The ferries sailed.", "A ferry burned."),
        article(2, "The ferry stayed."),
        article(3, "Snow."),
    )
    everywhere, one, unknown, nothing = index.rarity(["Ferry’s", "SNOW", "glacier", "…"])
    assert everywhere == pytest.approx(math.log(1 + 8 / 7))
    assert one == pytest.approx(math.log(1 + 8 / 6))
    assert unknown == nothing == pytest.approx(math.log(1 + 8 / 5))


def test_the_words_that_only_make_a_question_match_nothing(index: LexicalIndex) -> None:
    put(index, article(1, "Who was it, and what did they do there?"), article(2, "A storm struck."))
    assert found(index, "What did the storm do, and where was it?") == [200]


def test_the_limit_holds_and_none_is_none(index: LexicalIndex) -> None:
    put(index, *(article(key, "A storm.") for key in range(1, 9)))
    assert len(index.search_passages("storm", 3)) == 3
    assert index.search_passages("storm", 0) == []
    assert index.search_articles("storm", -1) == []


@pytest.mark.parametrize("query", ["", "   ", "😀 …", "\x00", "unheardofword"])
def test_a_question_without_a_known_word_finds_nothing(index: LexicalIndex, query: str) -> None:
    put(index, article(1, "A storm."))
    assert index.search_passages(query, 5) == []
    assert index.search_articles(query, 5) == []


@pytest.mark.parametrize(
    "query",
    [
        "storm AND harbour",
        'passage:"storm"~2 +harbour',
        "storm* -harbour",
        "[a TO storm] harbour^9",
        "storm) OR (harbour",
    ],
)
def test_query_syntax_is_only_words(index: LexicalIndex, query: str) -> None:
    put(index, article(1, "A storm."), article(2, "A harbour."), article(3, "Stormy passages and a council."))
    assert set(found(index, query)) >= {100, 200}


SHARED = {
    1: article(1, "A storm and 10 harbours. I am a cat, aren't I?"),
    2: article(2, "東京 and Киев à la carte", "0 1 2 3 4 5 6 7 8 9", source="Süd\ud800post", day=None),
}


@given(query=st.text(max_size=200))
@example(query="\ud800 storm")
@example(query="\\")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_a_search_and_hits_share_a_word_with_it(shared: LexicalIndex, query: str) -> None:
    terms = set(query_terms(query))
    assert terms <= set(analyse(query))
    for chunk, key, _ in shared.search_passages(query, 5):
        assert terms & set(analyse(SHARED[key].passages[chunk % 100][1]))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LexicalIndex]:
    with LexicalIndex.open(tmp_path_factory.mktemp("shared") / "lexical") as opened:
        put(opened, *SHARED.values())
        yield opened


@pytest.mark.skipif(not NAUGHTY.exists(), reason="../shared/data is absent")
def test_naughty_strings_are_stored_and_asked_without_harm(index: LexicalIndex) -> None:
    strings = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    put(index, *(article(key, text, title=text, source=text) for key, text in enumerate(strings, 1)))
    for key, text in enumerate(strings, 1):
        hits = [hit for hit, _ in index.search_articles(text, len(strings), sources=[text])]
        assert key in hits or not query_terms(text)


def test_a_rare_word_is_not_lost_in_a_pasted_page(index: LexicalIndex) -> None:
    page = " ".join(f"word{number}" for number in range(1000))
    put(index, *(article(key, page) for key in range(1, 30)), article(30, "Dredging begins."))
    assert 3000 in {chunk for chunk, _, _ in index.search_passages(f"{page} dredging", 100)}


# -- filters ----------------------------------------------------------------------------------------------------------

DATED = {
    1: article(1, "A storm.", day=DAY, source="Meridian Wire"),
    2: article(2, "A storm.", day=DAY + 1, source="The Arle Courier"),
    3: article(3, "A storm.", day=DAY + 30, source="Meridian Wire"),
    4: article(4, "A storm.", day=None, source="Meridian Wire"),
    5: article(5, "A storm.", day=DAY - 500, source=""),
    6: article(6, "Fair weather.", day=DAY, source="Meridian Wire"),
}


@pytest.mark.parametrize("day_from", [None, DAY - 500, DAY, DAY + 31])
@pytest.mark.parametrize("day_to", [None, DAY, DAY + 1])
@pytest.mark.parametrize("include_undated", [True, False])
@pytest.mark.parametrize("sources", [None, [], ["Meridian Wire"], ["meridian wire"], {"", "The Arle Courier"}])
def test_filters_keep_what_they_say(
    dated: LexicalIndex, day_from: int | None, day_to: int | None, include_undated: bool, sources: list[str] | None
) -> None:
    def passes(each: TextArticle) -> bool:
        if sources is not None and each.source not in sources:
            return False
        if each.day is None:
            return include_undated
        return (day_from is None or each.day >= day_from) and (day_to is None or each.day <= day_to)

    expected = {key for key, each in DATED.items() if key != 6 and passes(each)}
    filters = {"day_from": day_from, "day_to": day_to, "include_undated": include_undated, "sources": sources}
    assert {chunk // 100 for chunk in found(dated, "storm", **filters)} == expected
    assert {key for key, _ in dated.search_articles("storm", 10, **filters)} == expected  # type: ignore[arg-type]


def test_a_publisher_is_found_however_the_space_in_its_name_is_set(index: LexicalIndex) -> None:
    put(index, article(1, "A storm.", source="The Arle\tCourier "), article(2, "A storm."))
    assert found(index, "storm", sources=[" The  Arle Courier"]) == [100]


def test_a_filter_changes_no_score(dated: LexicalIndex) -> None:
    scores = {chunk: score for chunk, _, score in dated.search_passages("storm", 10)}
    for chunk, _, score in dated.search_passages("storm", 10, day_to=DAY, sources=["Meridian Wire"]):
        assert score == pytest.approx(scores[chunk])


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LexicalIndex]:
    with LexicalIndex.open(tmp_path_factory.mktemp("dated") / "lexical") as opened:
        put(opened, *DATED.values())
        yield opened
