"""Whom the program shows as the speaker of a sentence, against whom people wrote down.

Run: ``make eval-speakers`` or ``python -m tests.benchmarks.speakers_shown [--wrong]``.

*newsask-train*: of the first gold sentence of each question whose ``speaker`` is known. Right is a name that shares its
last word with the expected one, stands in it or is its initials. *Before*: every speaker that attribution finds, as was
shown until then. *polnear-dev*: of the attributions that people marked, too; right is a speaker that shares a word with
their source, or, where that is a pronoun, begins there.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator

from assistant.speakers.of_sentence import AttributedArticle, speaker_of
from assistant.speakers.shown import is_shown
from ingest.article import Span
from ingest.attribution import attributions
from ingest.language.words import FUNCTION_WORDS, words
from tests.benchmarks import attribution as polnear
from tests.benchmarks.data import SHARED, articles

SET = SHARED / "newsask-train" / "questions.jsonl"


def same(one: str, expected: str) -> bool:
    """Whether two names are one speaker's."""
    a, b = (set(words(name, keep_possessive=False)) - FUNCTION_WORDS for name in (one, expected))
    initials = "".join(word[0] for word in expected.split() if word[0].isupper())
    last = words(one)[-1:] == words(expected)[-1:]
    return bool(a and b) and (a <= b or b <= a or last or (one.isupper() and initials.startswith(one)))


def newsask(tally: Counter[str], *, wrong: bool) -> Iterator[str]:
    """Count over newsask-train; lines about what is shown wrongly."""
    asked = defaultdict(list)
    for record in map(json.loads, SET.read_text(encoding="utf-8").splitlines()):
        if record["answerable"]:
            asked[record["articles"][0]].append(record)
    for article in articles("realtimeqa-dev"):
        if article.id not in asked:
            continue
        read = AttributedArticle(id=article.id, text=article.text, attributions=tuple(attributions(article)))
        for record in asked[article.id]:
            sentence, expected = record["sentences"][0], record["speaker"] or ""
            one = speaker_of(Span(sentence["start"], sentence["end"]), read)
            shown = one is not None and is_shown(one, article.text)
            if not expected:
                tally.update(unasked=1, unasked_before=one is not None, unasked_shown=shown)
                continue
            right = one is not None and same(one.name, expected)
            tally.update(all=1, before=one is not None, before_right=right, shown=shown, shown_right=shown and right)
            if wrong and one is not None and shown and not right:
                yield f"{one.name!r} for {expected!r}: {sentence['text'][:140]}"


def marked(tally: Counter[str]) -> None:
    """Count over polnear-dev: of the attributions that match a person's, how many have the right source."""
    people = polnear.people()
    for article in articles("polnear-dev"):
        starts = [match.start() for match in polnear.WORD.finditer(article.text)]
        fullest = max(people[article.id].values(), key=len, default=[])
        found = [one for one in attributions(article) if one.speaker is not None]
        ours = [polnear.predicted(starts, one) for one in found]
        theirs = [polnear.human(article.text, starts, record) for record in fullest]
        for i, j in polnear.match(ours, theirs):
            if theirs[j].source:
                right, shown = bool(ours[i].source & theirs[j].source), is_shown(found[i], article.text)
                tally.update(all=1, before=1, before_right=right, shown=shown, shown_right=shown and right)


def line(name: str, tally: Counter[str]) -> str:
    """Precision and recall, before and now."""
    cells = (
        f"{key} {right / tally[key]:.3f} of {tally[key]}, recall {right / tally['all']:.3f}"
        for key, right in (("before", tally["before_right"]), ("shown", tally["shown_right"]))
    )
    return f"{name}: {'; '.join(cells)} ({tally['all']})"


def main() -> None:
    """Print the figures of both sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="print what is shown wrongly")
    chosen = parser.parse_args()
    if not SET.exists():
        print(f"skipped: the set newsask-train is not at {SET}")
        return
    asked: Counter[str] = Counter()
    for text in newsask(asked, wrong=chosen.wrong):
        print(text)
    print(line("newsask-train", asked))
    print(f"  where no speaker was written down: {asked['unasked_shown']} shown of {asked['unasked']}")
    people: Counter[str] = Counter()
    marked(people)
    print(line("polnear-dev", people))


if __name__ == "__main__":
    main()
