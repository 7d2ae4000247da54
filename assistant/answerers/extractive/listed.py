"""What an answer without a model quotes where the archive's articles are asked for: a sentence of each, in their order.

Invariant: at most one sentence of each article, and none of any other.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citing.evidence import AttributedSentence, Listed
from assistant.ranking.lexical import is_fragment
from ingest.language.words import content_stems


def choose_listed(listed: Listed, sentences: Sequence[AttributedSentence]) -> list[AttributedSentence]:
    """Of each article, in the order of the list, the sentence that has most of the words; of several the first.

    Args:
        sentences: those that may be quoted.
    """
    wanted = set(content_stems(listed.subject))
    groups: dict[str, list[AttributedSentence]] = {}
    for sentence in sentences:
        groups.setdefault(sentence.passage.article_id, []).append(sentence)

    def last(sentence: AttributedSentence) -> tuple[int, bool, int]:
        held = wanted & set(content_stems(sentence.text))
        return -len(held), is_fragment(sentence.text), sentence.number

    return [min(groups[article], key=last) for article in listed.articles if article in groups]
