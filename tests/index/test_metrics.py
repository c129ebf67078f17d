"""Figures about rankings and confidences, against values worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.metrics import auc, bootstrap_interval, expected_calibration_error, hit_at_k, reciprocal_rank


@pytest.mark.parametrize(("k", "hit"), [(1, 0.0), (2, 1.0), (9, 1.0)])
def test_a_hit_is_a_wanted_item_among_the_first_k(k: int, hit: float) -> None:
    assert hit_at_k(["a", "b", "c"], {"b"}, k) == hit


def test_reciprocal_rank_is_that_of_the_first_wanted() -> None:
    assert reciprocal_rank(["a", "b", "c"], {"b", "c"}) == 0.5
    assert reciprocal_rank(["a"], {"x"}) == 0.0
    assert reciprocal_rank([], {"x"}) == 0.0


@pytest.mark.parametrize(
    ("scores", "positive", "expected"),
    [
        ([0.9, 0.8, 0.1], [True, True, False], 1.0),
        ([0.1, 0.9], [True, False], 0.0),
        ([0.5, 0.5], [True, False], 0.5),
        ([3.0, 2.0, 2.0, 1.0], [True, False, True, False], 0.875),
    ],
)
def test_auc_is_the_chance_of_the_right_order(scores: list[float], positive: list[bool], expected: float) -> None:
    assert auc(scores, positive) == expected


def test_auc_of_one_side_alone_is_not_a_number() -> None:
    assert math.isnan(auc([0.5], [True]))


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=30))
def test_auc_counts_pairs(rows: list[tuple[int, bool]]) -> None:
    pairs = [(a > b) + (a == b) / 2 for a, yes in rows if yes for b, other in rows if not other]
    found = auc([float(score) for score, _ in rows], [yes for _, yes in rows])
    assert math.isnan(found) if not pairs else found == pytest.approx(sum(pairs) / len(pairs))


def test_calibration_error_is_the_weighted_gap() -> None:
    assert expected_calibration_error([1.0, 1.0, 0.0], [True, True, False]) == 0.0
    assert expected_calibration_error([0.8, 0.8, 0.3, 0.3], [True, False, False, False]) == pytest.approx(0.3)
    assert math.isnan(expected_calibration_error([], []))


def test_bootstrap_interval_is_repeatable_and_holds_the_mean() -> None:
    values = [0.0, 1.0, 1.0, 1.0] * 25
    low, high = bootstrap_interval(values)
    assert (low, high) == bootstrap_interval(values)
    assert 0.6 < low < 0.75 < high < 0.9
    assert bootstrap_interval([1.0, 1.0]) == (1.0, 1.0)
    assert all(map(math.isnan, bootstrap_interval([])))
