"""The fingerprint of who said what: it changes with the rules, and with the weights and words that they use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.attribution import extractor


@pytest.mark.parametrize(
    "changed",
    [
        "attribution/verbs.py",
        "attribution/scoring/weights.json",
        "language/lexicon.tsv",
        "language/dates/calendar.json",
    ],
)
def test_the_fingerprint_changes_with_what_attribution_rests_on(
    changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = Path(extractor.__file__).parents[1]
    for folder in ("attribution", "language"):
        shutil.copytree(installed / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(extractor, "__file__", str(tmp_path / "attribution" / "extractor.py"))
    before = extractor.fingerprint.__wrapped__()
    assert before == extractor.fingerprint.__wrapped__()
    with (tmp_path / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert extractor.fingerprint.__wrapped__() != before
