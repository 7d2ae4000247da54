"""Settings: the only reader of the environment.

Invariant: a name that begins with ``ASSISTANT_`` and is no setting is refused, in the environment and in ``.env``: a
misspelt setting must not be a setting that silently does nothing.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, PrivateAttr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.env_file import PREFIX, EnvFile, read_env_file
from assistant.errors import SettingsError
from ingest.workers.limits import Allowance

_LOG = logging.getLogger(__name__)

#: The chat model that is used where an OpenAI key is set and no model is named.
DEFAULT_OPENAI_MODEL = "openai:gpt-5-mini"
EXTRACTIVE = "extractive"


class Settings(BaseSettings):
    """Everything that can be configured; each field is the environment variable ``ASSISTANT_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    store: Path | None = Field(None, description="Folder of the store; default the user's data folder.")
    model: str | None = Field(
        None,
        description="extractive, openai:NAME, or any name that LangChain's init_chat_model knows; default "
        f"{DEFAULT_OPENAI_MODEL} where OPENAI_API_KEY is set, else extractive.",
    )
    chat_models: str | None = Field(
        None,
        description="Models that visitors of the web chat may choose, commas between them; default that of "
        f"{PREFIX}MODEL and {EXTRACTIVE}.",
    )
    embedding: str = Field("all-MiniLM-L6-v2", description="Encoder of a new store: all-MiniLM-L6-v2 or openai:MODEL.")
    vector_index: str = Field("chroma", description="Vector index: chroma, or NAME or NAME:ADDRESS of another package.")
    chroma_url: str | None = Field(None, description="A Chroma server, http://HOST:PORT; default embedded.")
    reranker: str | None = Field(None, description="Reranker of another package for the passages found; default none.")
    cache: Path | None = Field(None, description="Folder for what can be made again; default the user's cache folder.")
    prompts: Path | None = Field(None, description="Folder whose prompts take the place of the bundled ones.")
    institutions: Path | None = Field(
        None, description="TOML file of who speaks for whom, in place of the bundled ingest/language/gazetteer.toml."
    )
    prices: Path | None = Field(None, description="TOML file of what models' tokens cost, for assistant eval.")
    fallback: bool | None = Field(
        None, description="Answer with quoted sentences where the chat model fails; default on in the chat only."
    )
    temperature: float = Field(0.0, ge=0, le=2, description="Sampling temperature of the chat model.")
    timeout: float = Field(60.0, gt=0, description="Seconds to wait for the chat model's first words.")
    stall_timeout: float = Field(30.0, gt=0, description="Seconds to wait for its next words.")
    retries: int = Field(3, ge=0, le=10, description="How often a failed call to the chat model is tried again.")
    max_output_tokens: int = Field(1500, gt=0, description="Longest answer that is asked of the chat model.")
    threshold: float | None = Field(
        None, ge=0, le=1, description="Confidence below which the program says that the archive does not say."
    )
    host: str = Field("127.0.0.1", description="Address that the web chat listens on.")
    port: int = Field(7860, ge=0, le=65535, description="Port that the web chat listens on.")
    root_path: str = Field("", description="Path under which a proxy serves the web chat, such as /news.")
    allowed_host: str | None = Field(
        None, description="Further names that the web chat answers to, commas between them, such as news.example."
    )
    trusted_proxy: str | None = Field(
        None, description="Addresses or networks of proxies that are believed who sent a request, commas between them."
    )
    auth: Path | None = Field(None, description="Users file of the web chat; default everybody is let in.")
    read_only: bool = Field(False, description="Whether the web chat lets nobody add or remove articles.")
    upload_limit: int = Field(
        20,
        ge=1,
        le=1000,
        description="MB of the largest file or page that the web chat adds; ten times as much of one "
        "visitor, and fifty times as much of all, may wait to be added.",
    )

    workers: int | None = Field(
        None, ge=1, le=256, description="Processes in which documents are read; default the processors."
    )
    document_seconds: float = Field(
        30.0, gt=0, description="Seconds of processor time that reading one document may take."
    )
    document_memory: int = Field(1000, ge=300, description="MB of memory of a process in which documents are read.")
    _env_file: EnvFile | None = PrivateAttr(None)

    @field_validator("model", "chroma_url", "reranker", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("chroma_url")
    @classmethod
    def _has_a_port(cls, value: str | None) -> str | None:
        _ = urlsplit(value or "").port  # raises ValueError for one over 65535
        return value

    @field_validator("store", "cache", "prompts", "institutions", "prices", "auth")
    @classmethod
    def _in_the_home(cls, value: Path | None) -> Path | None:
        # No shell has read what stands in .env.
        return value.expanduser() if value is not None else None

    @property
    def env_file(self) -> EnvFile | None:
        """The ``.env`` that was read, None where there was none."""
        return self._env_file

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """Further names that the web chat answers to."""
        return _listed(self.allowed_host)

    @property
    def trusted_proxies(self) -> tuple[str, ...]:
        """Addresses and networks of proxies that are believed."""
        return _listed(self.trusted_proxy)

    @property
    def vectors_at(self) -> str:
        """The vector index and its address, as ``Store.open`` takes them."""
        return f"chroma:{self.chroma_url}" if self.chroma_url and self.vector_index == "chroma" else self.vector_index

    @property
    def reading(self) -> tuple[int | None, Allowance]:
        """How many processes read documents, and what each document may take."""
        return self.workers, Allowance(seconds=self.document_seconds, memory=self.document_memory * 1_000_000)

    @property
    def model_name(self) -> str:
        """The model that answers where none is named."""
        if self.model is not None:
            return self.model
        return DEFAULT_OPENAI_MODEL if os.environ.get("OPENAI_API_KEY") else EXTRACTIVE

    @property
    def chat_model_names(self) -> tuple[str, ...]:
        """The models that visitors of the web chat may choose, the one that answers where they choose none first."""
        listed = EXTRACTIVE if self.chat_models is None else self.chat_models
        return tuple(dict.fromkeys(name for name in (self.model_name, *_listed(listed)) if name))


def _listed(written: str | None) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(name.strip() for name in (written or "").split(",") if name.strip())


@contextmanager
def environment_for(**variables: str) -> Iterator[None]:
    """Within it other packages read these from the environment."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def load(env_file: Path | None = None, **overrides: Any) -> Settings:
    """Read the settings: ``overrides`` that are not None, then the environment, then ``.env``.

    What ``.env`` says of other programs (``OPENAI_API_KEY``, ``OPENAI_BASE_URL``) is put into the environment, where
    their own clients look for it; what stands there already stays. What of it counts: :mod:`assistant.env_file`.

    Raises:
        SettingsError: for an unknown name or an unusable value, naming it, and for a ``.env`` that others may write.
    """
    read = read_env_file(env_file if env_file is not None else Path(".env"), os.environ)
    if read is not None:
        _LOG.info("%s", read.line)
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise SettingsError(f"there is no setting {name}", remedy=f"the settings are {', '.join(sorted(known))}")
    try:
        settings = Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        setting = f"{PREFIX}{str(first['loc'][0]).upper()}" if first["loc"] else "the settings"
        raise SettingsError(f"{setting} is unusable: {first['msg']}", remedy="correct or unset it") from error
    settings._env_file = read
    return settings
