"""Citation recall and precision as ALCE defines them, by hand, and quotes held against the archive."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.evaluation.measures.answers import Supports, citation_precision, citation_recall, quote_exactness
from assistant.types import Citation


def judge(*enough: set[int]) -> Supports:
    """Supports whatever is cited with one of these sets among the citations."""

    def supports(text: str, numbers: Sequence[int]) -> bool:
        return any(group <= set(numbers) for group in enough)

    return supports


def test_recall_is_the_share_of_statements_that_all_their_citations_together_support() -> None:
    statements = [("supported by two", (1, 2)), ("not supported", (3,)), ("without a citation", ())]
    assert citation_recall(statements, judge({1, 2})) == pytest.approx(1 / 3)


def test_two_citations_that_are_only_enough_together_are_both_of_use() -> None:
    assert citation_precision([("a", (1, 2))], judge({1, 2})) == 1.0


def test_a_citation_beside_one_that_is_enough_by_itself_is_of_no_use() -> None:
    assert citation_precision([("a", (1, 2))], judge({1})) == 0.5


def test_two_citations_that_each_are_enough_are_both_of_use() -> None:
    assert citation_precision([("a", (1, 2))], judge({1}, {2})) == 1.0


def test_citations_of_a_statement_that_is_not_supported_are_of_no_use() -> None:
    assert citation_precision([("a", (1,)), ("b", (2, 3))], judge({1})) == pytest.approx(1 / 3)


def test_an_answer_without_citations_scores_zero_and_one_without_statements_is_not_scored() -> None:
    assert citation_recall([("a", ())], judge(set())) == 0.0
    assert citation_precision([("a", ())], judge(set())) == 0.0
    assert citation_recall([], judge()) is None
    assert citation_precision([], judge()) is None


def test_a_quote_that_is_off_by_one_character_is_not_exact() -> None:
    def citation(start: int, quote: str) -> Citation:
        end = start + len(quote)
        return Citation(
            number=1, article_id="a", title="", url="", source="", published=None, start=start, end=end, quote=quote
        )

    text = {"a": "The ferry stayed."}
    assert quote_exactness([citation(4, "ferry")], text.__getitem__) == 1.0
    assert quote_exactness([citation(4, "ferry"), citation(5, "ferry")], text.__getitem__) == 0.5
    assert quote_exactness([], text.__getitem__) is None
