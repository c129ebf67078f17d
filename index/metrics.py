"""How good a ranking and a confidence are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence

SEED = 20261123
"""Of the bootstrap: the same sample gives the same interval."""


def hit_at_k(found: Sequence[Hashable], wanted: Collection[Hashable], k: int) -> float:
    """1.0 when one of the first `k` found is wanted, else 0.0."""
    return float(any(item in wanted for item in found[:k]))


def reciprocal_rank(found: Sequence[Hashable], wanted: Collection[Hashable]) -> float:
    """One over the rank of the first that is wanted, 0.0 when none is."""
    return next((1.0 / rank for rank, item in enumerate(found, 1) if item in wanted), 0.0)


def auc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Chance that a positive scores above a negative, ties counting half (Mann-Whitney U); nan when a side is empty."""
    values, inverse = np.unique(np.asarray(scores, np.float64), return_inverse=True)
    truth = np.asarray(positive, bool)
    yes = np.bincount(inverse[truth], minlength=len(values)).astype(np.float64)
    no = np.bincount(inverse[~truth], minlength=len(values)).astype(np.float64)
    if not yes.sum() or not no.sum():
        return float("nan")
    below = np.cumsum(no) - no
    return float((yes * (below + no / 2)).sum() / (yes.sum() * no.sum()))


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> float:
    """Mean gap between confidence and share of right answers over bins of equal width (Guo et al. 2017)."""
    values = np.asarray(confidences, np.float64)
    if not len(values):
        return float("nan")
    truth = np.asarray(right, np.float64)
    places = np.minimum((values * bins).astype(int), bins - 1)
    gaps = [abs(values[places == b].sum() - truth[places == b].sum()) for b in range(bins)]
    return float(sum(gaps) / len(values))


def bootstrap_interval(
    values: Sequence[float], *, confidence: float = 0.95, rounds: int = 2000, seed: int = SEED
) -> tuple[float, float]:
    """Percentile interval of the mean over `rounds` resamples; (nan, nan) for an empty sample."""
    sample = np.asarray(values, np.float64)
    if not len(sample):
        return float("nan"), float("nan")
    chosen = np.random.default_rng(seed).integers(0, len(sample), (rounds, len(sample)))
    tail = (1.0 - confidence) / 2
    low, high = np.quantile(sample[chosen].mean(axis=1), [tail, 1.0 - tail])
    return float(low), float(high)
