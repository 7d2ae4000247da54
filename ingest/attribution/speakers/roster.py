"""The people, institutions and offices that an article names, in one pass over its tokens."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import compress

from ingest.attribution.lexicon import (
    CONTRACTIONS,
    DAYS,
    DETERMINERS,
    MONTHS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
)
from ingest.attribution.speakers.mentions import (
    GENDERS,
    Mention,
    extends,
    reading_text,
    without_possessive,
)
from ingest.attribution.speakers.roles import NOT_PEOPLE, is_title
from ingest.attribution.tokens import Reading
from ingest.language.given_names import given_names
from ingest.language.roles import BODIES, ROLES
from ingest.language.words import word_set

_STOPPED = word_set("but and or so yet no not yes well then also however meanwhile still i mr mrs ms") - {
    "mr",
    "mrs",
    "ms",
}
#: Words that may begin with a capital and belong to no name.
_NO_NAMES = DAYS | MONTHS | frozenset(CONTRACTIONS) | DETERMINERS | PREPOSITIONS | SUBORDINATORS | _STOPPED


@dataclass(slots=True)
class Roster:
    """What the article calls its people and institutions.

    ``surnames``: last name -> fullest name. ``institutions``: head noun -> the names with that head, in order.
    ``offices``: role -> people who hold it, in order. ``people``: every mention of a person, in order.
    """

    reading: Reading
    surnames: dict[str, str] = field(default_factory=dict)
    institutions: dict[str, list[Mention]] = field(default_factory=dict)
    offices: dict[str, list[Mention]] = field(default_factory=dict)
    people: list[Mention] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        end, total, capitals = 0, len(self.reading.word), self.reading.capitals
        for at in [t for t in compress(range(total), capitals) if self.reading.word[t] not in _NO_NAMES]:
            if at < end:
                continue
            end = at + 1
            while end < total and self._name_word(end) and end - at < 8 and not self._breaks(end):
                end += 1
            end = self._goes_on(at, end)
            if end > at + 1 or self._known(at):
                self._record(at, end)

    def _known(self, token: int) -> bool:
        """Whether a single word can be a name: most are the first words of sentences."""
        word = without_possessive(reading_text(self.reading, token)).lower()
        return word in self.surnames or word in BODIES

    def _goes_on(self, first: int, last: int) -> int:
        """Where "National Bank of Velmark" ends, given where "National Bank" does."""
        words = self.reading.word
        if last + 1 < len(words) and words[last] == "of" and words[last - 1] in BODIES and self._name_word(last + 1):
            last += 2
            while last < len(words) and self._name_word(last) and last - first < 8:
                last += 1
        return last

    def _name_word(self, token: int) -> bool:
        return self.reading.capitals[token] and self.reading.word[token] not in _NO_NAMES

    def _breaks(self, token: int) -> bool:
        """Whether a name cannot go on over the gap before a token: a line break, or a possessive."""
        reading = self.reading
        gap = reading.text[reading.end[token - 1] : reading.start[token]]
        return "\n" in gap or reading.word[token - 1].endswith("'s")

    def _words(self, first: int, last: int) -> list[str]:
        reading = self.reading
        return [without_possessive(reading.text[reading.start[t] : reading.end[t]]) for t in range(first, last)]

    def _record(self, first: int, last: int) -> None:
        words = self._words(first, last)
        head = words[words.index("of") - 1 if "of" in words else -1].lower()
        if head in BODIES:
            if self._owned(first):
                words = [reading_text(self.reading, first - 1), *words]
            self.institutions.setdefault(head, []).append(Mention(first, " ".join(words), group="it"))
            return
        titles = 0
        while titles < len(words) - 1 and is_title(words[titles].lower().rstrip(".")):
            titles += 1
        gender = GENDERS.get(words[max(titles - 1, 0)].lower().rstrip("."), "") if titles else ""
        person = words[titles:]
        if (
            len(person) > 4
            or any(w.lower().rstrip(".") in NOT_PEOPLE for w in person)
            or (person[-1].isupper() and len(person) < 2)
        ):
            return
        surname = person[-1].lower()
        if surname in ("jr.", "sr.") and len(person) > 1:
            surname = person[-2].lower()
        name = " ".join(person)
        if len(person) >= 2:
            known = self.surnames.get(surname, "")
            if len(known.split()) < 2:
                self.surnames[surname] = name
            gender = gender or _gender(person[0].lower())
        elif surname not in self.surnames and not titles:
            return
        else:
            self.surnames.setdefault(surname, name)
        if gender:
            self.genders.setdefault(surname, gender)
        mention = Mention(first + titles, self.surnames[surname], gender)
        self.people.append(mention)
        self._note_office(first, titles, last, mention)

    def _owned(self, first: int) -> bool:
        """Whether a name in the possessive stands before: "Russia's Foreign Ministry"."""
        reading = self.reading
        return first > 0 and reading.word[first - 1].endswith("'s") and self._name_word(first - 1)

    def _note_office(self, first: int, titles: int, last: int, mention: Mention) -> None:
        reading = self.reading
        roles = [w.lower() for w in self._words(first, first + titles)]
        if first and reading.word[first - 1] in ROLES:
            roles.append(reading.word[first - 1])
        if last + 1 < len(reading.word) and reading.word[last] == ",":
            for at in range(last + 1, min(last + 9, len(reading.word))):
                word = reading.word[at]
                if word in ROLES:
                    roles.append(word)
                    break
                if word in (",", ".") or word in RELATIVES:
                    break
        for role in roles:
            if role in ROLES:
                self.offices.setdefault(role, []).append(mention)

    def _gender(self, mention: Mention) -> str:
        return mention.gender or self.genders.get(mention.name.split()[-1].lower(), "") if mention.name else ""

    def _fullest(self, name: str, token: int = 1 << 60) -> str:
        """The longest name that ends in the words of ``name`` and stands first in the article; nearest before a token
        where only the head noun is given.
        """
        words = name.lower().split()
        known = self.institutions.get(without_possessive(words[words.index("of") - 1 if "of" in words else -1]), [])
        if not known:
            return name
        if len(words) == 1:
            earlier = [
                m.name for m in known[: 1 + bisect_left(known, token, key=lambda m: m.token)] if len(m.name.split()) > 1
            ]
            return self._fullest(earlier[-1]) if earlier else name
        before = bisect_left(known, token, key=lambda m: m.token)
        near = [m.name for m in known[max(0, before - 12) : before] if extends(m.name, words)]
        longer = [n for n in near if len(n.split()) > len(words)]
        if longer:
            return longer[-1]
        ending = [m.name for m in known[:50] if extends(m.name, words)]
        return max(ending, key=len, default=name)


def _gender(given_name: str) -> str:
    return "m" if given_name in given_names("male") else "f" if given_name in given_names("female") else ""
