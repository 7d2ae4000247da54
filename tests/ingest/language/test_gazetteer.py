"""Who speaks for whom, by an article's words and the file of institutions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language.gazetteer import bundled, load
from ingest.language.gazetteer_file import BUNDLED, InstitutionsError
from ingest.language.names import Named, names
from ingest.language.words import fold, words


@pytest.mark.parametrize(
    ("phrase", "sides"),
    [
        ("Russian Foreign Ministry spokeswoman", ("Russian Foreign Ministry", "Russia")),
        ("Russia's deputy foreign minister", ("Russian Foreign Ministry", "Russia")),
        ("minister of foreign affairs of Ukraine", ("Ukrainian Foreign Ministry", "Ukraine")),
        ("Kremlin spokesman", ("Kremlin", "Russia")),
        ("a spokesman for the Kremlin", ("Kremlin", "Russia")),
        ("Russian president", ("Kremlin", "Russia")),
        ("State Department official", ("State Department", "United States")),
        ("senior U.S. officials", ("United States",)),
        ("British prime minister", ("Downing Street", "United Kingdom")),
        ("EU officials", ("European Union",)),
        ("CDC director", ("Centers for Disease Control and Prevention", "United States")),
        ("Russia's ambassador to the United States", ("Russia",)),
        ("Moscow", ("Russia",)),
        ("Apple spokeswoman", ("Apple",)),
        ("a spokesman for Kjeld Timber", ("Kjeld Timber",)),
    ],
)
def test_a_description_stands_for_its_body_and_its_country(phrase: str, sides: tuple[str, ...]) -> None:
    assert bundled().standing(phrase).sides == sides


@pytest.mark.parametrize(
    "phrase",
    [
        "former Russian president",  # no longer
        "Russian opposition leader",
        "Russian mercenary chief",  # of no office
        "American Airlines",
        "Americans",  # the people are not the government
        "Jordan Peele",
        "Georgia Secretary of State",  # a place within the country whose office it is named like
        "let us talk",  # not the US
        "who",  # not the WHO
        "state Department of Public Health commissioner",
        "State Department of Public Health",
        "Health officials",
        "officials",
        "Sheriff's Office spokesman",
    ],
)
def test_what_is_not_said_to_speak_for_a_country_stands_for_nobody(phrase: str) -> None:
    assert bundled().standing(phrase).sides == ()


def test_former_is_remembered_as_speaking_for_nobody() -> None:
    assert bundled().standing("former Russian president").apart
    assert not bundled().standing("Russian president").apart


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Florida Gov. Ron Fisk", ("Florida Gov", "Ron Fisk")),
        (
            "Russian Foreign Ministry spokeswoman Maria Zakharova",
            ("Russian Foreign Ministry spokeswoman", "Maria Zakharova"),
        ),
        ("Dmitry Peskov", ("", "Dmitry Peskov")),
        ("National Weather Service", ("", "National Weather Service")),
        ("an assistant to President Lidia Marn", ("", "an assistant to President Lidia Marn")),
    ],
)
def test_what_stands_before_a_name_is_taken_apart_from_it(name: str, parts: tuple[str, str]) -> None:
    assert bundled().split(name) == parts


def test_a_question_may_be_written_without_capitals() -> None:
    assert bundled().standing("us officials", asked=True).sides == ("United States",)
    assert bundled().standing("russian", asked=True).sides == ("Russia",)


def test_a_file_of_ones_own_takes_the_place_of_the_bundled_one(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        BUNDLED.read_text(encoding="utf-8") + '\nFreedonia = { people = ["Freedonian"], seats = ["Firefly"] }\n'
    )
    assert load(own).standing("Freedonian foreign minister").sides == ("Freedonian Foreign Ministry", "Freedonia")
    assert bundled().standing("Freedonian foreign minister").sides == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("[words]", "[wurds]"), "is unusable: "),
        (("[countries]", "[countries"), "cannot be read"),
        (("[bodies.Russia]", "[bodies.Ruritania]"), "has bodies of 'Ruritania', which is no country of it"),
        (("[houses]", '[houses]\n"Firefly Hall" = ["president"]'), "'Firefly Hall' is a house and no country's seat"),
    ],
)
def test_a_file_that_is_wrong_is_an_error_of_one_line(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(BUNDLED.read_text(encoding="utf-8").replace(*change))
    with pytest.raises(InstitutionsError) as caught:
        load(own)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    with pytest.raises(InstitutionsError, match="cannot be read"):
        load(tmp_path / "absent.toml")


def test_every_form_of_a_country_is_that_of_one_country_only() -> None:
    countries = bundled().forms
    forms = [form for all_forms in countries.values() for form in all_forms]
    assert len(forms) == len(set(forms)) > 300
    assert all(form == fold(form) for form in forms)
    assert all(forms_of[0] == key for key, forms_of in countries.items())


@pytest.mark.parametrize("words", ["", "the", "The", "…", "’s", "the …", "a", "'", "-", "of", "\u00a0"])
def test_words_that_name_nobody_stand_for_nobody(words: str) -> None:
    institutions = bundled()
    assert institutions.body(words) == ()
    assert institutions.standing(words).sides == ()


@given(st.text(max_size=40) | st.text(alphabet="the The of U.S.'s- ", max_size=30))
def test_any_words_can_be_asked_about(words: str) -> None:
    institutions = bundled()
    institutions.body(words)
    institutions.standing(words, asked=True)
    institutions.is_common(words)
    institutions.is_country(words)
    institutions.split(words)


def test_capitals_and_states_are_places_and_name_no_country_by_themselves() -> None:
    known = bundled()
    assert {"moscow", "kremlin", "kampala", "port-au-prince"} <= known.capitals
    assert {"texas", "new york", "ontario", "queensland"} <= known.states
    assert known.country("kampala") is None
    assert known.country("ugandans") == "uganda"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Côte d’Ivoire and Guinea-Bissau", ["ivory coast", "guinea-bissau"]),
        ("the United Arab Emirates", ["united arab emirates"]),
        ("South Korean and Russian officials in New Delhi", ["south korea", "russia", "india"]),
        ("nobody's", []),
    ],
)
def test_countries_are_found_in_any_form_the_longest_first(text: str, keys: list[str]) -> None:
    assert [key for *_, key in bundled().countries(words(text))] == keys
    assert bundled().country_keys(words(text)) == set(keys)


def test_a_name_knows_the_countries_of_the_file_that_it_is_read_by(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(BUNDLED.read_text(encoding="utf-8") + '\nVelmark = { people = ["Velmarkian"] }\n')
    known = load(own)
    assert [name.country for name in names("The visit of Velmark’s minister", known)] == ["velmark"]
    assert [name.country for name in names("The visit of Velmark’s minister")] == [None]
    assert Named("Velmarkian troops", known).has(names("The visit of Velmark", known)[0])


def test_a_file_made_before_there_were_states_still_opens(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    text = BUNDLED.read_text(encoding="utf-8")
    own.write_text(text[: text.index("# States, provinces")] + text[text.index("# Countries and alliances") :])
    assert load(own).states == frozenset()
