"""Words of a question as the archive spells them: "peksov" is Peskov, and in "what did lavrov say" he is Lavrov.

Invariants: a word that the archive has is never replaced, nor is one of fewer than four letters; a text with a capital
whose every word the archive has comes back as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from ingest.language.words import FUNCTION_WORDS, fold
from vectorstore.indexes.analysis import analyse
from vectorstore.indexes.bm25 import LexicalIndex

_WORD = re.compile(r"(?<![\w'’.@/-])[^\W\d_]+(?![\w'’@/])")
#: Letters of the shortest word that is corrected, by whether it was typed with a capital; those of one with two slips;
#: those of a name with some other letter in it. A name typed with care is seldom meant for another.
_SHORTEST, _SHORTEST_NAME, _TWO_SLIPS, _OTHER_LETTER = 5, 6, 9, 7
#: Letters of the shortest word in which a letter is doubled, or a doubled one made single: "Kery" is Kerry.
_SHORTEST_DOUBLED, _DOUBLED = 4, re.compile(r"(.)\1")
#: "Summarise" is no slip of "summarizes".
_BRITISH = re.compile(r"is(?:e[sd]?|ing|ations?)$")
#: How much an edit costs that is no slip of the hand: replacing a letter, or leaving out one that is not doubled.
_NO_SLIP = 10
#: Articles that have a name, where an edit is no slip; how many times as many must have the nearest form as the next.
_ENOUGH, _CLEAR = 3, 5
#: Passages that are looked at for how a word is written, and the share of them that makes a name of it.
_PASSAGES, _CAPITAL = 8, 0.8
#: Letters of the longest acronym; a longer word in capitals stands in a heading.
_ACRONYM = 5
#: Terms near a word that are looked at, a few a search.
_ROUNDS, _A_ROUND = 4, 3
_SENTENCE_START = re.compile(r"(?:^|[.!?:…][\"')”’]*\s+|[\n“\"‘(\[•-]\s*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """Spells by one archive.

    Attributes:
        index: its words.
        texts: chunk keys -> their texts.
        knows: whether a folded word is a word, though the archive has it not; None where nothing tells.
    """

    index: LexicalIndex
    texts: Callable[[Sequence[int]], list[str]]
    knows: Callable[[str], bool] | None = None

    def spelled(self, text: str) -> str:
        """A text with unknown words replaced by the archive's; in one without capitals, names get theirs."""
        in_small_letters = not any(letter.isupper() for letter in text)
        done, at = "", 0
        for match in _WORD.finditer(text):
            word = match[0]
            terms = analyse(word) if len(word) > 2 and fold(word) not in FUNCTION_WORDS else []
            if len(terms) != 1:
                continue
            if not self.index.articles_with(terms[0]):
                written = self._corrected(word, terms[0], named=match.start() > 0 and word[0].isupper())
            else:
                written = self._name(word, terms[0]) if in_small_letters else None
            if written is not None:
                done, at = done + text[at : match.start()] + written, match.end()
        return done + text[at:]

    def _name(self, word: str, term: str) -> str | None:
        """The word with its capitals, where nearly all have them inside a sentence."""
        forms = Counter({form: n for form, n in self._forms(term).items() if fold(form) == fold(word)})
        capital = sum(n for form, n in forms.items() if form[0].isupper())
        return forms.most_common(1)[0][0] if capital and capital >= _CAPITAL * forms.total() else None

    def _corrected(self, word: str, term: str, *, named: bool) -> str | None:
        """The one form of the archive that is clearly meant, or None; for a name, one with a capital."""
        typed = fold(word)
        if len(typed) < _SHORTEST_DOUBLED or _BRITISH.search(typed) or (self.knows and self.knows(typed)):
            return None
        short = len(typed) < (_SHORTEST_NAME if word[0].isupper() else _SHORTEST)
        most = 1 if len(typed) < _TWO_SLIPS else 2
        found: list[tuple[int, int, str]] = []
        # A letter too few can make another ending, so that two letters part the stems: "inflaton", "inflat".
        for near in self._near(term, most if len(term) < _OTHER_LETTER else 2):
            forms = self._forms(near)
            ending = typed.removeprefix(term)
            if self.knows and self.knows(near + ending):
                forms.setdefault(near + ending, 0)
            form = min(forms, key=lambda form: (edits(typed, fold(form)), -forms[form]), default="")
            cost, held = edits(typed, fold(form)), self.index.articles_with(near)
            other = len(typed) >= _OTHER_LETTER and form[:1].isupper() and held >= _ENOUGH and cost == _NO_SLIP
            begins = {typed[0], typed[:2]} & {fold(form)[:1], fold(form)[1::-1]}  # so, or its first two changed places
            single = _DOUBLED.sub(r"\1", fold(form)) == _DOUBLED.sub(r"\1", typed)
            if begins and (cost <= most or other) and not (named and form[0].islower()) and (single or not short):
                found.append((cost, -held, form))
        if not found:
            return self._common(typed) if len(typed) >= _SHORTEST_NAME and word.islower() and word.isascii() else None
        cost, held, form = min(found)
        # Another spelling of the same name, as of Zelensky and Zelenskyy, is no rival.
        rivals = [n for dear, n, other in found if dear == cost and distance(fold(form), fold(other)) > 1]
        if any(held > _CLEAR * n for n in rivals):
            return None
        return form[0].upper() + form[1:] if word[0].isupper() else form

    def _common(self, typed: str) -> str | None:
        """The one word of the language that a slip of the hand makes into what was typed; None where none, or two."""
        if self.knows is None:
            return None
        left_out = {typed[:at] + letter + typed[at:] for at in range(1, len(typed) + 1) for letter in ascii_lowercase}
        changed = {typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in range(len(typed) - 1)}
        known = [word for word in left_out | changed if self.knows(word)]
        return known[0] if len(known) == 1 else None

    def _near(self, term: str, most: int) -> Iterator[str]:
        """The index's terms up to so many edits away, each once."""
        seen: list[str] = []
        for _ in range(_ROUNDS):
            texts = self.texts(self.index.passages_like(term, most, without=seen, limit=_A_ROUND))
            words = {word for text in texts for word in _WORD.findall(text) if abs(len(word) - len(term)) <= most + 4}
            alike = {w for w in words if {fold(w)[:1], fold(w)[1:2]} & {term[0]}}
            terms = {found[0] for found in map(analyse, alike) if len(found) == 1}
            new = [found for found in sorted(terms.difference(seen)) if distance(term, found) <= most]
            if not new:
                return
            yield from new
            seen += new

    def _forms(self, term: str) -> Counter[str]:
        """How some passages write a word, and how often inside sentences, where a capital says something."""
        found: Counter[str] = Counter()
        for text in self.texts(self.index.passages_like(term, 0, limit=_PASSAGES)):
            for match in _WORD.finditer(text):
                heading = len(match[0]) > _ACRONYM and match[0].isupper()
                if fold(match[0][:2]) == term[:2] and not heading and analyse(match[0]) == [term]:
                    found[match[0]] += not _SENTENCE_START.search(text, 0, match.start())
        return found


def edits(typed: str, meant: str) -> int:
    """How far from a word it was typed: 1 for each letter left out, doubled or changed with its neighbour, which are
    slips of the hand (Damerau 1964), and ten for each that was added or replaced.
    """
    return _edits(typed, meant, _NO_SLIP)


def distance(one: str, other: str) -> int:
    """Edits between two words, of a letter or of two neighbours that changed places (optimal string alignment)."""
    return _edits(one, other, 1)


def _edits(typed: str, meant: str, dear: int) -> int:
    rows = [list(range(len(meant) + 1))]
    for i, letter in enumerate(typed, 1):
        added = 1 if typed[i - 2 : i - 1] == letter else dear
        row = [rows[-1][0] + added]
        for j, wanted in enumerate(meant, 1):
            best = min(rows[-1][j] + added, row[-1] + 1, rows[-1][j - 1] + (dear if letter != wanted else 0))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == wanted:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
