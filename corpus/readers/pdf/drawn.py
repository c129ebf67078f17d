"""Emphasis that is drawn beside the words: rules below them, colour behind them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from corpus.readers.colour import is_pale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.readers.pdf.types import Character, Page, Rectangle

_THIN = 2.0
"""Points: a rule is no thicker."""
_ALIGNED = 0.6
"""A rule that underlines begins and ends with a character, to this share of its size; borders of tables do not."""


def mark_drawn(page: Page) -> None:
    """Mark the characters of a page that are underlined or stand on a coloured ground."""
    rules = [shape for shape in page.shapes if shape.height <= _THIN < shape.width and (shape.filled or shape.stroked)]
    grounds = [
        shape for shape in page.shapes if shape.filled and _THIN < shape.height <= 60 and not is_pale(shape.colour)
    ]
    if not rules and not grounds:
        return
    by_height: dict[int, list[Character]] = defaultdict(list)
    for character in page.characters:
        by_height[round(character.base / 10)].append(character)
    for rule in rules:
        for character in _covered(rule, _near(by_height, rule)):
            character.underlined = True
    for ground in grounds:
        for character in _on(ground, _near(by_height, ground)):
            character.highlighted = True


def _near(by_height: dict[int, list[Character]], shape: Rectangle) -> Iterable[Character]:
    lowest, highest = round(shape.bottom / 10) - 1, round(shape.top / 10) + 1
    for height in range(lowest, min(highest, lowest + 20) + 1):
        yield from by_height.get(height, ())


def _covered(rule: Rectangle, characters: Iterable[Character]) -> list[Character]:
    """Characters whose base line lies just above the rule, if it begins and ends with them."""
    middle = (rule.bottom + rule.top) / 2
    above = [
        character
        for character in characters
        if -0.05 <= (character.base - middle) / max(character.printed.size, 1.0) <= 0.35
        and rule.left - 1 <= (character.left + character.right) / 2 <= rule.right + 1
        and character.text != " "
    ]
    if not above:
        return []
    slack = _ALIGNED * max(character.printed.size for character in above)
    left, right = min(character.left for character in above), max(character.right for character in above)
    fits = abs(left - rule.left) <= slack and abs(right - rule.right) <= slack
    return above if fits else []


def _on(ground: Rectangle, characters: Iterable[Character]) -> list[Character]:
    """Characters on a ground that is as high as a line and ends with them: cells and boxes reach farther."""
    on = [
        character
        for character in characters
        if ground.bottom <= character.base + 0.3 * character.printed.size <= ground.top
        and ground.left - 1 <= (character.left + character.right) / 2 <= ground.right + 1
        and character.text != " "
    ]
    if not on:
        return []
    size = max(character.printed.size for character in on)
    left, right = min(character.left for character in on), max(character.right for character in on)
    fits = ground.height <= 2.2 * size and abs(left - ground.left) <= size and abs(right - ground.right) <= size
    return on if fits else []
