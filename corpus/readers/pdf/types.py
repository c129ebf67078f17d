"""What a page holds, from characters to lines. Coordinates are points; y grows upwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.readers.colour import Colour


class Boldness(Enum):
    """What a font says about its weight."""

    PLAIN = "plain"
    BOLD = "bold"
    GOTHIC = "gothic"
    """黑体: bold in a document that is not set in it."""
    UNKNOWN = "unknown"
    """The font has no name that says so."""


@dataclass(frozen=True, slots=True)
class Print:
    """How a character is printed."""

    font: str
    """Name without its subset tag; empty when the file gives none."""
    boldness: Boldness
    italic: bool
    size: float
    """In points, on the page."""
    colour: Colour


@dataclass(slots=True)
class Character:
    """One visible character, or a space."""

    text: str
    left: float
    right: float
    base: float
    """y of the base line."""
    printed: Print
    tag: int = -1
    """Number of the marked content that it belongs to, -1 outside (ISO 32000-1, 14.6)."""
    underlined: bool = False
    highlighted: bool = False


@dataclass(slots=True)
class Line:
    """Characters on one base line, from left to right."""

    characters: list[Character]
    page: int
    """1-based."""
    column_left: float = 0.0
    column_right: float = 0.0
    region: int = 0
    """0 where the page has one column; each column of a page with two has a number of its own."""
    listed: bool = False
    """Whether it is a line of the table of contents."""
    table: int = 0
    """Number of the ruled table of its page that this is a row of, from 1; 0 outside."""

    @property
    def left(self) -> float:
        """Left edge of its first character."""
        return self.characters[0].left

    @property
    def right(self) -> float:
        """Right edge of its last character."""
        return self.characters[-1].right

    @property
    def base(self) -> float:
        """Height of its base line."""
        return self.characters[0].base

    @property
    def size(self) -> float:
        """Size of most of its characters: a bullet or a footnote's sign may be larger or smaller."""
        sizes = sorted(character.printed.size for character in self.characters if character.text != " ")
        return sizes[len(sizes) // 2] if sizes else self.characters[0].printed.size

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(character.text for character in self.characters)


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A shape on a page, by its bounds: a rule, a background, a border."""

    left: float
    bottom: float
    right: float
    top: float
    colour: Colour
    filled: bool = True
    stroked: bool = False

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


@dataclass(slots=True)
class Page:
    """One page as the file gives it."""

    number: int
    """1-based."""
    width: float
    height: float
    characters: list[Character] = field(default_factory=list)
    """In the order in which the file draws them."""
    shapes: list[Rectangle] = field(default_factory=list)
    tags: dict[int, Tag] = field(default_factory=dict)
    """What each piece of marked content is, where the file is tagged."""
    pictures: int = 0
    unmapped: int = 0
    """Characters whose font does not say what they mean."""


@dataclass(frozen=True, slots=True)
class Tag:
    """The block that marked content belongs to (ISO 32000-1, 14.8.4)."""

    kind: str
    """`P`, `H1` … `H6`, `LI`, `TR`."""
    block: int
    """Number of the block on its page, in reading order."""
    cell: int = 0
    """Number of the cell in its row, from 1."""
    table: int = 0
    """Number of the table on its page, from 1; 0 outside."""
    label: bool = False
    """Whether it is the number or bullet of a list item."""
    nesting: int = 0
    """How many list items it stands in."""
    marked: bool = False
    """Whether the file draws a number or bullet before the list item."""
