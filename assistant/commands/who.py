"""``assistant who``: what a speaker said in the archive, with dates and where it stands; or who speaks in it at all."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

import click

from assistant.commands.opening import store_to_ask
from assistant.commands.terminal import printable
from assistant.errors import UsageError
from assistant.render.json import dumps, to_plain
from assistant.render.text import also_in_words, origin_in_words
from assistant.settings import load
from assistant.speakers.shown import is_named
from ingest.attribution import Kind
from ingest.language.dates.words import day_in_words
from vectorstore.retrieval.scope import Scope
from vectorstore.speakers.statements import StatementQuery
from vectorstore.speakers.types import Speaker, SpokenStatement
from vectorstore.store import Store

_WIDTH = 100
#: Characters of a quote that are printed; ``--json`` has them all.
_LONGEST = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoOptions:
    """The options of the command, as its help says them."""

    speaker: str | None
    about: str | None
    scope: Scope
    min_confidence: float
    limit: int
    store: Path | None
    as_json: bool


def run(options: WhoOptions) -> None:
    """List the statements of the speaker, or all speakers where none is named."""
    speaker, about = (options.speaker or "").strip(), options.about or ""
    if about and not speaker:
        raise UsageError("--about is for a speaker's statements", remedy='name one: assistant who "Russia" --about …')
    with store_to_ask(load(store=options.store)) as store:
        if not speaker:
            everybody = store.speakers(scope=options.scope, limit=None)
            # "Voters", "a statement" and "he" have spoken, too, and are nobody whom a reader could look for.
            speakers = [one for one in everybody if is_named(one.name)][: options.limit]
            _print(options, map(_speaker, speakers), map(_line, speakers))
            return
        query = StatementQuery(about=about, min_confidence=options.min_confidence, limit=options.limit)
        said = store.statements(speaker, query, options.scope)
        if not said:
            what, remedy = _nothing(store, speaker, options.scope)
            raise UsageError(what, remedy=remedy)
        _print(options, map(_statement, said), _lines(said, by_speaker=not about))


def _print(options: WhoOptions, records: Iterable[dict[str, object]], lines: Iterable[str]) -> None:
    found = (dumps(record) for record in records) if options.as_json else map(printable, lines)
    for line in found:
        click.echo(line)


def _nothing(store: Store, speaker: str, scope: Scope) -> tuple[str, str]:
    if store.speakers(speaker, limit=1):
        return f"nothing that {speaker!r} said lies within what was searched", "set other days, sources or confidence"
    near = store.nearest_speakers(speaker, Scope(as_of=scope.as_of))
    remedy = f"perhaps {' or '.join(near)} is meant" if near else "list who speaks with: assistant who"
    return f"nobody in the archive is called {speaker!r}", remedy


def _line(speaker: Speaker) -> str:
    days = " to ".join(dict.fromkeys(day_in_words(d.isoformat()) for d in (speaker.first, speaker.last) if d))
    sides = f", for {', '.join(speaker.stands_for[:3])}" if speaker.stands_for else ""
    return f"{speaker.statements:>5}  {speaker.name}{sides} ({days or 'undated'})"


def _lines(found: list[SpokenStatement], *, by_speaker: bool) -> Iterator[str]:
    """Statements under their speakers, who come in the order of their first one; by relevance they stand singly."""
    if by_speaker:
        order = {name: at for at, name in reversed(list(enumerate(said.speaker for said in found)))}
        found = sorted(found, key=lambda said: order[said.speaker])
    for number, (name, group) in enumerate(groupby(found, key=lambda said: said.speaker)):
        said_here = list(group)
        sides = [side for side in said_here[0].stands_for if side != name]
        yield from ([""] if number else [])
        yield f"{name} ({', '.join(sides)})" if sides else name
        for said in said_here:
            yield from _said(said)


def _said(said: SpokenStatement) -> Iterator[str]:
    published = said.published.isoformat() if said.published else None
    quote = " ".join(said.quote.split())
    quote = quote if len(quote) <= _LONGEST else f"{quote[: _LONGEST - 1].rstrip()}…"
    # What the article says in its own words is no quotation.
    words = f"paraphrased: {quote}" if said.kind is Kind.INDIRECT else quote
    words = f"attitude: {quote}" if said.kind is Kind.STANCE else words
    yield from textwrap.wrap(words, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
    where = f"{said.title or 'Untitled'} ({origin_in_words(said.source, published)})"
    yield f"    {where} {said.url or said.article_id}"
    if said.also_in:
        also = also_in_words(said.also_in)
        yield from textwrap.wrap(also, _WIDTH, initial_indent="    ", subsequent_indent="    ")


def _speaker(speaker: Speaker) -> dict[str, object]:
    return {
        "name": speaker.name,
        "stands_for": list(speaker.stands_for),
        "aliases": list(speaker.aliases),
        "statements": speaker.statements,
        "first": speaker.first.isoformat() if speaker.first else None,
        "last": speaker.last.isoformat() if speaker.last else None,
    }


def _statement(said: SpokenStatement) -> dict[str, object]:
    return {
        "speaker": said.speaker,
        "stands_for": list(said.stands_for),
        "article_id": said.article_id,
        "title": said.title or None,
        "url": said.url or None,
        "source": said.source or None,
        "published": said.published.isoformat() if said.published else None,
        "start": said.span.start,
        "end": said.span.end,
        "quote": said.quote,
        "kind": said.kind.value,
        "cue": asdict(said.cue),
        "contents": [asdict(content) for content in said.contents],
        "context": asdict(said.context),
        "confidence": said.confidence,
        "also_in": [to_plain(copy) for copy in said.also_in],
    }
