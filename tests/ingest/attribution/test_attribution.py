"""What is attributed, as spans: quotations, paraphrase, attitudes, and the words that lead to them."""

from __future__ import annotations

import pytest

from ingest import Article, Attribution, Span, attributions
from ingest.attribution import Kind, speaker_at
from ingest.chunk import sentences


def found(text: str) -> list[Attribution]:
    return attributions(Article(text=text))


def said(text: str, speaker: str | None = None) -> list[str]:
    """The contents of each attribution, parts joined by " | "; of one speaker where a name is given."""
    return [" | ".join(c.of(text) for c in a.contents) for a in found(text) if speaker is None or speaker == a.name]


def test_a_clause_after_the_verb_is_the_content() -> None:
    text = "Dmitry Peskov said on Tuesday that the talks would go on."
    (only,) = found(text)
    assert only.speaker is not None
    assert (only.speaker.of(text), only.cue.of(text)) == ("Dmitry Peskov", "said")
    assert [c.of(text) for c in only.contents] == ["that the talks would go on"]
    assert only.kind is Kind.INDIRECT


def test_a_quotation_before_its_cue_is_direct_speech() -> None:
    text = "“We are always open to dialogue,” Mr Peskov told reporters."
    (only,) = found(text)
    assert only.kind is Kind.DIRECT
    assert only.content.of(text) == "“We are always open to dialogue,”"


def test_a_cue_inside_a_quotation_leaves_two_contents() -> None:
    text = '"I got out," said Harlan Fisk of Toledo, "and I am not going back."'
    assert said(text, "Harlan Fisk") == ['"I got out," | "and I am not going back."']


def test_a_quotation_goes_on_in_the_next_sentence_of_the_paragraph() -> None:
    text = "“It is over,” Ms Aldous said. “Nobody is signing now.”"
    assert said(text) == ["“It is over,” | “Nobody is signing now.”"]


def test_a_paragraph_that_opens_with_a_mark_continues_the_quotation_that_was_not_closed() -> None:
    text = "Ms Aldous said: “We waited for a year.\n\n“Then we left,” she said later.\n\nIt rained."
    first = found(text)[0]
    assert first.contents[0].of(text) == "“We waited for a year."
    whole = "Ms Aldous said: “We waited for a year.\n\n“Then we left.”\n\nIt rained."
    assert said(whole) == ["“We waited for a year. | “Then we left.”"]


def test_part_of_a_paraphrase_in_marks_is_mixed() -> None:
    text = "The Foreign Ministry said the “difficult period” was caused by Washington."
    (only,) = found(text)
    assert only.kind is Kind.MIXED
    assert only.content.of(text) == "the “difficult period” was caused by Washington"


@pytest.mark.parametrize(
    ("text", "content", "name"),
    [
        ("Sanctions will stay, according to the agency.", "Sanctions will stay", "agency"),
        ("According to Maren Aldous, trade has stopped.", "trade has stopped", "Maren Aldous"),
        ("Trade, Maren Aldous said, has stopped for good.", "Trade | has stopped for good", "Maren Aldous"),
        ("Trade has stopped, said Maren Aldous, an analyst.", "Trade has stopped", "Maren Aldous"),
        ("As Maren Aldous put it, trade has stopped.", "trade has stopped", "Maren Aldous"),
        ("Maren Aldous: “Trade has stopped for good.”", "“Trade has stopped for good.”", "Maren Aldous"),
        ("“Trade has stopped for good.” — Maren Aldous", "“Trade has stopped for good.”", "Maren Aldous"),
    ],
)
def test_a_cue_may_stand_before_inside_or_after(text: str, content: str, name: str) -> None:
    assert content in said(text, name)


@pytest.mark.parametrize(
    "quoted",
    [
        "''We waited for a year,''",
        '"We waited for a year,"',
        "“We waited for a year,”",
        '“We waited for a year,"',
        "``We waited for a year,''",
        "«We waited for a year,»",
        "‘We waited for a year,’",
        "'We waited for a year,'",
    ],
)
def test_every_sort_of_quotation_mark_is_read(quoted: str) -> None:
    (only,) = found(f"{quoted} Maren Aldous said.")
    assert only.content.of(f"{quoted} Maren Aldous said.") == quoted
    assert only.kind is Kind.DIRECT


def test_an_apostrophe_ends_no_quotation() -> None:
    text = "‘The ministers’ plan isn’t ours,’ Maren Aldous said."
    assert said(text) == ["‘The ministers’ plan isn’t ours,’"]


def test_claims_within_claims_are_both_found() -> None:
    text = "Dmitry Peskov said the ministry believes that the talks will fail."
    assert said(text, "Dmitry Peskov") == ["the ministry believes that the talks will fail"]
    assert said(text, "ministry") == ["that the talks will fail"]


def test_a_verb_inside_a_quotation_does_not_use_the_quotation_up() -> None:
    text = "“He said that he hoped we would believe him,” Maren Aldous said."
    assert said(text) == ["“He said that he hoped we would believe him,”"]


def test_a_refusal_to_say_is_no_claim() -> None:
    assert all(not c.startswith("whether") for c in said("The official declined to say whether the talks had failed."))


def test_an_attitude_is_a_stance_and_less_sure_than_a_quotation() -> None:
    stance, quotation = found("Maren Aldous criticised the plan. “It is a bad plan,” she said.")
    assert (stance.kind, quotation.kind) == (Kind.STANCE, Kind.DIRECT)
    assert stance.confidence < quotation.confidence


def test_a_passive_names_nobody() -> None:
    (only,) = found("The companies were told that the rules had changed.")
    assert only.speaker is None
    assert only.name == ""


def test_a_dateline_belongs_to_nobody() -> None:
    text = "KYIV — Shells fell on the village late on Friday, the military said."
    assert said(text) == ["Shells fell on the village late on Friday"]


def test_nouns_that_look_like_verbs_attribute_nothing() -> None:
    assert found("Old reports and the views of the United States are on the table.") == []


def test_a_sentence_has_the_speaker_whose_content_covers_it() -> None:
    text = "“It is over,” Maren Aldous said. “Nobody is signing now.” The rain went on for a week in the valley."
    speakers = [a.name if (a := speaker_at(found(text), s)) else None for s in sentences(text)]
    assert speakers == ["Maren Aldous", "Maren Aldous", None]


def test_a_sentence_with_cue_and_content_in_it_has_that_speaker() -> None:
    text = (
        "Kerry arrived in the resort of Sochi on Tuesday, preceded by a blast from the Russian Foreign Ministry, "
        "which said the “difficult period” was “caused by Washington.”"
    )
    attribution = speaker_at(found(text), Span(0, len(text)))
    assert attribution is not None
    assert attribution.name == "Russian Foreign Ministry"


def test_an_attitude_alone_makes_no_speaker_of_a_long_sentence() -> None:
    text = "The train left the station an hour late because of snow on the line, and Maren Aldous regretted the delay."
    assert speaker_at(found(text), Span(0, len(text))) is None
