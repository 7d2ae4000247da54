"""OpenAI's embeddings, by LangChain's client."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.encoders.base import Encoder, LangChainEncoder, Vectors, sendable, unit
from vectorstore.errors import EncoderError

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings

#: What OpenAI takes in one call: texts, and bytes of them that surely have no more than 300,000 tokens.
_MOST_TEXTS, _MOST_BYTES = 2048, 900_000


class OpenAIEncoder(LangChainEncoder):
    """OpenAI's embeddings, or those of a server that speaks its protocol (``OPENAI_API_KEY``, ``OPENAI_BASE_URL``).

    A call takes up to 2,048 texts of 300,000 tokens together; 1,000 English passages have about 230,000.
    """

    texts_per_call: int | None = 1000
    calls_at_once = 4

    def __init__(self, model: str, make: Callable[[str], OpenAIEmbeddings] | None = None) -> None:
        self.name = f"openai:{model}"
        self.fingerprint = self.name
        self._model = model
        self._make = make or _openai_embeddings
        self._client: OpenAIEmbeddings | None = None

    @cached_property
    def dimension(self) -> int:
        """Components of a vector; asks the service once, with one word, unless it has encoded already."""
        return int(self.encode(["dimension"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See :meth:`Encoder.encode`."""
        if not texts:
            return np.zeros((0, vars(self).get("dimension", 0)), dtype=np.float32)
        import openai

        if self._client is None:
            self._client = self._make(self._model)
        try:
            calls = [self._client.embed_documents(part) for part in _calls(sendable(texts))]
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
        self.dimension = vectors.shape[1]
        return unit(vectors)


def openai_encoder(model: str, cache: Path | None) -> Encoder:
    """OpenAI's ``model``; nothing is cached."""
    return OpenAIEncoder(model)


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
