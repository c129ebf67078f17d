"""How a run is printed: what its properties, its styles and the document's defaults say together (17.7.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.readers.colour import BLACK, Colour, is_pale, read_colour, stands_out
from corpus.readers.word.names import number_of, switch_of, value_of, w
from corpus.types import EmphasisKind

if TYPE_CHECKING:
    from lxml import etree

_HEX = re.compile("[0-9A-Fa-f]{6}$")
_GOTHIC = re.compile("黑体|SimHei|Heiti|粗|小标宋|大标宋|超黑|大黑", re.IGNORECASE)
"""Typefaces that Chinese print uses where Latin print uses bold."""
_DEFAULT_SIZE = 21
"""五号, in half-points: what Chinese Word prints where nothing is set."""
_BIGGER = 1.2
"""How much larger than the body words must be to stand out: 12 pt becomes 小三 (15 pt)."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What one `w:rPr` says; None where it says nothing."""

    bold: bool | None = None
    italic: bool | None = None
    underlined: bool | None = None
    colour: Colour | None = None
    highlighted: bool | None = None
    size: int | None = None
    """In half-points."""
    hidden: bool | None = None
    font: str | None = None
    """Typeface of ideographs."""

    def over(self, below: Properties) -> Properties:
        """Return what holds when this stands over `below`: what is given here wins."""
        given = {name: value for name in _FIELDS if (value := getattr(self, name)) is not None}
        return replace(below, **given)


_FIELDS = ("bold", "italic", "underlined", "colour", "highlighted", "size", "hidden", "font")

NOTHING = Properties()


def read_properties(element: etree._Element | None) -> Properties:
    """Read a `w:rPr`."""
    if element is None:
        return NOTHING
    underline, emphasis_mark = value_of(element, "u"), value_of(element, "em")
    underlined = None if underline is None else underline != "none"
    if emphasis_mark not in {None, "none"}:
        underlined = True  # 着重号: dots below the words
    fonts = element.find(w("rFonts"))
    return Properties(
        bold=switch_of(element, "b"),
        italic=switch_of(element, "i"),
        underlined=underlined,
        colour=_colour(value_of(element, "color")),
        highlighted=_highlighted(element),
        size=number_of(element, "sz"),
        hidden=switch_of(element, "vanish"),
        font=None if fonts is None else fonts.get(w("eastAsia")),
    )


def combine(defaults: Properties, paragraph: Properties, character: Properties) -> Properties:
    """Combine what the document, the paragraph style and the character style say, each with its ancestors in it."""
    return replace(
        character.over(paragraph.over(defaults)),
        bold=_toggled(defaults.bold, paragraph.bold, character.bold),
        italic=_toggled(defaults.italic, paragraph.italic, character.italic),
        hidden=_toggled(defaults.hidden, paragraph.hidden, character.hidden),
    )


def _toggled(defaults: bool | None, paragraph: bool | None, character: bool | None) -> bool | None:  # noqa: FBT001
    """Let a character style turn off what the paragraph style turned on (17.7.3)."""
    if defaults:
        return True
    if paragraph is None or character is None:
        return paragraph if character is None else character
    return paragraph != character


def kinds_of(printed: Properties, body: Properties) -> frozenset[EmphasisKind]:
    """Tell how words stand out from the body, which is how most of the document is printed."""
    gothic = bool(_GOTHIC.search(printed.font or "")) and not _GOTHIC.search(body.font or "")
    size, usual = printed.size or 0, body.size or _DEFAULT_SIZE
    found = {
        EmphasisKind.BOLD: bool(printed.bold) or gothic,
        EmphasisKind.ITALIC: bool(printed.italic),
        EmphasisKind.UNDERLINE: bool(printed.underlined),
        EmphasisKind.COLOUR: stands_out(printed.colour or BLACK, body.colour or BLACK),
        EmphasisKind.HIGHLIGHT: bool(printed.highlighted),
        EmphasisKind.SIZE: size >= _BIGGER * usual,
    }
    return frozenset(kind for kind, holds in found.items() if holds)


def _colour(value: str | None) -> Colour | None:
    if value is None:
        return None
    return (read_colour(f"#{value}") if _HEX.match(value) else None) or BLACK


def _highlighted(element: etree._Element) -> bool | None:
    highlight = value_of(element, "highlight")
    if highlight is not None:
        return highlight not in {"none", "white"}
    if element.find(w("bdr")) is not None:
        return value_of(element, "bdr") not in {"nil", "none"}
    shading = element.find(w("shd"))
    if shading is None:
        return None
    fill = shading.get(w("fill"), "")
    colour = read_colour(f"#{fill}") if _HEX.match(fill) else None
    return colour is not None and not is_pale(colour)
