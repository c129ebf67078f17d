"""Exact search among vectors; the only file that knows faiss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import faiss
import numpy as np

from index.errors import IndexUnusable

if TYPE_CHECKING:
    from numpy.typing import NDArray


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

    @property
    def vectors(self) -> NDArray[np.float32]:
        """All vectors, (entries, dimension): a view into the index, not a copy."""
        if not len(self):
            return np.empty((0, self.dimension), np.float32)
        flat = faiss.rev_swig_ptr(self._index.get_xb(), len(self) * self.dimension)
        view: NDArray[np.float32] = flat.reshape(len(self), self.dimension)
        return view

    def cosines(self, query: NDArray[np.float32], positions: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """Cosine of one query vector with every entry, or with those at `positions`, in their order."""
        vectors = self.vectors if positions is None else self.vectors[positions]
        return vectors @ query

    def search(self, query: NDArray[np.float32], *, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Positions and cosines of the `k` nearest entries, best first; fewer when there are fewer."""
        cosines, positions = self._index.search(query.reshape(1, -1), min(k, len(self)))
        return positions[0], cosines[0]

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
