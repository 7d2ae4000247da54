"""Where a content ends: of all the borders that it may end at, the one that most likely shares most with the truth.

A content begins at a token and ends at one of the borders after it: a comma, a preposition, the end of a quotation.
Border by border, a logistic regression says how likely it ends there, given that it goes on so far; what these
chances come to is how likely each end is. Chosen is the end that a person's content most likely overlaps by half or
more, which is safer than the likeliest single one where several lie side by side.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ingest.attribution.candidate import Draft, Facts
from ingest.attribution.contents.complements import characters
from ingest.attribution.lexicon import DAYS, PREPOSITIONS, SUBORDINATORS, VERBS
from ingest.attribution.scoring.evidence import SORT, looks
from ingest.attribution.tokens import Reading
from ingest.attribution.verbs import is_verb, verb_form
from ingest.language.words import word_set

if TYPE_CHECKING:
    from ingest.attribution.scoring.selection import Weights

#: Words that a content may end before.
BORDERS = (
    word_set(", ; : . ? ! ( ) [ ] — – -- - ... .. and or but nor who whom whose which where earlier now instead later")
    | PREPOSITIONS
    | SUBORDINATORS
    | DAYS
)
#: So many borders are looked at: a content that goes on after them ends where it must.
_MOST = 24
#: What is left after the borders that were looked at counts no more than this.
_REST = 0.02
_STEPS = [max(s for s in (0, 1, 2, 3, 4, 6, 9, 14, 20, 30) if s <= n) for n in range(31)]


def ends_of(reading: Reading, draft: Draft) -> list[int]:
    """The tokens before which the content of a draft may end, in order; the last is all that is left to it."""
    word, quote, limit = reading.word, reading.quote, draft.limit
    found = []
    for at in range(draft.begin + 1, limit):
        if quote[at] >= 0:
            if quote[at - 1] >= 0 and quote[at] != quote[at - 1]:
                found.append(at)
        elif (word[at] in BORDERS or quote[at - 1] >= 0) and (quote[at - 1] >= 0 or word[at - 1] not in BORDERS):
            found.append(at)
        if len(found) == _MOST:
            break
    found.append(limit)
    return found


def about_borders(reading: Reading, draft: Draft, ends: list[int]) -> Iterator[list[Facts]]:
    """Evidence, for one end after the other, each before ``draft.limit``, that the content goes no further."""
    rule, lemma, begin, limit = draft.rule, draft.lemma, draft.begin, draft.limit
    sort = SORT.get(rule, rule)
    word, quote, capitals = reading.word, reading.quote, reading.capitals
    final = draft.unit.last
    verbs, at, quoted = 0, begin, False
    for passed, end in enumerate(ends):
        stretch = _STEPS[min(end - at, 30)]
        while at < end:
            if quote[at] >= 0:
                quoted = True
            elif verb_form(word[at], capitals[at]):
                verbs += 1
            at += 1
        border = "QUOTE" if quote[end] >= 0 else word[end]
        before = "quotation" if quote[end - 1] >= 0 else looks(word[end - 1], capitals[end - 1])
        mark = _closing(reading, end) if quote[end - 1] >= 0 else "quoted" if quoted else "plain"
        facts: list[Facts] = [
            ("border", border, sort, rule, min(passed, 5), min(verbs, 2), mark, stretch),
            ("lemma", border, lemma),
            ("word", border, word[begin]),
        ]
        if end + 1 < final:
            after = "quotation" if quote[end + 1] >= 0 else looks(word[end + 1], capitals[end + 1])
            facts.append(("around", border, before, after, sort, _STEPS[min(limit - end, 30)]))
            facts.append(("next", border, word[end + 1]))
            if border in _PAUSES:
                facts.append(("pause", border, sort, _pause(reading, end, final)))
                if word[end + 1] in _JOINING:
                    facts.append(("joins", f"{border}{word[end + 1]}", _joined(reading, end + 1, final), sort))
            elif border in _JOINING:
                facts.append(("joins", border, _joined(reading, end, final), sort))
        else:
            facts.append(("around", border, before, "none", sort, 0))
        yield facts


def _closing(reading: Reading, end: int) -> str:
    """How a quotation closes before a token: "stopped" by a comma or a full stop of its own, or just "closed"."""
    inner = reading.word[end - 1]
    if inner not in _STOPS and end > 1:
        inner = reading.word[end - 2]
    return "stopped" if inner in _STOPS else "closed"


_STOPS = frozenset([",", ".", "?", "!"])
_PAUSES = frozenset([",", "—", "--", "–", "-", ";", ":", "("])
_JOINING = word_set("and or but while as although though when because after")


def _pause(reading: Reading, comma: int, limit: int) -> str:
    """What stands between a comma and the next: a clause, or an insertion and what follows it."""
    verbs = 0
    for at in range(comma + 1, min(comma + 25, limit)):
        if reading.quote[at] >= 0:
            return f"quotation-{min(verbs, 1)}"
        word = reading.word[at]
        if word in (",", "—", "--", ";", "."):
            after = at + 1 < limit and is_verb(reading, at + 1)
            return f"{word}-{min(verbs, 1)}-{after}"
        if verb_form(word, reading.capitals[at]):
            verbs += 1
    return f"end-{min(verbs, 1)}"


def _joined(reading: Reading, conjunction: int, limit: int) -> str:
    """What a conjunction leads to: a verb of speech, another, a subject with its verb, or neither."""
    for at in range(conjunction + 1, min(conjunction + 7, limit)):
        if reading.quote[at] >= 0:
            return "quotation"
        word = reading.word[at]
        if verb_form(word, reading.capitals[at]):
            verb = VERBS.get(word)
            far = "near" if at - conjunction < 3 else "far"
            return f"speech-{verb.tense}-{far}" if verb is not None and "q" in verb.frames else f"verb-{far}"
        if word in BORDERS:
            return "border"
    return "none"


def border_names(facts: Facts) -> list[str]:
    """The evidence that the facts of a border are: by the first two, and by more of them together."""
    family, border = facts[0], facts[1]
    if len(facts) == 3:
        return [f"{family} {border}/{facts[2]}"]
    if len(facts) == 4:
        return [f"{family} {border}/{facts[2]}", f"{family} {border}/{facts[2]}/{facts[3]}"]
    if family == "border":
        _, _, sort, rule, passed, verbs, mark, stretch = facts
        return [
            f"border {border}",
            f"border {border}/{sort}",
            f"border {border}/{sort}/{rule}",
            f"passed {sort}/{passed}",
            f"passed {sort}/{passed}/{border}",
            f"verbs {sort}/{verbs}",
            f"verbs {sort}/{verbs}/{border}",
            f"mark {mark}/{border}",
            f"mark {mark}/{border}/{sort}",
            f"stretch {border}/{stretch}",
            f"stretch {border}/{stretch}/{sort}",
        ]
    _, _, before, after, sort, left = facts  # "around"
    return [
        f"before {border}/{before}",
        f"after {border}/{after}",
        f"after {border}/{after}/{sort}",
        f"around {border}/{before}/{after}",
        f"left {border}/{left}",
    ]


def chances(scores: Iterable[float]) -> list[float]:
    """How likely each end is, given the scores that the content goes no further than each of them but the last.

    Ends that hardly anything is left for are passed over.
    """
    found, left = [], 1.0
    for score in scores:
        here = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
        found.append(left * here)
        left *= 1 - here
        if left < _REST:
            break
    found.append(left)
    return found


def safest(begin: int, ends: list[int], likely: list[float]) -> tuple[int, float]:
    """Which of the ends most likely overlaps the true one by half or more, and how likely."""
    best, most, least = 0, -1.0, -1.0
    enough = PLAUSIBLE * max(likely)
    sizes = [end - begin for end in ends]
    for number, size in enumerate(sizes):
        if likely[number] < enough:
            continue
        # The ends are in order, and so are those that are neither twice as far nor half as far.
        chance = sum(likely[bisect_left(sizes, size / 2) : bisect_right(sizes, 2 * size)])
        value = chance + FAVOUR * likely[number]
        if value > most:
            best, most, least = number, value, chance
    return best, least


#: How much more than overlap the exact end counts.
FAVOUR = 0.2
#: An end is chosen only where it is this likely in comparison to the likeliest one: none in the middle of a phrase.
PLAUSIBLE = 0.03


def settle(reading: Reading, draft: Draft, weights: Weights) -> float:
    """Give a draft that begins at a token the content that it most likely has, in place; how likely that overlaps."""
    ends = ends_of(reading, draft)
    likely = chances(map(weights.of, about_borders(reading, draft, ends[:-1])))
    number, sure = safest(draft.begin, ends[: len(likely)], likely)
    content = next((c for end in ends[number:] if (c := characters(reading, draft.begin, end))), None)
    if content:
        draft.contents.append(content)
    return sure
