"""Running heads, running feet and page numbers: lines at a page's edge that come back on other pages.

A line goes only when it repeats, at the same height, with nothing changed but its numbers. What stands once stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.readers.pdf.types import Line, Page

_EDGE = 0.12
"""Share of the page's height, above and below, where running heads stand."""
_LINES = 3
"""So many lines from each edge may be running heads."""
_SAME_HEIGHT = 8.0
"""Points that a running head may move between pages."""
_SHARE = 0.3
"""On this share of the pages it comes back, and on two at least: left and right pages may differ."""
_NUMBER = re.compile(r"\d+|(?<=第)[一二三四五六七八九十百]+(?=页)")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—·|/\s]*\d{1,4}[-–—·|\s]*(?:/\s*\d{1,4}\s*)?|第\s*\d{1,4}\s*页.{0,12}|Page\s+\d{1,4}.{0,10})\s*$",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[Page], lines: Sequence[list[Line]]) -> tuple[list[list[Line]], int]:
    """Take running heads, feet and page numbers off; returns the lines left, and how many went."""
    places: dict[tuple[str, str], list[tuple[int, Line]]] = defaultdict(list)
    for index, (page, own) in enumerate(zip(pages, lines, strict=True)):
        for edge, line in _at_edges(page, own):
            places[edge, _shape(line.text)].append((index, line))
    gone: set[int] = set()
    needed = max(2, _SHARE * len(pages))
    for (_, shape), found in places.items():
        alike = _at_one_height(found)
        if len({index for index, _ in alike}) >= needed and (shape != "#" or _counts(alike)):
            gone |= {id(line) for _, line in alike}
    left = [[line for line in own if id(line) not in gone] for own in lines]
    return left, len(gone)


def _at_edges(page: Page, lines: list[Line]) -> list[tuple[str, Line]]:
    """First and last lines of a page that stand in its margins."""
    if not lines:
        return []
    by_height = sorted(lines, key=lambda line: -line.base)
    top, bottom = by_height[0].base, by_height[-1].base
    height = max(page.height, 1.0)
    heads = [line for line in by_height[:_LINES] if line.base >= min(top, height) - _EDGE * height]
    feet = [line for line in by_height[-_LINES:] if line.base <= max(bottom, 0.0) + _EDGE * height]
    return [("head", line) for line in heads] + [("foot", line) for line in feet if line not in heads]


def _shape(text: str) -> str:
    """Return the text with its numbers left open; a page number in any dress is `#`."""
    return "#" if _PAGE_NUMBER.match(text) else _NUMBER.sub("#", re.sub(r"\s+", " ", text).strip())


def _at_one_height(found: list[tuple[int, Line]]) -> list[tuple[int, Line]]:
    """Keep the largest group that stands at one height."""
    best: list[tuple[int, Line]] = []
    for _, line in found[:50]:
        near = [each for each in found if abs(each[1].base - line.base) <= _SAME_HEIGHT]
        if len(near) > len(best):
            best = near
    return best


def _counts(found: list[tuple[int, Line]]) -> bool:
    """Whether lone numbers grow with the pages: the amounts of a table do not."""
    numbers = [(index, int(digits.group())) for index, line in found if (digits := re.search(r"\d+", line.text))]
    steps = [later[1] - earlier[1] == later[0] - earlier[0] for earlier, later in pairwise(numbers)]
    return bool(steps) and sum(steps) * 2 >= len(steps)
