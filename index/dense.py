"""Exact search among vectors; the only file that knows faiss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import faiss
import numpy as np

from index.errors import IndexUnusable

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BELOW_ANY = -2.0
"""Less than any cosine: a range search above it gives every entry its score, unsorted."""


class DenseIndex:
    """Vectors of length 1 in a FAISS flat index, where the inner product is the cosine; never changed once made."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        self._index = index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def vectors(self, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Copy the vectors at `positions`, (len(positions), dimension)."""
        if not len(positions):
            return np.empty((0, self.dimension), np.float32)
        copied: NDArray[np.float32] = self._index.reconstruct_batch(positions)
        return copied

    def cosines(self, query: NDArray[np.float32], positions: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """Cosine of one query vector with every entry, or with those at `positions` (ascending), in that order."""
        searched = np.arange(len(self), dtype=np.int64) if positions is None else positions
        if not len(searched):
            return np.empty(0, np.float32)
        selector = None if positions is None else faiss.IDSelectorBatch(searched)
        # SWIG takes every field of the struct by name, which the stubs do not know.
        parameters = None if selector is None else faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        _, found, labels = self._index.range_search(query.reshape(1, -1), _BELOW_ANY, params=parameters)
        cosines = np.empty(len(searched), np.float32)
        cosines[np.searchsorted(searched, labels)] = found
        return cosines

    def to_bytes(self) -> bytes:
        """Serialise in FAISS's own format; FAISS itself cannot open non-ASCII paths on Windows."""
        return bytes(faiss.serialize_index(self._index).data)

    @classmethod
    def from_bytes(cls, data: bytes) -> DenseIndex:
        """Read what `to_bytes` wrote; IndexUnusable when it is anything else."""
        try:
            index = faiss.deserialize_index(np.frombuffer(data, np.uint8))
        except RuntimeError as error:
            raise IndexUnusable("向量索引损坏") from error
        if not isinstance(index, faiss.IndexFlatIP):
            raise IndexUnusable("向量索引的类型不符")
        self = cls.__new__(cls)
        self._index = index
        return self
