"""``assistant ingest``: what it takes, what it says, and what it leaves in the store."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from command_line import Ran, run, run_apart

from ingest.samples import folder


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with an article of each plain kind, and one that is none."""
    inbox = tmp_path / "inbox"
    (inbox / "deep" / "er").mkdir(parents=True)
    (inbox / "one.txt").write_text("Ferry stays in port\n\nThe ferry stayed in port on Tuesday because of a storm.")
    (inbox / "deep" / "two.md").write_text("---\ntitle: Storm\n---\n\nA storm was coming, the harbour master said.")
    with gzip.open(inbox / "deep" / "er" / "three.jsonl.gz", "wt", encoding="utf-8") as lines:
        for number in (1, 2):
            lines.write(json.dumps({"id": f"line-{number}", "text": f"Line {number} tells of a bridge."}) + "\n")
    return inbox


def ingest(*sources: object, store: Path, stdin: str = "") -> Ran:
    return run("ingest", *sources, "--store", store, stdin=stdin)


def listed(store: Path) -> list[dict[str, Any]]:
    return run("articles", "list", "--store", store, "--json").objects


def test_a_folder_is_read_to_its_bottom(inbox: Path, store: Path) -> None:
    ran = ingest(inbox, store=store)
    assert ran.code == 0
    assert ran.out.startswith("added 4, changed 0, unchanged 0, failed 0: 4 passages in ")
    assert ran.complaints == []
    assert {entry["title"] for entry in listed(store)} == {"Ferry stays in port", "Storm", None}


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://news.example:99999/x", "with a port that is none"),
        ("http://news.example:0/x", "with a port that is none"),
        ("https://news.example:x/", "no valid address"),
        ("http://[::1/x", "no valid address"),
        ("http:///x", "without a host"),
    ],
)
def test_an_address_that_is_none_is_a_wrong_use_and_nothing_is_added(
    address: str, why: str, inbox: Path, store: Path
) -> None:
    ran = ingest(inbox, address, store=store)
    assert ran.code == 2
    (line,) = ran.complaints
    assert f"{address!r}: it is" in line
    assert f"{why}, and nothing was added; " in line
    assert not store.exists()


def test_an_address_that_is_none_costs_none_of_the_others_in_a_list(inbox: Path, store: Path) -> None:
    listed = ingest(inbox, "-", store=store, stdin="http://news.example:99999/x\nhttp://[::1/x\nhttp:///x\n")
    assert listed.code == 1
    assert len(listed.complaints) == 3
    assert listed.out.startswith("added 4,")


def test_files_patterns_and_a_list_on_standard_input_are_sources_too(inbox: Path, store: Path) -> None:
    assert ingest(inbox / "one.txt", store=store).out.startswith("added 1,")
    assert ingest(f"{inbox}/**/*.md", store=store).out.startswith("added 1,")
    assert ingest("-", store=store, stdin=f"{inbox}/deep/er/three.jsonl.gz\n\n").out.startswith("added 2,")
    assert len(listed(store)) == 4


def test_what_is_read_again_is_unchanged_and_what_has_changed_replaces_the_old(inbox: Path, store: Path) -> None:
    ingest(inbox, store=store)
    assert ingest(inbox, store=store).out.startswith("added 0, changed 0, unchanged 4, failed 0: 0 passages")
    (inbox / "one.txt").write_text("Ferry sails\n\nThe ferry sailed on Wednesday after the storm had passed.")
    assert ingest(inbox, store=store).out.startswith("added 0, changed 1, unchanged 3, failed 0: 1 passages")
    assert len(listed(store)) == 4
    ran = run("ask", "When did the ferry sail?", "--store", store, "--json")
    assert "Wednesday" in ran.objects[0]["answer"]
    assert not any("stayed in port" in citation["quote"] for citation in ran.objects[0]["citations"])


def test_known_text_from_another_file_is_another_origin_of_it(inbox: Path, store: Path) -> None:
    ingest(inbox / "one.txt", store=store)
    (inbox / "copy.txt").write_bytes((inbox / "one.txt").read_bytes())
    ran = ingest(inbox / "copy.txt", store=store)
    assert ran.out.startswith("added 0, changed 0, unchanged 1 (1 of them known text from another origin), failed 0")
    (entry,) = listed(store)
    assert sorted(Path(origin).name for origin in entry["origins"]) == ["copy.txt", "one.txt"]


def test_each_bad_input_is_one_line_and_the_others_are_in(inbox: Path, store: Path, tmp_path: Path) -> None:
    (inbox / "empty.txt").write_text("")
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.7 no more")
    (inbox / "noise.docx").write_bytes(bytes(range(256)) * 10)
    (inbox / "lines.jsonl").write_text('{"id": "fine", "text": "A fine line about a bridge."}\n{"id": "cut", "te\n')
    ran = ingest(inbox, tmp_path / "missing.txt", store=store)
    assert ran.code == 1
    assert len(ran.complaints) == len(ran.err.splitlines()) == 5
    for name in ("empty.txt", "broken.pdf", "noise.docx", "missing.txt"):
        assert sum(name in line for line in ran.complaints) == 1, name
    assert any("lines.jsonl" in line and "2" in line for line in ran.complaints)
    assert ran.out.startswith("added 5, changed 0, unchanged 0, failed 5:")
    assert len(listed(store)) == 5


def test_the_summary_as_json(inbox: Path, store: Path) -> None:
    (inbox / "empty.txt").write_text("")
    ran = run("ingest", inbox, "--store", store, "--json")
    (summary,) = ran.objects
    assert ran.code == 1
    counts = {key: summary[key] for key in ("added", "changed", "unchanged", "another_origin", "passages")}
    assert counts == {"added": 4, "changed": 0, "unchanged": 0, "another_origin": 0, "passages": 4}
    (failed,) = summary["failed"]
    assert failed["source"].endswith("empty.txt")
    assert failed["reason"]
    assert summary["seconds"] >= 0


def test_only_bad_inputs_are_exit_code_1_and_an_empty_store(tmp_path: Path, store: Path) -> None:
    ran = ingest(tmp_path / "missing", store=store)
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1
    assert listed(store) == []


def test_names_that_could_drive_the_terminal_do_not(inbox: Path, store: Path) -> None:
    (inbox / "bad\x1b[2Jname\x07.pdf").write_bytes(b"%PDF-1.7 no more")
    (inbox / "title.md").write_text('---\ntitle: "Red \\x1b[31malert\\x9b2J \\u202Eevil"\n---\n\nA storm was coming.')
    ran = ingest(inbox, store=store)
    plain, lines = (
        run("articles", "list", "--store", store).out,
        run("articles", "list", "--store", store, "--json").out,
    )
    for text in (ran.out, ran.err, plain, lines):
        assert not {"\x1b", "\x07", "\x9b"} & set(text)
    assert "\u202e" not in plain
    assert "Red" in plain


def test_a_private_address_is_refused_unless_it_is_allowed(store: Path, httpserver: Any) -> None:
    page = "<html><head><title>Storm</title></head><body><article>{}</article></body></html>"
    told = "<p>A storm was coming, the harbour master of Port Ansley said on Tuesday, and the ferry stayed in port.</p>"
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/storm").respond_with_data(page.format(told * 6), content_type="text/html")
    url = httpserver.url_for("/storm")
    refused = run("ingest", url, "--store", store)
    assert refused.code == 1
    assert "--allow-private" in refused.complaints[0]
    assert run("ingest", url, "--store", store, "--allow-private").out.startswith("added 1,")


def test_the_bundled_samples_can_be_ingested_in_a_process_of_its_own(store: Path) -> None:
    ran = run_apart("ingest", folder(), "--store", store)
    assert ran.code == 0
    assert ran.out.startswith("added 28, changed 0, unchanged 0, failed 0: ")
    assert ran.complaints == []
