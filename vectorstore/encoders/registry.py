"""The encoders by their names: ``PREFIX:MODEL``, the prefix that of an entry point, or the default's name alone."""

from __future__ import annotations

from pathlib import Path

from ingest.plugins import plugins
from vectorstore.encoders.base import LOCAL, Encoder
from vectorstore.errors import EncoderError


def open_encoder(name: str = LOCAL, cache: Path | None = None) -> Encoder:
    """The encoder of that name, such as ``all-MiniLM-L6-v2`` or ``openai:MODEL``. Nothing is loaded until it encodes.

    Raises:
        EncoderError: where there is no encoder of that name.
        PluginError: where the package that brings it is broken.
    """
    prefix, colon, model = name.partition(":")
    plugin = plugins("encoders").get(prefix)
    # A prefix says nothing without a model; the default is no prefix.
    if plugin is None or (prefix == LOCAL) == bool(colon) or (colon and not model):
        known = " or ".join(repr(each if each == LOCAL else f"{each}:MODEL") for each in sorted(plugins("encoders")))
        raise EncoderError(f"there is no encoder {name!r}", remedy=f"use {known}")
    return plugin.make(Encoder, model, cache)
