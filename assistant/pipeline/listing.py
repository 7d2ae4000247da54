"""Evidence for a question that asks for the archive's articles themselves: which there are, and a sentence of each.

Invariants: what is counted is what the archive has within the scope; articles stand the newest first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from assistant.citing.evidence import Evidence, Listed
from assistant.question.listing import ListingKind, ListingQuestion
from assistant.question.query import Query
from ingest.language.dates.words import day_in_words
from ingest.language.words import content_stems
from vectorstore.archive.passage import Passage
from vectorstore.retrieval.articles import ArticleQuery, FoundArticles
from vectorstore.retrieval.scope import Scope
from vectorstore.store import Store

#: Articles that are listed: of an overview the main stories, of a list the newest.
_STORIES, _HITS, _LISTED = 6, 8, 20
#: Passages of one article that are looked at for the sentence that tells of the words.
_OF_ONE = 2


def articles_asked_for(store: Store, query: Query) -> tuple[FoundArticles, ListingQuestion, Scope] | None:
    """The articles that a question asks for; None where it asks for none, or the archive has none."""
    asked = query.listing
    if asked is None:
        return None
    scope = _narrowed(query, asked)
    most = {ListingKind.OVERVIEW: _STORIES, ListingKind.KEYWORDS: _HITS}.get(asked.kind, _LISTED)
    main = asked.kind is ListingKind.OVERVIEW
    found = store.retriever.articles(ArticleQuery(words=asked.subject, scope=scope, limit=most, main=main))
    return (found, asked, scope) if found.leads else None


def listed_passages(store: Store, query: Query, found: FoundArticles) -> list[Passage]:
    """A passage or two of each article: those that have the words, or its beginning; in the order of the list."""
    subject = query.listing.subject if query.listing is not None else ""
    return [passage for lead in found.leads for passage in _telling(store, lead, subject)]


def with_listing(evidence: Evidence, found: FoundArticles, asked: ListingQuestion, scope: Scope) -> Evidence:
    """The evidence, with what is said before the articles."""
    articles = tuple(lead.article_id for lead in found.leads)
    heading = _heading(found, asked, scope)
    alone = asked.kind is not ListingKind.OVERVIEW
    return replace(evidence, listed=Listed(heading=heading, articles=articles, subject=asked.subject, alone=alone))


def _narrowed(query: Query, asked: ListingQuestion) -> Scope:
    scope = query.scope
    if asked.sources:
        allowed = {name.casefold() for name in scope.sources}
        sources = tuple(s for s in asked.sources if not allowed or s.casefold() in allowed)
        scope = replace(scope, sources=sources or ("",))
    if asked.dated and query.dates is not None:
        firsts = [day for day in (scope.date_from, query.dates.start) if day is not None]
        lasts = [day for day in (scope.date_to, query.dates.end) if day is not None]
        first, last = max(firsts, default=None), min(lasts, default=None)
        scope = replace(scope, date_from=first, date_to=last)
    return scope


def _telling(store: Store, lead: Passage, subject: str) -> Sequence[Passage]:
    wanted = set(content_stems(subject))
    if not wanted:
        return [lead]
    chunks = [replace(chunk, rank=lead.rank) for chunk in store.chunks(lead.article_id)]
    fitting = sorted(chunks, key=lambda chunk: -len(wanted & set(content_stems(chunk.text))))[:_OF_ONE]
    about = [replace(lead, ordinal=c.ordinal, span=c.span, sentences=c.sentences, text=c.text) for c in fitting]
    return [passage for passage in about if wanted & set(content_stems(passage.text))] or [lead]


def _heading(found: FoundArticles, asked: ListingQuestion, scope: Scope) -> str:
    """“Quoted from the archive, which has 3 articles by the Orrin Weekly, the newest first:”."""
    articles = "1 article" if found.count == 1 else f"{found.count:,} articles"
    subject = f" with “{asked.subject}”" if asked.subject else ""
    by = " by " + " and ".join(asked.sources) if asked.sources else ""
    few = "the main stories, " if asked.kind is ListingKind.OVERVIEW and not found.whole else ""
    order = f"; {few}the newest first" if not found.whole else ", the newest first" if found.count > 1 else ""
    return f"Quoted from the archive, which has {articles}{subject}{by}{_published(scope)}{order}:"


def _one_period(first: dt.date, last: dt.date) -> str | None:
    """The day, the month or the year, in ISO 8601, that two days are the first and the last of; None where of none."""
    if first == last:
        return first.isoformat()
    after = last + dt.timedelta(days=1)
    if first.day == after.day == 1 and first.year == last.year:
        if first.month == last.month:
            return f"{first:%Y-%m}"
        if (first.month, last.month) == (1, 12):
            return f"{first:%Y}"
    return None


#: Characters of a month in ISO 8601.
_MONTH = 7


def _published(scope: Scope) -> str:
    first, last = scope.date_from, scope.date_to
    if first is not None and last is not None:
        whole = _one_period(first, last)
        if whole is not None:
            return f" published {'on' if len(whole) > _MONTH else 'in'} {day_in_words(whole)}"
    parts = [f"from {day_in_words(first.isoformat())}"] if first is not None else []
    parts += [f"to {day_in_words(last.isoformat())}"] if last is not None else []
    return f" published {' '.join(parts)}" if parts else ""
