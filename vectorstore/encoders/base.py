"""What an encoder is: text -> unit vectors. The local MiniLM, its download by Chroma and OpenAI are the bundled ones.

Invariants: vectors are float32, of length 1 (L2); the local encoder gives the same text the same vector whatever it is
encoded beside; ``fingerprint`` differs between encoders whose vectors may not be mixed.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

Vectors = npt.NDArray[np.float32]

# onnxruntime 1.32 reports to its makers how it is used, under an id that it keeps in the user's cache, unless told not
# to before it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

#: The default encoder's name; others are ``PREFIX:MODEL``.
LOCAL = "all-MiniLM-L6-v2"


class Encoder(Protocol):
    """Registered in ``news_assistant.encoders`` under its name's part before the colon, as a callable that takes the
    part after it and the folder for what can be made again (None: :func:`default_cache`). Loads nothing until it
    encodes. ``texts_per_call`` is how many texts a call does best with, None where it does not matter;
    ``calls_at_once`` how many calls.
    """

    name: str
    fingerprint: str
    texts_per_call: int | None
    calls_at_once: int

    @property
    def dimension(self) -> int:
        """Components of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape ``[len(texts), dimension]``.

        Raises:
            EncoderError: where the encoder cannot be loaded or its service does not answer.
        """
        ...


class LangChainEncoder(Embeddings):
    """The base of the bundled encoders, so that they go wherever LangChain takes ``Embeddings``."""

    texts_per_call: int | None = None
    calls_at_once: int = 1

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See :meth:`Encoder.encode`."""
        raise NotImplementedError

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's face of :meth:`encode`."""
        return [[float(x) for x in row] for row in self.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """LangChain's face of :meth:`encode` for one text."""
        return self.embed_documents([text])[0]


def sendable(texts: Sequence[str]) -> list[str]:
    """``texts`` with lone surrogates, which a command line can hold and UTF-8 cannot, replaced."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


def unit(vectors: Vectors) -> Vectors:
    """Scale each row to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def default_cache() -> Path:
    """Folder that caches what can be made again: ``ASSISTANT_CACHE``'s default."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("news-assistant", appauthor=False))
