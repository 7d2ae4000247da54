"""The learned reader: how far each sentence answers a question, read together with the question.

A small cross-encoder, started from the weights of the encoder and trained on labelled questions (docs/READER.md). Its
layers and its head are a data file beside this module; its words and its tokenizer are the encoder's own, which come
in the package that the encoder is built from. Where that package is absent there is no reader, and sentences are ranked
by their features alone.

A score is the logarithm of how much likelier it is that the sentence answers than that nothing does, as the training
saw it. Invariant: it depends on the question and the lines that are scored together alone.

Sources: Nogueira and Cho, passage re-ranking with BERT (arXiv 1901.04085); Liu, fine-tuning BERT for extractive
summarisation, of which the sentences side by side in one window are (arXiv 1903.10318).
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from assistant.ranking.windows import Line, Window, windows
from vectorstore.encoders import minilm
from vectorstore.encoders.base import default_cache, sendable
from vectorstore.encoders.local import session_of, tokenizer_of

Floats = npt.NDArray[np.float64]

#: Layers and head; `make train-reader` makes it.
WEIGHTS = Path(__file__).with_name("reader.safetensors")
#: Threads that windows are shared out to.
_THREADS = 2
#: Questions whose scores are kept, for those that are asked again.
_KEPT = 64
#: A stored matrix is of bytes; its scales, one an output, have its name with this.
SCALES = ".scales"
#: Bounds of the logarithm of a token's weight in its sentence.
_BOUND = 10.0
#: Least length of a question's vector, so that a question without a word of the vocabulary has scores too.
_LEAST = 1e-9


class Reader(Protocol):
    """Scores sentences."""

    def scores(self, question: str, lines: Sequence[Line]) -> Floats:
        """How far each line answers the question, ``[len(lines)]``; above 0: likelier than that nothing does.

        Args:
            lines: in reading order, those of one article beside each other.
        """
        ...


class LearnedReader:
    """The reader on this machine, int8, two threads; loaded at first use. Safe to share between threads.

    Args:
        cache: folder for the built graph; default the user's cache folder.
    """

    def __init__(self, model: Path, cache: Path | None = None) -> None:
        self._model = model
        self._cache = cache or default_cache()
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, tuple[Line, ...]], Floats] = OrderedDict()

    def scores(self, question: str, lines: Sequence[Line]) -> Floats:
        """See :meth:`Reader.scores`.

        Raises:
            EncoderError: where the graph cannot be built or loaded.
        """
        key = (question, tuple(lines))
        with self._lock:
            known = self._kept.get(key)
        if known is None:
            known = self._scored(question, lines)
        with self._lock:
            self._kept[key] = known
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return known

    def _scored(self, question: str, lines: Sequence[Line]) -> Floats:
        tokenizer, session, head = self._loaded
        found = np.zeros(len(lines))

        def read(window: Window) -> None:
            hidden = session.run(None, {"input_ids": np.array([window.ids], dtype=np.int32)})[0][0]
            for place, score in head.scores(hidden, window):
                found[place] = score

        def tokens(text: str) -> list[int]:
            ids: list[int] = tokenizer.encode(sendable([text])[0], add_special_tokens=False).ids
            return ids

        # The longest first, so that the threads end together.
        packed = sorted(windows(question, lines, tokens), key=lambda window: -len(window.ids))
        list(self._threads.map(read, packed))
        return found

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(_THREADS, thread_name_prefix="reader")

    @cached_property
    def _loaded(self) -> tuple[Any, Any, Head]:
        tensors = stored_tensors(WEIGHTS)
        digest = hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:12]
        layers = 1 + max(int(name.split(".")[2]) for name in tensors if name.startswith("encoder.layer."))

        def build(target: Path) -> None:
            minilm.verify(self._model)
            words = {k: v for k, v in minilm.weights(self._model).items() if k.startswith("embeddings.")}
            minilm.save_graph(words | tensors, target, layers=layers, pooled=False)

        graph = minilm.built_once(self._cache / f"reader-{minilm.GRAPH}-{digest}.onnx", build)
        tokenizer = tokenizer_of(self._model)
        tokenizer.no_truncation()
        return tokenizer, session_of(graph), Head(tensors)


class Head:
    """What is made of the tokens' vectors: each sentence's weighted mean, alone and beside the question's.

    Args:
        tensors: ``head.attend`` and its bias weigh the tokens, ``head.score`` and its bias tell what answers,
            ``head.match`` what it shares with the question; each ``[DIMENSION]``.
    """

    def __init__(self, tensors: dict[str, npt.NDArray[Any]]) -> None:
        self._attend, self._score, self._match = (tensors[f"head.{part}"] for part in ("attend", "score", "match"))
        self._attend_bias, self._score_bias = (float(tensors[f"head.{part}_bias"][0]) for part in ("attend", "score"))

    def scores(self, hidden: npt.NDArray[np.float32], window: Window) -> list[tuple[int, float]]:
        """Of each sentence of a window its place and its score; ``hidden`` is ``[token, DIMENSION]``."""
        weights = np.exp(np.clip(hidden @ self._attend + self._attend_bias, -_BOUND, _BOUND))
        asked = hidden[slice(*window.question)].sum(axis=0)
        asked = self._match * asked / max(float(np.linalg.norm(asked)), _LEAST)
        scored = []
        for place, start, end in window.sentences:
            mean = weights[start:end] @ hidden[start:end] / weights[start:end].sum()
            score = mean @ self._score + self._score_bias + mean @ asked / np.linalg.norm(mean)
            scored.append((place, float(score)))
        return scored


def stored_tensors(path: Path) -> dict[str, npt.NDArray[Any]]:
    """The tensors of a file of weights, in float32."""
    from safetensors.numpy import load_file

    stored = load_file(path)
    found = {name: value.astype(np.float32) for name, value in stored.items() if not name.endswith(SCALES)}
    for name in found:
        if name + SCALES in stored:
            found[name] *= stored[name + SCALES][:, None]
    return found


def open_reader(cache: Path | None = None) -> Reader | None:
    """The learned reader, or None where the encoder's package or the reader's weights are not installed."""
    model = minilm.packaged_model()
    return LearnedReader(model, cache) if model is not None and WEIGHTS.is_file() else None
