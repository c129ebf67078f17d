"""The fuzz target, for a few seconds."""

from __future__ import annotations

from tests.corpus.fuzz import SHIPPED, fuzz, make


def test_made_up_texts_break_nothing() -> None:
    """Every property holds for some hundred texts; the target runs longer by hand."""
    assert fuzz(4.0) > 50


def test_a_seed_makes_the_same_text_again() -> None:
    """What a run reports can be looked at again."""
    base = SHIPPED.read_text(encoding="utf-8")
    assert make(7, base) == make(7, base)
    assert len({make(seed, base) for seed in range(20)}) == 20
