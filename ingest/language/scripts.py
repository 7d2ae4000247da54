"""Scripts that do not part their words, and the stops of scripts that have their own.

Words of Chinese, Japanese and Thai are told by dictionaries that are larger than this program. Overlapping pairs of
characters do as well for finding a text (Nie et al. 2000, "On the use of words and n-grams for Chinese information
retrieval"): most words are of two characters, and what two texts share they share in pairs.
"""

from __future__ import annotations

import re

#: Han, kana, Thai, Lao, Burmese, Khmer.
UNSPACED = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3041-\u30ff\u31f0-\u31ff\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"
_RUN = re.compile(rf"[{UNSPACED}]+")
#: A pair in hiragana alone is grammar; what is asked for is written in Han characters, katakana or foreign letters.
_GRAMMAR = re.compile(r"[\u3041-\u309f]+")
#: What makes a question of a sentence in Chinese and Thai.
_ASKING = frozenset(
    """什么 多少 为什 怎么 怎样 哪里 哪些 哪个 是否 几个 是谁 什麼 為什 怎麼 哪裡 幾個
    อะไ ะไร ใคร ทำไ ำไม""".split()  # noqa: SIM905
)
#: A sentence's end in scripts without spaces behind it, with the quotation marks and brackets that close there, and in
#: those of India, Burma and Cambodia, and of Urdu.
_STOP = re.compile(r"[。！？｡．][。！？｡．]*[」』”’）)】》〉\"']*|[।॥။។៕۔؟][।॥။។៕۔؟]*[”’)\"']*")
#: Thai and Lao end a sentence with a space, and a clause too: what is shorter goes on.
_THAI_SPACE = re.compile(r"(?<=[\u0e01-\u0eff])\s+(?=[\u0e01-\u0eff“\"])")
_CLAUSE = 40


def pairs(run: str) -> list[str]:
    """The overlapping pairs of a run of characters; of one alone itself."""
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def telling_pairs(word: str) -> list[str]:
    """The parts of a word that are compared: of its unspaced runs the pairs that carry content, of the rest all."""
    if word.isascii() or not _RUN.search(word):
        return [word]
    found: list[str] = []
    at = 0
    for run in _RUN.finditer(word):
        found += filter(None, [word[at : run.start()]])
        found += (pair for pair in pairs(run[0]) if not _GRAMMAR.fullmatch(pair) and pair not in _ASKING)
        at = run.end()
    return [*found, *filter(None, [word[at:]])]


#: Stands before each pair of :func:`in_pairs`; a character that no text has.
PAIR = "\ue000"


def in_pairs(text: str) -> str:
    """``text`` with the pairs of each unspaced run behind it, each marked, so that an index of words has both."""
    return _RUN.sub(_with_pairs, text)


def _with_pairs(run: re.Match[str]) -> str:
    return f"{run[0]}{''.join(PAIR + pair for pair in pairs(run[0]))} " if len(run[0]) > 1 else run[0]


def stops(text: str) -> list[int]:
    """Where sentences end inside of ``text`` by the stops of its own script; ascending, its end left out."""
    if text.isascii():
        return []
    ends = {stop.end() for stop in _STOP.finditer(text)}
    last = 0
    for space in _THAI_SPACE.finditer(text):
        if space.start() - last >= _CLAUSE:
            ends.add(space.start())
            last = space.end()
    return sorted(end for end in ends if end < len(text))
