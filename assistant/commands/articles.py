"""``assistant articles``: what the store holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from assistant.commands.opening import opened_store
from assistant.commands.terminal import printable, report
from assistant.render.json import dumps
from assistant.render.text import origin_in_words
from assistant.settings import load
from ingest.article import Article
from ingest.attribution import Attribution
from vectorstore.archive.queries import ArticleSummary
from vectorstore.store import Store


def list_all(store: Path | None, as_json: bool) -> None:
    """One line an article, the latest first."""
    with opened_store(load(store=store)) as opened:
        for summary in opened.articles():
            if as_json:
                click.echo(dumps(_record(summary, summary.origins, summary.chunks)))
                continue
            published = summary.published.isoformat() if summary.published else None
            title = summary.title or "Untitled"
            click.echo(printable(f"{summary.id}  {title} ({origin_in_words(summary.source, published)})"))
        if not opened.counts()[0]:
            report(f"the store {opened.path} is empty; add articles with: assistant ingest SOURCE…")


def _record(article: Article | ArticleSummary, origins: Sequence[str], chunks: int) -> dict[str, object]:
    return {
        "id": article.id,
        "title": article.title or None,
        "url": article.url or None,
        "source": article.source or None,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "origins": list(origins),
        "chunks": chunks,
    }


def show_one(article_id: str, store: Path | None, as_json: bool) -> None:
    """One article with its metadata and text."""
    with opened_store(load(store=store)) as opened:
        article = opened.article(article_id)
        if as_json:
            click.echo(dumps(_whole(opened, article)))
            return
    published = article.published.isoformat() if article.published else None
    lines = [article.title or "Untitled", origin_in_words(article.source, published), ", ".join(article.authors)]
    for line in (*filter(None, [*lines, article.url]), f"\n{article.text}"):
        click.echo(printable(line))


def _whole(store: Store, article: Article) -> dict[str, object]:
    return {
        **_record(article, store.origins(article.id), len(store.chunks(article.id))),
        "text": article.text,
        "attributions": [_attribution(attribution) for attribution in store.attributions(article.id)],
    }


def _attribution(attribution: Attribution) -> dict[str, object]:
    return {
        "name": attribution.name,
        "kind": attribution.kind.value,
        "speaker": asdict(attribution.speaker) if attribution.speaker else None,
        "cue": asdict(attribution.cue),
        "contents": [asdict(content) for content in attribution.contents],
        "confidence": attribution.confidence,
    }


def remove_all(article_ids: tuple[str, ...], store: Path | None, as_json: bool) -> int:
    """Remove articles; 1 where one of them was not there."""
    with opened_store(load(store=store)) as opened:
        unknown = opened.remove(dict.fromkeys(article_ids))
    removed = [article_id for article_id in dict.fromkeys(article_ids) if article_id not in unknown]
    for article_id in unknown:
        click.echo(printable(f"assistant: there is no article {article_id!r}; see: assistant articles list"), err=True)
    if as_json:
        click.echo(dumps({"removed": removed, "unknown": unknown}))
    else:
        click.echo(f"removed {len(removed)}")
    return 1 if unknown else 0
