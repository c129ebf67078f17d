"""Make a compact encoder from trained weights: `python -m index.preparation.tuned WEIGHTS.safetensors FOLDER`.

`WEIGHTS` holds a BertModel by transformers' names, trained from what `index.expand` writes with its embeddings of
words and positions frozen. Those stay as the base has them; what was trained is kept in eight bits, because steps of
four are wider than the changes that the training made.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.centring import CENTRE
from index.encoder import BASE
from index.expand import bert_name
from index.preparation.compact import CONFIG, GRAPH, TOKENIZER, WEIGHTS, quantise, unpack
from index.preparation.graph import write_graph

if TYPE_CHECKING:
    from numpy.typing import NDArray

PARTS = (GRAPH, WEIGHTS, TOKENIZER, CENTRE)
"""Files of a compact folder, besides its config."""
FROZEN = frozenset({"emb.word", "emb.pos"})
"""Weights that the training leaves alone."""


@dataclass(frozen=True, slots=True)
class _Model:
    hidden: int
    layers: int
    heads: int
    epsilon: float


def compact(trained: Path, folder: Path, *, name: str, base: Path = BASE) -> None:
    """Write the compact encoder to `folder`; ValueError when the weights are not those of the base's model."""
    from safetensors.numpy import load_file, save_file  # noqa: PLC0415 - a maintainer's dependency

    values = load_file(trained)
    old = load_file(base / WEIGHTS)
    stored: dict[str, NDArray[np.generic]] = {}
    shapes: dict[str, tuple[int, ...]] = {}
    for key, array in old.items():
        stem, _, kind = key.rpartition(".")
        if kind not in {"int4", "scale"}:
            stored[key] = array if key in FROZEN else _fitted(values[bert_name(key)], array.shape)
            shapes[key] = array.shape
        elif stem in FROZEN:
            stored[key] = array
            shapes[key] = (len(array), array.shape[1] * (2 if kind == "int4" else 1))
        elif kind == "int4":
            matrix = _fitted(values[bert_name(stem)], unpack(array, old[f"{stem}.scale"]).shape)
            stored[f"{stem}.int8"], stored[f"{stem}.scale"] = quantise(matrix)
            shapes[f"{stem}.int8"] = matrix.shape
            shapes[f"{stem}.scale"] = stored[f"{stem}.scale"].shape
    folder.mkdir(parents=True, exist_ok=True)
    save_file({key: np.ascontiguousarray(array) for key, array in stored.items()}, folder / WEIGHTS)
    config = json.loads((base / CONFIG).read_text(encoding="utf-8"))
    write_graph(folder, shapes, _Model(config["hidden"], config["layers"], config["heads"], config["epsilon"]))
    shutil.copyfile(base / TOKENIZER, folder / TOKENIZER)
    # Training has parted questions and clauses itself: nothing in common is left to take out.
    np.save(folder / CENTRE, np.zeros((2, config["hidden"]), np.float32))
    files = {part: hashlib.sha256((folder / part).read_bytes()).hexdigest() for part in PARTS}
    made_from = {f"{base.name}/{WEIGHTS}": config["files"][WEIGHTS]}
    config |= {"name": name, "reads_headings": True, "made_from": made_from, "files": files}
    (folder / CONFIG).write_text(json.dumps(config, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _fitted(values: NDArray[np.float32], shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Trained values in the shape of the base, which keeps a second, unused token type."""
    if values.shape == shape:
        return values
    if values.ndim == len(shape) and values.shape[1:] == shape[1:] and len(values) < len(shape) + shape[0]:
        return np.concatenate([values, np.zeros((shape[0] - len(values), *shape[1:]), np.float32)])
    raise ValueError(f"weights of shape {values.shape}, expected {shape}")


if __name__ == "__main__":
    compact(Path(sys.argv[1]), Path(sys.argv[2]), name=Path(sys.argv[2]).name)
