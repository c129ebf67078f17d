"""Drawing questions for the steps of a training."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence


class Deck:
    """Deals cards in random order, all of them before any comes again."""

    def __init__(self, cards: Sequence[int], chance: random.Random) -> None:
        self._cards, self._chance = cards, chance
        self._left: list[int] = []

    def draw(self, count: int) -> list[int]:
        """Deal `count` cards; ValueError when there are not so many."""
        if len(self._cards) < count:
            raise ValueError(f"a step needs {count} questions of a kind, there are {len(self._cards)}")
        if len(self._left) < count:
            self._left = self._chance.sample(self._cards, len(self._cards))
        return [self._left.pop() for _ in range(count)]
