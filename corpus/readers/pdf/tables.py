"""Tables with borders: the rules of a page cut it into cells, a row of cells is read as one line."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.readers.pdf.lines import gather, lines_of
from corpus.readers.pdf.types import Character, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.readers.pdf.types import Page, Rectangle

_THIN = 2.5
"""Points: a border is no thicker."""
_TOUCH = 3.0
"""Points that borders may miss one another by."""
_LONG = 12.0
"""Points: a border is longer."""
_MOST_RULES = 3_000
_FEWEST_ROWS = 2


@dataclass(slots=True)
class _Grid:
    """Borders that touch one another."""

    left: float
    bottom: float
    right: float
    top: float
    across: list[Rectangle] = field(default_factory=list)
    down: list[Rectangle] = field(default_factory=list)

    def touches(self, rule: Rectangle) -> bool:
        apart = rule.left > self.right + _TOUCH or rule.right < self.left - _TOUCH
        return not (apart or rule.bottom > self.top + _TOUCH or rule.top < self.bottom - _TOUCH)

    def add(self, across: Sequence[Rectangle], down: Sequence[Rectangle]) -> None:
        self.across += across
        self.down += down
        for rule in (*across, *down):
            self.left, self.right = min(self.left, rule.left), max(self.right, rule.right)
            self.bottom, self.top = min(self.bottom, rule.bottom), max(self.top, rule.top)

    def holds(self, character: Character) -> bool:
        middle = (character.left + character.right) / 2
        return self.left <= middle <= self.right and self.bottom <= character.base <= self.top


def lines_and_rows(page: Page) -> list[Line]:
    """Lines of a page in reading order, each row of a ruled table as one line."""
    rows = _ruled_rows(page)
    lines = lines_of(page)
    for row in rows:
        below = [index for index, line in enumerate(lines) if line.base < row.base]
        lines.insert(below[0] if below else len(lines), row)
    return lines


def _ruled_rows(page: Page) -> list[Line]:
    """Rows of the page's ruled tables, from top to bottom; their characters are taken off the page."""
    rows: list[Line] = []
    for number, grid in enumerate(_grids(page.shapes), start=1):
        inside = [character for character in page.characters if grid.holds(character)]
        found = _rows(grid, inside, page.number)
        if len(found) >= _FEWEST_ROWS and any("\t" in row.text for row in found):
            taken = {id(character) for character in inside}
            page.characters = [character for character in page.characters if id(character) not in taken]
            for row in found:
                row.table = number
            rows += found
    return rows


def _grids(shapes: Sequence[Rectangle]) -> list[_Grid]:
    """Find groups of borders that hang together and have two lines and more in both directions."""
    across = [edge for shape in shapes for edge in _edges(shape) if edge.height <= _THIN and edge.width >= _LONG]
    down = [edge for shape in shapes for edge in _edges(shape) if edge.width <= _THIN and edge.height >= _LONG / 2]
    if not across or not down or len(across) + len(down) > _MOST_RULES:
        return []
    grids: list[_Grid] = []
    for rule in (*across, *down):
        touching = [grid for grid in grids if grid.touches(rule)]
        merged = _Grid(rule.left, rule.bottom, rule.right, rule.top)
        merged.add(*(([rule], []) if rule.height <= _THIN else ([], [rule])))
        for grid in touching:
            merged.add(grid.across, grid.down)
            grids.remove(grid)
        grids.append(merged)
    return [grid for grid in grids if len(_positions(grid.down, 0)) >= 2 and len(_positions(grid.across, 1)) >= 3]


def _edges(shape: Rectangle) -> list[Rectangle]:
    """Return a thin shape itself, or the four sides of a frame."""
    if shape.height <= _THIN or shape.width <= _THIN:
        return [shape]
    if not shape.stroked:
        return []
    left, bottom, right, top, colour = shape.left, shape.bottom, shape.right, shape.top, shape.colour
    kind = type(shape)
    return [
        kind(left, top, right, top, colour), kind(left, bottom, right, bottom, colour),
        kind(left, bottom, left, top, colour), kind(right, bottom, right, top, colour),
    ]  # fmt: skip


def _positions(rules: Sequence[Rectangle], axis: int) -> list[float]:
    """Places of parallel borders, near ones taken as one, ascending."""
    places: list[float] = []
    for place in sorted((rule.left + rule.right) / 2 if axis == 0 else (rule.bottom + rule.top) / 2 for rule in rules):
        if not places or place - places[-1] > _TOUCH:
            places.append(place)
    return places


def _rows(grid: _Grid, characters: Sequence[Character], page: int) -> list[Line]:

    heights = _positions(grid.across, 1)
    by_row: dict[int, list[Character]] = {}
    for character in characters:
        by_row.setdefault(_row_of(character, grid, heights), []).append(character)
    rows: list[Line] = []
    for _, inside in sorted(by_row.items(), reverse=True):
        if not any(character.text.strip() for character in inside):
            continue
        middle = max(character.base for character in inside)
        walls = _positions([rule for rule in grid.down if rule.bottom <= middle <= rule.top], 0)
        cells: dict[int, list[Character]] = {}
        for character in inside:
            cells.setdefault(bisect_right(walls, (character.left + character.right) / 2), []).append(character)
        row: list[Character] = []
        for _, cell in sorted(cells.items()):
            row = _with_cell(row, [line.characters for line in gather(cell, page)])
        if row:
            rows.append(Line(row, page))
    return rows


def _row_of(character: Character, grid: _Grid, heights: Sequence[float]) -> int:
    """Find the row that a character's cell begins in, from the bottom: a merged cell belongs to its first row."""
    middle = (character.left + character.right) / 2
    height = character.base + 0.2 * character.printed.size
    above = [rule.bottom for rule in grid.across if rule.left - 1 <= middle <= rule.right + 1 and rule.top > height]
    return bisect_right(heights, min(above, default=grid.top) - _TOUCH)


def _with_cell(row: list[Character], lines: Sequence[list[Character]]) -> list[Character]:
    """Add a cell's lines behind the cells before it."""
    for index, line in enumerate(lines):
        if row:
            last = row[-1]
            latin = last.text.isascii() and line[0].text.isascii()
            between = "\t" if index == 0 else " " if latin else ""
            row = [*row, *([Character(between, last.right, last.right, last.base, last.printed)] if between else [])]
        row = [*row, *line]
    return row
