"""What one document may hold, whatever it claims: limits that keep every step over it linear and small.

Each is far above what news has and far below what does harm. Texts are shortened rather than refused where only what
is no prose goes (a hundred thousand question marks), and refused where the rest could not be told from it.
"""

from __future__ import annotations

import re

#: Characters of one article's text; the longest newspaper issue on record would fit.
MAX_TEXT = 4_000_000

#: Articles of one file and entries of one feed. What comes after them is not read.
MAX_ARTICLES = 1_000_000
MAX_ENTRIES = 5_000

#: Times its own size that a compressed file may unpack to, and the bytes that any may. News unpacks to ten times.
MAX_EXPANSION, SMALL_EXPANSION = 100, 50_000_000

#: Characters of a field (a title, an author) that are looked at.
MAX_FIELD = 2_000

#: Elements of a page, and attributes of an element. News pages have some thousands and some tens.
MAX_ELEMENTS, MAX_ATTRIBUTES = 60_000, 500

#: Tags of a feed besides those of its entries, each of which has some ten; and headings, items, rows and paragraphs of
#: a Markdown file. A long book has some thousands.
MAX_FEED_TAGS, TAGS_AN_ENTRY, MAX_BLOCKS = 60_000, 10, 30_000

#: Characters without white space between them that the sentence splitter is given at once: it looks back from each of
#: their marks to the beginning.
MAX_UNBROKEN = 4_000

#: Opening brackets of a paragraph of Markdown that may still be links; see :mod:`ingest.readers.markdown`.
MAX_BRACKETS = 1_000

#: Brackets of a paragraph of Markdown that may be open at once, and beyond these, the characters that are looked
#: through for the ends of all of them: two are open in a picture that is a link.
MAX_DEPTH, MAX_LOOKED_THROUGH = 3, 2_000_000

#: One punctuation mark or space after the other that is kept, and characters without a letter or a digit among them. A
#: rule across a page has about 100 of the one, a page of an index some hundreds of the other.
_SAME, _WORDLESS = 120, 1_000
_ANY_RUN = re.compile(rf"[\W_]{{{_SAME + 1}}}")
_LONG_RUN = re.compile(rf"(?<![\W_])[\W_]{{{_SAME + 1},}}")
_RUN = re.compile(rf"([\W_])(?<!\1\1)\1{{{_SAME},}}")  # looks behind, or each mark of a run would begin one


def bounded(text: str) -> str:
    """``text`` with its runs of punctuation and white space cut to what prose may have. Everything else stays.

    Regular expressions, and libraries' parsers, take the square of such a run's length.
    """
    if _ANY_RUN.search(text) is None:  # nearly always, and told at once
        return text
    return _LONG_RUN.sub(_shortened, text)


def _shortened(run: re.Match[str]) -> str:
    kept = _RUN.sub(lambda same: same[1] * _SAME, run[0])
    # Its end as well, so that a paragraph's end stays one.
    return kept if len(kept) <= _WORDLESS else kept[: _WORDLESS - _SAME] + kept[-_SAME:]
