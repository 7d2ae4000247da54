"""Views: one answer as text, Markdown or JSON, and as whatever another package brings."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.render.base import view_of
from assistant.render.json import answer_to_dict
from assistant.types import Answer, Citation, Statement, Support
from ingest.plugins import plugins

ANSWER = Answer(
    id="1",
    question="What *froze*?",
    standalone_question="What *froze*?",
    as_of=dt.date(2015, 5, 20),
    text="The lake froze. [1]",
    statements=(Statement(text="The lake froze.", citations=(1,), support=Support.PARTIAL, reason="which one"),),
    citations=(
        Citation(
            number=1,
            article_id="a",
            title="Frost",
            url="https://post.example/1",
            source="The Post",
            published="2015-05-12",
            start=0,
            end=15,
            quote="The lake froze.",
        ),
    ),
)
BRIEF = """
class BriefView:
    name, media_type = "brief", "text/plain"

    def render(self, answer):
        return f"{answer.question} {len(answer.citations)}"
"""


@pytest.fixture
def brief(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package of somebody else's that brings a view."""
    (tmp_path / "brief_view.py").write_text(BRIEF, encoding="utf-8")
    about = tmp_path / "brief_view-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: brief-view\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[news_assistant.views]\nbrief = brief_view:BriefView\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    plugins.cache_clear()
    yield
    plugins.cache_clear()


def test_the_view_of_another_package_renders_an_answer(brief: None) -> None:
    assert view_of("brief").render(ANSWER) == "What *froze*? 1"
    assert view_of("text").render(ANSWER).startswith("The lake froze.")


def test_a_view_that_nobody_brings_is_refused_by_the_names_of_the_others() -> None:
    with pytest.raises(UsageError, match=r"no view .braille.; choose one of: .*json, markdown, text"):
        view_of("braille")


def test_json_is_the_object_of_the_contract_on_one_line() -> None:
    line = view_of("json").render(ANSWER)
    assert "\n" not in line
    assert json.loads(line) == answer_to_dict(ANSWER)


def test_markdown_has_the_sources_as_footnotes_and_says_what_is_doubtful() -> None:
    assert view_of("markdown").render(ANSWER).split("\n\n") == [
        r"## What \*froze\*?",
        "The lake froze.[^1]",
        "*Partly supported:* “The lake froze.” (which one)",
        "[^1]: “The lake froze.” — The Post, 12 May 2015: Frost <https://post.example/1>\n",
    ]


@pytest.mark.parametrize(("name", "kind"), [("text", "plain"), ("json", "json"), ("markdown", "markdown")])
def test_a_view_says_what_it_is(name: str, kind: str) -> None:
    view = view_of(name)
    assert (view.name, view.media_type.partition("/")[2]) == (name, kind)
