"""Whose words a cited sentence is, and by what act: said, denied, accused.

Who is told to want or fear something has not said it; who accuses, blames, denies, expects or doubts has.

Invariant: a voice is one of the article's own attributions; where several of one speaker share a sentence, the one that
says most of it stands for them. What nobody is named for has no voice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.article import Span
from ingest.attribution import Attribution, Kind, speaker_at
from ingest.language.words import word_set, words

DENIALS = word_set(
    """deny denies denied denying denial denials reject rejects rejected rejecting dismiss dismisses dismissed
    dismissing dispute disputes disputed disputing refute refutes refuted rebut rebuts rebutted disavow disavowed
    contradict contradicts contradicted disagree disagrees disagreed"""
)
ACCUSATIONS = word_set(
    """accuse accuses accused accusing accusation accusations blame blames blamed blaming allege alleges alleged
    alleging allegation allegations charge charges charged denounce denounces denounced denouncing condemn condemns
    condemned condemning criticise criticises criticised criticize criticizes criticized complain complains complained
    fault faults faulted"""
)
REPLIES = word_set(
    """reply replies replied replying respond responds responded responding answer answers answered answering retort
    retorts retorted counter counters countered insist insists insisted"""
)
#: Verbs of an opinion that somebody has told: whoever expects or doubts something is quoted for it.
OPINIONS = word_set(
    """think thinks thought see sees believe believes believed expect expects expected predict predicts predicted
    forecast forecasts doubt doubts doubted estimate estimates estimated consider considers considered reckon reckons
    reckoned"""
)
#: Characters between what somebody says and an "It" that may stand for the same speaker.
_NEAR = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenSentence:
    """A sentence of a context that is in somebody's words, where a question asks for somebody's.

    Attributes:
        number: of the sentence in its context.
        speaker: whose words it is, as its article names him or her.
        sides: the bodies and countries that the speaker speaks for, as far as they are known.
        fit: 0 to 1, how far the speaker, the act and the words are those that are asked for.
        other: whether the archive knows the speaker to be somebody else than whom is asked for.
    """

    number: int
    speaker: str
    sides: frozenset[str] = frozenset()
    fit: float
    other: bool = False


def is_statement(attribution: Attribution, article: str) -> bool:
    """Whether somebody is given words or a claim, not only a wish or a fear."""
    told = DENIALS | ACCUSATIONS | OPINIONS
    return attribution.kind is not Kind.STANCE or bool(acts(attribution, article) & told)


def acts(attribution: Attribution, article: str) -> frozenset[str]:
    """The folded words of the cue: "said", "has accused"."""
    return frozenset(words(attribution.cue.of(article)))


def voice_at(
    found: Sequence[Attribution], sentence: Span, article: str, asked: str | None = None
) -> Attribution | None:
    """Whose words a sentence is; None where it is the article's own statement, or several people's.

    Args:
        found: the article's attributions.
        sentence: in the article's text, ``article``.
        asked: a name; where it is one of several voices in the sentence, the voice is that one.
    """
    named = [one for one in voices_in(found, sentence, article) if one.name == asked] if asked else []
    if named:
        return named[0]
    whole = speaker_at(found, sentence)
    if whole is not None and whole.name and is_statement(whole, article):
        return _named(whole, found, article)
    inside = voices_in(found, sentence, article)
    covered = sum(_shared(span, sentence) for one in inside for span in (one.speaker, one.cue, *one.contents) if span)
    if len({one.name for one in inside}) != 1 or 2 * covered < len(sentence):
        return None
    return _named(inside[0], found, article)


def voices_in(found: Sequence[Attribution], sentence: Span, article: str) -> list[Attribution]:
    """The attributions of those who are given words in a sentence, whoever else is, those who say most of it first."""
    inside = [
        one for one in found if one.name and sentence.contains(one.cue) and is_statement(one, article) and one.speaker
    ]
    return sorted(inside, key=lambda one: -sum(_shared(span, sentence) for span in one.contents))


def _named(voice: Attribution, found: Sequence[Attribution], article: str) -> Attribution:
    """The attribution, an "It" that was left to stand in its name replaced by who spoke in the sentence before.

    Not by anybody whom the article calls "he" or "she".
    """
    if voice.name.casefold() != "it" or voice.speaker is None:
        return voice
    start = voice.speaker.start
    before = [one for one in found if one.speaker is not None and one.cue.start < start and one.name != voice.name]
    if not before or start - max(before[-1].cue.end, before[-1].content.end) > _NEAR:
        return voice
    name = before[-1].name
    people = {one.name for one in found if one.speaker and one.speaker.of(article).casefold() in ("he", "she")}
    return voice if name in people else replace(voice, name=name)


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
