"""Exact cosines, by FAISS as by hand."""

from __future__ import annotations

import faiss
import numpy as np
import pytest

from index.centring import unit
from index.dense import DenseIndex
from index.errors import IndexUnusable

VECTORS = unit(np.random.default_rng(1).standard_normal((40, 16)).astype(np.float32))
QUERY = unit(np.random.default_rng(2).standard_normal(16).astype(np.float32))


def test_cosines_are_inner_products_in_the_order_of_the_entries() -> None:
    assert DenseIndex(VECTORS).cosines(QUERY) == pytest.approx(VECTORS @ QUERY, abs=1e-6)


@pytest.mark.parametrize("positions", [[], [0], [39], [3, 5, 8, 38], list(range(40))])
def test_cosines_of_some_entries_come_in_their_order(positions: list[int]) -> None:
    chosen = np.array(positions, np.int64)
    assert DenseIndex(VECTORS).cosines(QUERY, chosen) == pytest.approx(VECTORS[chosen] @ QUERY, abs=1e-6)


def test_vectors_are_copies() -> None:
    index = DenseIndex(VECTORS)
    index.vectors(np.array([0, 1]))[:] = 0
    assert index.vectors(np.array([0, 1])) == pytest.approx(VECTORS[:2])


def test_bytes_give_the_same_index_and_nothing_else_does() -> None:
    data = DenseIndex(VECTORS).to_bytes()
    assert DenseIndex.from_bytes(data).cosines(QUERY) == pytest.approx(VECTORS @ QUERY, abs=1e-6)
    with pytest.raises(IndexUnusable, match="向量索引损坏"):
        DenseIndex.from_bytes(data[:50])
    other = bytes(faiss.serialize_index(faiss.IndexFlatL2(4)).data)
    with pytest.raises(IndexUnusable, match="向量索引的类型不符"):
        DenseIndex.from_bytes(other)
