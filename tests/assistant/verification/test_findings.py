from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.verification.polarity import negation_differs, opposite
from ingest.language.dates.mentions import bears_out, day_mentions
from ingest.language.names import Named, names
from ingest.language.quantities import Match, match, quantities
from ingest.language.quotations import quotations, stands_in
from ingest.language.words import content_stems, stem, words


def values(text: str) -> list[tuple[float, str]]:
    return [(round(q.value, 6), q.kind) for q in quantities(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$29.2 billion", [(29.2e9, "dollar")]),
        ("29.2bn euros", [(29.2e9, "euro")]),
        ("£50,000", [(50_000, "pound")]),
        ("twenty-five", [(25, "")]),
        ("two hundred and fifty thousand", [(250_000, "")]),
        ("a dozen and a hundred", [(12, ""), (100, "")]),
        ("98.7 per cent", [(98.7, "%")]),
        ("2 to 3 billion", [(2e9, ""), (3e9, "")]),
        ("5-10%", [(5, "%"), (10, "%")]),
        ("rose 5.6 percent to $29.2 billion", [(5.6, "%"), (29.2e9, "dollar")]),
        ("the second meeting, the 100th", [(2, "ordinal"), (100, "ordinal")]),
        ("one of them, for once", []),
        ("a 71-year-old", [(71, "")]),
        ("the MH17 flight", []),
    ],
)
def test_numbers_are_read_with_scale_and_unit(text: str, found: list[tuple[float, str]]) -> None:
    assert values(text) == found


@settings(deadline=None)
@given(st.integers(0, 999_999_999))
def test_a_number_is_the_same_with_and_without_its_commas(number: int) -> None:
    assert match(quantities(f"It was {number:,}.")[0], quantities(f"about {number} in all")) is Match.SAME


def test_a_percentage_is_never_borne_out_by_a_count() -> None:
    assert match(quantities("5%")[0], quantities("5 people")) is Match.MISSING


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “no deal” and left", ["no deal"]),
        ('He said "it\'s over" and left', ["it's over"]),
        ("He said 'no deal' today", ["no deal"]),
        ("„Guten Tag“, «bon jour»", ["Guten Tag", "bon jour"]),
        ("“He said ‘no deal’ today”", ["He said ‘no deal’ today"]),
        ("In the '90s the workers' rights weren't safe", []),
        ("a so-called “so”", []),
        ("he left “in the middle of", ["in the middle of"]),
    ],
)
def test_quotations_are_told_from_apostrophes(text: str, found: list[str]) -> None:
    assert [q.text for q in quotations(text)] == found


@pytest.mark.parametrize(
    ("quoted", "stands"),
    [
        ("We didn't start the quarrel", False),
        ("didn’t start the old quarrel", True),
        ("Didn't start, the old quarrel.", True),
        ("start … over the border", True),
        ("over the border … start", False),
        ("[They] didn't start the [bitter and] old quarrel", True),
        ("[D]idn't start", True),
        ("idn't start the old quarre", False),
    ],
)
def test_verbatim_allows_for_punctuation_ellipsis_and_brackets_alone(quoted: str, stands: bool) -> None:
    sentence = "The ministry “didn't start the old quarrel over the border,” she told a crowd."
    assert stands_in(quotations(f"“{quoted}”")[0], sentence) is stands


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=60))
def test_every_quotation_stands_in_its_own_text(text: str) -> None:
    assert all(stands_in(q, text) for q in quotations(f"“{text}”"))


def test_a_month_that_is_a_verb_is_no_date() -> None:
    assert day_mentions("They may march in protest, and the march may grow.") == []
    assert [m.month for m in day_mentions("They met in May and on March 3.")] == [5, 3]


def test_the_articles_own_day_counts_unless_the_sentence_gives_another() -> None:
    tuesday = dt.date(2015, 5, 12)
    stated = day_mentions("on 12 May 2015")[0]
    assert bears_out(stated, "He arrived in the afternoon.", tuesday)
    assert bears_out(stated, "He arrived on Tuesday.", tuesday)
    assert not bears_out(stated, "He arrived on Monday.", tuesday)
    assert bears_out(day_mentions("on 11 May")[0], "He arrived yesterday.", tuesday)
    assert not bears_out(stated, "He arrived in the afternoon.", None)


def test_names_are_runs_of_capitals_and_not_the_first_word() -> None:
    text = (
        "Officials said U.S. Secretary of State Mary Olsen met Oleg Marin of the Foreign Ministry in Larnow on Tuesday."
    )
    found = ["U.S.", "Secretary of State Mary Olsen", "Oleg Marin", "Foreign Ministry", "Larnow"]
    assert [n.text for n in names(text)] == found
    assert names("Minister Greets Crowd While Rain Falls On Old Harbour Town") == []


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("It was Russia.", "the Russian ministry", True),
        ("It was Moscow.", "russia denied it", True),
        ("It was the United States.", "American officials", True),
        ("It was Mary Olsen.", "Ms Olsen said so", True),
        ("It was Mary Olsen.", "Mary Stone said so", False),
        ("It was the IMF.", "the International Monetary Fund", True),
        ("It was the Foreign Ministry.", "the Defence Ministry", False),
    ],
)
def test_a_name_is_found_in_its_other_forms(name: str, text: str, named: bool) -> None:
    assert [Named(text).has(n) for n in names(name)] == [named]


def test_a_negation_matters_where_it_reaches() -> None:
    assert negation_differs("Russia sent troops to the border.", ["Russia denies that it sent troops to the border."])
    assert not negation_differs("Olsen arrived in Larnow.", ["Olsen, who did not speak, arrived in Larnow."])
    assert not negation_differs("He refused to lift the ban.", ["The ban was not lifted; he refused to lift the ban."])


def test_opposite_words_are_seen_unless_the_sentence_has_both() -> None:
    assert opposite("Prices rose sharply.", "Prices fell sharply.") == ("rose", "fell")
    assert opposite("Prices rose sharply.", "Prices fell, then rose.") is None


def test_a_stem_joins_the_forms_of_a_word() -> None:
    assert len({stem(w) for w in ["deny", "denies", "denied", "denying"]}) == 1
    assert len({stem(w) for w in ["stop", "stops", "stopped", "stopping"]}) == 1
    assert content_stems("The talks were held") == content_stems("the talk was HELD!")


@settings(deadline=None)
@given(st.text(max_size=60))
def test_folding_ignores_case_and_quotation_marks(text: str) -> None:
    plain = "".join(c for c in text if c.isascii())
    assert words(f"“{plain.upper()}”") == words(plain.lower().replace("'", "’"))
