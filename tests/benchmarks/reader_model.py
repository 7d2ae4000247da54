"""The reader as a torch network, for training alone: the graph of `vectorstore.encoders.minilm` with the head of
`assistant.ranking.reader`, started from the encoder's weights. Needs the dependency group `train`.

Tokens of all windows stand one behind the other, so that nothing is padded; attention alone goes window by window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file
from torch import Tensor, nn

from assistant.ranking.reader import SCALES
from assistant.ranking.windows import Window
from vectorstore.encoders import minilm

SIZE, HEADS = minilm.DIMENSION, minilm.HEADS
#: What a cosine of 1 is worth in a score, and the score of a sentence of cosine 0, before anything is learned.
MATCH, BIAS = 8.0, -4.0
#: The parts of a layer by the names that the published model has for them.
PARTS = {
    "out": "attention.output.dense",
    "middle": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "end": "output.LayerNorm",
}


class Layer(nn.Module):
    """One layer of the transformer, over tokens ``[T, SIZE]`` of windows of the given lengths."""

    def __init__(self, tensors: dict[str, Tensor]) -> None:
        super().__init__()
        self.merged = nn.Linear(SIZE, 3 * SIZE)
        self.out, self.middle = nn.Linear(SIZE, SIZE), nn.LayerNorm(SIZE, eps=1e-12)
        self.wide, self.narrow = nn.Linear(SIZE, 4 * SIZE), nn.Linear(4 * SIZE, SIZE)
        self.end = nn.LayerNorm(SIZE, eps=1e-12)
        own = [f"attention.self.{part}" for part in ("query", "key", "value")]
        self.merged.weight.data = torch.cat([tensors[f"{name}.weight"] for name in own])
        self.merged.bias.data = torch.cat([tensors[f"{name}.bias"] for name in own])
        for part, name in PARTS.items():
            module = getattr(self, part)
            module.weight.data, module.bias.data = tensors[f"{name}.weight"].clone(), tensors[f"{name}.bias"].clone()

    def forward(self, x: Tensor, lengths: Sequence[int], dropout: float) -> Tensor:
        """The tokens after the layer."""
        attended = []
        for window in self.merged(x).view(-1, 3, HEADS, SIZE // HEADS).split(list(lengths)):
            query, key, value = window.permute(1, 2, 0, 3)[:, None]
            mixed = F.scaled_dot_product_attention(query, key, value)[0]
            attended.append(mixed.transpose(0, 1).reshape(-1, SIZE))
        x = self.middle(x + F.dropout(self.out(torch.cat(attended)), dropout, self.training))
        return self.end(x + F.dropout(self.narrow(F.gelu(self.wide(x))), dropout, self.training))

    def tensors(self) -> Iterator[tuple[str, Tensor]]:
        """Its weights, by the names that the published model has for them."""
        for part, weight, bias in zip(
            ("query", "key", "value"), self.merged.weight.chunk(3), self.merged.bias.chunk(3), strict=True
        ):
            yield f"attention.self.{part}.weight", weight
            yield f"attention.self.{part}.bias", bias
        for part, name in PARTS.items():
            yield f"{name}.weight", getattr(self, part).weight
            yield f"{name}.bias", getattr(self, part).bias


class ReaderNetwork(nn.Module):
    """The reader.

    Args:
        layers: how many of the encoder's it has, from the lowest.
        frozen: how many of these stay as they are; the embeddings always do.
    """

    def __init__(self, layers: int = 4, frozen: int = 1, dropout: float = 0.1) -> None:
        super().__init__()
        package = minilm.packaged_model()
        assert package is not None, f"the package {minilm.PACKAGE} is needed"
        tensors = {name: torch.from_numpy(value) for name, value in minilm.weights(package).items()}
        self.frozen, self.dropout = frozen, dropout
        segment = tensors["embeddings.token_type_embeddings.weight"][0]
        self.register_buffer("words", tensors["embeddings.word_embeddings.weight"], persistent=False)
        positions = tensors["embeddings.position_embeddings.weight"][: minilm.MAX_TOKENS] + segment
        self.register_buffer("positions", positions, persistent=False)
        self.start = nn.LayerNorm(SIZE, eps=1e-12)
        self.start.weight.data = tensors["embeddings.LayerNorm.weight"].clone()
        self.start.bias.data = tensors["embeddings.LayerNorm.bias"].clone()
        self.layers = nn.ModuleList()
        for number in range(layers):
            prefix = f"encoder.layer.{number}."
            self.layers.append(Layer({k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}))
        for module in (self.start, *self.layers[:frozen]):
            module.requires_grad_(False)
        self.attend, self.score = nn.Linear(SIZE, 1), nn.Linear(SIZE, 1)
        for linear, bias in ((self.attend, 0.0), (self.score, BIAS)):
            nn.init.zeros_(linear.weight)
            nn.init.constant_(linear.bias, bias)
        self.match = nn.Parameter(torch.full((SIZE,), MATCH))

    def forward(self, windows: Sequence[Window]) -> Tensor:
        """The scores of the windows' sentences, in their order."""
        lengths = [len(window.ids) for window in windows]
        ids = torch.tensor([token for window in windows for token in window.ids])
        places = torch.cat([torch.arange(length) for length in lengths])
        x = self.start(self.words[ids] + self.positions[places])
        for number, layer in enumerate(self.layers):
            if number < self.frozen:
                with torch.no_grad():
                    x = layer(x, lengths, 0.0)
            else:
                x = layer(x, lengths, self.dropout)
        return self._scores(x, windows)

    def _scores(self, x: Tensor, windows: Sequence[Window]) -> Tensor:
        rows, owners, asked, windows_of, base = [], [], [], [], 0
        for number, window in enumerate(windows):
            asked.append(x[base + window.question[0] : base + window.question[1]].sum(0))
            for _, start, end in window.sentences:
                rows += range(base + start, base + end)
                owners += [len(windows_of)] * (end - start)
                windows_of.append(number)
            base += len(window.ids)
        tokens, owner = x[torch.tensor(rows)], torch.tensor(owners)
        weight = self.attend(tokens)[:, 0].clamp(-10, 10).exp()
        total = torch.zeros(len(windows_of)).index_add(0, owner, weight)
        empty = torch.zeros(len(windows_of), SIZE)
        mean = empty.index_add(0, owner, tokens * (weight / total[owner])[:, None])
        question = F.normalize(torch.stack(asked), dim=1)[torch.tensor(windows_of)]
        return self.score(mean)[:, 0] + (question * F.normalize(mean, dim=1)) @ self.match

    def head(self) -> list[nn.Parameter]:
        """What does not come from the encoder."""
        return [*self.attend.parameters(), *self.score.parameters(), self.match]


def export(network: ReaderNetwork, path: Path) -> None:
    """Write the layers and the head as `assistant.ranking.reader` reads them: matrices as bytes with a scale a row."""
    named: dict[str, Tensor] = {"head.match": network.match}
    for part in ("attend", "score"):
        linear = getattr(network, part)
        named |= {f"head.{part}": linear.weight[0], f"head.{part}_bias": linear.bias}
    for number, layer in enumerate(network.layers):
        named |= {f"encoder.layer.{number}.{name}": value for name, value in layer.tensors()}
    stored: dict[str, np.ndarray[Any, Any]] = {}
    for name, value in named.items():
        array = value.detach().numpy().astype(np.float32)
        if array.ndim == 2:
            columns, scales = minilm.quantised_columns(array.T)
            stored |= {name: np.ascontiguousarray(columns.T), name + SCALES: scales}
        else:
            stored[name] = array
    save_file(stored, path)
