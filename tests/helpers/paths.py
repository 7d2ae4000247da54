"""Where the repository is, and the third-party sets beside it, which may be absent."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Read-only material for measuring; a test that needs it skips, saying so, where it is absent.
SHARED = ROOT.parent / "shared" / "data"
XSS = SHARED / "adversarial" / "xss.txt"
