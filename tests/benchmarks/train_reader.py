"""Make the learned reader again, from SelQA and newsask-train.

Run: ``make train-reader`` or ``python -m tests.benchmarks.train_reader [--store DIR] [--out FILE] [--all]``;
needs the dependency group ``train`` (torch), one core and about an hour.

The network is trained in two stages, first on SelQA, then on newsask-train. The loss of a question is the logarithm of
the probability, by softmax over all sentences and "nothing" (whose score is 0), of the sentences that answer, or of
"nothing" where none does; and, at less weight, that of "nothing" in each window that holds no answer.

The questions about two fifths of the articles are held out (`reader_data.fold`); the figures on these are printed.
With ``--all`` nothing is held out.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from assistant.evaluation.measures.confidence import auroc
from assistant.ranking.lexical import MOST
from assistant.ranking.reader import WEIGHTS
from tests.benchmarks.data import questions, store_of
from tests.benchmarks.reader_data import Example, asked, is_held_out, newsask, selqa
from tests.benchmarks.reader_model import ReaderNetwork, export
from vectorstore.encoders import minilm
from vectorstore.encoders.local import tokenizer_of

SEED = 1
#: What "nothing" in a window without an answer counts beside the question's own loss.
WINDOW = 0.3
#: A sentence of this score is out of the softmax.
OUT = -1e4


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One pass or more over a set: the rate of learning rises for some steps and falls to a share of itself."""

    name: str
    passes: int
    rate: float
    most: int | None = None  # examples, drawn at random
    tokens: int = 2800
    warm: int = 20
    end: float = 0.1


SELQA = Stage(name="selqa", passes=1, rate=1.2e-4, most=600, end=0.25)
NEWSASK = Stage(name="newsask", passes=1, rate=1.0e-4, tokens=1900, end=0.2)
#: Once more, slower, and with more of the sentences that are read.
AGAIN = Stage(name="newsask again", passes=1, rate=7e-5, tokens=1900, warm=10)


def loss_of(scores: Tensor, example: Example) -> Tensor:
    """The loss of one question, ``scores`` in the order of its windows' sentences."""
    places = [place for window in example.windows for place, _, _ in window.sentences]
    right = torch.tensor([place in example.right for place in places])
    scores = scores.masked_fill(torch.tensor([place in example.unjudged for place in places]), OUT)
    nothing = torch.zeros(1)
    total = torch.logsumexp(torch.cat([scores, nothing]), 0)
    loss = total - torch.logsumexp(scores[right], 0) if right.any() else total
    empty, at = [], 0
    for window in example.windows:
        own = slice(at, at + len(window.sentences))
        at = own.stop
        if not right[own].any():
            empty.append(torch.logsumexp(torch.cat([scores[own], nothing]), 0))
    return loss + WINDOW * torch.stack(empty).mean() if empty else loss


def batches(examples: Sequence[Example], stage: Stage, seed: int) -> list[list[Example]]:
    """The examples of all passes, shuffled, in batches of so many tokens."""
    chance, made = random.Random(seed), []
    for _ in range(stage.passes):
        order = chance.sample(list(examples), len(examples))
        batch: list[Example] = []
        for example in order:
            if batch and sum(one.tokens for one in batch) + example.tokens > stage.tokens:
                made.append(batch)
                batch = []
            batch.append(example)
        made.append(batch)
    return made


def train(network: ReaderNetwork, examples: Sequence[Example], stage: Stage, seed: int = SEED) -> None:
    """Train for one stage; prints the loss now and then."""
    torch.manual_seed(seed)
    network.train()
    head = {id(parameter) for parameter in network.head()}
    body = [p for p in network.parameters() if p.requires_grad and id(p) not in head]
    groups = [
        {"params": body, "lr": stage.rate, "weight_decay": 0.01},
        {"params": network.head(), "lr": 10 * stage.rate, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    kept = [one for one in examples if one.windows]
    if stage.most is not None:
        kept = random.Random(seed).sample(kept, min(stage.most, len(kept)))
    plan = batches(kept, stage, seed)
    started, losses = time.monotonic(), []
    for step, batch in enumerate(plan):
        factor = min(1.0, (step + 1) / stage.warm) * max(stage.end, 1 - step / len(plan))
        for group, times in zip(optimizer.param_groups, (1, 10), strict=True):
            group["lr"] = stage.rate * times * factor
        scores = network([window for example in batch for window in example.windows])
        parts = scores.split([sum(len(w.sentences) for w in example.windows) for example in batch])
        loss = torch.stack([loss_of(own, example) for own, example in zip(parts, batch, strict=True)]).mean()
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*body, *network.head()], 1.0)
        optimizer.step()
        losses.append(loss.item())
        if step % 20 == 19 or step + 1 == len(plan):
            mean = sum(losses[-20:]) / len(losses[-20:])
            print(
                f"{stage.name} {step + 1}/{len(plan)}: loss {mean:.3f}, {time.monotonic() - started:.0f} s", flush=True
            )


def figures(network: ReaderNetwork, examples: Sequence[Example]) -> str:
    """The share of answerable questions of which a right sentence is first, or among three; AUROC of the best score."""
    network.eval()
    first, three, best, answerable = [], [], [], []
    with torch.no_grad():
        for example in (one for one in examples if one.windows):
            places = [place for window in example.windows for place, _, _ in window.sentences]
            scores = network(list(example.windows))
            order = [places[i] for i in scores.argsort(descending=True).tolist()]
            best.append(float(scores.max()))
            answerable.append(bool(example.right))
            if example.right:
                first.append(order[0] in example.right)
                three.append(bool(example.right & set(order[:3])))
    area = auroc(np.array(best), np.array(answerable), np.ones((1, len(best))))[0]
    return (
        f"right first {np.mean(first):.3f}, among three {np.mean(three):.3f}, AUROC {area:.3f} ({len(best)} questions)"
    )


def main() -> None:
    """Train, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="a store that holds realtimeqa-dev already")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where to write the weights")
    parser.add_argument("--all", action="store_true", help="hold nothing out")
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    package = minilm.packaged_model()
    assert package is not None, f"the package {minilm.PACKAGE} is needed"
    tokenizer = tokenizer_of(package)
    tokenizer.no_truncation()

    def encode(text: str) -> list[int]:
        return tokenizer.encode(text, add_special_tokens=False).ids

    with store_of("realtimeqa-dev", chosen.store) as store:
        found = list(asked(store, questions("newsask-train")))

    def examples(most: int, *, held: bool) -> list[Example]:
        made = newsask(found, encode, most)
        return [one for one in made if (is_held_out(one.article) and not chosen.all) is held]

    network = ReaderNetwork()
    train(network, list(selqa(encode, SEED)), SELQA)
    train(network, examples(10, held=False), NEWSASK)
    train(network, examples(20, held=False), AGAIN)
    if not chosen.all:
        print(figures(network, examples(MOST, held=True)))
    export(network, chosen.out)


if __name__ == "__main__":
    main()
