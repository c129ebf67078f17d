"""The open places of the clause tree, and what is known of a number before it has its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.numbering import Family, Label


@dataclass(frozen=True, slots=True)
class Style:
    """How a numbered block is printed; members of one sequence are printed alike."""

    heading_level: int
    """1 to 6 as the format says, -1 for the document's title, 0 elsewhere."""
    bold: bool
    """Whether the whole block is a bold caption."""
    indent: int = field(default=0, compare=False)
    """Columns of white space before it; authors are careless with it, so it decides only between two places."""

    @property
    def is_heading(self) -> bool:
        """Whether it is printed as a heading."""
        return self.heading_level != 0 or self.bold


@dataclass(slots=True)
class Level:
    """An open place in the clause tree; the outermost is the document itself."""

    index: int | None
    """Index of the clause that opened it; None for the document."""
    style: Style
    label: Label | None = None
    """None for the document, an unnumbered heading or a lead-in paragraph."""
    counts: dict[tuple[Family, int], int] = field(default_factory=dict)
    """Last value of each family, by number of parts, that counted anywhere under this level."""
    colon: bool = False
    """Whether its words end in a colon."""
    caption: bool = False
    """Whether its words are short and no sentence."""
    goes_on: bool = False
    """Whether the item before it ended in a semicolon."""
    closed: bool = False
    """Whether it ends a list: the item before ends in a semicolon, and it in a full stop."""
    followed: bool = False
    """Whether more of its sequence follows, or what stands before it has text of its own: text after it is its own."""
    preface: bool = False
    """Whether it stands over a preface."""
    opens: bool = False
    """Whether it leads into the whole of the terms: 双方达成如下协议, with a colon."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number at the start of a block, with what is known of its surroundings."""

    label: Label
    """What the grammar read."""
    style: Style
    """How the block is printed."""
    after_colon: bool = False
    """Whether the block before ends in a colon."""
    repeated: bool = False
    """Whether the same number comes again later, plainly a label, before the sequence goes on."""
    followed: bool = False
    """Whether the next number of its family follows later."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label belongs."""

    depth: int
    """Number of levels that stay open, the document included: at least 1."""
    slip: str = ""
    """`gap`, `repeat`, `jump`, or empty when the sequence simply goes on."""
    expected: str = ""
    """The label that would have continued the sequence."""
