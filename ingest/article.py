"""What an article is, and the pieces of it: frozen value types.

Invariants:

* Every offset is a code point offset into ``Article.text``, half-open, as Python slices strings.
* ``Article.text`` is normalised once, by :func:`normalise`, and never changed after. ``Article.sha256`` is the
  digest of exactly that text.
* A date is what the document says, or None. It is never the time of reading.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator

from ingest.errors import RecordError

Published = dt.date | dt.datetime | None

_CONTROL = re.compile("[\xad\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range ``[start, end)`` of code points of one article's text.

    Raises:
        ValueError: where ``0 <= start <= end`` does not hold.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class SentenceKind(StrEnum):
    """What a sentence is in its article. Prose tells the story; all others stand around it."""

    PROSE = "prose"
    HEADLINE = "headline"
    SUBHEAD = "subhead"
    CAPTION = "caption"
    CREDIT = "credit"  # who wrote it, took the picture, contributed; how to reach them
    DATE_LINE = "date line"  # when or where it was written, on a line of its own
    PROMOTION = "promotion"  # what asks the reader for something or announces another text
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"


@dataclass(frozen=True, slots=True)
class Marked:
    """What an article's format says of a stretch of its text: a heading, a caption, an item of a list."""

    span: Span
    kind: SentenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A run of whole sentences of one article.

    The chunks of an article partition its text: in order, without gap or overlap. ``sentences`` are the spans of
    the sentences in it, in order, each without the white space around it.
    """

    article_id: str
    ordinal: int
    span: Span
    sentences: tuple[Span, ...]

    @property
    def id(self) -> str:
        """Identifies the chunk for as long as the article's text stays as it is."""
        return f"{self.article_id}#{self.span.start}-{self.span.end}"


_Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class Article(BaseModel):
    """One news article, as it was read.

    Attributes:
        id: identifies the article in the archive; the same document read again has the same id.
        url: where it was published, an http(s) address, or "".
        title: its headline, or "".
        source: who published it, or "".
        authors: who wrote it, in the order given.
        published: date, or datetime with a zone, or None where the document does not say.
        text: its words, normalised; never empty.
        origin: the file or URL that was read.
        remarks: what a reader of it should know that the article itself does not say, a clause each; the archive keeps
            none of them.
        layout: what its format says of stretches of the text, in order; the archive keeps it as the kinds of sentences.

    Raises:
        pydantic.ValidationError: on construction, where a field does not have its form.
            :meth:`from_record` raises :class:`~ingest.errors.RecordError` in its place.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    id: Annotated[str, StringConstraints(strip_whitespace=True, max_length=512)] = ""
    url: _Line = ""
    title: _Line = ""
    source: _Line = ""
    authors: tuple[_Line, ...] = Field(default=(), max_length=100)
    published: Published = None
    text: str
    origin: str = ""
    remarks: tuple[str, ...] = Field(default=(), exclude=True, repr=False)
    layout: tuple[Marked, ...] = Field(default=(), exclude=True, repr=False)

    @field_validator("text", mode="before")
    @classmethod
    def _normalise_text(cls, value: object) -> object:
        return normalise(value).strip() if isinstance(value, str) else value

    @field_validator("text")
    @classmethod
    def _has_text(cls, value: str) -> str:
        if not any(c.isalnum() for c in value):
            raise ValueError("it has no words")
        return value

    @field_validator("id", "url", "title", "source", "origin", mode="before")
    @classmethod
    def _normalise_line(cls, value: object) -> object:
        if value is None:
            return ""
        return " ".join(normalise(value).split()) if isinstance(value, str) else value

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        # Other schemes (javascript:, file:, data:) must never become a link on a page.
        return value if re.match(r"https?://[^\s]+$", value, re.IGNORECASE) else ""

    @field_validator("authors", mode="before")
    @classmethod
    def _author_list(cls, value: object) -> object:
        if value is None:
            return ()
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, (list, tuple)) or not all(isinstance(name, str) for name in names):
            return names
        lines = (" ".join(normalise(name).split()) for name in names)
        return tuple(dict.fromkeys(n for n in lines if n != ""))

    @field_validator("published", mode="before")
    @classmethod
    def _parse_published(cls, value: object) -> object:
        return parse_published(value)

    @model_validator(mode="after")
    def _give_id(self) -> Article:
        if not self.id:
            object.__setattr__(self, "id", derived_id(self.url or self.origin or self.text))
        return self

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of ``text`` in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def fingerprint(self) -> str:
        """Hexadecimal SHA-256 of all that a reader would see: the text and its metadata, the origin left out."""
        seen = self.model_dump_json(include={"url", "title", "source", "authors", "published"})
        return hashlib.sha256(f"{self.sha256}\n{seen}".encode()).hexdigest()

    @property
    def day(self) -> dt.date | None:
        """The calendar day of publication, in the zone that the document gave."""
        return self.published.date() if isinstance(self.published, dt.datetime) else self.published

    @classmethod
    def from_record(cls, record: Mapping[str, Any], *, origin: str = "") -> Article:
        """Make an article of one article JSONL record: ``{"id"?, "url"?, "title"?, "source"?, "authors"?,
        "published"?, "text"}``; other keys are ignored.

        A record with neither id nor url is identified by its text, so that lines may move within their file.

        Raises:
            RecordError: where the text is missing or a field has the wrong form; the message names the field.
        """
        fields = {k: record[k] for k in ("url", "title", "source", "authors", "published", "text") if k in record}
        identifier = record.get("id")
        if isinstance(identifier, int) and not isinstance(identifier, bool):
            identifier = str(identifier)
        if "text" not in fields:
            raise RecordError("the record has no 'text'", remedy="give every record a 'text' field")
        if not identifier and not fields.get("url") and isinstance(fields["text"], str):
            identifier = derived_id(normalise(fields["text"]).strip())
        try:
            return cls(id=identifier or "", origin=origin, **fields)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "record"
            reason = str(first["msg"]).removeprefix("Value error, ")
            raise RecordError(f"the record's {field!r} is unusable: {reason}", remedy="correct that field") from error


def normalise(text: str) -> str:
    """Unicode NFC, ``\\n`` for every line end; no control characters, soft hyphens, byte order marks or surrogates."""
    text = text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(text) else text
    return unicodedata.normalize("NFC", _CONTROL.sub("", _LINE_END.sub("\n", text)))


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def derived_id(identity: str) -> str:
    """Sixteen hexadecimal digits that stand for ``identity`` (a URL, a path, or a text)."""
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def parse_published(value: object) -> object:
    """Read an ISO 8601 or RFC 5322 date or datetime; "" and None are None; a time without a zone keeps its date alone.

    Raises:
        ValueError: where a string is none of these.
    """
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value if value.tzinfo is not None else value.date()
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not an ISO 8601 date")
    text = value.strip()
    try:
        if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text):
            return dt.date.fromisoformat(text)
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = email.utils.parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError) as error:
            raise ValueError(f"{value!r} is not an ISO 8601 date") from error
    return moment if moment.tzinfo is not None else moment.date()
