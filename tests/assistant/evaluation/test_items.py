"""Reading a Q&A set: all that is wrong with it is found at once, each in a line of its own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.errors import QASetError
from assistant.evaluation.items import SAMPLES, Item, digest, read_items, resolve_articles, select
from assistant.evaluation.run import evaluate
from assistant.pipeline.assistant import Assistant
from ingest.article import Article
from vectorstore.store import Store

GOOD: dict[str, Any] = {"id": "a", "question": "Why?", "answers": ["because"], "articles": ["x"]}


def set_of(path: Path, *lines: dict[str, Any] | str) -> Path:
    """A file with these lines."""
    file = path / "set.jsonl"
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_bundled_set_is_in_order() -> None:
    items, problems = read_items(SAMPLES)
    assert problems == []
    assert len(items) > 100


def test_a_broken_line_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    items, problems = read_items(set_of(tmp_path, GOOD, '{"id": "b", "question"', {**GOOD, "id": "c"}))
    assert [item.id for item in items] == ["a", "c"]
    assert problems == ["set.jsonl line 2: it is not JSON (Expecting ':' delimiter at column 23)"]


def test_every_problem_has_one_line_with_the_number_of_the_line_in_the_file(tmp_path: Path) -> None:
    file = set_of(
        tmp_path,
        GOOD,
        "",
        {**GOOD, "question": "Again?"},
        {"id": "b", "answers": ["x"]},
        "[1]",
        {**GOOD, "id": "c", "as_of": "the first of May"},
        {"id": "d", "question": "Why?", "answers": []},
        {"id": "e", "question": "Why?", "answers": ["x"], "answerable": False},
        {**GOOD, "id": "f\nassistant: all is well", "question": " "},
    )
    items, problems = read_items(file)
    assert [item.id for item in items] == ["a"]
    assert [problem.split(":")[0] for problem in problems] == [f"set.jsonl line {n}" for n in (3, 4, 5, 6, 7, 8, 9)]
    assert "the id 'a' is that of line 1" in problems[0]
    assert "the field 'question' is missing (id 'b')" in problems[1]
    assert "not a JSON object" in problems[2]
    assert "the field 'as_of' is unusable" in problems[3]
    assert "neither answers nor articles" in problems[4]
    assert "not answerable, but has answers" in problems[5]
    assert not any("\n" in problem for problem in problems)


def test_a_gzipped_set_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl.gz"
    file.write_bytes(gzip.compress((json.dumps(GOOD) + "\n").encode()))
    assert [item.id for item in read_items(file)[0]] == ["a"]


def test_a_damaged_gzip_a_missing_file_and_a_folder_are_one_line_each(tmp_path: Path) -> None:
    damaged = tmp_path / "set.jsonl.gz"
    damaged.write_bytes(gzip.compress(json.dumps(GOOD).encode())[:-9])
    for path, words in ((damaged, "damaged"), (tmp_path / "none", "no Q&A set"), (tmp_path, "cannot be read")):
        with pytest.raises(QASetError, match=words):
            read_items(path)


def test_a_set_without_a_question_is_a_problem(tmp_path: Path) -> None:
    assert read_items(set_of(tmp_path, "", " "))[1] == ["set.jsonl holds no question"]


def test_a_byte_order_mark_numbers_as_ids_and_nulls_are_taken(tmp_path: Path) -> None:
    record = {**GOOD, "id": 7, "as_of": None, "history": None, "tags": None, "speaker": None}
    file = tmp_path / "set.jsonl"
    file.write_text(json.dumps(record), encoding="utf-8-sig")
    items, problems = read_items(file)
    assert problems == []
    assert items[0].id == "7"


def test_articles_are_found_by_id_by_url_and_by_the_id_of_another_copy(store: Store) -> None:
    text = "The ferry stayed in port all day."
    store.add([Article(id="one", url="https://wire.example/one", text=text), Article(id="copy", text=text)])
    named = ("one", "https://wire.example/one", "copy")
    items = [Item(id=name, question="Why?", answers=["x"], articles=[name]) for name in named]
    resolved, problems = resolve_articles(items, store)
    assert problems == []
    assert set(resolved.values()) == {frozenset({"one"})}


def test_an_article_that_the_store_lacks_is_named_before_any_question_is_asked(
    assistant: Assistant, scripted: Any, questions: list[Item]
) -> None:
    bad = Item(id="bad", question="Why?", answers=["x"], articles=["ferry", "nowhere", "elsewhere"])
    with pytest.raises(QASetError) as raised:
        evaluate(assistant, [*questions, bad])
    assert raised.value.problems == (
        "question 'bad': the store has no article 'nowhere'",
        "question 'bad': the store has no article 'elsewhere'",
    )
    assert scripted.asked == []


def test_an_id_that_comes_twice_is_refused_from_python_too(assistant: Assistant, questions: list[Item]) -> None:
    with pytest.raises(QASetError, match="'rudder' comes 2 times"):
        evaluate(assistant, [*questions, questions[0]])


def test_questions_are_chosen_by_tag_and_number(questions: list[Item]) -> None:
    assert [item.id for item in select(questions, tags=["who", "moon"])] == ["ribbon", "king"]
    assert [item.id for item in select(questions, limit=2)] == ["rudder", "ribbon"]


def test_the_digest_of_a_set_changes_with_its_gold_and_its_order(questions: list[Item]) -> None:
    other = questions[0].model_copy(update={"answers": ("something else",)})
    assert len({digest(questions), digest(questions[::-1]), digest([other, *questions[1:]])}) == 3
