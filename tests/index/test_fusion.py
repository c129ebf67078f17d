"""Two orders become one."""

from __future__ import annotations

import numpy as np
import pytest

from index.fusion import mix, ranks, reciprocal_ranks, standardise

DENSE = np.array([0.9, 0.5, 0.1], np.float32)
SPARSE = np.array([0.0, 2.0, 7.0], np.float32)


def test_standard_scores_have_mean_0_and_deviation_1() -> None:
    scores = standardise(SPARSE)
    assert (scores.mean(), scores.std()) == (pytest.approx(0), pytest.approx(1))


@pytest.mark.parametrize("flat", [[], [3.0], [2.0, 2.0]])
def test_scores_that_do_not_differ_say_nothing(flat: list[float]) -> None:
    assert standardise(np.array(flat, np.float32)).tolist() == [0.0] * len(flat)


@pytest.mark.parametrize(("share", "first"), [(1.0, 0), (0.0, 2), (0.9, 0), (0.1, 2)])
def test_the_share_decides_who_leads(share: float, first: int) -> None:
    assert mix(DENSE, SPARSE, dense_share=share).argmax() == first


def test_the_scale_of_a_score_does_not_matter() -> None:
    assert mix(DENSE, SPARSE * 1000) == pytest.approx(mix(DENSE, SPARSE), abs=1e-5)


def test_ranks_start_at_1_and_keep_the_order_of_equals() -> None:
    assert ranks(np.array([1.0, 3.0, 1.0], np.float32)).tolist() == [2, 1, 3]


def test_reciprocal_ranks_leave_out_entries_without_a_shared_word() -> None:
    fused = reciprocal_ranks(DENSE, SPARSE, rrf_k=1)
    assert fused.tolist() == pytest.approx([1 / 2, 1 / 3 + 1 / 3, 1 / 4 + 1 / 2])
