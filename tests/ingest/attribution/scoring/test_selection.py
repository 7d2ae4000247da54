"""How sure an attribution is, and which of several are meant."""

from __future__ import annotations

import pytest

from ingest import Article, Attribution, attributions
from ingest.attribution.scoring.evidence import names
from ingest.attribution.scoring.selection import fitted


def found(text: str) -> list[Attribution]:
    return attributions(Article(text=text))


def said(text: str) -> list[tuple[str, str]]:
    return [(a.name, " | ".join(c.of(text) for c in a.contents)) for a in found(text)]


@pytest.mark.parametrize(
    ("text", "name", "content"),
    [
        ("As Maren Aldous noted, the talks were over.", "Maren Aldous", "the talks were over"),
        ("The plan was rejected by the ministry.", "ministry", "The plan"),
        ("They met over a plan that the ministry has criticised.", "ministry", "a plan"),
        ("The ministry vowed to open the bridge again.", "ministry", "to open the bridge again"),
    ],
)
def test_content_may_stand_before_the_cue_or_around_it(text: str, name: str, content: str) -> None:
    assert (name, content) in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ministry could not say in which year the bridge would open.",
        "Its first warning went out at noon, when the water was in the gardens.",
    ],
)
def test_what_nobody_said_is_attributed_to_nobody(text: str) -> None:
    assert said(text) == []


def test_brackets_after_a_name_belong_to_it() -> None:
    text = "Maren Aldous (Greens) said that the talks were over."
    (only,) = found(text)
    assert only.speaker is not None
    assert only.speaker.of(text) == "Maren Aldous (Greens)"


def test_one_cue_gives_one_attribution_however_its_content_may_end() -> None:
    text = "Maren Aldous said the talks had failed, and the ministry was closed when the rain began."
    assert [a.cue.of(text) for a in found(text)] == ["said"]


def test_a_report_of_speech_is_surer_than_an_act_that_may_be_none() -> None:
    text = "Maren Aldous said that the talks had failed. She wanted a new plan."
    claim, *rest = found(text)
    assert claim.confidence > 0.8
    assert all(claim.confidence > a.confidence for a in rest)


def test_sums_that_are_kept_are_those_of_the_weights() -> None:
    found("Maren Aldous said that the talks had failed.")
    assert fitted().cues
    assert fitted().ends.named
    for facts, total in fitted().cues.items():
        assert total == pytest.approx(sum(fitted().cues.named.get(name, 0.0) for name in names(facts)))
