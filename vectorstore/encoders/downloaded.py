"""all-MiniLM-L6-v2 where the package of its weights is not installed: as Chroma downloads and runs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from vectorstore.encoders import minilm
from vectorstore.encoders.base import LOCAL, LangChainEncoder, Vectors, sendable, unit


class _EmbedsTexts(Protocol):
    def __call__(self, input: list[str]) -> Sequence[npt.NDArray[np.float32]]: ...


class DownloadedEncoder(LangChainEncoder):
    """The same model in float32, as Chroma's own default embedding function downloads and runs it.

    For machines where the weights' package is not installed; the download shows a progress bar.
    """

    name = LOCAL
    fingerprint = "all-MiniLM-L6-v2/chroma-default"
    dimension = minilm.DIMENSION

    def __init__(self) -> None:
        self._function: _EmbedsTexts | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See :meth:`Encoder.encode`."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        from vectorstore.indexes.chroma import default_embedding_function

        if self._function is None:
            self._function = default_embedding_function()
        return unit(np.asarray(self._function(sendable(texts)), dtype=np.float32))
