"""The vector index: chunk rows and unit vectors in one Chroma collection. The only importer of chromadb.

Invariants:

* A collection's space is cosine; its ids are chunk rows in decimal; it holds vectors and nothing else. Texts and
  metadata stay in the archive, so that Chroma can be thrown away and built again.
* Vectors are always given: no embedding function is set, so that Chroma never downloads one.
* An embedded collection belongs to one process. After a kill in the middle of a write it must not be opened again
  (Chroma 1.5.9 may end the process with a segmentation fault): the store sees to that with the archive's dirty flag.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from vectorstore.errors import IndexUnavailable

Integers = npt.NDArray[np.int64]
Vectors = npt.NDArray[np.float32]

#: Neighbours that a search keeps in hand; Chroma's default of 100 loses one in ten of the best 200.
_SEARCH_WIDTH = 400


class DenseIndex:
    """One Chroma collection, embedded under a folder or on a server."""

    def __init__(self, client: Any, collection: Any, *, folder: Path | None, where: str) -> None:
        self._client = client
        self._collection = collection
        self._folder = folder
        self._where = where
        self._batch = int(client.get_max_batch_size())

    @classmethod
    def open(cls, name: str, *, folder: Path | None = None, url: str | None = None) -> DenseIndex:
        """Open or create the collection ``name``: in ``folder``, or on the server at ``url``.

        Raises:
            IndexUnavailable: where Chroma cannot open it or the server does not answer.
        """
        import chromadb
        from chromadb.config import Settings

        where = url or str(folder)
        settings = Settings(anonymized_telemetry=False)
        with _mapped(where):
            if url is not None:
                host, port, secure = server_address(url)
                client: Any = chromadb.HttpClient(host=host, port=port, ssl=secure, settings=settings)
            else:
                client = chromadb.PersistentClient(path=str(folder), settings=settings)
            collection = client.get_or_create_collection(
                name,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine", "ef_search": _SEARCH_WIDTH}},
            )
            if collection.configuration["hnsw"]["space"] != "cosine":
                raise IndexUnavailable(
                    f"the collection {name} at {where} does not use the cosine space",
                    remedy="run: assistant reindex",
                )
            return cls(client, collection, folder=folder, where=where)

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
        """The ``limit`` nearest rows of one unit vector ``[dimension]``, the nearest first, with their cosines."""
        limit = min(limit, self.count())
        if limit == 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
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

    def close(self) -> None:
        """Let go of the collection; another process may open it then."""
        self._client.close()

    def delete(self) -> None:
        """Close the collection and delete it for good."""
        if self._folder is None:
            with _mapped(self._where):
                self._client.delete_collection(self._collection.name)
        self.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def server_address(url: str) -> tuple[str, int, bool]:
    """Host, port and whether TLS is used, of a Chroma server's URL.

    Raises:
        IndexUnavailable: where it is no http(s) URL.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise IndexUnavailable(f"{url!r} is not the address of a Chroma server", remedy="use http://HOST:PORT")
    secure = parts.scheme == "https"
    return parts.hostname, parts.port or (443 if secure else 8000), secure


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
        raise IndexUnavailable(
            f"the vector index at {where} cannot be used ({error})",
            remedy="check the server or the disk, then run: assistant reindex",
        ) from error
