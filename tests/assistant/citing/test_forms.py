"""A mark is read in whatever form a model writes it, and only where it is one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.citing.evidence import Evidence
from assistant.citing.forms import MarkForms
from ingest.article import Span
from vectorstore.archive.passage import Passage, Scores

SENTENCES = (
    *(
        "The harbour master closed the port.",
        "A storm was coming.",
        "Rovers took a 3-4 game.",
        "Nobody slept.",
    ),
    *("Keller (5) was the youngest guest.", "The wave (6) is a painting.", "An Area⁷ is a field.", "The tower fell."),
)


def evidence() -> Evidence:
    text, spans = "", []
    for sentence in SENTENCES:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + " "
    passage = Passage(
        article_id="a",
        ordinal=0,
        span=Span(0, len(text)),
        sentences=tuple(spans),
        text=text,
        title="Storm",
        url="",
        source="",
        authors=(),
        published=None,
        score=1.0,
        rank=1,
        scores=Scores(),
    )
    return Evidence.of([passage])


EIGHT = evidence()


def rewritten(*pieces: str) -> str:
    forms = MarkForms(EIGHT)
    return "".join(map(forms.feed, pieces)) + forms.finish()


@pytest.mark.parametrize(
    ("form", "marks"),
    [
        *((f, " [2]") for f in (" (2)", "（2）", "²", " ²", "<sup>2</sup>", "<sup>[2]</sup>", "^2", "^{2}", "^[2]")),
        *(
            (f, " [2]")
            for f in (" (sentence 2)", " (source 2)", " (S2)", " (see source 2)", " <cite>2</cite>", " source 2")
        ),
        *((f, f) for f in (" [2]", " 【2】", " [S2]", " [2, 3]", " [2-4]", " [1][2]")),
        ("[^2]", " [^2]"),
        (" (2, 3)", " [2][3]"),
        (" (2)(3)", " [2][3]"),
        (" (2-4)", " [2][3][4]"),
        ("²,³", " [2], [3]"),
    ],
)
def test_a_mark_is_read_in_whatever_form_it_is_written(form: str, marks: str) -> None:
    assert rewritten(f"The port was closed in May{form}.") == f"The port was closed in May{marks}."


@pytest.mark.parametrize(
    "text",
    [
        "an area of 10 m², 20 km², 10² and CO², three miles².",
        "x^2 + y^2, 10<sup>2</sup>, m<sup>2</sup> and the 4<sup>th</sup>.",
        "Apollo 13 (1970).",
        "It rose (99), it fell (0).",
        "the two (2) towers and the 2-1 win (2) of May.",
        "They had two (2).",
        "Kane (2), Saka (1) and Foden.",
        "Keller (5).",
        "The wave (6).",
        "An Area⁷.",
        "It ended (3-4).",
        "(1) The port. (2) The tower.",
        "\n(1) The port\n(2) The tower",
        "The port closed (2) [3].",
        "The port closed [3]. The tower fell (2).",
        "Sources said that the port was closed [2].",
        "A. References\n\nSources: the mayor, 2 aides",
        "The passage (a spokesman said) was closed.",
        "{no JSON}",
        "a < b <2> <b>2</b>",
    ],
)
def test_what_is_no_mark_is_kept(text: str) -> None:
    assert rewritten(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It closed.\n\nSources: [2]", "It closed [2]."),
        ("It closed. Sources: [2], [3]", "It closed [2][3]."),
        ("It closed\n\n**References:**\n- [2]\n- [3]\n", "It closed [2][3]"),
        ("It closed.\nSource: sentence 2", "It closed [2]."),
        ("It closed [2].\n\nSources: [2]", "It closed [2]."),
        ("It closed (2).\n\nSources: (2)", "It closed [2]."),
        ("It closed.\n\nSources: [99]", "It closed.\n\nSources: [99]"),
    ],
)
def test_a_list_of_sources_at_the_end_marks_what_stands_before_it(text: str, expected: str) -> None:
    assert rewritten(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '{"answer": "It closed [2]."}',
        '```json\n{"answer": "It closed [2]."}\n```',
        '{"answer": "It closed.", "citations": [2]}',
        '{"response": {"text": "It closed.", "sources": ["S2"]}}',
        '{"statements": [{"claim": "It closed.", "evidence": [{"number": 2}]}]}',
        '[{"text": "It closed.", "references": "[2]"}]',
        "```\nIt closed [2].\n```",
    ],
)
def test_an_answer_in_json_or_in_a_code_block_is_read(text: str) -> None:
    assert rewritten(text) == "It closed [2]."


_PARTS = st.sampled_from(
    [
        *"()[]<>^²³. \n,s2-/",
        "(2)",
        "<sup>",
        "</sup>",
        "[2]",
        "May",
        "source ",
        "\nSources: ",
        "sentence 2",
        "{",
        "```",
        "(",
    ]
)


@settings(deadline=None)
@given(st.lists(_PARTS, max_size=25).map("".join), st.data())
def test_the_marks_do_not_depend_on_how_the_stream_was_cut(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert rewritten(*pieces) == rewritten(text) == rewritten(*text)


@settings(deadline=None)
@given(st.text())
def test_text_without_numbers_is_kept(text: str) -> None:
    plain = "".join(c for c in text if not c.isnumeric() and c not in "`{^")
    assert rewritten(plain) == plain


def test_text_is_handed_on_as_it_comes() -> None:
    forms = MarkForms(EIGHT)
    assert [forms.feed(piece) for piece in ("The port ", "was clo", "sed (2")] == ["The port ", "was clo", "sed "]
    assert forms.feed("). ") == "[2]"
