"""What speaks for and against an attribution in the making, as short names: "lemma warn", "speaker pronoun".

A name is ``family value``; a value holds no space. ``weights`` says how much each counts. The evidence of where the
content ends stands apart, as ``scoring`` chooses an end by it.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from ingest.attribution.candidate import Draft, Facts
from ingest.attribution.lexicon import (
    ALL_VERBS,
    CONTRACTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    VERBS,
    WH,
)
from ingest.attribution.speakers.phrases import Range
from ingest.attribution.tokens import Reading
from ingest.attribution.verbs import is_verb, verb_form
from ingest.language.roles import BODIES, ROLES
from ingest.language.words import word_set

#: What a content is to its cue: rules that are alike.
SORT = {
    "that": "clause",
    "clause": "clause",
    "object": "object",
    "preposition": "object",
    "infinitive": "object",
}
_PEOPLE = word_set(
    """
    people voters supporters critics officials republicans democrats analysts experts aides lawmakers residents
    activists leaders americans rivals strategists candidates senators members scientists economists researchers
    advisers observers advocates delegates
    """
)
_DOCUMENTS = word_set(
    """
    poll polls survey surveys study studies data numbers results figures emails email ad ads video article book report
    reports memo letter tweet tweets statement documents research analysis law bill plan
    """
)
_OWNERS = word_set("his her their its")
_OBJECTS = word_set("that to as not it him her them himself herself")
_ENDERS = word_set(
    """
    , . and but when while as because that to in on for by with ; : — -- – - if at from of which who or after before
    during
    """
)
_BEFORE = word_set(
    "to and who , by that not also would will is was been being has have had are were be in of for or with"
)
_AFTER_COMMA = word_set("and but or which who as while a the including with saying because though although according")
#: Tokens of a content that are looked at.
_LOOKED = 200
_HEAD_ENDS = word_set("to that and , as is was who which")


def first_and_last(reading: Reading, draft: Draft) -> Range:
    """The tokens from the first of the contents to the last."""
    start = reading.start
    return bisect_left(start, draft.contents[0][0]), bisect_left(start, draft.contents[-1][1])


def about_cue(reading: Reading, draft: Draft, first: int) -> list[Facts]:
    """Evidence of the cue, its speaker and the ``first`` token of its content."""
    rule = draft.rule
    sort = SORT.get(rule, rule)
    head = _head(draft)
    word = reading.word
    found: list[Facts] = [
        ("cue", word[head], draft.lemma, rule, sort),
        ("speaker", _speaker(reading, draft.speaker), sort),
        ("starts", kind_of(reading, first), rule),
    ]
    speaker = found[1][1]
    found.append(("pair", draft.lemma, speaker))
    found.append(("leads", draft.lemma, found[2][1]))
    if reading.word[draft.unit.last - 1] == "?":
        found.append(("question", sort))
    if draft.traits:
        found.append(("trait", draft.traits, rule, draft.lemma))
    if rule == "preposition":
        found.append(("preposition", word[head], word[head + 1]))
    if head == draft.unit.first:
        found.append(("opens", sort))
    else:
        before = word[head - 1]
        found.append(("before", before if before in _BEFORE else kind_of(reading, head - 1)))
    if draft.unit.paragraph == 0:
        found.append(("paragraph", sort))
    if reading.quote[first] < 0:
        found.append(("word", word[first]))
        found.append(("noun", _head_noun(reading, draft, first, sort)))
    return found


def about_end(reading: Reading, draft: Draft, first: int, last: int) -> list[Facts]:
    """Evidence of a content that ends before token ``last``, and of what is left of the unit after it."""
    word, quote, end = reading.word, reading.quote, draft.unit.last
    sort = SORT.get(draft.rule, draft.rule)
    looked = min(last, first + _LOOKED)
    held, capitals = word[first:looked], reading.capitals[first:looked]
    unquoted = quote[first:looked].count(-1)
    marked = "none" if unquoted == len(held) and held else "some" if unquoted else "all"
    if marked != "none":
        outside = [t for t in range(first, looked) if quote[t] < 0]
        held, capitals = [word[t] for t in outside], [reading.capitals[t] for t in outside]
    verbs = sum(map(verb_form, held, capitals))
    cue = not VERBS.keys().isdisjoint(held)
    following = _following(reading, last, end)
    found: list[Facts] = [
        ("size", _size(last - first), following, sort),
        ("next", following, kind_of(reading, first), sort),
        ("kin", following, word[_head(draft)]),
        ("rest", _size(end - last), following, sort),
        ("spans", draft.lemma, _size(last - first)),
        ("held", min(verbs, 3), min(held.count(","), 3), marked, cue, draft.rule, sort),
    ]
    if following in (",", "and") and last + 1 < end:
        after = word[last + 1]
        if following == "and":
            found.append(("and", "verb" if is_verb(reading, last + 1) else kind_of(reading, last + 1)))
        else:
            found.append(("comma", after if after in _AFTER_COMMA else kind_of(reading, last + 1)))
    return found


def names(facts: Facts) -> list[str]:
    """The evidence that facts are: each by itself, and those that matter together."""
    if len(facts) == 2:
        return [f"{facts[0]} {facts[1]}"]
    if facts[0] in _PAIRED:
        return [f"{facts[0]} {facts[1]}/{facts[2]}"]
    match facts:
        case ("cue", str(word), lemma, rule, sort):
            found = ["bias all", f"rule {rule}", f"lemma {lemma}", f"lemma {lemma}/{sort}"]
            if verb := ALL_VERBS.get(word):
                found += (f"tense {verb.tense}", f"tense {verb.tense}/{sort}", f"frames {verb.frames}/{rule}")
                found += [name for kin in verb.kin for name in (f"kin {kin}", f"kin {kin}/{sort}")]
            return found
        case ("trait", tuple(traits), rule, lemma):
            found = [name for trait in traits for name in (f"trait {trait}", f"trait {trait}/{rule}")]
            return [*found, f"negated {lemma}"] if "negated" in traits else found
        case ("preposition", str(word), preposition):
            listed = word in ALL_VERBS and preposition in ALL_VERBS[word].prepositions
            return [f"preposition {preposition}", f"listed {listed}"]
        case ("size" | "rest" as family, size, following, sort):
            return [f"{family} {size}", f"{family} {size}/{sort}", f"{family} {size}/{following}"]
        case ("next", following, kind, sort):
            return [f"next {following}", f"next {following}/{sort}", f"next {following}/{kind}"]
        case ("kin", following, str(word)):
            return [f"next {following}/{kin}" for kin in (ALL_VERBS[word].kin if word in ALL_VERBS else ())]
        case ("held", verbs, commas, marked, cue, rule, sort):
            found = [f"verbs {verbs}/{sort}", f"commas {commas}", f"quoted {marked}", f"quoted {marked}/{rule}"]
            return [*found, "holds cue"] if cue else found
        case (family, value, more):
            return [f"{family} {value}", f"{family} {value}/{more}"]
    return []


#: Families of evidence that count only together with what they are paired with.
_PAIRED = frozenset(["pair", "leads", "spans"])


def _head(draft: Draft) -> int:
    """The token of the cue that says most."""
    if draft.rule in ("noun", "noun-of", "according"):
        return draft.cue[0]
    return draft.cue[1] - (2 if draft.rule == "by" else 1)


def _head_noun(reading: Reading, draft: Draft, first: int, sort: str) -> str:
    """What the content's first phrase is about: "his **plan** for …"."""
    word, at, end = reading.word, first, min(first + 12, draft.unit.last)
    while at < end and not (word[at] in PREPOSITIONS or word[at] in _HEAD_ENDS):
        at += 1
    if at == first:
        return "none"
    return f"NAME/{sort}" if reading.capital(at - 1) else word[at - 1]


def _speaker(reading: Reading, speaker: Range | None) -> str:
    if speaker is None:
        return "none"
    first, last = speaker
    word = reading.word[first]
    if last - first == 1:
        word = CONTRACTIONS.get(word, word)
        if word in PRONOUNS:
            return "he" if word in ("he", "she") else word if word in ("they", "it", "you") else "i"
        if word in RELATIVES:
            return "who" if word == "who" else "which"
    head = last - 1
    for at in range(first + 1, last):
        word = reading.word[at]
        if word in PREPOSITIONS or word in (",", "who", "which", "("):
            head = at - 1
            break
    word = reading.word[head]
    for name, listed in (("people", _PEOPLE), ("document", _DOCUMENTS), ("role", ROLES), ("institution", BODIES)):
        if word in listed:
            return name
    if reading.capital(head):
        return "name"
    return "plural" if word.endswith("s") else "common"


def kind_of(reading: Reading, token: int) -> str:
    """The sort of word a token is, by its looks."""
    return "quotation" if reading.quote[token] >= 0 else looks(reading.word[token], reading.capitals[token])


@lru_cache(maxsize=1 << 15)
def looks(word: str, capital: bool) -> str:
    """The sort of a word outside quotations; ``capital``: it begins with a capital letter."""
    if word in _OBJECTS:
        return word
    if word in WH:
        return "wh"
    if word in PRONOUNS or word in CONTRACTIONS:
        return "pronoun"
    if word in DETERMINERS:
        return "his" if word in _OWNERS else word if word in ("the", "a", "an") else "determiner"
    if word in PREPOSITIONS:
        return "preposition"
    if capital:
        return "capital"
    if not word[:1].isalpha():
        return "number" if word[:1].isdigit() else "mark"
    return "ing" if word.endswith("ing") else "ly" if word.endswith("ly") else "other"


def _following(reading: Reading, last: int, end: int) -> str:
    if last >= end:
        return "end"
    if reading.quote[last] >= 0:
        return "quotation"
    word = reading.word[last]
    return word if word in _ENDERS else "verb" if is_verb(reading, last) else "word"


def _size(count: int) -> int:
    """The count, rounded down to a step."""
    return _STEPS[count] if count < len(_STEPS) else 40


_STEPS = [max(s for s in (0, 1, 2, 3, 5, 8, 14, 24, 40) if s <= n) for n in range(41)]
