"""What the tests of the assistant share beside ``tests/conftest.py``."""

from __future__ import annotations

import pytest

from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.encoders.local import LocalEncoder


@pytest.fixture(scope="session")
def embed(encoder: LocalEncoder) -> EmbeddingCache:
    """Vectors of texts, each made once for all tests."""
    return EmbeddingCache(encoder.encode, size=20_000)
