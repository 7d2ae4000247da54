"""What a newcomer sees: what this is, what the archive holds, and questions that it can answer."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from assistant.render.text import counted
from assistant.web.html import button, element, join
from ingest.language.dates.words import day_in_words
from ingest.language.names import names
from vectorstore.archive.catalogue import UNDATED
from vectorstore.errors import UnknownArticle
from vectorstore.store import Store

#: Questions over the bundled sample articles, each with an article that it needs.
_SAMPLES = (
    ("What does Russia say caused the freeze?", "moscow-blames-washington"),
    ("How many people were hurt in the Port Ansley ferry crash?", "ferry-cause-and-correction"),
    ("How much will Corvane pay for Tellmark?", "corvane-tellmark-merger"),
    ("Why did Calderbridge close two libraries?", "calderbridge-budget-2024"),
)
#: Recent headlines that examples are drawn from, and how many are offered.
_HEADLINES, _OFFERED = 80, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What an archive holds. The days are of the earliest and the latest dated article, None where none is dated."""

    articles: int
    publishers: int
    first: dt.date | None
    last: dt.date | None
    examples: tuple[str, ...]

    @classmethod
    def of(cls, store: Store) -> Overview:
        """Look the archive over."""
        catalogue = store.retriever.catalogue()
        days = catalogue.days[catalogue.days != UNDATED]
        return cls(
            articles=len(catalogue.article_rows),
            publishers=sum(1 for name in catalogue.source_names if name),
            first=dt.date.fromordinal(int(days.min())) if len(days) else None,
            last=dt.date.fromordinal(int(days.max())) if len(days) else None,
            examples=examples(store),
        )

    def in_words(self) -> str:
        """``28 articles from 9 publishers, 12 May 2015 to 13 July 2025``."""
        parts = [counted(self.articles, "article")]
        if self.publishers > 1:
            parts[0] += f" from {counted(self.publishers, 'publisher')}"
        if self.first and self.last:
            first, last = day_in_words(self.first.isoformat()), day_in_words(self.last.isoformat())
            parts.append(first if first == last else f"{first} to {last}")
        return ", ".join(parts)


def examples(store: Store) -> tuple[str, ...]:
    """Questions that the archive can answer: fixed ones over the samples, else about names in recent headlines."""
    if all(_has(store, article_id) for _, article_id in _SAMPLES):
        return tuple(question for question, _ in _SAMPLES)
    publishers = {name.casefold() for name in store.retriever.catalogue().source_names}
    named: Counter[str] = Counter()
    for summary in itertools.islice(store.articles(), _HEADLINES):
        in_title = names(summary.title, store.gazetteer)
        found = {name.text for name in in_title if 4 <= len(name.text) <= 40 and not name.titled}
        named.update(name for name in found if name.casefold() not in publishers)
    return tuple(f"{name}: what is the latest?" for name, times in named.most_common(_OFFERED) if times > 1)


def _has(store: Store, article_id: str) -> bool:
    try:
        store.article(article_id)
    except UnknownArticle:
        return False
    return True


def welcome_view(overview: Overview, *, addable: bool = True, samples: bool = False) -> Markup:
    """The page before the first question.

    Args:
        addable: whether articles can be added on the page.
        samples: whether these are the bundled articles, shown while the visitor's own archive is empty.
    """
    if overview.articles == 0:
        here = [element("a", "Add articles here", href="#archive"), ", or with "] if addable else ["Add articles with "]
        return element(
            "section",
            element("h2", "The archive is empty"),
            element("p", here, element("code", "assistant ingest SOURCE…"), ", then ask about them."),
            class_="welcome",
        )
    own = (" ", element("a", "Add your own", href="#archive"), ".") if addable else ()
    offered = [element("li", button(q, action="ask", value=q, class_="example")) for q in overview.examples]
    return element(
        "section",
        element("h2", "Ask the archive"),
        element("p", "It answers questions about the news and cites every claim to the sentence it comes from."),
        element("p", overview.in_words(), class_="holdings"),
        element("p", "These are the bundled sample articles.", own, class_="holdings") if samples else None,
        join([element("h3", "For example"), element("ul", offered)]) if offered else None,
        class_="welcome",
    )


def masthead_view(overview: Overview) -> Markup:
    """The head of the page."""
    return element(
        "header",
        element("h1", "News Assistant"),
        element("p", overview.in_words() if overview.articles else "No articles yet"),
        class_="masthead",
    )
