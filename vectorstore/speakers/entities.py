"""Who is who: the speakers of all articles -> speakers of the archive, and the sides that each spoke for.

Names are joined where the words leave no choice and not otherwise:

* The same full name is one speaker. So is the same body, whatever it is called ("CDC"), and the same description
  with what it stands for ("State Department official").
* A surname alone, or an office that one person holds at a time ("the Russian president"), joins a full name where
  exactly one person in the archive has it and speaks for the same side.
* Somebody speaks for the side that the article says; where it is silent, for the one that the nearest article in time
  says, within a year. Who is called "former" there speaks for none.

Invariant: made of the articles of one day and earlier, it tells nothing that was published later.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ingest.language.dateline import at_home
from ingest.language.gazetteer import Gazetteer, Standing
from ingest.language.words import fold
from vectorstore.archive.catalogue import UNDATED
from vectorstore.speakers.names import Group, NameReading, last_word, read_name
from vectorstore.speakers.table import Roll

Integers = npt.NDArray[np.int64]
_YEAR = 365
#: Of people of one surname, who makes this many times fewer statements than another is not meant by it alone.
_MUCH_LESS = 5

Sides = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameReader:
    """Reads names and descriptions, each once."""

    gazetteer: Gazetteer
    common: frozenset[str]
    _names: dict[str, NameReading] = field(default_factory=dict)
    _standings: dict[str, Standing] = field(default_factory=dict)

    @classmethod
    def of(cls, gazetteer: Gazetteer, roll: Roll) -> NameReader:
        """A reader for the names of one archive."""
        return cls(gazetteer, frozenset(name for name in set(roll.names) if name[:1].islower()))

    def name(self, name: str) -> NameReading:
        """What a name comes to."""
        if name not in self._names:
            self._names[name] = read_name(self.gazetteer, name, self.common)
        return self._names[name]

    def standing(self, description: str) -> Standing:
        """What a description stands for."""
        if description not in self._standings:
            self._standings[description] = self.gazetteer.standing(description)
        return self._standings[description]


@dataclass(slots=True)
class Entity:
    """One speaker of the archive: its rows in the roll's order."""

    group: Group
    name: str
    places: list[int] = field(default_factory=list)  # positions in the roll


@dataclass(frozen=True, slots=True)
class Directory:
    """The speakers of the visible part of an archive.

    ``entities`` are all who have a name or stand for somebody, ``folded`` their names, ``statements`` how many each
    made; ``entity_of`` says which of them each position of the roll is, or -1; ``sides`` those that each position spoke
    for; ``by_side``, ``by_alias`` and ``by_surname`` are keyed by folded names; ``anybody`` holds the positions of
    descriptions that are nobody in particular.
    """

    entities: tuple[Entity, ...]
    folded: tuple[str, ...]
    statements: Integers
    entity_of: Integers
    sides: dict[int, Sides]
    offices: dict[int, frozenset[str]]
    by_side: dict[str, list[int]]
    by_alias: dict[str, set[int]]
    by_surname: dict[str, set[int]]
    anybody: dict[str, list[int]]

    def of_surname(self, folded: str) -> set[int]:
        """Who is meant by a surname alone: who speaks most of those that have it, and who speaks not much less."""
        held = self.by_surname.get(folded, set())
        most = max((int(self.statements[number]) for number in held), default=0)
        return {number for number in held if _MUCH_LESS * int(self.statements[number]) >= most}


@dataclass(slots=True)
class _Row:
    reading: NameReading
    sides: Sides
    offices: frozenset[str]
    apart: bool


def build(reader: NameReader, roll: Roll, visible: npt.NDArray[np.bool_]) -> Directory:
    """Work out who is who among the visible positions of a roll."""
    rows = {place: row for place in np.flatnonzero(visible).tolist() if (row := _row(reader, roll, place))}
    _without_principals(reader.gazetteer, rows)
    by_dateline = _at_home(reader, roll, rows)
    entities = _joined(reader.gazetteer, rows)
    sides: dict[int, Sides] = {}
    entity_of = np.full(len(roll.rows), -1, dtype=np.int64)
    for number, entity in enumerate(entities):
        _without_employers(reader.gazetteer, roll, rows, entity)
        sides |= _sides_in_time(roll, rows, entity)
        entity_of[entity.places] = number
    by_side: dict[str, list[int]] = {}
    for place, spoken_for in sides.items():
        for side in spoken_for:
            by_side.setdefault(fold(side), []).append(place)
    by_alias: dict[str, set[int]] = {}
    by_surname: dict[str, set[int]] = {}
    for number, entity in enumerate(entities):
        # "The Foreign Ministry" of a story from Kyiv is no other name of Ukraine's in another story.
        for name in {entity.name, *(roll.names[place] for place in entity.places if place not in by_dateline)}:
            by_alias.setdefault(fold(name), set()).add(number)
        if entity.group in (Group.PERSON, Group.SURNAME):
            by_surname.setdefault(last_word(entity.name), set()).add(number)
    anybody: dict[str, list[int]] = {}
    for place, row in rows.items():
        if row.reading.group is Group.ANYBODY:
            anybody.setdefault(fold(row.reading.name), []).append(place)
    offices = {place: row.offices for place, row in rows.items() if row.offices}
    folded = tuple(fold(entity.name) for entity in entities)
    made = np.array([roll.statements[entity.places].sum() for entity in entities], dtype=np.int64)
    return Directory(tuple(entities), folded, made, entity_of, sides, offices, by_side, by_alias, by_surname, anybody)


def _row(reader: NameReader, roll: Roll, place: int) -> _Row | None:
    reading = reader.name(roll.names[place])
    if reading.group is Group.NOBODY:
        return None
    called = roll.descriptions[place] if reading.group in (Group.PERSON, Group.SURNAME) else ()
    standings = [reading.standing, *map(reader.standing, called)]
    known = [standing for standing in standings if standing.sides]
    # "Putin's spokesman", "the Kremlin spokesman": a government comes before whatever else.
    governments = [standing for standing in known if reader.gazetteer.is_country(standing.sides[-1])]
    sides = tuple(dict.fromkeys(side for standing in governments or known for side in standing.sides))
    offices = frozenset(office for standing in standings for office in standing.offices)
    return _Row(reading, sides, offices, not sides and any(standing.apart for standing in standings))


def _at_home(reader: NameReader, roll: Roll, rows: dict[int, _Row]) -> set[int]:
    """Give the plain offices of a report from a capital to its country; the positions that are so read.

    Not where the report has the same office of another country: then it may be that one.
    """
    elsewhere: dict[int, set[str]] = {}
    for place, row in rows.items():
        if row.sides:
            elsewhere.setdefault(int(roll.article_rows[place]), set()).update(row.offices)
    found: set[int] = set()
    for place, row in rows.items():
        article = int(roll.article_rows[place])
        if row.sides or row.apart or row.reading.group is not Group.ANYBODY or article not in roll.homes:
            continue
        whole = at_home(row.reading.name, roll.homes[article], reader.gazetteer)
        offices = row.offices - reader.gazetteer.words.agents
        if whole and not offices & elsewhere.get(article, set()):
            reading = reader.name(whole)
            rows[place] = _Row(reading, reading.standing.sides, row.offices, apart=False)
            found.add(place)
    return found


def _without_principals(gazetteer: Gazetteer, rows: dict[int, _Row]) -> None:
    """A person is no side: whom "Putin's spokesman" speaks for, other articles say.

    A country is one, whatever ends with its name: captions run into names ("Watch: Ukraine").
    """
    surnames = {last_word(row.reading.name) for row in rows.values() if row.reading.group is Group.PERSON}
    for row in rows.values():
        if len(row.sides) == 1 and fold(row.sides[0]) in surnames and not gazetteer.is_country(row.sides[0]):
            row.sides = ()


def _without_employers(gazetteer: Gazetteer, roll: Roll, rows: dict[int, _Row], entity: Entity) -> None:
    """Who speaks for a government in one article is not somebody's in another of the same year: "Putin's spokesman"."""
    days = [
        int(roll.days[place])
        for place in entity.places
        if any(gazetteer.is_country(side) for side in rows[place].sides)
    ]
    for place in entity.places:
        sides = rows[place].sides
        other = len(sides) == 1 and " " not in sides[0] and not gazetteer.is_country(sides[0])
        if other and any(abs(int(roll.days[place]) - day) <= _YEAR for day in days):
            rows[place].sides = ()


def _joined(gazetteer: Gazetteer, rows: dict[int, _Row]) -> list[Entity]:
    found: dict[tuple[str, str], Entity] = {}
    persons: dict[str, dict[tuple[str, str], set[str]]] = {}  # surname -> person -> sides
    holders: dict[tuple[str, str], set[tuple[str, str]]] = {}  # (side, office) -> persons
    waiting: list[int] = []
    for place, row in rows.items():
        group, name = row.reading.group, row.reading.name
        if group is Group.ANYBODY:
            continue
        if group in (Group.SURNAME, Group.DESCRIBED):
            waiting.append(place)
            continue
        key = (group.value, fold(name))
        found.setdefault(key, Entity(group, name)).places.append(place)
        if group is Group.PERSON:
            persons.setdefault(last_word(name), {}).setdefault(key, set()).update(row.sides)
            for office in row.offices & gazetteer.words.single:
                for side in row.sides[-1:]:
                    holders.setdefault((side, office), set()).add(key)
    for place in waiting:
        row = rows[place]
        name = row.reading.name
        if row.reading.group is Group.SURNAME:
            fitting = [key for key, sides in persons.get(last_word(name), {}).items() if sides & set(row.sides)]
        else:
            held = row.reading.standing
            # "The Russian president's press service" is not the president.
            alone = held.offices & gazetteer.words.single if len(held.offices) == 1 else frozenset()
            pairs = [(held.sides[-1], office) for office in alone]
            fitting = list(set().union(*(holders.get(pair, set()) for pair in pairs)))
        key = fitting[0] if len(fitting) == 1 else (row.reading.group.value, fold(name))
        found.setdefault(key, Entity(row.reading.group, name)).places.append(place)
    return list(found.values())


def _sides_in_time(roll: Roll, rows: dict[int, _Row], entity: Entity) -> dict[int, Sides]:
    """The sides of each place of an entity: as its article says, or as the nearest in time does."""
    said = sorted(
        (int(roll.days[place]), rows[place].sides)
        for place in entity.places
        if roll.days[place] != UNDATED and (rows[place].sides or rows[place].apart)
    )
    days = [day for day, _ in said]
    everywhere = {rows[place].sides for place in entity.places if rows[place].sides or rows[place].apart}
    found: dict[int, Sides] = {}
    for place in entity.places:
        row, day = rows[place], int(roll.days[place])
        if row.sides:
            found[place] = row.sides
        elif row.apart or not everywhere:
            continue
        elif day == UNDATED:
            if len(everywhere) == 1 and () not in everywhere:
                found[place] = next(iter(everywhere))
        elif said:
            at = bisect_left(days, day)
            nearest = min(said[max(0, at - 1) : at + 1], key=lambda one: abs(one[0] - day))
            if nearest[1] and abs(nearest[0] - day) <= _YEAR:
                found[place] = nearest[1]
    return found


def aliases(roll: Roll, entity: Entity) -> list[str]:
    """The names under which the articles have an entity, other than its own, the most frequent first."""
    counts = Counter(roll.names[place] for place in entity.places)
    return [name for name, _ in counts.most_common() if name != entity.name]
