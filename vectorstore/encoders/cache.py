"""Unit vectors of texts, each made once: the sentences of one question are looked at by several steps.

Invariant: what is returned is what the encoder gave for that text; only the most recent texts are kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

#: Texts kept: some tens of questions' sentences, 6 MB.
SIZE = 4096


class EmbeddingCache:
    """Calls like the ``encode`` that it is given; safe to share between threads."""

    def __init__(self, encode: Callable[[Sequence[str]], Vectors], size: int = SIZE) -> None:
        self._encode = encode
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Vectors] = OrderedDict()

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape ``[len(texts), dimension]``."""
        with self._lock:
            known = {text: self._kept[text] for text in texts if text in self._kept}
        missing = list(dict.fromkeys(text for text in texts if text not in known))
        # Encoded outside of the lock: two threads may make the same vector, none waits for the other.
        fresh = dict(zip(missing, self._encode(missing), strict=True)) if missing else {}
        with self._lock:
            for text in texts:
                self._kept[text] = fresh[text] if text in fresh else known[text]
                self._kept.move_to_end(text)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        if not texts:
            return self._encode([])
        return np.stack([fresh[text] if text in fresh else known[text] for text in texts])
