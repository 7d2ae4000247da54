"""Ingestion with OpenAI's embeddings, from a scripted server: large batches, several at once, nothing paid for twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from scripted_openai import Script, ScriptedOpenAI, error
from stores import article, check, run

from ingest.article import Article
from vectorstore.encoder import OpenAIEncoder
from vectorstore.errors import EncoderError
from vectorstore.store import Store

#: Articles of some two passages each: three batches and a bit.
ARTICLES = 1700
