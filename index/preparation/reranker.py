"""Make the re-ranker: `python -m index.preparation.reranker TRAINED.safetensors ENCODER_FOLDER`.

The encoder's first layers read question and clause apart, as they stand in the folder; the trained upper layers read
both together, in eight-bit arithmetic with one scale for each output. Written beside the encoder: the upper layers
(`reranker.safetensors`), words to states over the encoder's own weights (`reranker_lower.onnx`), the states of both to
one score (`reranker_upper.onnx`), and `reranker.json`.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from onnx import TensorProto

from index.expand import bert_name
from index.preparation.compact import CONFIG, WEIGHTS
from index.preparation.graph import TOKENS, GraphWriter
from index.reranker import DESCRIPTION, FORMAT, LOWER, LOWER_LAYERS, UPPER, UPPER_WEIGHTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.preparation.graph import Inputs

PARTS = ("q", "k", "v", "ao", "fi", "fo")
"""Matrices of a layer."""


def compact(trained: Path, folder: Path) -> None:
    """Write the four files into `folder`, which holds a compact encoder."""
    from safetensors.numpy import load_file, save_file  # noqa: PLC0415 - a maintainer's dependency

    values = load_file(trained)
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    stored: dict[str, NDArray[np.generic]] = {}
    for number in range(LOWER_LAYERS, config["layers"]):
        for part in PARTS:
            name = f"l{number}.{part}"
            stored[f"{name}.w.columns8"], stored[f"{name}.w.scale"] = columns(values[bert_name(f"{name}.w")])
            stored[f"{name}.b"] = values[bert_name(f"{name}.b")]
        for part in ("aln.w", "aln.b", "oln.w", "oln.b"):
            stored[f"l{number}.{part}"] = values[bert_name(f"l{number}.{part}")]
    save_file({key: np.ascontiguousarray(array) for key, array in stored.items()}, folder / UPPER_WEIGHTS)
    _write_lower(folder, config)
    _write_upper(folder, config, {key: array.shape for key, array in stored.items()}, values)
    parts = (UPPER_WEIGHTS, LOWER, UPPER)
    files = {part: hashlib.sha256((folder / part).read_bytes()).hexdigest() for part in parts}
    said = {"format": FORMAT, "encoder": config["files"][WEIGHTS], "files": files}
    (folder / DESCRIPTION).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")


def columns(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Eight-bit integers of a matrix (out, in), turned to (in, out), and one scale for each output, (out,)."""
    scales = np.maximum(np.abs(matrix).max(axis=1) / 127, np.finfo(np.float32).tiny)
    return np.ascontiguousarray(np.rint(matrix / scales[:, None]).astype(np.int8).T), scales.astype(np.float32)


def _write_lower(folder: Path, config: dict[str, int]) -> None:
    from safetensors.numpy import load_file  # noqa: PLC0415

    shapes = {
        key: (len(array), array.shape[1] * 2) if key.endswith(".int4") else array.shape
        for key, array in load_file(folder / WEIGHTS).items()
    }
    writer = GraphWriter(folder / WEIGHTS, shapes, epsilon=config["epsilon"], heads=config["heads"])
    writer.node("Identity", [writer.read_tokens(LOWER_LAYERS)], "states")
    writer.save(folder / LOWER, "lower", TOKENS, {"states": ["batch", "tokens", config["hidden"]]})


def _write_upper(
    folder: Path, config: dict[str, int], shapes: dict[str, tuple[int, ...]], values: dict[str, NDArray[np.float32]]
) -> None:
    writer = GraphWriter(folder / UPPER_WEIGHTS, shapes, epsilon=config["epsilon"], heads=config["heads"])
    writer.node("Concat", ["question_mask", "clause_mask"], "both_mask", axis=1)
    writer.node("Cast", ["both_mask"], "mask32", to=TensorProto.INT32)
    state = writer.node("Concat", ["question", "clause"], "both", axis=1)
    for number in range(LOWER_LAYERS, config["layers"]):
        state = writer.layer(state, number)
    zero, end, one = (writer.constant(name, [n], np.int64) for name, n in (("start", 0), ("end", 2**31), ("axis", 1)))
    writer.node("Shape", ["question"], "split", start=1, end=2)
    means = [
        _mean(writer, writer.node("Slice", [state, *bounds, one], f"{side}/part"), side)
        for side, bounds in (("question", (zero, "split")), ("clause", ("split", end)))
    ]
    units = [writer.node("LpNormalization", [mean], f"{mean}/unit", axis=-1, p=2) for mean in means]
    near = writer.node(
        "ReduceSum", [writer.node("Mul", units, "product"), writer.constant("last", [-1], np.int64)], "near", keepdims=1
    )
    slope = writer.constant("slope", values["slope"].reshape(1), np.float32)
    weights = writer.constant("weights", values["head.weight"].T, np.float32)
    bias = writer.constant("bias", values["head.bias"], np.float32)
    linear = writer.node("MatMul", [writer.node("Concat", means, "means", axis=1), weights], "linear")
    total = writer.node("Add", [writer.node("Mul", [near, slope], "steep"), linear], "sum")
    score = writer.node("Add", [total, bias], "biased")
    writer.node("Squeeze", [score, "last"], "score")
    inputs: Inputs = {
        "question": (TensorProto.FLOAT, ["batch", "question_tokens", config["hidden"]]),
        "question_mask": (TensorProto.INT64, ["batch", "question_tokens"]),
        "clause": (TensorProto.FLOAT, ["batch", "clause_tokens", config["hidden"]]),
        "clause_mask": (TensorProto.INT64, ["batch", "clause_tokens"]),
    }
    writer.save(folder / UPPER, "upper", inputs, {"score": ["batch"]})


def _mean(writer: GraphWriter, part: str, side: str) -> str:
    """Mean over the tokens of one side that its mask keeps."""
    mask = writer.node("Cast", [f"{side}_mask"], f"{side}/mask", to=TensorProto.FLOAT)
    second = writer.constant(f"{side}/second", [1], np.int64)
    last = writer.constant(f"{side}/last", [2], np.int64)
    kept = writer.node("Mul", [part, writer.node("Unsqueeze", [mask, last], f"{side}/column")], f"{side}/kept")
    total = writer.node("ReduceSum", [kept, second], f"{side}/total", keepdims=0)
    return writer.node(
        "Div", [total, writer.node("ReduceSum", [mask, second], f"{side}/count", keepdims=1)], f"{side}/mean"
    )


if __name__ == "__main__":
    compact(Path(sys.argv[1]), Path(sys.argv[2]))
