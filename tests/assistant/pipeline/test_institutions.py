"""A file of institutions of one's own counts in answers: a country that only it knows speaks as any other does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from assistant.pipeline.assistant import Assistant
from ingest.article import Article
from ingest.language.gazetteer_file import BUNDLED
from vectorstore.store import Store

ARTICLES = (
    (
        "Reservoir talks end without an agreement",
        "Talks on the Tarn reservoir ended on Monday. “We shall not fill the reservoir before the spring,” said Ilka "
        "Brandt, the Velmarkian foreign minister. Ruritania called the reservoir a threat to its farms. The two sides "
        "will meet again in June.",
    ),
    (
        "Fishing fleets wait for quotas",
        "Fishing fleets waited for the new quotas on Monday. The harbour master of Orrin said that forty boats were in "
        "port. Prices of cod rose by a tenth.",
    ),
    (
        "Engineers inspect the reservoir's wall",
        "Engineers inspected the wall of the Tarn reservoir last week. “The wall is sound,” said Dag Moll, an "
        "engineer. Villagers below it had asked for the inspection.",
    ),
)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("institutions")
    file = folder / "own.toml"
    country = '\nVelmark = { people = ["Velmarkian", "Velmarkians"], seats = ["Arle"] }\n'
    file.write_text(BUNDLED.read_text(encoding="utf-8") + country, encoding="utf-8")
    with Store.open(folder / "store", institutions=file) as store:
        day = dt.date(2024, 3, 4)
        store.add(Article.from_record({"title": t, "text": text, "published": day}) for t, text in ARTICLES)
        yield Assistant.open(store, "extractive")


@pytest.mark.parametrize(
    "question", ["What does Velmark say about the reservoir?", "What did Arle say about the reservoir?"]
)
def test_who_speaks_for_a_country_of_ones_own_file_is_quoted_for_it(own: Assistant, question: str) -> None:
    answer = own.ask(question)
    assert not answer.abstained
    assert "We shall not fill the reservoir before the spring" in answer.text
    assert "Ilka Brandt" in {citation.speaker for citation in answer.citations}
    assert "The wall is sound" not in answer.text


def test_the_people_of_a_country_of_ones_own_file_are_that_country(own: Assistant) -> None:
    assert own.store.gazetteer.country("velmarkians") == own.store.gazetteer.country("arle") == "velmark"
    assert [speaker.name for speaker in own.store.speakers("Velmark")] == ["Ilka Brandt"]
