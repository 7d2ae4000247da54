"""What the words of the evidence's sentences say about a question, before a model reads any of them.

Reading is what takes time in an answer without a chat model: only the sentences that are ``promising`` by their words
are read. Invariant: which ones these are depends on the query and the evidence alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assistant.citing.evidence import AttributedSentence, Evidence
from assistant.question.query import Query
from assistant.ranking.answer_type import counts_unit
from ingest.language.words import content_stems, stem

Floats = npt.NDArray[np.float64]

#: Sentences that are promising by themselves, at most. Of newsask-train's evidence (66 sentences at the median) the
#: best 24 by words and those before them, 29 in all, hold a right one for .945 of the questions, the best 16 for .92,
#: 40 for .97, all for .98; the ranking finds it in no fewer.
MOST = 24

#: What the features count before anything is read.
_PROMISE = {"overlap": 1.5, "near_overlap": 2.0, "focus_overlap": 1.5, "passage": 1.5, "passage_rank": 0.7, "lead": 0.7}
_PROMISE |= {"counted_unit": 2.0, "question": 2.0, "fragment": 0.5}

#: Characters between two sentences that stand beside each other, less than.
_GAP = 5
_DEPENDENT = re.compile(r"[“\"]?(?:He|She|It|They|This|That|These|Those|But|And|His|Her|Their|Its)\b")


def word_features(query: Query, evidence: Evidence) -> dict[str, Floats]:
    """Features of every sentence that need no vectors; the names are those of ``sentence_ranking.Weights``."""
    sentences = evidence.sentences
    stems = [set(content_stems(sentence.text)) for sentence in sentences]
    near = _surroundings(sentences, stems)
    asked, focused = _word_weights(query.text, stems), _word_weights(query.focus, stems)
    scores = np.array([sentence.passage.score for sentence in sentences])
    low, high = scores.min(), scores.max()
    return {
        "overlap": np.array([_share(asked, own) for own in stems]),
        "near_overlap": np.array([_share(asked, around) for around in near]),
        "focus_overlap": np.array([_share(focused, own) for own in stems]),
        "named": _named(query, sentences, stems),
        "passage": (scores - low) / (high - low) if high > low else np.ones(len(sentences)),
        "passage_rank": np.array([1 / s.passage.rank if s.passage.rank else 0.0 for s in sentences]),
        "lead": np.array([1 / (1 + sentence.span.start / 500) for sentence in sentences]),
        "counted_unit": np.array([float(counts_unit(query, sentence.text)) for sentence in sentences]),
        "length": np.array([_length(sentence.text) for sentence in sentences]),
        "question": np.array([-1.0 if sentence.text.endswith("?") else 0.0 for sentence in sentences]),
        "fragment": np.array([-1.0 if is_fragment(sentence.text) else 0.0 for sentence in sentences]),
        "dependent": np.array([-1.0 if _DEPENDENT.match(sentence.text) else 0.0 for sentence in sentences]),
    }


def promising(query: Query, evidence: Evidence, most: int = MOST) -> list[int]:
    """Which sentences are worth reading, by their places in the evidence, in order: at most ``most``, and the one right
    before each, which "she" and "it" point to.
    """
    sentences = evidence.sentences
    if len(sentences) <= most:
        return list(range(len(sentences)))
    found = word_features(query, evidence)
    promise = sum((weight * found[name] for name, weight in _PROMISE.items()), np.zeros(len(sentences)))
    best = np.argsort(-promise, kind="stable")[:most].tolist()
    return sorted({*best, *(i - 1 for i in best if i and follows(sentences[i], sentences[i - 1]))})


def follows(sentence: AttributedSentence, before: AttributedSentence) -> bool:
    """Whether a sentence stands right behind another in the same article."""
    gap = sentence.span.start - before.span.end
    return before.passage.article_id == sentence.passage.article_id and 0 <= gap < _GAP


def _word_weights(question: str, stems: Sequence[set[str]]) -> dict[str, float]:
    """The question's words; one that stands in every sentence says little."""
    frequency = Counter(stem for own in stems for stem in own)
    return {stem: math.log(1 + len(stems) / (1 + frequency[stem])) for stem in content_stems(question)}


def _share(asked: dict[str, float], present: set[str]) -> float:
    total = sum(asked.values())
    return sum(weight for stem, weight in asked.items() if stem in present) / total if total else 0.0


def _surroundings(sentences: Sequence[AttributedSentence], stems: Sequence[set[str]]) -> list[set[str]]:
    found = []
    titles = {sentence.passage.title: set(content_stems(sentence.passage.title)) for sentence in sentences}
    for i, sentence in enumerate(sentences):
        near = set(titles[sentence.passage.title])
        for j in (i - 1, i, i + 1):
            if 0 <= j < len(sentences) and sentences[j].passage.article_id == sentence.passage.article_id:
                near |= stems[j]
        found.append(near)
    return found


def _named(query: Query, sentences: Sequence[AttributedSentence], stems: Sequence[set[str]]) -> Floats:
    """Which share of the question's names the evidence holds of each sentence's article, each word weighted by how few
    of the articles have it; 1 where the question names nothing.
    """
    articles: dict[str, set[str]] = {}
    for sentence, own in zip(sentences, stems, strict=True):
        words = articles.setdefault(sentence.passage.article_id, set(content_stems(sentence.passage.title)))
        words |= own
    wanted = {stem(word) for name in query.names for word in name.words}
    frequency = {word: sum(word in own for own in articles.values()) for word in wanted}
    weights = {word: math.log(1 + len(articles) / (1 + count)) for word, count in frequency.items()}
    share = {article: _share(weights, own) if weights else 1.0 for article, own in articles.items()}
    return np.array([share[sentence.passage.article_id] for sentence in sentences])


def _length(text: str) -> float:
    """0 for a sentence of 100 characters, 1 for one of 270, within bounds."""
    return min(math.log(len(text) / 100), 1.2) if len(text) > 30 else -1.2


def is_fragment(text: str) -> bool:
    """Whether a line is a heading, a by-line or the like rather than a sentence."""
    return len(text) < 25 or not text.rstrip("\"'”’»)] ").endswith((".", "!", "?", "…", ":", ";"))
