"""The vector index: chunk rows and unit vectors in one Chroma collection. The only importer of chromadb.

Invariants:

* A collection's space is cosine; its ids are chunk rows in decimal; it holds vectors and nothing else. Texts and
  metadata stay in the archive, so that Chroma can be thrown away and built again.
* Vectors are always given: no embedding function is set, so that Chroma never downloads one.
* An embedded collection belongs to one process. After a kill in the middle of a write it must not be opened again
  (Chroma 1.5.9 may end the process with a segmentation fault): the store sees to that with the archive's dirty flag.
* Nor is one opened whose files are not those that were sealed: Chroma reads its graph unchecked, with the same end.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from vectorstore.errors import IndexUnavailable
from vectorstore.indexes import seal
from vectorstore.indexes.base import Integers, VectorIndex, Vectors

#: Neighbours that a search keeps in hand; Chroma's default of 100 loses some of the best 100.
_SEARCH_WIDTH = 250

#: Seconds after which a server that says nothing is given up, when it is first asked and later on.
_FIRST_ANSWER, _ANSWER = 5.0, 60.0


class DenseIndex:
    """One Chroma collection, embedded under a folder or on a server."""

    def __init__(
        self, client: Any, collection: Any, *, folder: Path | None, where: str, sums: Mapping[str, seal.Sum]
    ) -> None:
        self._client = client
        self._collection = collection
        self._folder = folder
        self._where = where
        self._sums = dict(sums)
        self._batch = int(client.get_max_batch_size())

    @classmethod
    def open(
        cls, name: str, *, folder: Path | None = None, url: str | None = None, watermark: int | None = None
    ) -> DenseIndex:
        """Open or create the collection ``name``: in ``folder``, or on the server at ``url``.

        Args:
            watermark: what the collection in ``folder`` must have been sealed with.

        Raises:
            IndexUnavailable: where it is not as it was sealed, Chroma cannot open it, or the server does not answer.
        """
        import chromadb
        from chromadb.config import Settings

        where = url or str(folder)
        sums: Mapping[str, seal.Sum] = {}
        settings = Settings(anonymized_telemetry=False, _env_file=None)  # the folder may be anybody's
        with _mapped(where):
            if url is not None:
                host, port, secure = server_address(url)
                _greet(host, port, secure)
                client: Any = chromadb.HttpClient(host=host, port=port, ssl=secure, settings=settings)
                for session in _sessions(client):
                    session.timeout = _ANSWER  # it would wait for ever
            else:
                if watermark is not None:
                    sums = seal.verify(Path(str(folder)), watermark)
                client = chromadb.PersistentClient(path=str(folder), settings=settings)
            collection = client.get_or_create_collection(
                name,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine", "ef_search": _SEARCH_WIDTH}},
            )
            if collection.configuration_json["hnsw"]["space"] != "cosine":
                raise IndexUnavailable(
                    f"the collection {name} at {where} does not use the cosine space",
                    remedy="run: assistant reindex",
                )
            return cls(client, collection, folder=folder, where=where, sums=sums)

    def put(self, rows: Sequence[int] | Integers, vectors: Vectors) -> None:
        """Add vectors, ``[n, dimension]``; a row that is there is replaced."""
        with _mapped(self._where):
            for start in range(0, len(rows), self._batch):
                part = slice(start, start + self._batch)
                ids = [str(row) for row in rows[part]]
                # `add` would keep an old row in silence.
                self._collection.upsert(ids=ids, embeddings=vectors[part])

    def remove(self, rows: Sequence[int]) -> None:
        """Delete rows; one that is not there is passed over."""
        with _mapped(self._where):
            for start in range(0, len(rows), self._batch):
                self._collection.delete(ids=[str(row) for row in rows[start : start + self._batch]])

    def query(self, vector: Vectors, limit: int) -> tuple[Integers, Vectors]:
        """The ``limit`` nearest rows of one unit vector ``[dimension]``, the nearest first, with their cosines; all
        rows where there are fewer.
        """
        with _mapped(self._where):
            found = self._collection.query(query_embeddings=[vector], n_results=limit, include=["distances"])
        rows = np.array([int(row) for row in found["ids"][0]], dtype=np.int64)
        return rows, 1 - np.asarray(found["distances"][0], dtype=np.float32)

    def rows(self) -> set[int]:
        """Every row that is there."""
        found: set[int] = set()
        with _mapped(self._where):
            for offset in range(0, self.count(), self._batch):
                page = self._collection.get(limit=self._batch, offset=offset, include=[])
                found.update(int(row) for row in page["ids"])
        return found

    def count(self) -> int:
        """How many rows are there."""
        with _mapped(self._where):
            return int(self._collection.count())

    def seal(self, watermark: int) -> None:
        """Keep what was written from being lost with the power supply, and with it the number of the archive's last
        change that it holds and checksums, for the next opening. A server looks after its own.
        """
        if self._folder is None:
            return
        with _mapped(self._where):
            self._sums = seal.write(self._folder, watermark, self._sums)

    def close(self) -> None:
        """Let go of the collection; another process may open it then."""
        if self._folder is None:
            for session in _sessions(self._client):
                session.close()  # Chroma's own close leaves its connections open
        self._client.close()

    def delete(self) -> None:
        """Close the collection and delete it for good."""
        if self._folder is None:
            with _mapped(self._where):
                self._client.delete_collection(self._collection.name)
        self.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def open_chroma(name: str, folder: Path, address: str, watermark: int | None) -> VectorIndex:
    """Chroma in the folder, or on the server at the address; see :class:`~vectorstore.indexes.base.VectorIndex`."""
    if address:
        return DenseIndex.open(name, url=address)
    return DenseIndex.open(name, folder=folder, watermark=watermark)


def server_address(url: str) -> tuple[str, int, bool]:
    """Host, port and whether TLS is used, of a Chroma server's URL.

    Raises:
        IndexUnavailable: where it is no http(s) URL.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        raise IndexUnavailable(f"{url!r} is not the address of a Chroma server", remedy="use http://HOST:PORT")
    secure = parts.scheme == "https"
    return host, port or (443 if secure else 8000), secure


def _sessions(client: Any) -> tuple[Any, Any]:
    """The HTTP clients of Chroma's client for a server, which it gives no public way to."""
    return client._server._session, client._admin_client._server._session


def _greet(host: str, port: int, secure: bool) -> None:
    """Ask a server whether it is there: Chroma's own client would wait for an answer without end."""
    import httpx

    address = httpx.URL(scheme="https" if secure else "http", host=host, port=port, path="/api/v2/heartbeat")
    answer = httpx.get(address, timeout=_FIRST_ANSWER)
    if answer.status_code != 200:
        raise IndexUnavailable(
            f"what answers at {host}:{port} is no Chroma server (status {answer.status_code})",
            remedy="check ASSISTANT_CHROMA_URL",
        )


def default_embedding_function() -> Any:
    """Chroma's own all-MiniLM-L6-v2, which downloads its files on first use, with a progress bar."""
    from chromadb.utils.embedding_functions import DefaultEmbeddingFunction

    return DefaultEmbeddingFunction()


@contextmanager
def _mapped(where: str) -> Iterator[None]:
    """The one edge at which Chroma's errors become ours."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, OSError, RuntimeError, ValueError) as error:
        raise _unavailable(where, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Chroma's core, which no name imports
            raise
        raise _unavailable(where, error) from error


def _unavailable(where: str, error: BaseException) -> IndexUnavailable:
    return IndexUnavailable(
        f"the vector index at {where} cannot be used ({str(error) or type(error).__name__})",
        remedy="check the server or the disk, then run: assistant reindex",
    )
