"""Speakers' words -> the fullest name that the article gives: "Peskov" -> "Dmitry Peskov", "the ministry" -> "Russian
Foreign Ministry", "he" -> the nearest fitting speaker. Where the text does not allow it, the words as they stand.

One pass over the tokens collects the names; every speaker is then a look-up, so that time stays linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from ingest.attribution.lexicon import CONTRACTIONS, DAYS, DETERMINERS, MONTHS, PREPOSITIONS, RELATIVES, SUBORDINATORS
from ingest.attribution.phrases import Range, ending_at
from ingest.attribution.reading import Reading, Unit
from ingest.attribution.roles import FEMALE, INSTITUTIONS, MALE, NOT_PEOPLE, ROLES, TITLES, VESSELS

_HE = frozenset(["he", "his", "him"])
_SHE = frozenset(["she", "her"])
_THEY = frozenset(["they", "their", "them"])
_IT = frozenset(["it", "its"])
_FIRST = frozenset(["i", "we", "you", "my", "our"])
#: How far back, in tokens, a pronoun looks for the speaker it stands for.
_REACH = 220


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at a token; ``gender`` is "m", "f" or ""; ``group`` where it is no single person."""

    token: int
    name: str
    gender: str = ""
    group: str = ""


@dataclass(slots=True)
class Names:
    """What the article calls its people and institutions.

    ``surnames``: last name -> fullest name. ``institutions``: head noun -> the fullest names with that head.
    ``offices``: (role) -> people who hold it, in order. ``spoken``: who has spoken so far, in order.
    """

    reading: Reading
    surnames: dict[str, str] = field(default_factory=dict)
    institutions: dict[str, list[Mention]] = field(default_factory=dict)
    offices: dict[str, list[Mention]] = field(default_factory=dict)
    people: list[Mention] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)
    spoken: list[Mention] = field(default_factory=list)

    def __post_init__(self) -> None:
        at, total = 0, len(self.reading.word)
        while at < total:
            if not self._name_word(at):
                at += 1
                continue
            end = at
            while end < total and self._name_word(end) and end - at < 8 and not (end > at and self._breaks(end)):
                end += 1
            end = self._goes_on(at, end)
            self._record(at, end)
            at = end

    def _goes_on(self, first: int, last: int) -> int:
        """Where "National Bank of Velmark" ends, given where "National Bank" does."""
        words = self.reading.word
        if (
            last + 1 < len(words)
            and words[last] == "of"
            and words[last - 1] in INSTITUTIONS
            and self._name_word(last + 1)
        ):
            last += 2
            while last < len(words) and self._name_word(last) and last - first < 8:
                last += 1
        return last

    def _name_word(self, token: int) -> bool:
        word = self.reading.word[token]
        if not self.reading.capital(token) or word in DAYS or word in MONTHS or word in CONTRACTIONS:
            return False
        return (
            word not in DETERMINERS and word not in PREPOSITIONS and word not in SUBORDINATORS and word not in _STOPPED
        )

    def _breaks(self, token: int) -> bool:
        """Whether a name cannot go on over the gap before a token: a line break, or a possessive."""
        reading = self.reading
        gap = reading.text[reading.end[token - 1] : reading.start[token]]
        return "\n" in gap or reading.word[token - 1].endswith("'s")

    def _words(self, first: int, last: int) -> list[str]:
        reading = self.reading
        return [_bare(reading.text[reading.start[t] : reading.end[t]]) for t in range(first, last)]

    def _record(self, first: int, last: int) -> None:
        words = self._words(first, last)
        head = words[words.index("of") - 1 if "of" in words else -1].lower()
        if head in INSTITUTIONS:
            if self._owned(first):
                words = [reading_text(self.reading, first - 1), *words]
            self.institutions.setdefault(head, []).append(Mention(first, " ".join(words), group="it"))
            return
        titles = 0
        while titles < len(words) - 1 and words[titles].lower().rstrip(".") in TITLES:
            titles += 1
        gender = _GENDERS.get(words[max(titles - 1, 0)].lower().rstrip("."), "") if titles else ""
        person = words[titles:]
        if (
            len(person) > 4
            or any(w.lower().rstrip(".") in NOT_PEOPLE for w in person)
            or person[-1].isupper()
            and len(person) < 2
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
            gender = gender or ("m" if person[0].lower() in MALE else "f" if person[0].lower() in FEMALE else "")
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

    def of(self, unit: Unit, speaker: Range | None) -> str:
        """The name for the speaker at tokens ``speaker``; "" where there is none."""
        if speaker is None:
            return ""
        found = self._resolve(unit, speaker, 0)
        if found.name and found.group != "pronoun":
            self.spoken.append(found)
        return found.name

    def _resolve(self, unit: Unit, speaker: Range, depth: int) -> Mention:
        reading = self.reading
        first, last = speaker
        word = CONTRACTIONS.get(reading.word[first], reading.word[first])
        standing = Mention(first, reading.text[reading.start[first] : reading.end[last - 1]])
        if last - first == 1 and word in RELATIVES:
            return self._antecedent(unit, first, depth) or standing
        if last - first == 1 and word in _FIRST:
            return replace(standing, group="pronoun")
        if last - first == 1 and word in _HE | _SHE | _THEY | _IT:
            plain = Mention(first, reading.text[reading.start[first] : reading.start[first] + len(word)])
            return self._pronoun(unit, first, word) or replace(plain, group="pronoun")
        end = next(
            (t for t in range(first, last) if reading.word[t] in (",", "(", "—", "–", "--", "who", "which")), last
        )
        if end == first:
            return standing
        head = next((t for t in range(first + 1, end) if reading.word[t] in PREPOSITIONS), end)
        if head < end and not reading.capital(head - 1):
            return self._inserted(end, last) or self._described(first, end) or standing
        joint = next((t for t in range(first + 1, end - 1) if reading.word[t] == "and"), 0)
        if joint and head == end:
            both = self._named(first, joint), self._named(joint + 1, end)
            if both[0] and both[1] and "" in (both[0].group, both[1].group):
                return Mention(first, f"{both[0].name} and {both[1].name}", group="they")
        return self._named(first, end) or self._inserted(end, last) or self._described(first, end) or standing

    def _antecedent(self, unit: Unit, relative: int, depth: int) -> Mention | None:
        """What "who" stands for: the phrase before it."""
        at = relative - 1
        if at >= unit.first and self.reading.word[at] in (",", "—", "–", "--"):
            at -= 1
        phrase = ending_at(self.reading, unit, at) if at >= unit.first else None
        if phrase and phrase[0] - 2 >= unit.first and self.reading.word[phrase[0] - 1] == ",":
            # "Aurelio Banks, chief economist at Kjeld & Sons, who": the name before the apposition.
            named = ending_at(self.reading, unit, phrase[0] - 2) if self._name_word(phrase[0] - 2) else None
            found = self._named(*named) if named else None
            if found and not found.group:
                return found
        return self._resolve(unit, phrase, depth + 1) if phrase and depth < 2 else None

    def _pronoun(self, unit: Unit, token: int, word: str) -> Mention | None:
        """A person named earlier in the same unit, else the last speaker that fits, else who was named last."""
        people = self.people[max(0, bisect_left(self.people, token, key=lambda m: m.token) - 6) :]
        before = [m for m in people if token - _REACH <= m.token < token] if word in _HE or word in _SHE else []
        near = [m for m in before if m.token >= unit.first]
        reach = _REACH if word not in _IT else 80
        spoken = [m for m in self.spoken[-12:] if token - reach <= m.token < token]
        for mention in [*reversed(near), *reversed(spoken), *reversed(before)]:
            if _fits(mention, word, self._gender(mention)):
                if word in ("he", "she") and not mention.group:
                    # The text says so: remember it.
                    self.genders.setdefault(mention.name.split()[-1].lower(), "m" if word == "he" else "f")
                return Mention(token, mention.name, mention.gender, mention.group)
        return None

    def _gender(self, mention: Mention) -> str:
        return mention.gender or self.genders.get(mention.name.split()[-1].lower(), "") if mention.name else ""

    def _named(self, first: int, last: int) -> Mention | None:
        """A phrase that ends in a name: "Kremlin spokesman Dmitry Peskov", "Mr. Peskov", "the Foreign Ministry"."""
        reading = self.reading
        begin = last
        while begin > first and self._name_word(begin - 1) and not (begin < last and self._breaks(begin)):
            begin -= 1
        if begin - 2 >= first and reading.word[begin - 1] == "of" and reading.word[begin - 2] in INSTITUTIONS:
            begin -= 2
            while begin > first and self._name_word(begin - 1):
                begin -= 1
        if begin == last or reading.word[last - 1].endswith("'s"):
            if not (begin < last and last - first <= 4 and reading.word[last - 1].endswith("'s")):
                return None
        words = self._words(begin, last)
        head = words[words.index("of") - 1 if "of" in words else -1].lower()
        if head in INSTITUTIONS:
            if begin > first and self._owned(begin):
                words = [reading_text(reading, begin - 1), *words]
            return Mention(first, self._fullest(" ".join(words), first), group="it")
        while len(words) > 1 and words[0].lower().rstrip(".") in TITLES:
            words = words[1:]
        surname = words[-1].lower()
        if len(words) <= 2 and surname in self.surnames:
            full = self.surnames[surname]
            if len(words) == 1 or set(w.lower() for w in words) <= set(full.lower().split()):
                return Mention(first, full, self.genders.get(surname, ""))
        person = len(words) > 1 and not any(w.lower().rstrip(".") in NOT_PEOPLE for w in words)
        return Mention(
            first, " ".join(words), self.genders.get(surname, ""), "" if person or surname in self.surnames else "it"
        )

    def _inserted(self, comma: int, last: int) -> Mention | None:
        """A name in the insertion: "the campaign chairman, Paul Manafort,"."""
        first = comma + 1
        end = first
        while end < last and self._name_word(end):
            end += 1
        if end - first < 2 or end - first > 4 or self.reading.word[end - 1] not in self.surnames:
            return None
        return self._named(first, end)

    def _described(self, first: int, last: int) -> Mention | None:
        """A description: "the ministry", "the Foreign Ministry statement", "the official", "U.S. officials"."""
        reading = self.reading
        head_end = next((t for t in range(first + 1, last) if reading.word[t] in PREPOSITIONS), last)
        head = _bare(reading.word[head_end - 1])
        if head in VESSELS:
            for token in range(last - 1, first - 1, -1):
                if _bare(reading.word[token]) in INSTITUTIONS:
                    begin = token
                    while (
                        begin > first
                        and reading.word[begin - 1] not in DETERMINERS
                        and reading.word[begin - 1] not in PREPOSITIONS
                    ):
                        begin -= 1
                    return Mention(first, self._fullest(" ".join(self._words(begin, token + 1))), group="it")
        definite = reading.word[first] in ("the", "this", "that", "these", "those")
        bare = first
        while bare < last - 1 and (reading.word[bare] in DETERMINERS or reading.word[bare] in _COUNTED):
            bare += 1
        words = " ".join([*(reading_text(reading, t) for t in range(bare, last - 1)), *self._words(last - 1, last)])
        if definite and head_end == last and last - bare <= 2:
            if head in INSTITUTIONS:
                return Mention(first, self._fullest(words, first), group="it")
            if found := self._holder(first, head, words.lower()):
                return found
        plural = head.endswith("s") and not head.endswith("ss")
        human = head in ROLES or _HUMAN.search(head)
        gender = "m" if head.endswith("man") and not head.endswith("woman") else "f" if head.endswith("woman") else ""
        group = "they" if plural or head in ("people", "police") else "one" if human else "thing"
        return Mention(first, words, gender, group)

    def _holder(self, token: int, head: str, words: str) -> Mention | None:
        """Who was described with the same noun: the last speaker, else the only person in that office."""
        for mention in reversed(self.spoken[-40:]):
            if mention.group in ("one", "they") and _head(mention.name) == head:
                return Mention(token, mention.name, group=mention.group)
        held = [m for m in self.offices.get(head, []) if m.token < token]
        if held and all(w in ROLES or w == head for w in words.split()):
            return Mention(token, held[-1].name, held[-1].gender)
        return None

    def _fullest(self, name: str, token: int = 1 << 60) -> str:
        """The longest name that ends in the words of ``name`` and stands first in the article; nearest before a token
        where only the head noun is given.
        """
        words = name.lower().split()
        known = self.institutions.get(_bare(words[words.index("of") - 1 if "of" in words else -1]), [])
        if not known:
            return name
        if len(words) == 1:
            earlier = [
                m.name for m in known[: 1 + bisect_left(known, token, key=lambda m: m.token)] if len(m.name.split()) > 1
            ]
            return self._fullest(earlier[-1]) if earlier else name
        before = bisect_left(known, token, key=lambda m: m.token)
        near = [m.name for m in known[max(0, before - 12) : before] if _extends(m.name, words)]
        longer = [n for n in near if len(n.split()) > len(words)]
        if longer:
            return longer[-1]
        ending = [m.name for m in known[:50] if _extends(m.name, words)]
        return max(ending, key=len, default=name)


_STOPPED = frozenset("but and or so yet no not yes well then also however meanwhile still i mr mrs ms".split()) - {
    "mr",
    "mrs",
    "ms",
}
_COUNTED = frozenset("senior top former one other certain three-year".split()) - {"senior", "top", "former"}
_GENDERS = {"mr": "m", "sir": "m", "mrs": "f", "ms": "f", "miss": "f", "lady": "f"}


_HUMAN = re.compile(
    r"(?:[^aeiou]er|or|ist|man|woman|ian|member|neighbour|neighbor|resident|aide|guest|mother|father|brother|sister|son"
    r"|daughter|wife|husband|widow|friend|person|witness|survivor|student|agent|graduate|veteran|nurse|source|expert"
    r"|referee|employee|refugee|assistant|boss|chef|victim|native)$"
)


def reading_text(reading: Reading, token: int) -> str:
    """A token as it stands in the text."""
    return reading.text[reading.start[token] : reading.end[token]]


def _extends(name: str, words: list[str]) -> bool:
    """Whether a name begins or ends with the words."""
    held = name.lower().split()
    return held[-len(words) :] == words or held[: len(words)] == words


def _head(name: str) -> str:
    """The head noun of a description: "member" of "member of the mission"."""
    words = name.lower().split()
    end = next((i for i, w in enumerate(words) if i and w in PREPOSITIONS), len(words))
    return words[end - 1] if words else ""


def _bare(word: str) -> str:
    return re.sub("['’]s?$", "", word)


def _fits(mention: Mention, word: str, gender: str) -> bool:
    if word in _HE or word in _SHE:
        if mention.group not in ("", "one"):
            return False
        return not gender or gender == ("m" if word in _HE else "f")
    if word in _THEY:
        return mention.group == "they"
    return mention.group == "it"
