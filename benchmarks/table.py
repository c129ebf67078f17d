"""Rows of figures, with what was to be reached beside what was measured, as text or Markdown."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Row:
    """One figure."""

    what: str
    """What was measured."""
    reach: str
    """What was to be reached; empty for a figure that only stands beside others."""
    measured: str
    """What was measured, with its unit."""
    met: bool | None = None
    """Whether it was reached; None where nothing was to be."""


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Median over the rounds of ours over theirs: what slows one round slows both."""
    return statistics.median(our / their for our, their in zip(ours, theirs, strict=True))


def write_text(rows: Sequence[Row]) -> str:
    """Write one line a row."""
    return "".join(f"{_sign(row):<6} {row.what}: {row.measured}{_wish(row)}\n" for row in rows)


def write_markdown(rows: Sequence[Row]) -> str:
    """Write a table."""
    lines = ["| what | reach | measured | |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.reach} | {row.measured} | {_sign(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _sign(row: Row) -> str:
    return {True: "yes", False: "short", None: ""}[row.met]


def _wish(row: Row) -> str:
    return f" (reach: {row.reach})" if row.reach else ""
