"""The answer's words against the gold answers, and its citations against the statements, the archive and the set.

Words are compared after SQuAD's normalisation: lower case, punctuation removed, the articles a, an and the removed,
white space folded. Beyond ASCII, where SQuAD's script leaves punctuation standing, every mark that Unicode calls
punctuation is removed too: news is written with curly quotation marks and dashes. Source: the evaluation script of
SQuAD 1.1 (Rajpurkar et al., 2016, arXiv 1606.05250). A measure is None where the set does not say what it asks for.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from assistant.types import Citation

#: Whether the citations of these numbers, taken together, support the statement.
Supports = Callable[[str, Sequence[int]], bool]
#: Text and numbers of what it cites, of each statement.
Statements = Sequence[tuple[str, tuple[int, ...]]]

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_ASCII = frozenset(string.punctuation)


@lru_cache(maxsize=4096)
def normalise_answer(text: str) -> str:
    """``text`` as it is compared."""
    kept = "".join(c for c in text.lower() if c not in _ASCII and not unicodedata.category(c).startswith("P"))
    return " ".join(_ARTICLES.sub(" ", kept).split())


def tokens(text: str) -> list[str]:
    """The words of ``text`` as they are compared."""
    return normalise_answer(text).split()


def holds(text: str, answers: Iterable[str]) -> bool:
    """Whether one of ``answers`` stands in ``text``, both normalised, as whole words in a row.

    An answer of which nothing is left after normalisation stands in no text.
    """
    padded = f" {normalise_answer(text)} "
    return any(wanted and f" {wanted} " in padded for wanted in map(normalise_answer, answers))


def answer_string(texts: Sequence[str], gold: Sequence[str]) -> float | None:
    """Answer-string recall, 1.0 or 0.0: whether one of the gold answers stands in one of ``texts``.

    In the answer's text it is STR-EM of ALCE (Gao et al., 2023, arXiv 2305.14627), with one question a question; in the
    quotes it says whether the evidence that a reader is shown holds the answer.
    """
    return float(any(holds(text, gold) for text in texts)) if gold else None


def exact_match(answer: str, gold: Sequence[str]) -> float | None:
    """1.0 or 0.0: whether the answer is one of the gold answers, both normalised (SQuAD 1.1).

    Answers that are whole sentences rarely match; see :func:`answer_string`.
    """
    return float(normalise_answer(answer) in map(normalise_answer, gold)) if gold else None


def token_f1(answer: str, gold: Sequence[str]) -> float | None:
    """F1, 0 to 1, of the answer's words against those of a gold answer, the best over the gold answers (SQuAD 1.1).

    Words as a multiset after normalisation, the harmonic mean of precision and recall.
    """
    return max((_f1(tokens(answer), tokens(wanted)) for wanted in gold), default=None)


def _f1(given: Sequence[str], wanted: Sequence[str]) -> float:
    common = sum((Counter(given) & Counter(wanted)).values())
    return 2 * common / (len(given) + len(wanted)) if common else 0.0


def citation_recall(statements: Statements, supports: Supports) -> float | None:
    """0 to 1: the share of the answer's statements that all that they cite, taken together, supports.

    One without a citation counts as not supported; None where there is no statement. Source: ALCE (arXiv 2305.14627).
    In place of its entailment model the program's own support check is the judge, and only "supported" counts; by
    choice a chat model judges as well (``judging``), under names of its own. A system that was built with the same
    check looks better by it than by another judge: figures of different judges do not compare.
    """
    if not statements:
        return None
    return sum(bool(cited) and supports(text, cited) for text, cited in statements) / len(statements)


def citation_precision(statements: Statements, supports: Supports) -> float | None:
    """0 to 1: the share of the citations that are of use; 0 where nothing is cited, None where there is no statement.

    A citation of a statement that is not supported is of none; of one that is, a citation is of use where it supports
    the statement by itself, or where the others no longer do without it. Source and judge as of recall.
    """
    if not statements:
        return None
    total = sum(len(cited) for _, cited in statements)
    useful = sum(_useful(text, cited, supports) for text, cited in statements)
    return useful / total if total else 0.0


def _useful(text: str, cited: tuple[int, ...], supports: Supports) -> int:
    if not cited or not supports(text, cited):
        return 0
    if len(cited) == 1:
        return 1
    count = 0
    for number in cited:
        others = tuple(other for other in cited if other != number)
        count += supports(text, (number,)) or not supports(text, others)
    return count


def quote_exactness(citations: Sequence[Citation], text: Callable[[str], str]) -> float | None:
    """0 to 1: the share of the citations whose quote is, character for character, what the archive holds there.

    The product's promise: it must be 1.0. None where nothing is cited. ``text``: article id -> the text in the archive.
    """
    if not citations:
        return None
    return sum(text(c.article_id)[c.start : c.end] == c.quote for c in citations) / len(citations)


def speaker_accuracy(citations: Sequence[Citation], answers: Sequence[str], speaker: str | None) -> float | None:
    """1.0 or 0.0: whether the answer's evidence is credited to the speaker whom the set names.

    1 where the speaker of a cited quote is that speaker, 0 where it is another or none is given, or nothing is cited.
    Two names agree where the words of one are all among those of the other ("Kerry", "John Kerry"). Where gold answers
    stand in some of the quotes, only those quotes count: they are what was said.
    """
    if speaker is None:
        return None
    telling = [citation for citation in citations if holds(citation.quote, answers)] or citations
    return float(any(citation.speaker and _agree(citation.speaker, speaker) for citation in telling))


def _agree(one: str, other: str) -> bool:
    first, second = set(tokens(one)), set(tokens(other))
    return bool(first and second) and (first <= second or second <= first)
