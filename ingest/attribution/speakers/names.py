"""Speakers' words -> the fullest name that the article gives: "Peskov" -> "Dmitry Peskov", "the ministry" -> "Russian
Foreign Ministry", "he" -> the nearest fitting speaker. Where the text does not allow it, the words as they stand.

One pass over the tokens collects the names; every speaker is then a look-up, so that time stays linear.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from ingest.attribution.lexicon import (
    CONTRACTIONS,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
)
from ingest.attribution.speakers.mentions import (
    FIRST,
    HE,
    HUMAN,
    IT,
    SHE,
    THEY,
    Mention,
    fits,
    head_noun,
    reading_text,
    without_possessive,
)
from ingest.attribution.speakers.phrases import Range, ending_at
from ingest.attribution.speakers.roles import NOT_PEOPLE, VESSELS, is_title
from ingest.attribution.speakers.roster import Roster
from ingest.attribution.tokens import Unit
from ingest.language.roles import BODIES, ROLES
from ingest.language.words import word_set

#: How far back, in tokens, a pronoun looks for the speaker it stands for.
_REACH = 220
#: So many words may stand before a subject's name: "Secretary of State".
_TITLE = 3
#: Words of a person's full name, at most.
_FULL_NAME = 4
_COUNTED = DETERMINERS | word_set("one other certain")


@dataclass(slots=True)
class Names(Roster):
    """The roster with who has spoken so far, in order (``spoken``)."""

    spoken: list[Mention] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _paragraphs: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        Roster.__post_init__(self)
        self._starts = [unit.first for unit in self.reading.units]
        for unit in self.reading.units:
            self._paragraphs.setdefault(unit.paragraph, unit.first)

    def of(self, unit: Unit, speaker: Range | None) -> str:
        """The name for the speaker at tokens ``speaker``; "" where there is none."""
        if speaker is None:
            return ""
        found = self._resolve(unit, speaker, 0)
        if found.name and found.group != "pronoun":
            self.spoken.append(found)
        return found.name or self.reading.text[self.reading.start[speaker[0]] : self.reading.end[speaker[1] - 1]]

    def _resolve(self, unit: Unit, speaker: Range, depth: int) -> Mention:
        reading = self.reading
        first, last = speaker
        word = CONTRACTIONS.get(reading.word[first], reading.word[first])
        standing = Mention(first, reading.text[reading.start[first] : reading.end[last - 1]])
        if last - first == 1 and word in RELATIVES:
            return self._antecedent(unit, first, depth) or standing
        if last - first == 1 and word in FIRST:
            return standing._replace(group="pronoun")
        if last - first == 1 and word in HE | SHE | THEY | IT:
            plain = Mention(first, reading.text[reading.start[first] : reading.start[first] + len(word)])
            return self._pronoun(unit, first, word) or plain._replace(group="pronoun")
        end = next(
            (t for t in range(first, last) if reading.word[t] in (",", "(", "—", "–", "--", "who", "which")), last
        )
        if end == first:
            return standing
        head = next((t for t in range(first + 1, end) if reading.word[t] in PREPOSITIONS), end)
        if head < end and not reading.capital(head - 1):
            return self._inserted(end, last) or self._described(first, end) or standing
        whole = reading.word[head - 1] in BODIES or is_title(reading.word[head - 1])
        if head < end and not whole and (owner := self._named(first, head)):
            return owner  # "Harlan Fisk of Toledo"
        joint = next((t for t in range(first + 1, end - 1) if reading.word[t] == "and"), 0)
        if joint and head == end and (both := self._both(first, joint, end)):
            return both
        return self._named(first, end) or self._inserted(end, last) or self._described(first, end) or standing

    def _both(self, first: int, joint: int, end: int) -> Mention | None:
        """Two who speak as one: "Mr Kerry and Mr Lavrov", "the United States and the European Union"."""
        one, other = self._named(first, joint), self._named(joint + 1, end)
        if one is None or other is None:
            return None
        word = self.reading.word
        apart = word[joint + 1] in DETERMINERS or not (one.group and other.group)
        if not apart and word[end - 1] in BODIES and word[joint - 1] not in BODIES:
            return None  # "the Foreign and Commonwealth Office" is one
        return Mention(first, f"{one.name} and {other.name}", group="they")

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
        before = [m for m in people if token - _REACH <= m.token < token] if word in HE or word in SHE else []
        # "Asked about Mr Poroshenko, he said": whoever is asked about does not answer.
        asked = self.reading.word[unit.first] in ("asked", "pressed", "questioned")
        near = [] if asked else [m for m in before if m.token >= unit.first]
        reach = _REACH if word not in IT else 80
        until = unit.first if asked else token
        spoken = [m for m in self.spoken[-12:] if token - reach <= m.token < until]
        told = self._subjects_first(unit, before)
        here = self._paragraphs.get(unit.paragraph, unit.first)
        # A subject of this paragraph, "Kerry had a word for Kyiv. …, he said", comes before a speaker of another.
        named = [m for m in told if m.token >= here and self._is_subject(m)]
        order = [*reversed(near), *(m for m in reversed(spoken) if m.token >= here), *named, *reversed(spoken), *told]
        for mention in order:
            if fits(mention, word, self._gender(mention)):
                if word in ("he", "she") and not mention.group:
                    # The text says so: remember it.
                    self.genders.setdefault(mention.name.split()[-1].lower(), "m" if word == "he" else "f")
                return Mention(token, mention.name, mention.gender, mention.group)
        return None

    def _subjects_first(self, unit: Unit, mentions: list[Mention]) -> list[Mention]:
        """Mentions before a unit, the nearest unit's first; in each the first, which is its subject more often."""
        starts = self._starts
        earlier = [m for m in mentions if m.token < unit.first]
        return sorted(earlier, key=lambda m: (-bisect_right(starts, m.token), m.token))

    def _is_subject(self, mention: Mention) -> bool:
        """Whether a name opens its sentence, a title aside."""
        return mention.token - self._starts[bisect_right(self._starts, mention.token) - 1] <= _TITLE

    def _named(self, first: int, last: int) -> Mention | None:
        """A phrase that ends in a name: "Kremlin spokesman Dmitry Peskov", "Mr. Peskov", "the Foreign Ministry"."""
        reading = self.reading
        begin = last
        while begin > first and self._name_word(begin - 1) and not (begin < last and self._breaks(begin)):
            begin -= 1
        if begin - 2 >= first and reading.word[begin - 1] == "of" and reading.word[begin - 2] in BODIES:
            begin -= 2
            while begin > first and self._name_word(begin - 1):
                begin -= 1
        owner = reading.word[last - 1].endswith("'s")
        if begin == last or (owner and last - first > 4):
            return None
        words = self._words(begin, last)
        head = words[words.index("of") - 1 if "of" in words else -1].lower()
        if head in BODIES:
            if begin > first and self._owned(begin):
                words = [reading_text(reading, begin - 1), *words]
            return Mention(first, self._fullest(" ".join(words), first), group="it")
        while len(words) > 1 and is_title(words[0].lower().rstrip(".")):
            words = words[1:]
        # "UK Prime Minister Ada Lund" is Ada Lund: two names or more behind an office.
        behind = max((at + 1 for at, word in enumerate(words[:-2]) if is_title(word.lower().rstrip("."))), default=0)
        words = words[behind:] if len(words) - behind <= _FULL_NAME else words
        surname = words[-1].lower()
        if len(words) <= 2 and surname in self.surnames:
            full = self.surnames[surname]
            if len(words) == 1 or {w.lower() for w in words} <= set(full.lower().split()):
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
        known = end - first > 1 and self.reading.word[end - 1] in self.surnames
        if end == first or end - first > 4 or not (known or (end == last and self._describes_whom(comma))):
            return None
        return self._named(first, end)

    def _describes_whom(self, comma: int) -> bool:
        """Whether a description of somebody or of a body ends before a comma, and no place: "the mayor, Ada Lund"."""
        word = without_possessive(self.reading.word[comma - 1])
        whom = word in ROLES or word in BODIES or HUMAN.search(word) is not None
        return whom and not self.reading.capital(comma - 1)

    def _described(self, first: int, last: int) -> Mention | None:
        """A description: "the ministry", "the Foreign Ministry statement", "the official", "U.S. officials"."""
        reading = self.reading
        head_end = next((t for t in range(first + 1, last) if self._describes_on(t)), last)
        head = without_possessive(reading.word[head_end - 1])
        if head in VESSELS:
            for token in range(last - 1, first - 1, -1):
                if without_possessive(reading.word[token]) in BODIES:
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
        while bare < last - 1 and reading.word[bare + 1] != "of" and reading.word[bare] in _COUNTED:
            bare += 1
        words = " ".join([*(reading_text(reading, t) for t in range(bare, last - 1)), *self._words(last - 1, last)])
        if definite and head_end == last and last - bare <= 2:
            if head in BODIES:
                return Mention(first, self._fullest(words, first), group="it")
            if found := self._holder(first, head, words.lower()):
                return found
        plural = head.endswith("s") and not head.endswith("ss")
        human = head in ROLES or HUMAN.search(head)
        gender = "m" if head.endswith("man") and not head.endswith("woman") else "f" if head.endswith("woman") else ""
        group = "they" if plural or head in ("people", "police") else "one" if human else "thing"
        return Mention(first, words, gender, group)

    def _describes_on(self, token: int) -> bool:
        """Whether a description's head ends before a token: "official **of** …", "official **travelling** with …"."""
        word, before = self.reading.word[token], self.reading.word[token - 1]
        if word in PREPOSITIONS:
            return True
        return word.endswith(("ing", "ed")) and (before in ROLES or HUMAN.search(before) is not None)

    def _holder(self, token: int, head: str, words: str) -> Mention | None:
        """Who was described with the same noun: the last speaker, else the only person in that office."""
        for mention in reversed(self.spoken[-40:]):
            if mention.group in ("one", "they") and head_noun(mention.name) == head:
                return Mention(token, mention.name, group=mention.group)
        held = [m for m in self.offices.get(head, []) if m.token < token]
        if held and all(w in ROLES or w == head for w in words.split()):
            return Mention(token, held[-1].name, held[-1].gender)
        return None
