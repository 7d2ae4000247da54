"""Given names that tell a man from a woman, by ``given_names.toml``, which ``tests/given_names.py`` makes."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

Gender = Literal["male", "female"]


@cache
def given_names(gender: Gender) -> frozenset[str]:
    """The folded given names of one gender; a name that both have ("Jean", "Kim") is in neither list."""
    return frozenset(_table()[gender].split())


@cache
def _table() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("given_names.toml").read_text(encoding="utf-8"))
