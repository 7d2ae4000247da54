"""The assistant on ``realtimeqa-dev`` and ``multihop-rag-dev``, as Markdown for ``docs/EVALUATION.md``.

Run: ``make eval-data`` or ``python -m tests.benchmarks.eval_data [SET…] [--model NAME] [--judge NAME] [--limit N]
[--store DIR]``.

RealTime QA is asked with each question's date over its 4,500 news pages; of MultiHop-RAG the 981 evidence sentences are
the archive, and the questions tagged ``null`` are the unanswerable ones. Stores are kept under ``.cache/benchmarks``,
runs beside them: an interrupted run goes on, and ``assistant eval --compare`` takes them. ``--gold-evidence`` gives
each question the articles that answer it and nothing else, without retrieval: the paper's second setting, for chat
models. ``--judge`` has a chat model judge the citations too; ``--prices`` says what tokens cost.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from assistant.evaluation.items import Item, read_items, resolve_articles, select
from assistant.evaluation.judging.judge import REPEATS, CitationJudge
from assistant.evaluation.prices import read_prices
from assistant.evaluation.reporting.console import progress
from assistant.evaluation.reporting.report import write_report
from assistant.evaluation.reporting.tables import markdown, markdown_slices
from assistant.evaluation.run import Run, RunOptions, evaluate
from assistant.pipeline.assistant import Assistant
from assistant.settings import EXTRACTIVE, load
from ingest.errors import AssistantError
from tests.benchmarks.data import folder, store_of
from vectorstore.archive.passage import Passage
from vectorstore.store import Store

SETS = ("realtimeqa-dev", "multihop-rag-dev")
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "EVALUATION.md"
RUNS = Path(__file__).resolve().parents[2] / ".cache" / "benchmarks" / "runs"


def questions_of(name: str, limit: int | None) -> list[Item]:
    """The questions of a set, the first ``limit`` of them; ends the program where the set is not in order."""
    items, problems = read_items(folder(name) / "questions.jsonl")
    if problems:
        sys.exit("\n".join(problems))
    return select(items, limit=limit)


class GoldEvidence:
    """A store whose search gives the passages of the articles that answer the question; all else is the store's own.

    A search for anything else, such as what a question is about without its speaker, gives nothing: the evidence given
    is all that there is.
    """

    def __init__(self, store: Store, items: list[Item]) -> None:
        self._store = store
        gold = resolve_articles(items, store)[0]
        # As the chain searches for it: with its white space folded.
        self._gold = {" ".join(item.question.split()): sorted(gold[item.id]) for item in items}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def search(self, query: str, *limits: object, **options: object) -> list[Passage]:
        """The gold passages, in the order of their articles' ids."""
        found = [passage for article_id in self._gold.get(query, ()) for passage in self._store.chunks(article_id)]
        return [replace(passage, rank=rank, score=1 / rank) for rank, passage in enumerate(found, 1)]


def judge_of(chosen: argparse.Namespace) -> AbstractContextManager[CitationJudge | None]:
    """The judge that was chosen, if one was."""
    return CitationJudge.open(chosen.judge, repeats=chosen.judge_repeats) if chosen.judge else nullcontext()


def _in_a_name(model: str) -> str:
    return model.replace(":", "-").replace("/", "-")


def measure(name: str, store: Store, items: list[Item], chosen: argparse.Namespace) -> tuple[Run, Path]:
    """Ask the questions; the run and the file that it was saved to."""
    model: str = chosen.model
    size = "" if len(items) == len(questions_of(name, None)) else f"-{len(items)}"
    setting = "-gold" if chosen.gold_evidence else ""
    judged = f"-judged-{_in_a_name(chosen.judge)}-{chosen.judge_repeats}" if chosen.judge else ""
    file = RUNS / f"{name}-{_in_a_name(model)}{setting}{judged}{size}.jsonl"
    partial = file.with_name(f"{file.name}.partial")
    RUNS.mkdir(parents=True, exist_ok=True)
    assistant = Assistant.open(store, model, fallback=False)
    if chosen.gold_evidence:
        assistant.store = cast(Store, GoldEvidence(store, items))
        assistant.threshold = 0.0  # whether to answer is for the model to say: there is no retrieval to be sure of
    say = lambda line: print(line, file=sys.stderr)  # noqa: E731 - a name for one line
    with judge_of(chosen) as judge, progress(len(items), terminal=sys.stderr.isatty(), say=say) as shown:
        run = evaluate(
            assistant,
            items,
            RunOptions(
                jobs=chosen.jobs,
                per_minute=chosen.per_minute,
                judge=judge,
                prices=read_prices(chosen.prices or load().prices),
            ),
            resume=partial,
            on_result=shown,
        )
    run.save(file)
    if run.summary.judging is None or not run.summary.judging.failed:
        partial.unlink()  # else the same call asks the judge again
    write_report(run, file.with_suffix(".html"), text=store.text, name=name)
    return run, file


def main() -> None:
    """Measure the sets and print their tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", default=SETS, help=", ".join(SETS))
    parser.add_argument("--model", help="default: quoted sentences, and the configured chat model where there is one")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--per-minute", type=float, help="questions, and requests to the judge, begun in a minute")
    parser.add_argument("--judge", metavar="NAME", help="a chat model that judges the citations too")
    parser.add_argument("--judge-repeats", type=int, default=REPEATS)
    parser.add_argument("--prices", type=Path, help="what tokens cost, as assistant/evaluation/prices.toml says")
    parser.add_argument("--gold-evidence", action="store_true", help="give the articles that answer; no retrieval")
    parser.add_argument("--store", type=Path, help="a store that holds the set already; with one SET only")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/EVALUATION.md")
    chosen = parser.parse_args()
    if chosen.store and len(chosen.sets) > 1:
        parser.error("--store goes with one SET")
    for name in chosen.sets:
        items = questions_of(name, chosen.limit)
        with store_of(name, chosen.store) as store:
            for model, gold in runs_of(name, chosen):
                try:
                    table = measured(name, store, items, replace_options(chosen, model, gold))
                except AssistantError as error:
                    sys.exit(str(error))
                print(f"{table}\n")
                if chosen.write:
                    put(f"{name}, {model}{', gold evidence' if gold else ''}", table)


def runs_of(name: str, chosen: argparse.Namespace) -> list[tuple[str, bool]]:
    """Model and whether the evidence is given: what was asked for; where nothing was, the quoted sentences, and the
    configured chat model where there is one, also in MultiHop-RAG's second setting.
    """
    if chosen.model is not None:
        return [(chosen.model, chosen.gold_evidence)]
    runs = [(EXTRACTIVE, chosen.gold_evidence)]
    configured = load().model_name
    if configured != EXTRACTIVE:
        runs.append((configured, False))
        if name.startswith("multihop"):
            runs.append((configured, True))
    return runs


def replace_options(chosen: argparse.Namespace, model: str, gold: bool) -> argparse.Namespace:
    """The same options with this model and setting."""
    return argparse.Namespace(**{**vars(chosen), "model": model, "gold_evidence": gold})


def measured(name: str, store: Store, items: list[Item], chosen: argparse.Namespace) -> str:
    """Ask the questions; the tables as Markdown."""
    articles, passages = store.counts()
    run, file = measure(name, store, items, chosen)
    print(f"the run: {file}; the report: {file.with_suffix('.html')}", file=sys.stderr)
    return "\n\n".join(
        [
            f"{articles:,} articles, {passages:,} passages, {chosen.model}"
            f"{', the evidence given' if chosen.gold_evidence else ''}.",
            markdown(run.summary),
            markdown_slices(run.summary),
        ]
    )


def put(section: str, table: str) -> None:
    """Put a table into ``docs/EVALUATION.md``, between the marks of its section; one without marks is left out."""
    text = DOCUMENT.read_text(encoding="utf-8")
    begin, end = f"<!-- {section} -->\n", "<!-- end -->"
    if begin in text:
        before, rest = text.split(begin, 1)
        DOCUMENT.write_text(f"{before}{begin}{table}\n{end}{rest.split(end, 1)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
