"""Who goes with whom, so that all together fit best: the assignment problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 300
"""Clauses of a group that are assigned optimally (cubic time); larger groups take the best pair first."""


def assign(scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Pairs (row, column), none used twice, with the largest sum of scores; a pair that is missing is never made.

    Scores are positive. Rows and columns that no chain of pairs connects are assigned apart.
    """
    pairs: list[tuple[int, int]] = []
    for group in _groups(scores):
        rows = sorted({row for row, _ in group})
        columns = sorted({column for _, column in group})
        if max(len(rows), len(columns)) > LARGEST:
            pairs += _best_first({pair: scores[pair] for pair in group})
            continue
        size = max(len(rows), len(columns))
        gain = np.zeros((size, size))
        places = {column: place for place, column in enumerate(columns)}
        numbers = {row: number for number, row in enumerate(rows)}
        for row, column in group:
            gain[numbers[row], places[column]] = scores[row, column]
        for number, place in enumerate(_hungarian(gain.max() - gain)):
            if gain[number, place] > 0:
                pairs.append((rows[number], columns[place]))
    return sorted(pairs)


def _groups(scores: Mapping[tuple[int, int], float]) -> list[list[tuple[int, int]]]:
    """Pairs that share rows or columns, directly or through others."""
    roots: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while roots.setdefault(node, node) != node:
            roots[node] = roots[roots[node]]
            node = roots[node]
        return node

    for row, column in scores:
        roots[root(("row", row))] = root(("column", column))
    groups: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for pair in sorted(scores):
        groups.setdefault(root(("row", pair[0])), []).append(pair)
    return list(groups.values())


def _best_first(scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    rows: set[int] = set()
    columns: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for row, column in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((row, column))
    return pairs


def _hungarian(cost: np.ndarray) -> list[int]:
    """Column of each row with the least sum of costs: Kuhn and Munkres with potentials, O(n³), rows one by one."""
    size = len(cost)
    row_potential, column_potential = np.zeros(size + 1), np.zeros(size + 1)
    match = np.zeros(size + 1, dtype=int)
    for row in range(1, size + 1):
        match[0] = row
        column = 0
        least = np.full(size + 1, np.inf)
        way = np.zeros(size + 1, dtype=int)
        used = np.zeros(size + 1, dtype=bool)
        while match[column]:
            used[column] = True
            slack = cost[match[column] - 1] - row_potential[match[column]] - column_potential[1:]
            better = ~used[1:] & (slack < least[1:])
            least[1:][better] = slack[better]
            way[1:][better] = column
            following = int(np.where(used[1:], np.inf, least[1:]).argmin()) + 1
            delta = least[following]
            row_potential[match[used]] += delta
            column_potential[used] -= delta
            least[~used] -= delta
            column = following
        while column:
            match[column] = match[way[column]]
            column = way[column]
    result = [0] * size
    for column in range(1, size + 1):
        result[match[column] - 1] = column - 1
    return result
