"""Where a content ends, of several borders that it may end at."""

from __future__ import annotations

import pytest

from ingest import Article, attributions
from ingest.attribution.contents.content_end import border_names, chances, ends_of, safest
from ingest.attribution.cues.rules import in_unit
from ingest.attribution.scoring.selection import fitted
from ingest.attribution.tokens import read


def said(text: str) -> list[tuple[str, str]]:
    return [(a.name, " | ".join(c.of(text) for c in a.contents)) for a in attributions(Article(text=text))]


def test_what_is_left_after_every_border_is_the_last_chance() -> None:
    assert chances([0.0, 0.0]) == pytest.approx([0.5, 0.25, 0.25])
    assert sum(chances([-1.0, 0.5, 2.0])) == pytest.approx(1.0)


def test_borders_that_hardly_anything_is_left_for_are_not_looked_at() -> None:
    looked = []
    scores = (looked.append(score) or score for score in [9.0, 0.0, 0.0])  # type: ignore[func-returns-value]
    assert len(chances(scores)) == 2
    assert looked == [9.0]


def test_the_end_that_overlaps_both_of_two_likely_ones_is_chosen() -> None:
    # Ends after 4, 8 and 16 tokens: whichever of the outer ones is meant, the middle one shares half with it.
    assert safest(0, [4, 8, 16], [0.4, 0.2, 0.4]) == (1, pytest.approx(1.0))


def test_an_end_that_is_no_likely_one_itself_is_not_chosen() -> None:
    assert safest(0, [4, 8, 16], [0.5, 0.001, 0.499])[0] != 1


def test_a_content_may_end_where_a_quotation_does_and_not_within_one() -> None:
    text = "Maren Aldous called it a “waste, as of now,” and left."
    reading = read(text)
    (draft,) = [d for d in in_unit(reading, reading.units[0]) if d.lemma == "call"]
    ends = [text[: reading.end[end - 1]] for end in ends_of(reading, draft)]
    assert any(end.endswith("now,”") for end in ends)
    assert not any(end.endswith(("waste", "waste,", "as")) for end in ends)


def test_sums_for_borders_that_are_kept_are_those_of_the_weights() -> None:
    said("Maren Aldous said that the talks had failed, and she left.")
    assert fitted().ends
    for facts, total in fitted().ends.items():
        assert total == pytest.approx(sum(fitted().ends.named.get(name, 0.0) for name in border_names(facts)))


def test_a_quotation_after_a_sentence_that_names_its_speaker_goes_on_with_that_attribution() -> None:
    text = (
        "“The rules are unfair,” Maren Aldous said at a campaign stop in the town. “I have worked with them for years "
        "and I know them well.”"
    )
    assert said(text) == [
        (
            "Maren Aldous",
            "“The rules are unfair,” | “I have worked with them for years and I know them well.”",
        )
    ]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Maren Aldous added, though, that the talks had failed.", "that the talks had failed"),
        ("Maren Aldous told “Fox & Friends” that the talks had failed.", "that the talks had failed"),
        ("Maren Aldous told reporters she was “very sorry” for it.", "she was “very sorry” for it"),
        ("As Maren Aldous, an analyst in Sochi, put it, the talks had failed.", "the talks had failed"),
    ],
)
def test_words_between_a_cue_and_its_content_are_no_part_of_it(text: str, content: str) -> None:
    assert content in [found for _, found in said(text)]


def test_a_relative_clause_is_no_content_beside_its_cue() -> None:
    text = "The river rose after news from the bank, which had promised as much aid as it could."
    assert all("The river rose" not in content for _, content in said(text))
