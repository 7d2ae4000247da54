"""Words of speech and opinion, in all their forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.language import lexicon
from ingest.language.lexicon import SPEECH, Act, acts, entries, forms, is_speech, verbs
from ingest.language.words import words


@pytest.mark.parametrize("word", ["said", "tweeted", "posted", "wrote", "vowed", "hinted", "according", "criticised"])
def test_a_verb_of_telling_is_one_of_speech_in_every_form(word: str) -> None:
    assert is_speech(word)


@pytest.mark.parametrize("word", ["expected", "wants", "sees", "denial", "talks", "blast", "war"])
def test_an_opinion_a_wish_a_noun_and_an_event_are_no_verbs_of_speech(word: str) -> None:
    assert not is_speech(word)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("What did Peskov tweet?", {Act.SAY}),
        ("Moscow’s denials", {Act.DENY}),
        ("Who was blamed?", {Act.ACCUSE}),
        ("The ministry insisted", {Act.SAY, Act.RESPOND}),
        ("They pledged to rebuild", {Act.SAY, Act.PROMISE}),
        ("Economists expect a rise", {Act.OPINE}),
        ("The bridge was closed", set()),
    ],
)
def test_a_text_tells_what_is_done_in_it(text: str, done: set[Act]) -> None:
    assert acts(words(text)) == done


@pytest.mark.parametrize(
    ("lemma", "inflected"),
    [
        ("tell", {"tell", "tells", "told", "telling"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
        ("quip", {"quip", "quips", "quipped", "quipping"}),
        ("vow", {"vow", "vows", "vowed", "vowing"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("express", {"express", "expresses", "expressed", "expressing"}),
        ("signal", {"signal", "signals", "signaled", "signalled", "signaling", "signalling"}),
        ("forecast", {"forecast", "forecasts", "forecasting"}),
    ],
)
def test_a_verb_is_inflected(lemma: str, inflected: set[str]) -> None:
    assert {form for form, entry in entries("verb").items() if entry.lemma == lemma} == inflected


def test_both_spellings_are_of_one_lemma() -> None:
    assert entries("verb")["criticised"].lemma == entries("verb")["criticized"].lemma == "criticize"


def test_the_words_for_an_act_hold_its_nouns_and_its_verbs_do_not() -> None:
    assert {"deny", "rejected", "denial", "denials"} <= forms(Act.DENY)
    assert "denial" not in verbs(Act.DENY)
    assert {"state", "reports", "claimed"} <= verbs(*SPEECH)
    assert verbs(*SPEECH, nouns=False).isdisjoint(["state", "reports", "claims"])
    assert {"stated", "reported", "claimed"} <= verbs(*SPEECH, nouns=False)


def test_every_lemma_has_one_row_of_its_part() -> None:
    table = Path(lexicon.__file__).with_name("lexicon.tsv").read_text(encoding="utf-8")
    rows = [tuple(line.split("\t")[:2]) for line in table.splitlines() if not line.startswith("#")]
    assert len(rows) == len(set(rows)) > 400
