"""What an answer without a model quotes where the archive's articles are asked for: a sentence of each, in their order.

Invariant: at most one sentence of each article, and none of any other.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citing.evidence import AttributedSentence, Listed
from assistant.ranking.lexical import is_fragment
from assistant.ranking.sentences import RankedSentence
from ingest.language.words import content_stems


def choose_listed(listed: Listed, ranking: Sequence[RankedSentence]) -> list[AttributedSentence]:
    """Of each article the sentence that has most of the words and is ranked best; its first where no words are asked
    for.
    """
    wanted = set(content_stems(listed.subject))
    groups: dict[str, list[AttributedSentence]] = {}
    for ranked in ranking:
        groups.setdefault(ranked.sentence.passage.article_id, []).append(ranked.sentence)
    chosen = []
    for article in listed.articles:
        own = groups.get(article, [])
        if wanted:
            order = sorted(own, key=lambda one: (-len(wanted & set(content_stems(one.text))), is_fragment(one.text)))
        else:
            order = sorted(own, key=lambda one: (is_fragment(one.text), one.number))
        chosen += order[:1]
    return chosen
