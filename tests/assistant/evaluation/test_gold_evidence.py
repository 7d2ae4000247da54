"""The setting in which the evidence is given: a question sees the articles that answer it and no other."""

from __future__ import annotations

from typing import Any, cast

import pytest

from assistant.evaluation.items import Item
from assistant.evaluation.run import evaluate
from assistant.pipeline.assistant import Assistant
from tests.benchmarks.eval_data import GoldEvidence
from vectorstore.store import Store

#: With and without words that bring statements from the whole archive.
ITEMS = [
    Item(id="plain", question="What stayed in port?", answers=["ferry"], articles=["ferry"]),
    Item(id="speaker", question="What did the harbour master say about the storm?", answers=["x"], articles=["bridge"]),
    Item(id="speakers", question="Who blamed a broken rudder?", answers=["harbour master"], articles=["storm"]),
    Item(id="sequence", question="What is the timeline of the storm?", answers=["x"], articles=["ferry", "storm"]),
]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_whatever_is_asked_only_the_given_articles_are_seen(archive: Store, scripted: Any, item: Item) -> None:
    seen: list[set[str]] = []

    def reply(evidence: Any) -> str:
        seen.append({sentence.passage.article_id for sentence in evidence.sentences})
        return "It did. [1]"

    scripted.replies = {"": reply}
    assistant = Assistant(cast(Store, GoldEvidence(archive, ITEMS)), scripted, threshold=0.0)
    run = evaluate(assistant, [item])
    assert run.results[0].error is None
    assert seen == [set(item.articles)]
