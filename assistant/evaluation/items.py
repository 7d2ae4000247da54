"""Q&A set JSONL (one JSON object a line, ``.gz`` too) -> items, with all that is wrong with the set.

Invariant: what is wrong is found before any question is asked, every line of it, and one line of text each.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, field_validator, model_validator

from assistant.evaluation.errors import QASetError
from ingest.article import normalise
from ingest.errors import one_line
from vectorstore.errors import UnknownArticle
from vectorstore.store import Store

#: The set of questions over the sample articles that comes with the program, and the word that stands for it.
SAMPLES = Path(__file__).with_name("samples.jsonl")
SAMPLES_NAME = "samples"

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class HistoryTurn(BaseModel):
    """An earlier message of the conversation that the question stands in."""

    model_config = ConfigDict(frozen=True)

    role: Literal["user", "assistant"]
    content: str


class Item(BaseModel):
    """One question of a set, and what is known of its answer.

    Attributes:
        answers: strings each of which answers the question; an answer is right where one of them stands in it.
        articles: ids or URLs of the articles that answer it.
        answerable: whether the archive answers it; where not, abstaining is right.
        as_of: the day on which the question stands, or None.
        speaker: who said what the answer reports, or None where the set does not say.

    Raises:
        pydantic.ValidationError: on construction, where a field is missing or does not have its form.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=512)]
    question: _Text
    answers: tuple[_Text, ...]
    articles: tuple[_Text, ...] = ()
    answerable: bool = True
    as_of: dt.date | None = None
    history: tuple[HistoryTurn, ...] = ()
    tags: tuple[_Text, ...] = ()
    speaker: _Text | None = None

    @field_validator("id", mode="before")
    @classmethod
    def _number_as_id(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("question", mode="before")
    @classmethod
    def _normalise_question(cls, value: object) -> object:
        return normalise(value) if isinstance(value, str) else value

    @field_validator("answers", "articles", "history", "tags", mode="before")
    @classmethod
    def _null_is_none(cls, value: object) -> object:
        return () if value is None else value

    @field_validator("as_of", "speaker", mode="before")
    @classmethod
    def _empty_is_null(cls, value: object) -> object:
        return None if value == "" else value

    @model_validator(mode="after")
    def _gold_fits(self) -> Item:
        if self.answerable and not self.answers and not self.articles:
            raise ValueError("it is answerable, but has neither answers nor articles to judge by")
        if not self.answerable and (self.answers or self.articles):
            raise ValueError("it is not answerable, but has answers or articles")
        return self


def read_items(path: Path) -> tuple[list[Item], list[str]]:
    """Read a set.

    Returns:
        The questions of the lines that are in order, and a line of text for each thing that is wrong.

    Raises:
        QASetError: where there is no such file, or it cannot be read at all.
    """
    items: list[Item] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            item = _item(line)
        except ValueError as error:
            problems.append(one_line(f"{path.name} line {number}: {error}"))
            continue
        if item.id in seen:
            problems.append(one_line(f"{path.name} line {number}: the id {item.id!r} is that of line {seen[item.id]}"))
        else:
            seen[item.id] = number
            items.append(item)
    if not items and not problems:
        problems.append(one_line(f"{path.name} holds no question"))
    return items, problems


def _lines(path: Path) -> list[bytes]:
    try:
        body = path.read_bytes()
        return (gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body).splitlines()
    except FileNotFoundError as error:
        raise QASetError([f"there is no Q&A set {str(path)!r}"], remedy="name a JSONL file, or: samples") from error
    except OSError as error:
        reason = error.strerror or "it is not gzip"
        raise QASetError([f"the Q&A set {str(path)!r} cannot be read ({reason})"]) from error
    except (EOFError, zlib.error) as error:
        raise QASetError([f"the gzip data of the Q&A set {str(path)!r} are damaged"]) from error


def _item(line: bytes) -> Item:
    """Raises ValueError, its text one clause that says what is wrong with the line."""
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON ({error.msg} at column {error.colno})") from error
    except RecursionError as error:
        raise ValueError("it is not JSON of a sensible depth") from error
    if not isinstance(record, dict):
        raise ValueError("it is not a JSON object")
    try:
        return Item.model_validate(record)
    except ValidationError as error:
        raise ValueError(_reason(record, error)) from error


def _reason(record: Mapping[str, Any], error: ValidationError) -> str:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    named = f" (id {record['id']!r})" if isinstance(record.get("id"), (str, int)) else ""
    if first["type"] == "missing":
        return f"the field {field!r} is missing{named}"
    reason = re.sub(r"^Value error, ", "", str(first["msg"]))
    return f"the field {field!r} is unusable: {reason}{named}" if field else f"{reason}{named}"


def resolve_articles(items: Sequence[Item], store: Store) -> tuple[dict[str, frozenset[str]], list[str]]:
    """The ids by which the store knows the articles that each question names.

    A name may be an article's id, the id of another document with the same text, a URL or a file that it was read from.

    Returns:
        For each question's id its articles' ids, and a line of text for each name that the store does not have.
    """
    found = _names(store)
    problems: list[str] = []
    resolved: dict[str, frozenset[str]] = {}
    for item in items:
        ids: set[str] = set()
        for name in item.articles:
            if name not in found:
                try:
                    found[name] = store.article(name).id
                except UnknownArticle:
                    problems.append(one_line(f"question {item.id!r}: the store has no article {name!r}"))
                    continue
            ids.add(found[name])
        resolved[item.id] = frozenset(ids)
    return resolved, problems


def _names(store: Store) -> dict[str, str]:
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    for summary in store.articles():
        ids[summary.id] = summary.id
        for name in (summary.url, *summary.origins):
            if name:
                names.setdefault(name, summary.id)
    return {**names, **ids}


def select(items: Iterable[Item], *, tags: Sequence[str] = (), limit: int | None = None) -> list[Item]:
    """The questions with one of ``tags``, all where none is given; the first ``limit`` of them."""
    chosen = [item for item in items if not tags or set(tags) & set(item.tags)]
    return chosen if limit is None else chosen[:limit]


def digest(items: Sequence[Item]) -> str:
    """Sixteen hexadecimal digits that stand for these questions in this order, with all that belongs to them."""
    lines = "\n".join(item.model_dump_json() for item in items)
    return hashlib.sha256(lines.encode()).hexdigest()[:16]
