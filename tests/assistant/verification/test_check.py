from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.types import Support
from assistant.verification import CitedSentence, SupportChecker, Verdict
from assistant.verification.check import EVIDENCE_LIMIT
from assistant.verification.score import Measures, score
from ingest.language.gazetteer import bundled, load
from ingest.language.gazetteer_file import BUNDLED
from ingest.language.words import content_stems

PASSAGE = (
    "Secretary of State Mary Olsen arrived in Larnow on Tuesday. "
    "The Russian Foreign Ministry blamed the quarrel on “hostile steps that Washington took.” "
    "Kremlin spokesman Oleg Marin struck another note. "
    "Russia “did not begin this quarrel,” he told reporters. "
    "Trade between the two countries rose 5.6 percent to $29.2 billion last year. "
    "Russia denies that its soldiers crossed the border, and accuses Ukraine of shelling its own towns. "
    "Twelve companies have left the country since March."
)
SENTENCES = [
    "Secretary of State Mary Olsen arrived in Larnow on Tuesday.",
    "The Russian Foreign Ministry blamed the quarrel on “hostile steps that Washington took.”",
    "Kremlin spokesman Oleg Marin struck another note.",
    "Russia “did not begin this quarrel,” he told reporters.",
    "Trade between the two countries rose 5.6 percent to $29.2 billion last year.",
    "Russia denies that its soldiers crossed the border, and accuses Ukraine of shelling its own towns.",
    "Twelve companies have left the country since March.",
]
ARRIVAL, MINISTRY, NOTE, DENIAL, TRADE, TROOPS, COMPANIES = range(len(SENTENCES))


def bag_of_words(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Unit vectors of the content words: alike where words are shared, as the encoder's are, and always the same."""
    vectors = np.zeros((len(texts), 256), dtype=np.float32)
    for row, text in zip(vectors, texts, strict=True):
        row[0] = 0.01
        for word in content_stems(text):
            row[1 + zlib.crc32(word.encode()) % 255] += 1
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


CHECKER = SupportChecker(bag_of_words, bundled())


def check(statement: str, *cited: int) -> Verdict:
    """The verdict on a statement that cites these sentences of the passage."""
    return CHECKER.check(
        statement,
        [
            CitedSentence(
                text=SENTENCES[i],
                context=PASSAGE,
                title="Talks in Larnow",
                source="The Harbour Post",
                published=dt.date(2015, 5, 12),
            )
            for i in cited
        ],
    )


def test_a_statement_that_cites_nothing_is_unsupported() -> None:
    assert check("Mary Olsen arrived.") == Verdict(
        support=Support.UNSUPPORTED, score=0.0, reason="no sentence is cited"
    )


@pytest.mark.parametrize("index", range(len(SENTENCES)))
def test_a_sentence_supports_itself_and_itself_with_the_publisher_named(index: int) -> None:
    assert check(SENTENCES[index], index) == Verdict(support=Support.SUPPORTED, score=1.0)
    told = f"According to The Harbour Post, {SENTENCES[index]}"
    assert check(told, index).support is Support.SUPPORTED


def test_a_short_answer_that_stands_in_the_sentence_is_supported() -> None:
    assert check("Larnow", ARRIVAL).support is Support.SUPPORTED
    assert check("$29.2 billion", TRADE).support is Support.SUPPORTED


def test_a_sentence_about_something_else_does_not_support() -> None:
    verdict = check("Inflation slowed in the spring.", ARRIVAL)
    assert verdict.support is Support.UNSUPPORTED
    assert verdict.reason == "the cited sentence does not say this"


def test_quoted_words_must_stand_in_a_cited_sentence() -> None:
    true = check("The ministry blamed the quarrel on 'hostile steps that Washington took'.", MINISTRY)
    assert true.support is Support.SUPPORTED
    false = check("The Russian Foreign Ministry blamed the quarrel on “cynical and hostile moves”.", MINISTRY)
    assert false.support is Support.UNSUPPORTED
    assert false.quoted_missing == ("cynical and hostile moves",)
    assert "stand in no cited sentence" in false.reason


def test_quoted_words_from_the_sentence_next_to_the_cited_one_are_partial_at_best() -> None:
    verdict = check("The Russian Foreign Ministry blamed the quarrel, which Russia “did not begin”.", MINISTRY)
    assert verdict.support is not Support.SUPPORTED
    assert "stand near the cited sentence" in verdict.reason


@settings(deadline=None)
@given(st.lists(st.sampled_from(SENTENCES[MINISTRY].rstrip(".").split()), min_size=2, max_size=6, unique=True))
def test_no_reordered_words_in_quotation_marks_are_supported(picked: list[str]) -> None:
    quoted = " ".join(word.strip("“”.") for word in picked)
    plain = SENTENCES[MINISTRY].replace("“", "").replace("”", "")
    verdict = check(f"The ministry said “{quoted}”.", MINISTRY)
    assert (quoted in plain) or verdict.support is not Support.SUPPORTED


def test_a_wrong_number_is_unsupported_and_named() -> None:
    verdict = check("Trade between the two countries rose 5.6 percent to $92 billion last year.", TRADE)
    assert verdict.support is Support.UNSUPPORTED
    assert verdict.numbers_missing == ("$92 billion",)


@pytest.mark.parametrize(
    ("amount", "support"),
    [
        ("$29.2bn", Support.SUPPORTED),
        ("29.2 billion dollars", Support.SUPPORTED),
        ("about $29 billion", Support.SUPPORTED),
        ("more than $29 billion", Support.SUPPORTED),
        ("about $25 billion", Support.UNSUPPORTED),
        ("$29 billion", Support.PARTIAL),  # rounded without saying so
        ("more than $30 billion", Support.UNSUPPORTED),
        ("€29.2 billion", Support.UNSUPPORTED),
    ],
)
def test_amounts_are_compared_by_value_and_unit(amount: str, support: Support) -> None:
    assert check(f"Trade between the two countries rose to {amount} last year.", TRADE).support is support


def test_a_number_in_words_and_in_digits_is_the_same() -> None:
    assert check("12 companies have left the country since March.", COMPANIES).support is Support.SUPPORTED
    assert check("Thirteen companies have left the country since March.", COMPANIES).support is not Support.SUPPORTED


@pytest.mark.parametrize("day", ["on 12 May 2015", "on Tuesday, May 12", "in May 2015", "on Tuesday"])
def test_a_weekday_is_resolved_against_the_articles_day(day: str) -> None:
    verdict = check(f"Mary Olsen arrived in Larnow {day}.", ARRIVAL)
    assert verdict.numbers_missing == ()
    assert "date" not in verdict.reason


@pytest.mark.parametrize("day", ["on 13 May 2015", "on Wednesday", "in June 2014"])
def test_a_wrong_day_is_partial_at_best(day: str) -> None:
    verdict = check(f"Mary Olsen arrived in Larnow {day}.", ARRIVAL)
    assert verdict.support is not Support.SUPPORTED
    assert "stands in no cited sentence" in verdict.reason


def test_last_year_bears_out_the_year_before_the_article() -> None:
    assert check("Trade between the two countries rose 5.6 percent in 2014.", TRADE).support is Support.SUPPORTED
    assert check("Trade between the two countries rose 5.6 percent in 2013.", TRADE).support is not Support.SUPPORTED


def test_a_name_that_stands_nowhere_is_flagged() -> None:
    verdict = check("Mary Olsen and Igor Belan arrived in Larnow on Tuesday.", ARRIVAL)
    assert verdict.support is Support.PARTIAL
    assert verdict.names_missing == ("Igor Belan",)
    assert check("Igor Belan arrived on Tuesday.", ARRIVAL).support is Support.UNSUPPORTED
    told = f"{SENTENCES[TROOPS].rstrip('.')}, according to Igor Belan of the Kremlin."
    assert check(told, TROOPS).support is Support.PARTIAL


def test_titles_given_names_and_country_forms_make_no_difference() -> None:
    assert check("Olsen arrived in Larnow on Tuesday.", ARRIVAL).names_missing == ()
    assert check("President Oleg Marin's note was another.", NOTE).names_missing == ()
    assert check("Moscow denies that its soldiers crossed the Ukrainian border.", TROOPS).names_missing == ()


def test_a_name_may_come_from_the_passage_but_not_in_the_place_of_another() -> None:
    assert check("Marin told reporters that Russia “did not begin this quarrel”.", DENIAL).support is Support.SUPPORTED
    verdict = check("Oleg Marin arrived in Larnow on Tuesday.", ARRIVAL)
    assert verdict.support is Support.PARTIAL
    assert "has Secretary of State Mary Olsen where the statement has Oleg Marin" in verdict.reason


@pytest.mark.parametrize(
    ("statement", "cited"),
    [
        ("Russian soldiers crossed the border.", TROOPS),
        ("Russia did begin this quarrel, he told reporters.", DENIAL),
        ("Mary Olsen has not arrived in Larnow.", ARRIVAL),
        ("Trade between the two countries fell 5.6 percent to $29.2 billion last year.", TRADE),
        ("Ukraine accuses Russia of shelling its own towns.", TROOPS),
    ],
)
def test_a_statement_that_turns_its_sentence_round_is_partial_at_best(statement: str, cited: int) -> None:
    verdict = check(statement, cited)
    assert verdict.support is not Support.SUPPORTED
    assert verdict.reason


def test_a_denial_told_as_a_denial_is_supported() -> None:
    assert check("Russia denies that soldiers crossed the border.", TROOPS).support is Support.SUPPORTED
    assert check("Russia accuses Ukraine of shelling its own towns.", TROOPS).support is Support.SUPPORTED


def test_two_cited_sentences_support_together_what_neither_says_alone() -> None:
    statement = "Mary Olsen arrived in Larnow on Tuesday, and twelve companies have left the country since March."
    assert check(statement, ARRIVAL, COMPANIES).score > check(statement, ARRIVAL).score
    assert check(statement, ARRIVAL, COMPANIES).support is Support.SUPPORTED


def test_a_pile_of_citations_is_looked_at_only_so_far() -> None:
    seen: list[int] = []

    def counting(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        seen.append(len(texts))
        return bag_of_words(texts)

    pile = [CitedSentence(text=f"Nothing of note happened on day {n} of the fair.") for n in range(100)]
    SupportChecker(counting, bundled()).check("Prices rose in the spring.", pile)
    assert seen == [1 + EVIDENCE_LIMIT]


@settings(deadline=None)
@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=3))
def test_any_text_gets_a_verdict_and_a_score_between_none_and_one(statement: str, cited: list[str]) -> None:
    verdict = CHECKER.check(statement, [CitedSentence(text=text, context=text, title=text) for text in cited])
    assert 0.0 <= verdict.score <= 1.0
    assert verdict.support is not Support.SUPPORTED or not (verdict.quoted_missing or verdict.numbers_missing)
    assert bool(verdict.reason) == (verdict.support is not Support.SUPPORTED)


def test_true_words_spliced_from_several_sentences_score_below_the_sentences_in_turn() -> None:
    told = "Twelve companies left the country since March, and Olsen arrived in Larnow on Tuesday."
    spliced = "Twelve Larnow companies left on Tuesday the Olsen country arrived since March."
    assert check(spliced, ARRIVAL, COMPANIES).score < check(told, ARRIVAL, COMPANIES).score - 0.1


@given(st.lists(st.floats(0, 3), min_size=4, max_size=4), st.floats(0.1, 1))
def test_nearer_is_never_worse_and_more_that_is_missing_never_better(measured: list[float], more: float) -> None:
    names = ("nearness", "unknown_words", "missing_pieces", "jumps")
    measures = Measures(**dict(zip(names, measured, strict=True)))
    assert score(replace(measures, nearness=measures.nearness + more)) > score(measures)
    for name in names[1:]:
        assert score(replace(measures, **{name: getattr(measures, name) + more})) < score(measures)


def test_a_country_of_the_users_own_gazetteer_is_known_by_its_people(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(BUNDLED.read_text(encoding="utf-8") + '\nVelmark = { people = ["Velmarkians"] }\n', encoding="utf-8")
    evidence = [CitedSentence(text="The Velmarkians won the final in Orrin on Sunday.")]
    statement = "The final in Orrin was won by Velmark."
    assert CHECKER.check(statement, evidence).names_missing == ("Velmark",)
    assert SupportChecker(bag_of_words, load(own)).check(statement, evidence).names_missing == ()
