"""The vectors of texts, each made once."""

from __future__ import annotations

import threading

import numpy as np
from stores import WordEncoder

from vectorstore.encoders.cache import EmbeddingCache


def test_a_text_is_encoded_once() -> None:
    encoder = WordEncoder()
    embed = EmbeddingCache(encoder.encode)
    first = embed(["a storm", "a calm", "a storm"])
    second = embed(["a calm", "a wind", "a storm"])
    assert encoder.texts == ["a storm", "a calm", "a wind"]
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(second, WordEncoder().encode(["a calm", "a wind", "a storm"]))


def test_nothing_gives_no_vectors() -> None:
    assert EmbeddingCache(WordEncoder().encode)([]).shape == (0, WordEncoder.dimension)


def test_only_the_most_recent_texts_are_kept() -> None:
    encoder = WordEncoder()
    embed = EmbeddingCache(encoder.encode, size=2)
    embed(["one", "two"])
    embed(["one"])
    embed(["three"])  # "two" is let go, not "one"
    embed(["one"])
    assert encoder.texts == ["one", "two", "three"]
    embed(["two"])
    assert encoder.texts == ["one", "two", "three", "two"]


def test_more_texts_than_are_kept_still_give_their_vectors() -> None:
    embed = EmbeddingCache(WordEncoder().encode, size=1)
    texts = [f"word{i}" for i in range(20)]
    assert np.array_equal(embed(texts), WordEncoder().encode(texts))


def test_threads_share_it() -> None:
    embed = EmbeddingCache(WordEncoder().encode, size=8)
    wrong: list[str] = []

    def use(number: int) -> None:
        for i in range(200):
            texts = [f"word{(number + i) % 13}", f"word{i % 5}"]
            if not np.array_equal(embed(texts), WordEncoder().encode(texts)):
                wrong.append(texts[0])

    threads = [threading.Thread(target=use, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
