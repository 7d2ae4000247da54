"""An answer in another language than its evidence: the words that would have to be compared are not the same ones.

The check of support goes by words, so that it finds nothing in such an answer, right or wrong. In place of the words of
the model, which nobody has checked, stand then the sentences that it cites, word for word.

Function words tell the two apart: of the sentences of ``xquad-dev`` that have five words, at most a tenth are English
function words in 92 % of the German, 97 % of the Spanish and over 98 % of the Russian, Arabic and Chinese ones, and in
0.9 % of the English ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answerers.extractive.answerer import quoted
from assistant.citing.evidence import AttributedSentence
from ingest.language.words import FUNCTION_WORDS, words

#: What is said above the sentences.
NOTICE = (
    "The model answered in another language than the articles, so that its words could not be checked; "
    "shown are the sentences that it cites."
)

#: Sentences that are shown.
MOST = 3

_FEW_WORDS, _FOREIGN, _ENGLISH = 5, 0.1, 0.2


def instead(text: str, cited: Sequence[AttributedSentence]) -> str:
    """The first sentences that an answer cites, each with its mark, where it is in another language than they are and
    one of the two is English; else "".
    """
    told, shown = _english(text), cited[:MOST]
    evidence = _english(" ".join(sentence.text for sentence in shown))
    if told is None or evidence is None or not (min(told, evidence) <= _FOREIGN and max(told, evidence) > _ENGLISH):
        return ""
    return "\n\n".join(f"{quoted(sentence)} [{number}]" for number, sentence in enumerate(shown, 1))


def _english(text: str) -> float | None:
    """The share of English function words in a text; None where it is too short to tell. A script without spaces has
    few words and no English one.
    """
    found = words(text)
    if any(word.isascii() and word.isalpha() for word in found) and len(found) < _FEW_WORDS:
        return None
    return sum(word in FUNCTION_WORDS for word in found) / len(found) if found else None
