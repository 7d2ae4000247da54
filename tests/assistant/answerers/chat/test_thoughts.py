"""What a model thinks is not shown, whatever tag it puts its thoughts in, and however its text is cut into pieces."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answerers.chat.thoughts import ThoughtFilter

ANSWER = "The harbour master said that a storm was coming [2]."


def shown(pieces: Iterable[str], *, hold: bool = False) -> str:
    """What a reader sees in the end; what was declared void is gone."""
    thoughts = ThoughtFilter(hold=hold)
    text = ""
    for piece in [*pieces, None]:
        more = thoughts.rest() if piece is None else thoughts.take(piece)
        text = more if thoughts.voided else text + more
        thoughts.voided = False
    return text.strip()


THOUGHTS = [
    "<think>\nA storm [3]?\n</think>\n\n",
    "<thinking>A storm.</thinking>",
    "<thought>A storm.</thought> ",
    "<reasoning effort='low'>A storm.</reasoning>",
    "<reflection>A storm.</reflection>",
    "<inner_monologue>A storm.</inner_monologue>",
    "<storm_notes>No tag that anybody knows.</storm_notes>",
    "<thinking>One.<reflection>Two.</reflection>Three.</thinking>",
    "<think>I could write <answer>Sun [1].</answer></think>",
    "<think>A storm.</thinking>",
    "<THINK>A storm.</THINK>",
    "[THINK]A storm.[/THINK]",
    "◁think▷A storm.◁/think▷",
    "<seed:think>A storm.</seed:think>",
    "<|START_THINKING|>A storm.<|END_THINKING|>",
    "<|begin_of_thought|>A storm.<|end_of_thought|>",
    "<|channel|>analysis<|message|>A storm.<|end|><|start|>assistant<|channel|>final<|message|>",
    "<|channel|>commentary to=search<|message|>{}<|call|><|start|>assistant<|channel|>final<|message|>",
    "<|channel>thought\nA storm.<channel|>",
    "analysisWe need the storm.assistantfinal",
    "Sure.\n<think>A storm.</think>\n",
    "Okay, the user asks about the ferry [3].\n</think>\n\n",
    "Sentence 3 has it [3].\n</think>\n\n",
    "A storm.[/THINK]",
    "</think>",
    "<think>One.</think>\n<think>Two.</think>\n",
]


@pytest.mark.parametrize("thoughts", THOUGHTS)
def test_thoughts_are_not_shown_whatever_their_tag(thoughts: str) -> None:
    assert shown([thoughts + ANSWER]) == ANSWER


@pytest.mark.parametrize("text", [*THOUGHTS, "<|im_start|>assistant\n", "<answer>", "<text>"])
@settings(deadline=None, max_examples=20)
@given(data=st.data())
def test_what_is_shown_does_not_depend_on_how_the_stream_was_cut(text: str, data: st.DataObject) -> None:
    whole = text + ANSWER
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=9)))
    assert shown(whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)) == shown([whole])
    assert shown(whole) == shown([whole])


_PARTS = st.sampled_from(
    [
        *"<>[]/| \nab",
        "think",
        "<think>",
        "</think>",
        "<b>",
        "</b>",
        "<x>",
        "</x>",
        "[THINK]",
        "Okay, ",
        "Sure.",
        "Storm",
        "<|channel|>",
        "<|message|>",
        "analysis",
        "final",
        "<|end|>",
        "<answer>",
        "</answer>",
        "<channel|>",
    ]
)


@settings(deadline=None)
@given(st.lists(_PARTS, max_size=20))
def test_not_even_of_tags_that_fit_nowhere(parts: list[str]) -> None:
    assert shown(parts) == shown(["".join(parts)]) == shown("".join(parts))


@settings(deadline=None)
@given(st.text())
def test_text_without_tags_is_kept(text: str) -> None:
    plain = "".join(c for c in text if c not in "<[◁＜")
    assert shown([plain]) == plain.strip()


@pytest.mark.parametrize(
    "text",
    [
        "a < b and 3 <4, [sic] [AFP] [reasons]",
        "<b>bold</b>, <sup>2</sup> and <cite>2</cite>",
        "The <Storm> is hard [1].",
        "Okay. The ferry stayed [1].",
        "We need rain, the minister said [1].",
    ],
)
def test_what_only_looks_like_a_tag_or_a_thought_is_kept(text: str) -> None:
    assert shown([text]) == text


@pytest.mark.parametrize("text", ["<think>A storm [2].", "<reasoning>A storm [2].", "<|channel|>analysis<|message|>"])
def test_thoughts_without_an_end_are_not_shown(text: str) -> None:
    assert shown([text]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "<answer>{}</answer>",
        "<think>x</think><answer>{}</answer>",
        "<thinking>x\n<answer>{}</answer>",
        "<text>{}</text>",
    ],
)
def test_an_answer_in_an_element_of_its_own_is_shown_without_it(text: str) -> None:
    assert shown([text.format(ANSWER)]) == ANSWER


def test_thoughts_that_begin_as_thoughts_do_are_not_shown_for_a_moment() -> None:
    thoughts = ThoughtFilter()
    assert "".join(map(thoughts.take, "Okay, the user asks about the ferry [3].\n</think>\n\n")) == ""
    assert not thoughts.voided
    assert thoughts.closed_unopened


def test_where_a_model_is_known_to_leave_out_the_opening_tag_all_is_held_back() -> None:
    thoughts = ThoughtFilter(hold=True)
    assert thoughts.take("Sentence 3 has it.") == ""
    assert thoughts.take("</think>" + ANSWER) == ANSWER


def test_an_answer_is_handed_on_as_it_comes() -> None:
    thoughts = ThoughtFilter()
    assert [thoughts.take(piece) for piece in ("The har", "bour", " mas")] == ["The har", "bour", " mas"]
