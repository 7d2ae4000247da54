"""Which extractor made stored attributions: its rules and weights hashed, so that no change goes unnoticed."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


@cache
def fingerprint() -> str:
    """Sixteen hexadecimal digits that stand for the rules, words and weights of attribution as they are installed."""
    digest = hashlib.sha256()
    ingest = Path(__file__).parents[1]
    for folder in (ingest / "attribution", ingest / "language"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".json", ".toml", ".tsv"):
                digest.update(path.relative_to(ingest).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
