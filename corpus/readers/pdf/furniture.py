"""Running heads, running feet and page numbers: lines at a page's edge that come back on other pages.

A line goes only when it repeats, at the same height, with nothing changed but its numbers. What stands once stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.numbering import read_label

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
_LONGEST = 160
"""Characters of a running head at most."""
_NUMBER = re.compile(r"\d+|(?<=第)[一二三四五六七八九十百]+(?=页)")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—·|/\s]*\d{1,4}[-–—·|\s]*(?:/\s*\d{1,4}\s*)?|第\s*\d{1,4}\s*页.{0,12}|Page\s+\d{1,4}.{0,10})\s*$",
    re.IGNORECASE,
)


def without_furniture(
    pages: Sequence[Page], lines: Sequence[list[Line]], *, may_take_all: bool = False
) -> tuple[list[list[Line]], int]:
    """Take running heads, feet and page numbers off; returns the lines left, and how many went.

    `may_take_all` says that the lines are not the whole text, so that nothing may be left of them.
    """
    same: dict[tuple[str, str], list[tuple[int, Line]]] = defaultdict(list)
    numbered: dict[tuple[str, str], list[tuple[int, Line]]] = defaultdict(list)
    for index, (page, own) in enumerate(zip(pages, lines, strict=True)):
        for edge, line in _at_edges(page, own):
            same[edge, line.text].append((index, line))
            if not _is_clause(line.text):
                numbered[edge, _shape(line.text)].append((index, line))
    gone: set[int] = set()
    needed = max(2, _SHARE * len(pages))
    for groups, must_count in ((same, False), (numbered, True)):
        for (_, shape), found in groups.items():
            alike = _at_one_height(found)
            often = len({index for index, _ in alike}) >= needed and len(shape) <= _LONGEST
            if often and (not must_count or _counts(alike)) and not shape.isdigit():
                gone |= {id(line) for _, line in alike}
    left = [[line for line in own if id(line) not in gone] for own in lines]
    return (left, len(gone)) if may_take_all or any(left) else (list(lines), 0)


def _is_clause(text: str) -> bool:
    """Whether a line begins with a clause number: `1.1` on page one and `2.1` on page two count, and stay."""
    label = read_label(text)
    return label is not None and bool(text[label.rest :].strip()) and _PAGE_NUMBER.match(text) is None


def _at_edges(page: Page, lines: list[Line]) -> list[tuple[str, Line]]:
    """First and last lines of a page that stand in its margins."""
    if not lines:
        return []
    by_height = sorted(lines, key=lambda line: -line.base)
    bases = [character.base for character in page.characters]
    top, bottom = max(bases), min(bases)
    margin = _EDGE * max(page.height, top - bottom)
    heads = [line for line in by_height[:_LINES] if line.base >= top - margin]
    feet = [line for line in by_height[-_LINES:] if line.base <= bottom + margin and line.base < top - margin]
    return [("head", line) for line in heads] + [("foot", line) for line in feet]


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
    """Whether one of the numbers in these lines grows with the pages: the amounts of a table do not."""
    numbers = [(index, [int(digits) for digits in re.findall(r"[0-9]{1,6}", line.text)]) for index, line in found]
    most = min(len(own) for _, own in numbers)
    for place in range(most):
        steps = [later[1][place] - earlier[1][place] == later[0] - earlier[0] for earlier, later in pairwise(numbers)]
        if steps and sum(steps) * 2 >= len(steps):
            return True
    return False
