"""The table of the bundled questions in the README: made by a run, and read back as the floors that CI holds.

Run: ``make eval-samples``. Each row has a measure's value and its 95% interval; a later run may not fall below the
interval's lower end.
"""

from __future__ import annotations

import re
from pathlib import Path

from assistant.commands.opening import samples_store
from assistant.evaluation.items import SAMPLES, read_items
from assistant.evaluation.reporting.tables import counts_in_words, interval, number, shown_measures
from assistant.evaluation.run import Run, evaluate
from assistant.settings import EXTRACTIVE, load

README = Path(__file__).resolve().parents[2] / "README.md"
BEGIN, END = "<!-- samples: made by `make eval-samples` -->", "<!-- samples: end -->"

_ROW = re.compile(r"^\| (\S+) \|[^|]*\| (\d\.\d{3}) \| (\d\.\d{3}) to (\d\.\d{3}) \|", re.MULTILINE)


def table(run: Run) -> str:
    """The table as Markdown."""
    lines = ["| measure | what it is | value | 95% interval |", "|---|---|---|---|"]
    lines += [
        f"| {measure.name} | {measure.meaning} | {number(estimate.value)} | {interval(estimate)} |"
        for measure, estimate in shown_measures(run.summary)
    ]
    return "\n".join([f"{counts_in_words(run.summary)}.", "", *lines])


def floors() -> dict[str, float]:
    """Measure -> the lower end of its interval, as the README has it."""
    text = README.read_text(encoding="utf-8")
    between = text[text.index(BEGIN) : text.index(END)]
    return {name: float(low) for name, _, low, _ in _ROW.findall(between)}


def samples_run() -> Run:
    """The bundled questions over the bundled articles, without a model."""
    from assistant.pipeline.assistant import Assistant

    settings = load(model=EXTRACTIVE)
    items, problems = read_items(SAMPLES)
    assert not problems
    with samples_store(settings) as store:
        return evaluate(Assistant.open(store, fallback=False, settings=settings), items)


def main() -> None:
    """Evaluate, and write the table into the README."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    made = table(samples_run())
    README.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")
    print(made)


if __name__ == "__main__":
    main()
