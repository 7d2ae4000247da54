"""What all tests share: an environment that is not the user's own, the encoder, and the sample articles in a store.

``XDG_CACHE_HOME`` is ``.cache`` in the repository, so that the encoder's graph is built once and not once a test; each
process that runs tests beside others has a folder of its own there, because one process at a time owns a store.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from scripted_openai import ScriptedOpenAI

    from ingest.article import Article
    from vectorstore.encoders.local import LocalEncoder
    from vectorstore.store import Store

CACHE = Path(__file__).parent.parent / ".cache" / os.environ.get("PYTEST_XDIST_WORKER", "")

# Speed is never asserted: a property may take as long as a busy machine needs.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

_FOREIGN = ("ASSISTANT_", "OPENAI_", "ANTHROPIC_", "LANGCHAIN_", "LANGSMITH_", "CHROMA_", "XDG_")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


@pytest.fixture(scope="session", autouse=True)
def _own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Take away what the user has set; it would reach session fixtures and the processes that tests start, too."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(_FOREIGN) or name.lower() in _PROXIES:
                patch.delenv(name)
        for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
            patch.setenv(name, "false")
        patch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
        patch.setenv("NO_PROXY", "*")
        _move_home(patch, tmp_path_factory.mktemp("home"))
        yield


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home folder of each test's own, so that none finds what another has left in the default store."""
    _move_home(monkeypatch, tmp_path_factory.mktemp("home"))


def _move_home(patch: pytest.MonkeyPatch, home: Path) -> None:
    patch.setenv("HOME", str(home))
    for name, folder in {"XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state"}.items():
        patch.setenv(name, str(home / folder))
    patch.setenv("XDG_CACHE_HOME", str(CACHE))


@pytest.fixture(scope="session")
def encoder() -> LocalEncoder:
    """The local encoder, loaded once."""
    from vectorstore.encoders.local import LocalEncoder

    return LocalEncoder()


@pytest.fixture(scope="session")
def sample_articles() -> list[Article]:
    """The bundled sample articles, read as a user's files are."""
    from ingest.article import Article
    from ingest.read import read
    from ingest.samples import folder

    found = list(read(sorted(folder().glob("*.md"))))
    articles = [item for item in found if isinstance(item, Article)]
    assert len(articles) == len(found) > 15
    return articles


@pytest.fixture(scope="session")
def sample_store_folder(
    tmp_path_factory: pytest.TempPathFactory, encoder: LocalEncoder, sample_articles: list[Article]
) -> Path:
    """A closed store of the sample articles; not to be opened, but copied by tests that change it."""
    from vectorstore.store import Store

    folder = tmp_path_factory.mktemp("samples") / "store"
    with Store.open(folder, encoder=encoder) as store:
        store.add(sample_articles)
    return folder


@pytest.fixture(scope="session")
def sample_store(
    tmp_path_factory: pytest.TempPathFactory, encoder: LocalEncoder, sample_store_folder: Path
) -> Iterator[Store]:
    """The sample articles in a store, for reading only."""
    from vectorstore.store import Store

    folder = tmp_path_factory.mktemp("sample-store") / "store"
    shutil.copytree(sample_store_folder, folder)
    with Store.open(folder, encoder=encoder) as store:
        yield store


@pytest.fixture
def store(tmp_path: Path, encoder: LocalEncoder) -> Iterator[Store]:
    """An empty store."""
    from vectorstore.store import Store

    with Store.open(tmp_path / "store", encoder=encoder) as store:
        yield store


@pytest.fixture
def scripted_openai() -> Iterator[ScriptedOpenAI]:
    """A server that speaks OpenAI's protocol, without a script yet; see the module of that name."""
    from scripted_openai import ScriptedOpenAI

    with ScriptedOpenAI() as server:
        yield server
