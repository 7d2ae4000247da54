"""What the processor can do at most: products of int8 matrices, for embedding, and reading vectors, for exact search.

Run: ``make bench-limits``, which keeps numpy to one core. Times are the processor's: other programs matter less.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.encoders.minilm import DIMENSION, LAYERS
from vectorstore.indexes.matrix import VectorMatrix

VECTORS, GATHERED, BLOCK = 200_000, 20_000, 1024
#: Tokens of a passage with its title, `realtimeqa-dev`.
TOKENS = 172


def milliseconds(call: Callable[[], object], runs: int = 7) -> float:
    """The least processor time of a call."""
    taken = []
    for _ in range(runs):
        started = time.process_time()
        call()
        taken.append((time.process_time() - started) * 1000)
    return min(taken)


def product(rows: int = 1024, inner: int = DIMENSION, columns: int = 4 * DIMENSION) -> float:
    """Thousand millions of multiplications a second of one core, in one product as the encoder's largest ones."""
    import onnx
    import onnxruntime
    from onnx import TensorProto, helper

    generator = np.random.default_rng(0)
    weights = generator.integers(-127, 127, (inner, columns), dtype=np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["a", "b"], ["c"])],
        "product",
        [helper.make_tensor_value_info("a", TensorProto.UINT8, [rows, inner])],
        [helper.make_tensor_value_info("c", TensorProto.INT32, [rows, columns])],
        [onnx.numpy_helper.from_array(weights, "b")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    given = {"a": generator.integers(0, 255, (rows, inner), dtype=np.uint8)}
    return rows * inner * columns / milliseconds(lambda: session.run(None, given), 50) / 1e6


def main() -> None:
    """Print the figures."""
    passage = LAYERS * (12 * DIMENSION**2 * TOKENS + 2 * DIMENSION * TOKENS**2) / 1e9
    rate = product()
    print(f"a passage of {TOKENS} tokens: {passage:.2f} thousand million multiplications")
    print(f"one int8 product: {rate:.0f} thousand million a second and core, {rate / passage:.0f} passages\n")
    generator = np.random.default_rng(0)
    floats = generator.standard_normal((VECTORS, DIMENSION), dtype=np.float32)
    query = floats[0].copy()
    rows = np.sort(generator.choice(VECTORS, GATHERED, replace=False))
    stored: dict[str, Any] = {"floats": floats, "halves": floats.astype(np.float16), "bytes": floats.astype(np.int8)}
    print(f"| one core, ms | all {VECTORS:,} | {GATHERED:,} gathered |\n|---|---|---|")
    for name, matrix in stored.items():

        def whole(matrix: Any = matrix) -> None:
            for start in range(0, VECTORS, BLOCK):
                matrix[start : start + BLOCK].astype(np.float32, copy=False) @ query

        def gathered(matrix: Any = matrix) -> None:
            for start in range(0, GATHERED, BLOCK):
                matrix[rows[start : start + BLOCK]].astype(np.float32, copy=False) @ query

        print(f"| {name} | {milliseconds(whole):.1f} | {milliseconds(gathered):.1f} |")
    with tempfile.TemporaryDirectory() as folder:
        known = VectorMatrix(Path(folder), lambda wanted: (wanted[:0], floats[:0]))
        all_rows = np.arange(VECTORS)
        known.add(all_rows, floats / np.linalg.norm(floats, axis=1, keepdims=True))
        known.refresh()
        times = [milliseconds(lambda chosen=chosen: known.cosines(chosen, query[None])) for chosen in (all_rows, rows)]
        print(f"| halves, as the store's matrix has them | {times[0]:.1f} | {times[1]:.1f} |")


if __name__ == "__main__":
    main()
