"""Clauses in the wording of other trades: a line of `cases/other_trades.txt` is a case, new ones need no Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.review.matching import find
from app.review.names import DEFAULT
from app.review.rulebook import load_rules

FILE = Path(__file__).with_name("cases") / "other_trades.txt"
CASES = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("line", CASES)
def test_a_clause_of_another_trade(line):
    """A line that begins with `!` must be prominent, in one of its categories; a line with `-` need not be."""
    head, _, clause = line.partition("|")
    found = find(load_rules(), clause.strip(), start=0, names=DEFAULT)
    assert any(match.must for match in found) is (head[0] == "!")
    wanted = set(head[1:].split())
    assert not wanted or wanted & {match.rule.category.value for match in found}
