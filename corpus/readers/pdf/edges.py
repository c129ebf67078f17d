"""Where the columns of a page begin and end: a line that reaches the end goes on, one that does not is over."""

from __future__ import annotations

from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.readers.pdf.types import Line, Page

_ENOUGH = 3
"""So many lines that end at one place show where the column ends."""
_HANGING = frozenset("，。、；：！？”’）》」』】,.;:!?)")
_STRAY = 0.04
"""Share of a column's lines that may reach beyond it: page numbers, stamps."""


def set_edges(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> None:
    """Give every line the edges of the column that it stands in."""
    widths = {page.number: page.width for page in pages}
    columns = [
        (own, _shown_end(own))
        for each in lines
        for _, group in groupby((line for line in each if not line.table), key=lambda line: line.region)
        if (own := list(group))
    ]
    shown = [end for own, end in columns if end is not None and own[0].region == 0]
    usual = median(shown) if shown else None
    for own, end in columns:
        left = _beginning(own)
        guess = widths[own[0].page] - left if usual is None else usual
        for line in own:
            line.column_left, line.column_right = left, _guessed_end(own, guess) if end is None else end


def _guessed_end(own: Sequence[Line], guess: float) -> float:
    """Guess where a column of few lines ends: where those of other pages do, or as far from the edge as it begins."""
    reach = max(line.right for line in own)
    return reach if own[0].region else max(reach, guess)


def _shown_end(own: Sequence[Line]) -> float | None:
    """Where several lines of a column end; None when too few end at one place.

    Punctuation may hang over the end, so lines that end in a character say where it is.
    """
    inside = [line.right for line in own if line.characters[-1].text not in _HANGING]
    ends = sorted(inside if len(inside) > _ENOUGH else (line.right for line in own), reverse=True)
    size = median(line.size for line in own)
    for end in ends[: int(_STRAY * len(ends)) + 1]:
        if sum(other > end - 1.2 * size for other in ends[: 20 * _ENOUGH] if other <= end) >= _ENOUGH:
            return end
    return None


def _beginning(own: Sequence[Line]) -> float:
    """Left edge at which several lines of a column begin; the leftmost where none is shared."""
    starts = sorted(line.left for line in own)
    size = median(line.size for line in own)
    for start in starts[: int(_STRAY * len(starts)) + 1]:
        if sum(other < start + 0.5 * size for other in starts[: 20 * _ENOUGH] if other >= start) >= _ENOUGH:
            return start
    return starts[0]
