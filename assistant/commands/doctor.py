"""``assistant doctor``: what is configured, what is reachable, and what to do about each trouble."""

from __future__ import annotations

import asyncio
import importlib.metadata
import os
import platform
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

import prompts
from assistant.commands.terminal import report
from assistant.render.json import dumps
from assistant.settings import EXTRACTIVE, Settings, load
from ingest.errors import AssistantError
from ingest.language.gazetteer import bundled
from ingest.plugins import GROUPS, plugins
from ingest.proxies import proxies_in_words
from vectorstore.archive.folder import default_path
from vectorstore.encoders.base import default_cache
from vectorstore.encoders.registry import open_encoder
from vectorstore.retrieval.scope import EVERYTHING
from vectorstore.store import Store

#: Seconds that a model has to begin its answer.
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report; ``remedy`` is what to do where ``fine`` is false."""

    subject: str
    fine: bool
    text: str
    remedy: str = ""


def run(*, store: Path | None, model: str | None, as_json: bool) -> int:
    """Print a line a finding; 1 where something is in trouble."""
    troubled = False
    for finding in findings(store, model):
        troubled |= not finding.fine
        if as_json:
            click.echo(dumps(asdict(finding)))
        else:
            sign = click.style("ok     ", fg="green") if finding.fine else click.style("trouble", fg="red")
            click.echo(f"{sign}  {finding.subject}: {finding.text}")
            if finding.remedy:
                click.echo(f"         -> {finding.remedy}")
    return 1 if troubled else 0


def findings(store: Path | None, model: str | None) -> Iterator[Finding]:
    """Look at one thing after another; a trouble with one does not keep the others from being looked at."""
    version = importlib.metadata.version("news-assistant")
    yield Finding(subject="program", fine=True, text=f"news-assistant {version}, Python {platform.python_version()}")
    settings = None
    try:
        settings = load(store=store, model=model)
    except AssistantError as error:
        yield Finding(subject="settings", fine=False, text=error.what, remedy=error.remedy)
    if settings is None:
        return
    yield Finding(subject="settings", fine=True, text="; ".join(_configured(settings)))
    yield _checked("encoder", lambda: _encoder(settings))
    yield _checked("store", lambda: _store(settings))
    yield _checked("prompts", lambda: _prompts(settings))
    yield _checked("proxy", proxies_in_words)
    yield _key()
    yield _checked("model", lambda: _model(settings))
    for group in GROUPS:
        yield from _plugins(group)


def _configured(settings: Settings) -> Iterator[str]:
    named = ", ".join(f"{name}={_public(str(getattr(settings, name)))}" for name in sorted(settings.model_fields_set))
    yield named or "all as they come"
    if settings.env_file is not None:
        yield settings.env_file.line


def _checked(subject: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(subject=subject, fine=True, text=look())
    except AssistantError as error:
        return Finding(subject=subject, fine=False, text=error.what, remedy=error.remedy)


def _encoder(settings: Settings) -> str:
    encoder = open_encoder(settings.embedding, settings.cache)
    started = time.perf_counter()
    encoder.encode(["Is the encoder there?"])
    ready = time.perf_counter() - started
    started = time.perf_counter()
    encoder.encode(["And how fast is it?"])
    again = (time.perf_counter() - started) * 1000
    cache = settings.cache or default_cache()
    speed = f"ready in {ready:.1f} s, {again:.0f} ms a question"
    return f"{encoder.name} ({encoder.dimension} dimensions), {speed}; cache {cache}"


def _store(settings: Settings) -> str:
    path = settings.store or default_path()
    if not (path / "archive.sqlite").exists():
        return f"{path} holds nothing yet; `assistant chat` shows the bundled samples until you ingest"
    started = time.perf_counter()
    with Store.open(
        path, encoder=settings.embedding, vector_index=settings.vectors_at, cache=settings.cache, report=report
    ) as store:
        articles, chunks = store.counts()
        ready = time.perf_counter() - started
        where = "embedded Chroma" if settings.vectors_at == "chroma" else settings.vectors_at.removeprefix("chroma:")
        size = sum(f.stat().st_size for f in path.rglob("*") if f.is_file()) / 1e6
        return (
            f"{path}: {articles:,} articles, {chunks:,} passages, {size:,.0f} MB, {where}, embedded with "
            f"{store.encoder.name}, opened in {ready:.1f} s"
        )


def _plugins(group: str) -> Iterator[Finding]:
    """What is registered in a group, by the packages that bring it, and what of it cannot be loaded."""
    by_package: dict[str, list[str]] = {}
    for plugin in plugins(group).values():
        try:
            plugin.load()
        except AssistantError as error:
            yield Finding(subject=group, fine=False, text=error.what, remedy=error.remedy)
        else:
            by_package.setdefault(f"{plugin.package} {plugin.version}", []).append(plugin.name)
    text = "; ".join(f"{', '.join(sorted(names))} ({package})" for package, names in by_package.items())
    yield Finding(subject=group.replace("_", " "), fine=True, text=text or "none but what is built in")


def _prompts(settings: Settings) -> str:
    loaded = [prompts.load(name, overrides=settings.prompts) for name in prompts.names()]
    return ", ".join(f"{prompt.reference} ({prompt.origin})" for prompt in loaded)


def _key() -> Finding:
    key, url = os.environ.get("OPENAI_API_KEY"), os.environ.get("OPENAI_BASE_URL")
    text = f"OPENAI_API_KEY is {'set' if key else 'not set'}" + (f", OPENAI_BASE_URL is {_public(url)}" if url else "")
    return Finding(subject="key", fine=True, text=text)


def _model(settings: Settings) -> str:
    name = settings.model_name
    if name == EXTRACTIVE:
        return "none: answers quote the archive. Set OPENAI_API_KEY or ASSISTANT_MODEL for written answers"
    from assistant.citing.evidence import Evidence
    from assistant.pipeline.assistant import answerer_of
    from assistant.question.query import Known, read

    started = time.perf_counter()
    query = read("Are you there?", (), EVERYTHING, Known(gazetteer=bundled()))
    # A doctor does not wait as long as a patient.
    brisk = settings.model_copy(update={"timeout": min(settings.timeout, _PATIENCE), "retries": 0})
    answerer = answerer_of(name, brisk)

    async def begin() -> None:
        async for _ in answerer.stream(query, Evidence()):
            return

    asyncio.run(begin())
    return f"{name} answers, in {time.perf_counter() - started:.1f} s"


def _public(value: str) -> str:
    """A value to show: the user and password of an address are left out."""
    return re.sub(r"(?<=://)[^/\s@]+@", "", value)
