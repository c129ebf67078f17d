"""Bold that begins in one block and ends in another.

Two kinds. Lines of one CommonMark paragraph that carry a number each (`**1.1 …` over `1.2 …**`): a renderer shows
all of them bold. Paragraphs with a blank line between: the author meant bold, a renderer shows stars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BOLD_MARK = re.compile(r"(?<![\\*])\*{2,4}(?!\*)")
_FARTHEST = 20
"""Blocks that one pair of marks may span; more is a mark whose twin was forgotten."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The source of one block."""

    block: int
    """Index of the block."""
    start: int
    """Offset of its first character, marks included."""
    end: int
    """Offset after its last."""
    paragraph: int
    """Number of the CommonMark paragraph that it belongs to."""
    plain: bool
    """Whether it is text: neither a heading nor code."""


def spanning_pairs(source: str, stretches: list[Stretch]) -> list[tuple[int, int]]:
    """Find places in `stretches` with an unpaired mark each: bold opens in the first and closes in the second."""
    pairs: list[tuple[int, int]] = []
    opener: int | None = None
    for place, stretch in enumerate(stretches):
        marked = source.find("**", stretch.start, stretch.end) >= 0
        marks = list(_BOLD_MARK.finditer(source, stretch.start, stretch.end)) if marked else []
        odd = sum(2 if len(mark.group()) == 4 else 1 for mark in marks) % 2 == 1
        if not stretch.plain or (opener is not None and place - opener > _FARTHEST):
            opener = None
        if not odd or not stretch.plain:
            continue
        if opener is not None and _closes(source, stretch, marks[0], stretches[opener]):
            pairs.append((opener, place))
            opener = None
        else:
            opener = place if source[marks[-1].end() : stretch.end].strip() else None
    return pairs


def _closes(source: str, stretch: Stretch, mark: re.Match[str], opener: Stretch) -> bool:
    """Whether the first mark of a block looks back: text stands before it, and in the same paragraph that is enough."""
    before = source[stretch.start : mark.start()].strip()
    after = source[mark.end() : mark.end() + 1]
    return bool(before) and (stretch.paragraph == opener.paragraph or not after.strip())
