"""The bundled sample articles: written for this project, about invented places and a few public facts of May 2015."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def folder() -> Path:
    """Where the sample articles are: a folder of Markdown files, to be read like any other."""
    return Path(str(files(__name__)))
