"""Whether a statement keeps to who said it: a claim told as a fact, or given to somebody else, or turned round.

What the article gives to a speaker is that speaker's. A statement may repeat it where it says whose it is: by name, by
the body or country that the speaker stands for, by office, or at least by saying that it was said.

Invariants: each finding needs words of the statement that stand in what the speaker said and nowhere in the article's
own words that are cited; where the rules cannot tell one speaker from another, there is no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.citing.evidence import SpokenClaim
from assistant.types import Support
from assistant.verification.findings import Cited, Finding, together
from ingest.article import Article, Span
from ingest.attribution import Attribution, attributions
from ingest.language.gazetteer import Gazetteer, Standing
from ingest.language.lexicon import SPEECH, Act, acts, adverbs, forms, verbs
from ingest.language.names import Named, names
from ingest.language.words import content_stems, word_set, words

_PRONOUNS = word_set("he she it they i we you who that one")
#: Nouns of an opinion or a telling that no lexicon of verbs has.
_NOUNS = word_set("view views opinion opinions account accounts version versions quoted")
#: How many words before a name may say what office its bearer holds.
_NEAR = 4
_SENTENCE_END = re.compile(r"[^.][.!?:;][\"'”’»)]*$")


@cache
def _cues() -> frozenset[str]:
    """Words that say that something was said, where they stand outside of what was said. Verbs of speech that are nouns
    as often ("state", "report", "call") are left out: the rules of attribution tell them apart.
    """
    return verbs(*SPEECH, Act.OPINE, nouns=False) | forms(Act.ACCUSE, Act.DENY) | _NOUNS | adverbs()


def speaker_findings(statement: str, cited: Cited) -> Iterator[Finding]:
    """Who is left out or wrongly named as the speaker of what the statement says."""
    if not any(cited.claims) or not content_stems(statement):
        return
    article = Article(text=statement)
    told = attributions(article)
    yield from _dropped(article.text, told, cited)
    for one in told:
        yield from _misgiven(article.text, one, cited)


def _dropped(text: str, told: Sequence[Attribution], cited: Cited) -> Iterator[Finding]:
    """What the statement tells as a fact, though the article only has somebody say it."""
    own = _without(text, [s for one in told for s in (one.cue, *one.contents, *([one.speaker] if one.speaker else []))])
    if _cues() & set(words(own)):
        return
    said, plain = _source(set(content_stems(own)), cited)
    if said is None or plain or _is_named(said, own, cited):
        return
    yield Finding(
        kind="speaker",
        piece=own.strip(),
        allows=Support.PARTIAL,
        reason=f"the article does not say this itself: it is what {_shown(said.speaker, cited.gazetteer)} said",
    )


def _misgiven(text: str, one: Attribution, cited: Cited) -> Iterator[Finding]:
    """What the statement gives to another speaker than the article does, or has admitted where it was denied."""
    said, _ = _source(set(content_stems(" ".join(span.of(text) for span in one.contents))), cited)
    if said is None:
        return
    if Act.ADMIT in acts(words(one.cue.of(text))) and Act.DENY in said.acts:
        reason = f"the article has {_shown(said.speaker, cited.gazetteer)} deny this"
        yield Finding(kind="speaker", piece=one.cue.of(text), allows=Support.UNSUPPORTED, reason=reason)
    if one.name and all(_differ(one.name, other.speaker, cited) for of in cited.claims for other in of):
        whose, other = _shown(said.speaker, cited.gazetteer), _shown(one.name, cited.gazetteer)
        reason = f"the article gives this to {whose}, not to {other}"
        yield Finding(kind="speaker", piece=one.name, allows=Support.PARTIAL, reason=reason)


def _source(stated: set[str], cited: Cited) -> tuple[SpokenClaim | None, bool]:
    """Whose words bear out what is stated, and whether the cited sentences say as much in their own."""
    pairs = list(zip(cited.sentences, cited.claims, strict=True))
    plain = stated & {
        w for text, of in pairs for w in content_stems(_without(text, [c for s in of for c in s.contents]))
    }
    best: SpokenClaim | None = None
    most = 0
    for text, of in pairs:
        for said in of:
            inside = stated & set(content_stems(_contents(text, said)))
            # Two words at least, and half of all that the sentences bear out, are the speaker's and nobody else's.
            telling = len(inside - plain)
            if telling >= 2 and 2 * telling >= len(inside | plain) and telling > most:
                best, most = said, telling
    return best, most < len(plain)


def _contents(text: str, said: SpokenClaim) -> str:
    return " ".join(span.of(text) for span in said.contents)


def _shown(name: str, gazetteer: Gazetteer) -> str:
    """The name in the middle of a sentence: with an article where it is a body or an office."""
    if not name.strip() or name.lower() in _PRONOUNS:
        return "the speaker"  # whom the article's own words do not tell
    body = any(not gazetteer.is_country(side) for side in gazetteer.body(name)[:1])
    office = gazetteer.is_common(name.split()[-1]) and not name.endswith("s")
    return f"the {name}" if (body or office) and not name.lower().startswith(("the ", "a ", "an ")) else name


def _without(text: str, spans: Sequence[Span]) -> str:
    """The text with white space where the spans are."""
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = " " * len(span)
    return "".join(characters)


def _standings(name: str, cited: Cited) -> list[Standing]:
    """What a speaker stands for: by the name, and by what stands before it: "Kremlin spokesman Dmitry Peskov"."""
    found = [cited.gazetteer.standing(name)]
    tokens, own = cited.surroundings.split(), words(name, keep_possessive=False)
    folded = [words(token, keep_possessive=False) for token in tokens]
    for end in (i for i, word in enumerate(folded) if own and word == own[-1:]):
        first = end = end - (len(own) - 1 if [w for f in folded[end - len(own) + 1 : end + 1] for w in f] == own else 0)
        while first > max(0, end - _NEAR) and not _SENTENCE_END.search(tokens[first - 1]):
            first -= 1
        tails = (cited.gazetteer.standing(" ".join(tokens[at:end])) for at in range(first, end))
        found += [tail for tail in tails if tail.offices or len(tail.sides) > 1][:1]
    return found


def _is_named(said: SpokenClaim, own: str, cited: Cited) -> bool:
    """Whether the statement's own words name the speaker, the speaker's office, or whom he or she stands for."""
    # "Russia “did not begin it,” he said" names Russia as what is spoken of, and so does whoever repeats it.
    pairs = zip(cited.sentences, cited.claims, strict=True)
    rest = (_without(text, [said.phrase] if said.phrase else []) for text, of in pairs if said in of)
    inside = words(" ".join(rest), keep_possessive=False)
    outside = [w for w in words(own, keep_possessive=False) if w not in inside]
    if set(words(said.speaker, keep_possessive=False)[-1:]) & set(outside):
        return True
    abroad = cited.gazetteer.country_keys(inside)
    for standing in _standings(said.speaker, cited):
        if any(office.split()[-1] in outside for office in standing.offices):
            return True
        keys = {key for side in standing.sides for _, _, key in cited.gazetteer.countries(words(side))}
        bodies = (" ".join(words(side)) for side in standing.sides if not cited.gazetteer.is_country(side))
        if (cited.gazetteer.country_keys(outside) - abroad) & keys or any(b in " ".join(outside) for b in bodies):
            return True
    return False


def _differ(name: str, speaker: str, cited: Cited) -> bool:
    """Whether two speakers are surely not one, nor one who speaks for the other."""
    first, other = words(name, keep_possessive=False), words(speaker, keep_possessive=False)
    if not any(word[0].isupper() for word in name.split()) or set(first) <= set(other) or set(other) <= set(first):
        return False  # "he", "officials", "Peskov"
    if any(Named(speaker, cited.gazetteer).has(n) for n in names(f"by {name}", cited.gazetteer)) or any(
        Named(name, cited.gazetteer).has(n) for n in names(f"by {speaker}", cited.gazetteer)
    ):
        return False
    around = words(cited.surroundings, keep_possessive=False)
    if together(first[-1], other[-1], around) or first[-1] in words("\n".join(cited.headings)):
        return False
    sides, others = ({side for s in _standings(n, cited) for side in s.sides} for n in (name, speaker))
    if sides and others:
        return not sides & others
    # Of two names without a side, or of one that nobody has heard of, nothing more is to be known.
    return not (sides or others) or (not sides and first[-1] not in around)
