"""``assistant who``: what a speaker said, as text and JSON, and who speaks at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command_line import run


@pytest.fixture(scope="module")
def samples(sample_store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store of the sample articles, to be asked."""
    return Path(shutil.copytree(sample_store_folder, tmp_path_factory.mktemp("asked") / "store"))


def test_what_a_country_said_is_listed_with_days_and_sources(samples: Path) -> None:
    ran = run("who", "Russia", "--about", "what caused the freeze", "--as-of", "2015-05-20", "--store", samples)
    assert (ran.code, ran.complaints) == (0, [])
    lines = ran.out.splitlines()
    assert "unfriendly" in ran.out
    assert any("Foreign Ministry" in line for line in lines if not line.startswith(" "))
    assert any("May 2015) https://" in line for line in lines)


def test_json_is_an_object_a_line_and_its_quotes_stand_in_the_articles(samples: Path) -> None:
    found = run("who", "Russia", "--store", samples, "--json", "--limit", "5").objects
    assert len(found) == 5
    dates = [one["published"] for one in found]
    assert dates == sorted(dates, reverse=True)
    for one in found:
        (article,) = run("articles", "show", one["article_id"], "--store", samples, "--json").objects
        assert article["text"][one["start"] : one["end"]] == one["quote"]
        assert one["cue"] in [said["cue"] for said in article["attributions"]]


def test_without_a_name_the_speakers_are_listed_with_their_counts(samples: Path) -> None:
    lines = run("who", "--store", samples, "--limit", "4").out.splitlines()
    assert len(lines) == 4
    counts = [int(line.split()[0]) for line in lines]
    assert counts == sorted(counts, reverse=True)
    listed = run("who", "--store", samples, "--json", "--limit", "500").objects
    (peskov,) = [one for one in listed if one["name"] == "Dmitry Peskov"]
    assert peskov["stands_for"][:2] == ["Kremlin", "Russia"]
    assert peskov["first"] <= peskov["last"]


def test_an_unknown_speaker_is_one_line_with_the_nearest_names(samples: Path) -> None:
    ran = run("who", "Dimitri Peskow", "--store", samples)
    assert (ran.code, ran.out) == (2, "")
    assert ran.complaints == [
        "assistant: nobody in the archive is called 'Dimitri Peskow'; perhaps Dmitry Peskov is meant"
    ]
    ran = run("who", "Qqqq", "--store", samples)
    assert ran.complaints == ["assistant: nobody in the archive is called 'Qqqq'; list who speaks with: assistant who"]
    ran = run("who", "Peskov", "--source", "Nobody's News", "--store", samples)
    assert ran.complaints == [
        "assistant: nothing that 'Peskov' said lies within what was searched; set other days, sources or confidence"
    ]


def test_filters_reach_the_archive(samples: Path) -> None:
    everything = run("who", "Russia", "--store", samples, "--json", "--limit", "100").objects
    assert {one["source"] for one in everything} != {"Meridian Wire"}
    options = ["--store", samples, "--json", "--limit", "100"]
    found = run("who", "Russia", *options, "--source", "meridian wire").objects
    assert {one["source"] for one in found} == {"Meridian Wire"}
    found = run("who", "Russia", *options, "--from", "2015-05-12", "--to", "2015-05-12").objects
    assert {one["published"][:10] for one in found} == {"2015-05-12"}
    found = run("who", "Russia", *options, "--as-of", "2015-05-12").objects
    assert max(one["published"][:10] for one in found) <= "2015-05-12"
    found = run("who", "Russia", *options, "--min-confidence", "0.9").objects
    assert 0 < len(found) < len(everything)


def test_the_samples_are_asked_where_there_is_no_store() -> None:
    ran = run("who", "Peskov", "--limit", "1")
    assert ran.code == 0
    assert "this is the bundled sample archive" in ran.err
    assert ran.out.startswith("Dmitry Peskov (Kremlin, Russia)")


def test_a_topic_needs_a_speaker(samples: Path) -> None:
    ran = run("who", "--about", "the freeze", "--store", samples)
    assert (ran.code, ran.out) == (2, "")
    assert ran.complaints == [
        'assistant: --about is for a speaker\'s statements; name one: assistant who "Russia" --about …'
    ]


def test_a_file_of_institutions_of_ones_own_is_used(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.language.gazetteer_file import BUNDLED

    own = tmp_path / "own.toml"
    own.write_text(
        BUNDLED.read_text(encoding="utf-8")
        .replace("Russia = {", "Ruritania = {", 1)
        .replace("[bodies.Russia]", "[bodies.Ruritania]")
    )
    monkeypatch.setenv("ASSISTANT_INSTITUTIONS", str(own))
    assert run("who", "Ruritania", "--store", samples).out.startswith(("Ruritania", "Dmitry", "Russian", "Kremlin"))
    monkeypatch.setenv("ASSISTANT_INSTITUTIONS", str(tmp_path / "absent.toml"))
    ran = run("who", "Russia", "--store", samples)
    assert ran.code == 2
    assert "cannot be read" in ran.complaints[0]


def test_what_stands_in_copies_of_one_wire_story_is_listed_once_with_the_others_named(samples: Path) -> None:
    ran = run("who", "Lavrov", "--store", samples)
    assert ran.out.count("steps that would do lasting harm") == 1
    assert ran.out.count("also in: ") == 1
    (said,) = [o for o in run("who", "Lavrov", "--store", samples, "--json").objects if "lasting harm" in o["quote"]]
    (copy,) = said["also_in"]
    assert {said["source"], copy["source"]} == {"Meridian Wire", "The Harbour Post"}
