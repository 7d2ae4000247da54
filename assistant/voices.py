"""Whose words a cited sentence is, and by what act: said, denied, accused.

Who is told to want or fear something has not said it; who accuses, blames or denies has.

Invariant: a voice is one of the article's own attributions; where several of one speaker share a sentence, the one that
says most of it stands for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.words import word_set, words
from ingest.article import Span
from ingest.attribution import Attribution, Kind, speaker_at

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
#: A sentence whose attributions, of one speaker, hold this share of it is in that speaker's words.
_HELD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenSentence:
    """A sentence of a context that is in somebody's words, where a question asks for somebody's.

    Attributes:
        number: of the sentence in its context.
        speaker: whose words it is, as its article names him or her.
        fit: 0 to 1, how far the speaker, the act and the words are those that are asked for.
    """

    number: int
    speaker: str
    fit: float


def is_statement(attribution: Attribution, article: str) -> bool:
    """Whether somebody is given words or a claim, not only a wish or a fear."""
    return attribution.kind is not Kind.STANCE or bool(acts(attribution, article) & (DENIALS | ACCUSATIONS))


def acts(attribution: Attribution, article: str) -> frozenset[str]:
    """The folded words of the cue: "said", "has accused"."""
    return frozenset(words(attribution.cue.of(article)))


def voice_at(found: Sequence[Attribution], sentence: Span, article: str) -> Attribution | None:
    """Whose words a sentence is; None where it is the article's own statement, or several people's.

    Args:
        found: the article's attributions.
        sentence: in the article's text, ``article``.
    """
    whole = speaker_at(found, sentence)
    if whole is not None and is_statement(whole, article):
        return whole
    inside = [
        one
        for one in found
        if one.speaker is not None and sentence.contains(one.cue) and _shared(one, sentence) and is_statement(one, article)
    ]
    if len({one.name for one in inside}) != 1 or _HELD * sum(_shared(one, sentence) for one in inside) < len(sentence):
        return None
    return max(inside, key=lambda one: _shared(one, sentence))


def _shared(one: Attribution, sentence: Span) -> int:
    return sum(max(0, min(c.end, sentence.end) - max(c.start, sentence.start)) for c in one.contents)
