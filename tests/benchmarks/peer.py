"""This project beside a stock LangChain pipeline: the same articles and questions, in turns on one machine.

Run: ``make bench-peer`` or ``python -m tests.benchmarks.peer [--articles N] [--questions N] [--rounds N]``.

The stock pipeline (``peer_stock.py``) is RecursiveCharacterTextSplitter at 1,000 characters with 200 of overlap, the
same all-MiniLM-L6-v2 by sentence-transformers with torch, and Chroma; 20 passages a question. Its packages are
installed into an environment of its own, ``.cache/benchmarks/peer-venv``, at the first run. Each turn is a new process
with a new store; loading the model is not counted. The encoder alone is timed on the same passages in our turns.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.replicate import corpus
from vectorstore.encoders.minilm import packaged_model

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
ENVIRONMENT = ROOT / ".cache" / "benchmarks" / "peer-venv"
REQUIREMENTS = HERE / "peer-requirements.txt"


def peer_python() -> Path:
    """The interpreter of the stock pipeline's environment, which is made where it is not there or is another one;
    ends the program with one line where it cannot be.
    """
    python, made = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "requirements.txt"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if made.is_file() and made.read_text(encoding="utf-8") == wanted:
        return python
    print(f"installing the stock pipeline into {ENVIRONMENT}, once", file=sys.stderr)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)],
        [*pip, "--upgrade", "pip"],
        [*pip, "--requirement", str(REQUIREMENTS)],
    ):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            last = (done.stderr or done.stdout).strip().rpartition("\n")[2]
            sys.exit(f"the stock pipeline cannot be installed here, so there is nothing to compare with ({last})")
    made.write_text(wanted, encoding="utf-8")
    return python


def write_given(folder: Path, articles: int, questions: int) -> tuple[Path, Path]:
    """Write the articles, spread over the corpus, and the questions that both pipelines are given."""
    all_articles, all_questions, name = corpus()
    step = max(1, len(all_articles) // articles)
    chosen = all_articles[::step][:articles]
    asked = [question["question"] for question in all_questions][:questions]
    lines = (json.dumps(article.model_dump(mode="json", exclude={"origin"})) for article in chosen)
    paths = folder / "articles.jsonl", folder / "questions.json"
    paths[0].write_text("\n".join(lines), encoding="utf-8")
    paths[1].write_text(json.dumps(asked), encoding="utf-8")
    print(f"{len(chosen):,} articles of {name}, {len(asked)} questions\n")
    return paths


def measured(command: Sequence[str]) -> dict[str, Any]:
    """What one turn printed."""
    # Nothing of the stock pipeline's goes to the network, or waits for it.
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False", "TQDM_DISABLE": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"{Path(command[-1]).name}: ingested in {found['ingestion']:.0f} s", file=sys.stderr)
    return found


def figures(turn: dict[str, Any], articles: int) -> tuple[float, float, float, float]:
    """Articles and passages a second; the median and the 95th percentile of a question's milliseconds."""
    cuts = statistics.quantiles(turn["milliseconds"], n=20)
    seconds = turn["ingestion"]
    return articles / seconds, turn["passages"] / seconds, statistics.median(turn["milliseconds"]), cuts[18]


def show(ours: Sequence[dict[str, Any]], stock: Sequence[dict[str, Any]], articles: int) -> None:
    """Print a line a turn, and the ratios of the medians over the turns."""
    print("| | articles/s | passages | passages/s | a question: median, ms | 95th, ms |\n|---|---|---|---|---|---|")
    for name, turns in (("this project", ours), ("stock", stock)):
        for turn in turns:
            per_second, rate, median, p95 = figures(turn, articles)
            print(f"| {name} | {per_second:.2f} | {turn['passages']:,} | {rate:.1f} | {median:.1f} | {p95:.1f} |")
    mine, theirs = (
        [statistics.median(column) for column in zip(*(figures(turn, articles) for turn in turns), strict=True)]
        for turns in (ours, stock)
    )
    alone = [turn["passages"] / turn["ingestion"] / turn["bare"] for turn in ours]
    bare = statistics.median(turn["bare"] for turn in ours)
    print(f"\nencoder alone: {bare:.1f} passages/s; ingestion / encoder alone: {statistics.median(alone):.2f}")
    print(f"ingestion / stock ingestion: {mine[0] / theirs[0]:.2f} by articles, {mine[1] / theirs[1]:.2f} by passages")
    print(
        f"a question / a stock question: {mine[2] / theirs[2]:.2f} at the median, {mine[3] / theirs[3]:.2f} at the 95th"
    )


def main() -> None:
    """Print the figures of each turn, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=600, metavar="N")
    parser.add_argument("--questions", type=int, default=200, metavar="N")
    parser.add_argument("--rounds", type=int, default=2, metavar="N", help="turns of each")
    chosen = parser.parse_args()
    model = packaged_model()
    if model is None:
        sys.exit("the model's weights are not installed, so there is nothing to compare; run: make setup")
    python = peer_python()
    ours, stock = [], []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        articles, questions = write_given(folder, chosen.articles, chosen.questions)
        count = articles.read_text(encoding="utf-8").count("\n") + 1
        given = [str(articles), str(questions)]
        for turn in range(chosen.rounds):
            mine = [sys.executable, "-m", "tests.benchmarks.peer_ours", *given, str(folder / f"ours-{turn}")]
            ours.append(measured(mine))
            theirs = [str(python), str(HERE / "peer_stock.py"), str(model), *given, str(folder / f"stock-{turn}")]
            stock.append(measured(theirs))
    show(ours, stock, count)


if __name__ == "__main__":
    main()
