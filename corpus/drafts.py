"""A clause while the tree is being built, and what two neighbours say about one another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.numbering import spelled
from corpus.types import Block, Run, Span

if TYPE_CHECKING:
    from corpus.levels import Style
    from corpus.numbering import Label

_SEPARATORS = frozenset(".．、:：)）")


@dataclass(slots=True)
class Draft:
    """A clause while the tree is being built."""

    block: Block
    label: Label | None
    parent: int | None
    style: Style
    children: int = 0
    caption: bool = False
    """Whether it is an unnumbered heading."""
    listed: bool = False
    """Whether it is a line of the table of contents."""
    ends_in_colon: bool = False
    """Whether it introduces what follows."""

    @property
    def body(self) -> str:
        """The visible text after the label."""
        return self.block.text[self.label.rest :] if self.label else self.block.text


def is_said_in(before: Draft, label: Label) -> bool:
    """Whether the numbers that a gap misses stand inside the line before: `（1）甲；（2）乙；` and then `（3）`."""
    assert before.label is not None
    after = before.block.text[before.label.end : before.label.end + 1]
    mark = after if after in _SEPARATORS else ""
    if before.label.printed.isdigit() and not mark:  # `1 甲方付2元`
        return False
    numbers = [spelled(before.label, value) for value in range(before.label.value + 1, label.value)]
    said = (re.search(rf"(?<![0-9.]){re.escape(number + mark)}(?![0-9])", before.body) for number in numbers if number)
    return all(numbers) and all(said)


def follows(one: Label, other: Label) -> bool:
    """Whether the second label is the number behind the first."""
    return one.family is other.family and len(one.numbers) == 1 and other.value == one.value + 1


def same(one: Label | None, other: Label) -> bool:
    """Whether two labels are one number of one family, however printed."""
    return one is not None and (one.family, one.numbers) == (other.family, other.numbers)


def joined(first: Block, second: Block) -> Block:
    """Put two neighbouring blocks together, with a space where they meet."""
    lines = first.lines
    if lines is not None and second.lines is not None:
        lines = (lines[0], second.lines[1])
    meeting = Run(Span(first.span.end, first.span.end), " ")
    return replace(
        first, span=Span(first.span.start, second.span.end), runs=(*first.runs, meeting, *second.runs), lines=lines
    )
