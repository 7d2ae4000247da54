"""Which extractor made stored attributions: its rules and weights hashed, so that no change goes unnoticed."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path


@cache
def fingerprint() -> str:
    """Sixteen hexadecimal digits that stand for the rules and weights of this package as they are installed."""
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for path in sorted(path for kind in ("*.py", "*.json", "*.toml") for path in root.rglob(kind)):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
