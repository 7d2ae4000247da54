"""Questions about speech -> the statements that fit, over the whole archive, and the passages that hold them.

A named speaker's statements are looked up by name, office or side and ranked by what they are about; where the question
asks who spoke, whatever fits its words is looked through for the act that it names.

Invariants: what lies outside the question's scope is never looked at; a story that stands in several articles is found
once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.question.query import Query
from assistant.question.speech import SpeechQuestion
from assistant.speakers.of_sentence import AttributedArticle, AttributedArticles
from assistant.speakers.resolution import SpeakerResolution
from ingest.article import Span
from ingest.attribution import Attribution
from ingest.language.lexicon import Act
from ingest.language.words import words
from vectorstore.archive.passage import Passage
from vectorstore.speakers.types import SpokenStatement
from vectorstore.store import Store

#: Passages that statements bring into the evidence; that are looked through where nobody is named; looked up for one
#: statement.
PASSAGES, _LOOKED_THROUGH, _FOR_ONE = 6, 40, 6
#: What standing in the best passage counts beside a statement's own relevance, a sum of two z-scores.
_FOUND = 1.0
_NEGATED = re.compile(r"\b(?:not|never|no|none|nothing|nobody|neither)\b|n[’']t\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechFound:
    """What was found for a question about speech.

    Attributes:
        statements: of whom is asked about, the most relevant first, a story's copies once; none where nobody is named.
        copies: the same with the copies.
        passages: those that hold what is asked for, the most relevant first.
    """

    statements: tuple[SpokenStatement, ...] = ()
    copies: tuple[SpokenStatement, ...] = ()
    passages: tuple[Passage, ...] = ()


def find_speech(
    store: Store, query: Query, speech: SpeechQuestion, found: Sequence[Passage], articles: AttributedArticles
) -> SpeechFound:
    """Look up what somebody said.

    Args:
        found: what the question's words have found already, near-duplicates left out; passages of it are taken as they
            are.
    """
    if not speech.speakers:
        wide = store.search(speech.about, query.scope, limit=_LOOKED_THROUGH)
        known = {(p.article_id, p.ordinal): p for p in found}
        holding = (p for p in wide if _holds(p, speech, articles))
        return SpeechFound(passages=tuple(known.get((p.article_id, p.ordinal), p) for p in holding)[:PASSAGES])
    places = [(passage.article_id, passage.span) for passage in found]
    resolution = SpeakerResolution(store=store, articles=articles, scope=query.scope, found=places)
    lists = [_as_found(resolution.statements(one, speech.about), found) for one in speech.speakers]
    turns = [one[at] for at in range(max(map(len, lists), default=0)) for one in lists if at < len(one)]
    distinct = {" ".join(words(said.quote)): said for said in reversed(turns)}
    statements = [said for said in turns if distinct[" ".join(words(said.quote))] is said]
    chosen: dict[tuple[str, int], Passage] = {}
    pool = list(found)
    for said in statements:
        if len(chosen) < PASSAGES:
            for passage in _holders(store, query, said, pool):
                chosen.setdefault((passage.article_id, passage.ordinal), passage)
    return SpeechFound(
        statements=tuple(statements), copies=tuple(turns), passages=tuple(list(chosen.values())[:PASSAGES])
    )


def _as_found(statements: Sequence[SpokenStatement], found: Sequence[Passage]) -> list[SpokenStatement]:
    """Statements by their relevance and by how well the question's words find the passage that they stand in."""
    places = [(p.article_id, p.span, 1 - at / len(found)) for at, p in enumerate(found)]
    lifted = []
    for said in statements:
        best = max((s for a, span, s in places if a == said.article_id and _overlap(span, said.span)), default=0.0)
        lifted.append(replace(said, relevance=said.relevance + _FOUND * best))
    return sorted(lifted, key=lambda said: -said.relevance)


def _holders(store: Store, query: Query, said: SpokenStatement, pool: list[Passage]) -> list[Passage]:
    """The passages in which a statement begins and ends, or those of the article that stands for its story."""
    here = [p for p in pool if p.article_id == said.article_id and _overlap(p.span, said.span)]
    if here:
        return here
    if any(copy.article_id == said.article_id for passage in pool for copy in passage.also_in):
        return []
    # Searched for, not read: so it comes with what is known of its copies and corrections.
    text = said.context.of(store.text(said.article_id))
    near = store.search(text, query.scope, limit=_FOR_ONE, copies=True)
    ranked = [replace(p, rank=0, score=min((q.score for q in pool), default=0.0)) for p in near]
    here = [p for p in ranked if p.article_id == said.article_id and _overlap(p.span, said.span)]
    if here and here[0].copy_of is not None:
        here = [p for p in ranked if p.article_id == here[0].copy_of and p.copy_of is None][:1]
    pool.extend(here)
    return here


def _holds(passage: Passage, speech: SpeechQuestion, articles: AttributedArticles) -> bool:
    article = articles.of(passage.article_id)
    return any(
        passage.span.start <= one.cue.start < passage.span.end and act_fit(one, article, speech) > 0
        for one in article.attributions
        if one.speaker is not None
    )


def act_fit(one: Attribution, article: AttributedArticle, speech: SpeechQuestion) -> float:
    """How far an attribution does what is asked for, 0 to 1."""
    if not article.is_statement(one):
        return 0.0
    done, said = article.acts(one), one.content.of(article.text)
    match speech.act:
        case Act.SAY:
            return 1.0
        case Act.ACCUSE:
            return 1.0 if Act.ACCUSE in done else 0.3 if speech.speakers else 0.0
        case Act.RESPOND:
            return 1.0 if done & {Act.DENY, Act.RESPOND} else 0.6 if _NEGATED.search(said) else 0.4
        case Act.DENY:
            return 1.0 if Act.DENY in done else 0.6 if _NEGATED.search(said) else 0.0
    return 0.0


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
