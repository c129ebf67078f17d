"""How an element is printed: what it inherits, what its tag says, what the style sheets and its `style` say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.readers.colour import BLACK, Colour, is_pale, read_colour, stands_out
from corpus.types import EmphasisKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.readers.web.css import StyleSheets
    from corpus.readers.web.tree import Element

BOLD_FROM = 600
"""`font-weight` from which type looks bold."""

_BLOCK_NAMES = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre
    search section summary table tbody td tfoot th thead tr ul"""
_BLOCK = frozenset(_BLOCK_NAMES.split())
_INVISIBLE_NAMES = """
    script style head title template noscript iframe object embed svg canvas audio video map select option datalist
    button input textarea progress meter area base link meta param source track rp rt noembed noframes
    frameset applet"""
_INVISIBLE = frozenset(_INVISIBLE_NAMES.split())
"""Elements that are no text of the terms; a page without scripts shows `noscript`, people's browsers do not."""
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "th", "caption", "dt", "summary", "legend"})
"""Elements that stand out by what they are: their own weight and size say nothing about the words."""
_FONT_SIZES = {"1": 10.0, "2": 13.0, "3": 16.0, "4": 18.0, "5": 24.0, "6": 32.0, "7": 48.0}
_NAMED_SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
}  # fmt: skip
_LENGTH = re.compile(r"([+-]?\d{0,6}(?:\.\d{1,6})?)(px|pt|em|rem|%|ex|vw|)$")
_UNITS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0, "": 1.0, "vw": 10.0}


@dataclass(frozen=True, slots=True)
class Style:
    """What of an element's print matters to the terms."""

    display: str = "inline"
    """`none`, `inline`, `block`, or another value of CSS that breaks the line."""
    hidden: bool = False
    weight: int = 400
    italic: bool = False
    underlined: bool = False
    colour: Colour = BLACK
    background: Colour | None = None
    """Behind inline words; the backgrounds of blocks are layout."""
    size: float = 16.0
    """In pixels."""
    preformatted: bool = False
    list_type: str = ""
    """`list-style-type`; empty where nothing sets it."""
    linked: bool = False

    @property
    def is_inline(self) -> bool:
        """Whether it stands in a line with the words around it."""
        return self.display.startswith("inline") or self.display in {"contents", "ruby"}

    def kinds(self, *, body_colour: Colour, body_size: float) -> frozenset[EmphasisKind]:
        """Tell how words of this style stand out from body text."""
        found = {
            EmphasisKind.BOLD: self.weight >= BOLD_FROM,
            EmphasisKind.ITALIC: self.italic,
            EmphasisKind.UNDERLINE: self.underlined,
            EmphasisKind.COLOUR: not self.linked and stands_out(self.colour, body_colour),
            EmphasisKind.HIGHLIGHT: self.background is not None,
            EmphasisKind.SIZE: self.size >= 1.2 * body_size,
        }
        return frozenset(kind for kind, holds in found.items() if holds)


ROOT = Style(display="block")
"""What a page starts from."""


def style_of(element: Element, above: Style, sheets: StyleSheets) -> Style:
    """Compute the style of an element inside one of style `above` (CSS Cascade 4, the properties named here)."""
    name = element.name
    style = replace(
        above,
        display="block" if name in _BLOCK else "inline",
        background=above.background if above.is_inline else None,
    )
    if name in _INVISIBLE or _is_marked_hidden(element):
        style = replace(style, display="none")
    style = _by_tag(style, element)
    for declaration in sheets.declarations(element):
        apply = _PROPERTIES.get(declaration.name)
        if apply is not None:
            style = apply(style, declaration.value, above)
    if name in _HEADS:
        style = replace(style, weight=above.weight, size=above.size)
    if name == "a" and "href" in element.attributes:
        style = replace(style, colour=above.colour, underlined=above.underlined, linked=True)
    return style


def _is_marked_hidden(element: Element) -> bool:
    attributes = element.attributes
    if element.name == "dialog" and "open" not in attributes:
        return True
    return "hidden" in attributes and attributes["hidden"].lower() != "until-found"


def _by_tag(style: Style, element: Element) -> Style:
    """Apply the browser's own style sheet (HTML Standard 15.3) and the attributes of `<font>`."""
    name, attributes = element.name, element.attributes
    if name in {"b", "strong"}:
        style = replace(style, weight=max(700, style.weight))
    elif name in {"i", "em", "cite", "dfn", "var"}:
        style = replace(style, italic=True)
    elif name in {"u", "ins"}:
        style = replace(style, underlined=True)
    elif name == "mark":
        style = replace(style, background=(255, 255, 0))
    elif name == "big":
        style = replace(style, size=style.size * 1.2)
    elif name in {"ol", "ul", "menu", "dir"}:
        style = replace(style, list_type="")  # a browser counts a list inside a list in its own way
    elif name in {"pre", "listing", "plaintext", "xmp"}:
        style = replace(style, preformatted=True)
    elif name == "font":
        colour = read_colour(_with_hash(attributes.get("color", "")))
        size = _FONT_SIZES.get(attributes.get("size", "").strip(), style.size)
        style = replace(style, colour=style.colour if colour is None else colour, size=size)
    return style


def _with_hash(value: str) -> str:
    """`<font color=ff0000>` lacks its hash in old pages."""
    return f"#{value}" if re.fullmatch(r"[0-9A-Fa-f]{6}", value.strip()) else value


def _display(style: Style, value: str, _: Style) -> Style:
    if style.display == "none" and value != "none":
        return style  # no style sheet makes a script or a hidden element into text
    return replace(style, display=value.split(maxsplit=1)[0] if value else style.display)


def _weight(style: Style, value: str, above: Style) -> Style:
    if value in {"bold", "bolder"}:
        return replace(style, weight=700)
    if value in {"normal", "lighter", "initial"}:
        return replace(style, weight=400)
    if value in {"inherit", "unset"}:
        return replace(style, weight=above.weight)
    return replace(style, weight=int(value)) if value.isascii() and value.isdigit() and len(value) <= 4 else style


def _slant(style: Style, value: str, above: Style) -> Style:
    if value == "inherit":
        return replace(style, italic=above.italic)
    return replace(style, italic=value.startswith(("italic", "oblique")))


def _colour(style: Style, value: str, above: Style) -> Style:
    if value == "inherit":
        return replace(style, colour=above.colour)
    colour = read_colour(value)
    return style if colour is None else replace(style, colour=colour)


def _background(style: Style, value: str, _: Style) -> Style:
    if not style.is_inline:
        return style
    colours = [colour for part in _split(value) if (colour := read_colour(part)) is not None]
    if colours:
        return replace(style, background=None if is_pale(colours[0]) else colours[0])
    return replace(style, background=None) if value in {"none", "transparent", "initial"} else style


def _split(value: str) -> list[str]:
    """Split at spaces outside brackets."""
    return re.findall(r"[^\s(]+(?:\([^)]*\))?", value[:500])


def _decoration(style: Style, value: str, above: Style) -> Style:
    if "underline" in value:
        return replace(style, underlined=True)
    if value in {"none", "initial"}:  # an underline from outside cannot be taken off inside (CSS Text Decoration 3)
        return replace(style, underlined=above.underlined)
    return style


def _size(style: Style, value: str, above: Style) -> Style:
    size = _pixels(value, above.size)
    return style if size is None else replace(style, size=size)


def _pixels(value: str, above: float) -> float | None:
    if value in _NAMED_SIZES:
        return _NAMED_SIZES[value]
    if value in {"larger", "smaller"}:
        return above * (1.2 if value == "larger" else 1 / 1.2)
    found = _LENGTH.match(value)
    if found is None or found[1] in {"", "+", "-", "."}:
        return None
    number, unit = float(found[1]), found[2]
    if unit in {"em", "%", "ex"}:
        return above * number / {"em": 1, "%": 100, "ex": 2}[unit]
    return number * _UNITS[unit]


def _font(style: Style, value: str, above: Style) -> Style:
    """`font: bold 14px/1.5 SimSun`: what it does not name is reset."""
    style = replace(style, weight=400, italic=False)
    for part in value.split("/", maxsplit=1)[0].split():
        if part in {"bold", "bolder", "lighter"} or (part.isdigit() and len(part) == 3):
            style = _weight(style, part, above)
        elif part in {"italic", "oblique"}:
            style = replace(style, italic=True)
        elif (size := _pixels(part, above.size)) is not None:
            return replace(style, size=size)
    return style


def _visibility(style: Style, value: str, _: Style) -> Style:
    return replace(style, hidden=value in {"hidden", "collapse"})


def _opacity(style: Style, value: str, _: Style) -> Style:
    return replace(style, display="none") if re.fullmatch(r"0?(?:\.0+)?%?|0\.0+", value) and value else style


def _offset(style: Style, value: str, above: Style) -> Style:
    """`left: -9999px` and `text-indent: -9999px` move words out of sight."""
    moved = _pixels(value, above.size)
    return replace(style, display="none") if moved is not None and moved <= -900 else style


def _white_space(style: Style, value: str, _: Style) -> Style:
    return replace(style, preformatted=value in {"pre", "pre-wrap", "pre-line", "break-spaces"})


def _list_type(style: Style, value: str, above: Style) -> Style:
    if value == "inherit":
        return replace(style, list_type=above.list_type)
    names = [part for part in value.split() if part not in {"inside", "outside"} and "(" not in part]
    return replace(style, list_type=names[0]) if names else style


def _border(style: Style, value: str, _: Style) -> Style:
    """Read a line below inline words as an underline."""
    drawn = re.search(r"[1-9]|thin|medium|thick", value) and re.search(r"solid|dashed|dotted|double", value)
    return replace(style, underlined=True) if drawn and style.is_inline else style


_PROPERTIES: dict[str, Callable[[Style, str, Style], Style]] = {
    "display": _display,
    "visibility": _visibility,
    "opacity": _opacity,
    "font": _font,
    "font-weight": _weight,
    "font-style": _slant,
    "font-size": _size,
    "color": _colour,
    "background": _background,
    "background-color": _background,
    "text-decoration": _decoration,
    "text-decoration-line": _decoration,
    "text-indent": _offset,
    "left": _offset,
    "top": _offset,
    "white-space": _white_space,
    "list-style": _list_type,
    "list-style-type": _list_type,
    "border-bottom": _border,
}
