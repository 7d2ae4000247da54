"""The browser that tests, pictures and benchmarks drive."""

from __future__ import annotations

from pathlib import Path

#: The shell without a window first: the whole browser starts renderers for its own toolbar with every page.
PLACES = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
CHROMIUM = next((place for place in PLACES if place.exists()), None)
MISSING = f"there is no {' and no '.join(map(str, PLACES))}"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
