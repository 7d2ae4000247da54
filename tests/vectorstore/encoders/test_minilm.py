"""The graph that is built from the published weights says what those weights say, but for rounding to eight bits."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from ingest.article import Article
from vectorstore.encoders import minilm
from vectorstore.encoders.local import LocalEncoder

Floats = npt.NDArray[np.float32]
HEAD = minilm.DIMENSION // minilm.HEADS


class Reference:
    """The model as its authors describe it, in float32 and numpy, a text at a time."""

    def __init__(self, folder: Path) -> None:
        self.tensors = load_file(folder / "model.safetensors")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(minilm.MAX_TOKENS)
        self.tokenizer.no_padding()

    def dense(self, name: str, value: Floats) -> Floats:
        return value @ self.tensors[f"{name}.weight"].T + self.tensors[f"{name}.bias"]

    def normalised(self, name: str, value: Floats) -> Floats:
        even = value - value.mean(axis=1, keepdims=True)
        even /= np.sqrt((even**2).mean(axis=1, keepdims=True) + 1e-12)
        return even * self.tensors[f"{name}.LayerNorm.weight"] + self.tensors[f"{name}.LayerNorm.bias"]

    def attended(self, name: str, value: Floats) -> Floats:
        shape = (len(value), minilm.HEADS, HEAD)
        query, key, own = (
            self.dense(f"{name}.{part}", value).reshape(shape).transpose(1, 0, 2) for part in ("query", "key", "value")
        )
        weights = np.exp(query @ key.transpose(0, 2, 1) / math.sqrt(HEAD))
        weights /= weights.sum(axis=2, keepdims=True)
        return (weights @ own).transpose(1, 0, 2).reshape(len(value), -1)

    def layer(self, name: str, value: Floats) -> Floats:
        output = f"{name}.attention.output"
        attended = self.dense(f"{output}.dense", self.attended(f"{name}.attention.self", value))
        middle = self.normalised(output, attended + value)
        wide = self.dense(f"{name}.intermediate.dense", middle)
        bent = wide * (1 + np.vectorize(math.erf)(wide / math.sqrt(2))) / 2
        return self.normalised(f"{name}.output", self.dense(f"{name}.output.dense", bent) + middle)

    def vector(self, text: str) -> Floats:
        ids = self.tokenizer.encode(text).ids
        tensors: dict[str, Any] = self.tensors
        value = tensors["embeddings.word_embeddings.weight"][ids]
        value = value + tensors["embeddings.position_embeddings.weight"][: len(ids)]
        value = self.normalised("embeddings", value + tensors["embeddings.token_type_embeddings.weight"][0])
        for number in range(minilm.LAYERS):
            value = self.layer(f"encoder.layer.{number}", value)
        summed = value.sum(axis=0)
        found: Floats = summed / np.linalg.norm(summed)
        return found


def test_vectors_are_those_of_the_published_weights_up_to_rounding(
    encoder: LocalEncoder, sample_articles: list[Article]
) -> None:
    folder = minilm.packaged_model()
    assert folder is not None
    reference = Reference(folder)
    texts = [article.text[:900] for article in sample_articles[:1]] + [article.title for article in sample_articles[:8]]
    expected = np.array([reference.vector(text) for text in texts])
    cosines = (encoder.encode(texts) * expected).sum(axis=1)
    assert cosines.mean() > 0.992
    assert cosines.min() > 0.98


@pytest.mark.parametrize("bits", [7, 8])
def test_weights_are_rounded_column_by_column_and_never_beyond_their_bits(bits: int) -> None:
    weights = np.array([[1.0, 0.0, -300.0], [-0.25, 0.0, 100.0]], dtype=np.float32)
    rounded, scales = minilm.quantised_columns(weights, bits)
    most = 2 ** (bits - 1) - 1
    assert np.abs(rounded).max(axis=0).tolist() == [most, 0, most]
    assert rounded * scales == pytest.approx(weights, abs=300 / most)
    assert np.abs(rounded * scales - weights).max(axis=0)[0] <= 1 / most
