"""The bundled sample articles and the questions over them: consistent with each other, and ours."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import frontmatter
import pytest
from paths import ROOT

from ingest.article import Article

ARTICLES = ROOT / "ingest" / "samples"
QUESTIONS = ROOT / "assistant" / "evaluation" / "samples.jsonl"
SEED = ROOT.parent / "shared" / "data" / "seed"

#: Longest run of characters that a sample may share with a text that is not ours; a quoted public statement is shorter.
SHARED_RUN = 60

#: Articles that tell of days before the one on which they were published.
LOOKING_BACK = {
    "american-firms-russia",
    "duvall-800-metres-record",
    "state-department-briefing",
    "two-accounts-of-a-freeze",
}

_FOLD = str.maketrans("’‘“”", "''\"\"")


def read_article(path: Path) -> Article:
    document = frontmatter.load(str(path))
    return Article.from_record({**document.metadata, "text": document.content}, origin=str(path))


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {article.id: article for article in map(read_article, sorted(ARTICLES.glob("*.md")))}


@pytest.fixture(scope="module")
def questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


def folded(text: str) -> str:
    """One kind of quotation mark, one kind of space, lower case: a copy is a copy in any typography."""
    return " ".join(text.translate(_FOLD).lower().split())


def day(article: Article) -> str:
    return article.day.isoformat() if article.day else ""


def test_there_are_enough_articles_each_with_its_own_id_named_like_its_file(articles: dict[str, Article]) -> None:
    paths = list(ARTICLES.glob("*.md"))
    assert len(paths) >= 22
    assert sorted(articles) == sorted(path.stem for path in paths)


def test_every_article_says_where_it_comes_from_on_an_example_domain(articles: dict[str, Article]) -> None:
    for article in articles.values():
        assert article.title, article.id
        assert article.source, article.id
        assert article.authors, article.id
        assert (urlsplit(article.url).hostname or "").endswith(".example"), article.id
    assert len({article.url for article in articles.values()}) == len(articles)


def test_an_articles_date_is_the_one_in_its_address_and_one_article_has_none(articles: dict[str, Article]) -> None:
    dated = {
        article.id: "-".join(re.findall(r"/(\d{4})/(\d\d)/(\d\d)/", article.url)[0])
        for article in articles.values()
        if article.published
    }
    assert dated == {name: day(articles[name]) for name in dated}
    assert [name for name in articles if name not in dated] == ["wax-cylinders-salla"]


def test_the_text_of_every_article_is_already_normalised(articles: dict[str, Article]) -> None:
    # A reader that opens the file beside the archive finds a quotation at the same offset.
    for path in ARTICLES.glob("*.md"):
        assert frontmatter.load(str(path)).content.strip() == articles[path.stem].text, path.name


def test_a_story_of_the_day_names_the_weekday_of_its_date(articles: dict[str, Article]) -> None:
    for article in articles.values():
        if article.day is not None and article.id not in LOOKING_BACK:
            assert article.day.strftime("%A") in article.text, article.id


def test_one_article_is_wire_copy_cut_short_by_a_second_publisher(articles: dict[str, Article]) -> None:
    wire, copy = articles["sochi-aftermath"], articles["sochi-aftermath-harbour"]
    theirs, ours = (set(re.findall(r"\w+", folded(article.text))) for article in (wire, copy))
    assert wire.source != copy.source
    assert wire.title != copy.title
    assert len(copy.text) < 0.8 * len(wire.text)
    assert len(ours & theirs) > 0.95 * len(ours)


def test_questions_have_their_own_ids_and_the_fields_of_the_format(questions: list[dict[str, Any]]) -> None:
    assert [name for name, times in Counter(question["id"] for question in questions).items() if times > 1] == []
    allowed = {"id", "question", "answers", "articles", "answerable", "as_of", "history", "tags", "speaker"}
    for question in questions:
        assert set(question) <= allowed, question["id"]
        assert question["question"].strip().endswith("?"), question["id"]
        assert question["tags"], question["id"]
        assert ("says" in question["tags"]) == ("speaker" in question), question["id"]
        assert ("follow-up" in question["tags"]) == ("history" in question), question["id"]


def test_every_gold_article_exists_and_bears_one_of_the_answers(
    articles: dict[str, Article], questions: list[dict[str, Any]]
) -> None:
    for question in questions:
        for name in question["articles"]:
            text = articles[name].text
            assert any(answer in text for answer in question["answers"]), (question["id"], name)


def test_every_answer_stands_verbatim_in_a_gold_article(
    articles: dict[str, Article], questions: list[dict[str, Any]]
) -> None:
    for question in questions:
        texts = [articles[name].text for name in question["articles"]]
        for answer in question["answers"]:
            assert any(answer in text for text in texts), (question["id"], answer)


def test_no_gold_article_was_published_after_the_day_of_the_question(
    articles: dict[str, Article], questions: list[dict[str, Any]]
) -> None:
    for question in questions:
        if "as_of" in question:
            assert all(day(articles[name]) <= question["as_of"] for name in question["articles"]), question["id"]


def test_an_unanswerable_question_has_no_gold_and_an_answerable_one_has(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        unanswerable = "unanswerable" in question["tags"]
        assert question["answerable"] is not unanswerable, question["id"]
        assert bool(question["articles"]) is bool(question["answers"]) is not unanswerable, question["id"]


def test_a_history_alternates_between_user_and_assistant(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        roles = [turn["role"] for turn in question.get("history", [])]
        assert roles == ["user", "assistant"] * (len(roles) // 2), question["id"]


@pytest.mark.parametrize(
    ("tag", "least"),
    [("says", 12), ("follow-up", 8), ("numbers", 8), ("when", 8), ("update", 5), ("unanswerable", 15)],
)
def test_there_are_enough_questions_of_each_kind(questions: list[dict[str, Any]], tag: str, least: int) -> None:
    assert sum(tag in question["tags"] for question in questions) >= least


def test_there_are_enough_plain_questions_and_the_example_question_is_one_of_them(
    questions: list[dict[str, Any]],
) -> None:
    special = {"says", "follow-up", "update", "unanswerable"}
    assert len(questions) >= 75
    assert sum(special.isdisjoint(question["tags"]) for question in questions) >= 45
    assert "what does Russia say caused the freeze?" in {question["question"] for question in questions}


def test_every_article_is_the_gold_of_some_question(
    articles: dict[str, Article], questions: list[dict[str, Any]]
) -> None:
    assert {name for question in questions for name in question["articles"]} == set(articles)


def test_no_sample_repeats_a_passage_of_the_article_that_the_facts_are_from(articles: dict[str, Article]) -> None:
    if not SEED.is_dir():
        pytest.skip("../shared is absent: there is no article to compare with")
    for path in SEED.glob("*.txt"):
        seed = folded(path.read_text(encoding="utf-8"))
        runs = {seed[start : start + SHARED_RUN + 1] for start in range(len(seed) - SHARED_RUN)}
        for article in articles.values():
            text = folded(article.text)
            shared = [
                text[i : i + SHARED_RUN + 1]
                for i in range(len(text) - SHARED_RUN)
                if text[i : i + SHARED_RUN + 1] in runs
            ]
            assert shared == [], article.id
