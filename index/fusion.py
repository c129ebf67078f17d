"""One order from two: cosine and BM25 lie on different scales and are brought together here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RRF_K = 60
"""Constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)."""


DENSE_SHARE = 0.75
"""Of the mix: on 1,500 training questions hit@1 is 0.47 at 0.5, 0.50 at 0.7, 0.51 at 0.8 and 0.50 at 0.9."""


def standardise(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Mean 0 and deviation 1 over the entries searched; all 0 when they do not differ."""
    wide = scores.astype(np.float64)
    deviation = wide.std() if len(wide) else 0.0
    if deviation < 1e-9:
        return np.zeros(len(wide))
    centred: NDArray[np.float64] = (wide - wide.mean()) / deviation
    return centred


def mix(
    dense: NDArray[np.float32], sparse: NDArray[np.float32], *, dense_share: float = DENSE_SHARE
) -> NDArray[np.float64]:
    """Weighted sum of the standardised scores; `dense_share` from 0 (words alone) to 1 (vectors alone)."""
    return dense_share * standardise(dense) + (1.0 - dense_share) * standardise(sparse)


def reciprocal_ranks(
    dense: NDArray[np.float32], sparse: NDArray[np.float32], *, rrf_k: int = RRF_K
) -> NDArray[np.float64]:
    """Sum of 1 / (rrf_k + rank) over both orders; an entry without a shared word gets nothing from the sparse one."""
    from_dense = 1.0 / (rrf_k + ranks(dense))
    from_sparse = np.where(sparse > 0, 1.0 / (rrf_k + ranks(sparse)), 0.0)
    total: NDArray[np.float64] = from_dense + from_sparse
    return total


def ranks(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Rank of each entry from 1; of equal scores the earlier entry comes first."""
    order = np.argsort(-scores, kind="stable")
    places = np.empty(len(scores), np.int64)
    places[order] = np.arange(1, len(scores) + 1)
    return places
