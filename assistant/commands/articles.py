"""``assistant articles``: what the store holds."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.commands.ask import inert
from assistant.commands.opening import opened_store, settings_for
from assistant.present import origin_in_words
from vectorstore.store import Store


def list_all(store: Path | None, as_json: bool) -> None:
    """One line an article, the latest first."""
    with opened_store(settings_for(store)) as opened:
        for summary in opened.articles():
            published = summary.published.isoformat() if summary.published else None
            if as_json:
                record = {
                    "id": summary.id,
                    "title": summary.title or None,
                    "url": summary.url or None,
                    "source": summary.source or None,
                    "authors": list(summary.authors),
                    "published": published,
                    "origins": list(summary.origins),
                    "chunks": summary.chunks,
                }
                click.echo(json.dumps(record, ensure_ascii=False))
            else:
                title = summary.title or "Untitled"
                click.echo(inert(f"{summary.id}  {title} ({origin_in_words(summary.source, published)})"))


def show_one(article_id: str, store: Path | None, as_json: bool) -> None:
    """One article with its metadata and text."""
    with opened_store(settings_for(store)) as opened:
        article = opened.article(article_id)
        published = article.published.isoformat() if article.published else None
        if as_json:
            click.echo(json.dumps(_record(opened, article_id), ensure_ascii=False))
            return
        for line in (article.title or "Untitled", origin_in_words(article.source, published)):
            click.echo(inert(line))
        if article.authors:
            click.echo(inert(", ".join(article.authors)))
        if article.url:
            click.echo(inert(article.url))
        click.echo(inert(f"\n{article.text}"))


def _record(store: Store, article_id: str) -> dict[str, object]:
    article = store.article(article_id)
    return {
        "id": article.id,
        "title": article.title or None,
        "url": article.url or None,
        "source": article.source or None,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "origins": list(store.origins(article_id)),
        "chunks": len(store.chunks(article_id)),
        "text": article.text,
    }


def remove_all(article_ids: tuple[str, ...], store: Path | None) -> int:
    """Remove articles; 1 where one of them was not there."""
    with opened_store(settings_for(store)) as opened:
        unknown = opened.remove(article_ids)
    for article_id in unknown:
        click.echo(inert(f"assistant: there is no article {article_id!r}; see: assistant articles list"), err=True)
    click.echo(f"removed {len(set(article_ids)) - len(set(unknown))}")
    return 1 if unknown else 0
