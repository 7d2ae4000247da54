"""Words that report speech and opinion, and what is done by each: say, ask, deny, blame, promise, expect …

The only list of such words: ``lexicon.tsv`` beside this module has a row a lemma, and the forms are inflected here.

* :func:`acts` reads a text's words: ``acts(words("Peskov tweeted")) == {Act.SAY}``;
* :func:`forms` gives every word for some acts, nouns and adverbs included: ``forms(Act.DENY)`` has "denied", "denial";
* :func:`verbs` gives their verbs alone: ``verbs(*SPEECH)`` are the verbs of speech ("said", "tweeted", "vowed"), with
  "according"; ``verbs(*SPEECH, nouns=False)`` leaves out the forms that are as often nouns ("state", "report");
* :func:`is_speech` asks whether one word is a verb of speech.

Words are folded as :func:`ingest.language.words.fold` folds. All are cached: they may be called for each sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path


class Act(StrEnum):
    """What is done by saying something, or what is told of somebody's mind."""

    SAY = "say"  # say, tell, write, tweet, announce, describe, hint …
    ASK = "ask"
    RESPOND = "respond"  # answer, reply, insist
    DENY = "deny"  # or reject, dispute
    ACCUSE = "accuse"  # or blame, criticise, complain
    ADMIT = "admit"  # or acknowledge, confirm
    PROMISE = "promise"
    WARN = "warn"  # or threaten
    URGE = "urge"  # or demand, propose, advise
    PRAISE = "praise"
    OPINE = "opine"  # think, expect, doubt, estimate
    WANT = "want"  # wish, intend, agree, refuse


#: The acts that are done in words; an opinion or a wish alone is not one.
SPEECH = frozenset(Act) - {Act.OPINE, Act.WANT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A form of a lemma, with what its row says; the columns are explained at the head of ``lexicon.tsv``.

    ``tense`` of a verb's form is "base", "s", "past", "participle" (of the last two "past" where they are the same) or
    "ing"; that of any other word is "base".
    """

    lemma: str
    part: str
    acts: frozenset[Act]
    frames: str
    prepositions: frozenset[str]
    kin: tuple[str, ...]
    flags: frozenset[str]
    tense: str = "base"


def acts(words: Iterable[str]) -> frozenset[Act]:
    """The acts that any of these folded words names."""
    by_word = _acts_of()
    return frozenset(act for word in words for act in by_word.get(word, ()))


@cache
def forms(*wanted: Act) -> frozenset[str]:
    """All words for any of these acts: verbs in all their forms, nouns ("denial", "denials"), "according", adverbs."""
    return frozenset(word for word, done in _acts_of().items() if done & set(wanted))


@cache
def verbs(*wanted: Act, nouns: bool = True) -> frozenset[str]:
    """The verbs for any of these acts in all their forms, and "according" where saying is one of them.

    Args:
        nouns: with the forms that are as often nouns: "state", "report", "comments".
    """
    return frozenset(
        word
        for part in ("verb", "preposition")
        for word, entry in entries(part).items()
        if entry.acts & set(wanted) and (nouns or "noun" not in entry.flags or entry.tense not in ("base", "s"))
    )


def is_speech(word: str) -> bool:
    """Whether a folded word is a form of a verb of speech, or "according"."""
    return word in verbs(*SPEECH)


@cache
def adverbs() -> frozenset[str]:
    """Adverbs by which a claim is left to others: "allegedly", "reportedly"."""
    return frozenset(entries("adverb"))


@cache
def entries(part: str) -> Mapping[str, Entry]:
    """Form -> entry, of the verbs, nouns, adverbs or prepositions; of two lemmas' same form the less rare one's."""
    rows = sorted((entry for entry in _rows() if entry.part == part), key=lambda entry: "seldom" not in entry.flags)
    return {form: replace(entry, tense=tense) for entry in rows for form, tense in _inflected(entry)}


@cache
def _acts_of() -> Mapping[str, frozenset[Act]]:
    found: dict[str, frozenset[Act]] = {}
    for part in ("verb", "noun", "adverb", "preposition"):
        for word, entry in entries(part).items():
            if entry.acts:
                found[word] = found.get(word, frozenset()) | entry.acts
    return found


@cache
def _rows() -> tuple[Entry, ...]:
    lines = Path(__file__).with_name("lexicon.tsv").read_text(encoding="utf-8").splitlines()
    found = []
    for line in (line for line in lines if not line.startswith("#")):
        lemma, part, *columns = line.split("\t")
        done, frames, prepositions, kin, flags = ([] if column == "-" else column.split() for column in columns)
        entry = Entry(
            lemma=lemma,
            part=part,
            acts=frozenset(map(Act, done)),
            frames="".join(frames),
            prepositions=frozenset(prepositions),
            kin=tuple(kin),
            flags=frozenset(flags),
        )
        found.append(entry)
    return tuple(found)


# -- inflection -------------------------------------------------------------------------------------------------------

#: Lemma -> form in -s, past, participle and form in -ing, of the lexicon's verbs that no rule below inflects.
_IRREGULAR = {
    line.split()[0]: line.split()[1:]
    for line in """
    beat beats beat beaten beating
    bet bets bet bet betting
    bring brings brought brought bringing
    cast casts cast cast casting
    feel feels felt felt feeling
    find finds found found finding
    forecast forecasts forecast forecast forecasting
    foresee foresees foresaw foreseen foreseeing
    forget forgets forgot forgotten forgetting
    go goes went gone going
    hear hears heard heard hearing
    hold holds held held holding
    know knows knew known knowing
    lie lies lied lied lying
    mean means meant meant meaning
    read reads read read reading
    say says said said saying
    see sees saw seen seeing
    seek seeks sought sought seeking
    show shows showed shown showing
    sing sings sang sung singing
    speak speaks spoke spoken speaking
    swear swears swore sworn swearing
    tell tells told told telling
    think thinks thought thought thinking
    understand understands understood understood understanding
    uphold upholds upheld upheld upholding
    write writes wrote written writing
    """.strip().splitlines()
}
#: Verbs of two syllables and more whose stressed last one doubles its consonant; those of one syllable follow a rule.
_STRESSED = frozenset(["admit", "concur", "prefer", "rebut", "refer", "regret"])
_ONE_SYLLABLE = re.compile(r"(?:[^aeiou]|qu)*[aeiou][^aeiouwxy]$")


def _inflected(entry: Entry) -> Iterator[tuple[str, str]]:
    """(form, tense), the lemma first; both spellings where British and American English differ."""
    lemma = entry.lemma
    yield lemma, "base"
    if "fixed" in entry.flags or entry.part not in ("verb", "noun"):
        return
    if entry.part == "noun":
        yield _with_s(lemma), "base"
    elif lemma in _IRREGULAR:
        s, past, participle, ing = _IRREGULAR[lemma]
        yield from ((s, "s"), (participle, "participle"), (past, "past"), (ing, "ing"))
    else:
        if lemma.endswith("ize"):
            yield from _inflected(replace(entry, lemma=lemma.removesuffix("ize") + "ise"))
        yield _with_s(lemma), "s"
        for stem in _stems(lemma):
            yield re.sub(r"(?<=[^aeiou])y$", "i", stem) + ("d" if stem.endswith("e") else "ed"), "past"
            yield re.sub(r"(?<=[^eoy])e$", "", stem) + "ing", "ing"


def _with_s(lemma: str) -> str:
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ies"
    return lemma + ("es" if re.search(r"(?:s|sh|ch|x|z|[^aeiou]o)$", lemma) else "s")


def _stems(lemma: str) -> Iterator[str]:
    """What -ed and -ing are put to: "admitt", "signal" and "signall"."""
    doubled = lemma in _STRESSED or _ONE_SYLLABLE.fullmatch(lemma) is not None
    if not doubled:
        yield lemma
    if doubled or re.search(r"[^aeiou][aeiou]l$", lemma):
        yield lemma + lemma[-1]
