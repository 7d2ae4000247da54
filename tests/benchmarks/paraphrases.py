"""The bundled questions, and each of them in three other wordings: do the rules hold in other words?

Run: ``make eval-paraphrases`` or ``python -m tests.benchmarks.paraphrases [--wrong] [--json OUT]``.

``tests/paraphrases.jsonl`` has a full rewording, a terse search-box line and a long polite question for each bundled
question, written without sight of the rules. Nothing may be tuned to them, and no wording is ever edited: what is read
off them must be measured on another set. Asked without a model, over the bundled articles.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.commands.opening import samples_store
from assistant.evaluation.case import Outcome
from assistant.evaluation.items import SAMPLES, Item, read_items
from assistant.evaluation.reporting.tables import aligned, number
from assistant.evaluation.result import Result
from assistant.evaluation.run import evaluate
from assistant.evaluation.summary import estimates_of
from assistant.pipeline.assistant import Assistant
from assistant.settings import EXTRACTIVE, load

PARAPHRASES = Path(__file__).resolve().parents[1] / "paraphrases.jsonl"
WORDINGS = ("reworded", "terse", "long")
ORIGINAL, ALL = "original", "all wordings"
MEASURES = ("accuracy", "speaker_accuracy", "quote_recall", "abstention_recall", "success@1", "AUROC")

Results = Sequence[Result]


def questions() -> dict[str, list[Item]]:
    """The bundled questions as they are, and in each wording; ids, answers and histories are those of the original."""
    items, _ = read_items(SAMPLES)
    by_id = {item.id: item for item in items}
    found: dict[str, list[Item]] = {ORIGINAL: items, **{wording: [] for wording in WORDINGS}}
    for line in PARAPHRASES.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        found[record["wording"]].append(by_id[record["id"]].model_copy(update={"question": record["question"]}))
    return found


def run() -> dict[str, Results]:
    """Ask everything; the results by column, those of all wordings last."""
    settings = load(model=EXTRACTIVE)
    with samples_store(settings) as store:
        assistant = Assistant.open(store, fallback=False, settings=settings)
        asked = {name: evaluate(assistant, items).results for name, items in questions().items()}
    return {**asked, ALL: [result for wording in WORDINGS for result in asked[wording]]}


def changed(original: Results, others: Results) -> tuple[list[Result], list[Result]]:
    """What was right in the original wording and is no longer, and what has become right."""
    was_right = {result.item.id: result.outcome is Outcome.RIGHT for result in original}
    lost = [r for r in others if was_right[r.item.id] and r.outcome is not Outcome.RIGHT]
    gained = [r for r in others if not was_right[r.item.id] and r.outcome is Outcome.RIGHT]
    return lost, gained


def figures(results: Results, original: Results) -> dict[str, float | None]:
    """One column of the table. Lost and gained are numbers of questions."""
    answerable = [result for result in results if result.item.answerable]
    lost, gained = changed(original, results)
    return {
        **{name: estimate.value for name, estimate in estimates_of(results, 0, MEASURES).items()},
        "wrong_abstentions": sum(result.abstained for result in answerable) / len(answerable),
        "lost": len(lost),
        "gained": len(gained),
    }


def table(columns: Mapping[str, Mapping[str, float | None]]) -> list[str]:
    """The columns side by side, a line a figure."""
    names = list(next(iter(columns.values())))
    rows = [["", *columns]]
    for name in names:
        written = str if name in ("lost", "gained") else number
        rows.append([name, *(written(column[name]) for column in columns.values())])
    return aligned(rows)


def losses(asked: Mapping[str, Results]) -> list[str]:
    """A line for each question that was right in the original wording: what was asked, and what came of it."""
    return [
        f"{result.item.id} ({wording}, {result.outcome}): {result.item.question}\n"
        f"    wanted {' | '.join(result.item.answers) or 'to abstain'}; got {_begun(result)}"
        for wording in WORDINGS
        for result in changed(asked[ORIGINAL], asked[wording])[0]
    ]


def _begun(result: Result) -> str:
    text = " ".join(str(result.answer["answer"] or result.error or "").split())
    return text if len(text) <= 200 else f"{text[:199]}…"


def main() -> None:
    """Ask, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true", help="list the questions that are lost in another wording")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the figures and the ids of what was lost")
    chosen = parser.parse_args()
    asked = run()
    columns = {name: figures(results, asked[ORIGINAL]) for name, results in asked.items()}
    print("\n".join(table(columns)))
    if chosen.wrong:
        print("", *losses(asked), sep="\n")
    if chosen.json:
        lost = {name: [r.item.id for r in changed(asked[ORIGINAL], asked[name])[0]] for name in WORDINGS}
        chosen.json.write_text(json.dumps({"figures": columns, "lost": lost}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
