"""The tree of a page as paragraphs: where a browser begins a new line, what it shows there, how it is printed."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corpus.readers.web.lists import Counting, begin_counting
from corpus.readers.web.style import ROOT, Style, style_of
from corpus.readers.web.tables import is_data_table
from corpus.readers.web.tokens import ENTITY
from corpus.readers.web.tree import Element, Text

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from corpus.readers.web.css import StyleSheets

_PIECE = re.compile(rf"(?P<space>[ \t\r\n\f]+)|(?P<entity>{ENTITY.pattern})|(?P<words>[^ \t\r\n\f&\xad]+|&)|\xad")
_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_HEADING = re.compile(r"h([1-6])$")
_LONGEST_HEADING = 200
"""Characters; real ones stay below a hundred."""


@dataclass(slots=True)
class Piece:
    """A stretch of a paragraph from one place in the source."""

    start: int
    end: int
    text: str
    style: Style
    line_end: bool = False
    """Whether it is white space that holds a line end: shown as a space between Latin words alone."""


@dataclass(slots=True)
class Paragraph:
    """What a browser shows as one paragraph, heading, list item or table row."""

    pieces: list[Piece] = field(default_factory=list)
    heading_level: int = 0
    table: int = 0
    bullet: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """What the elements around a place make of it."""

    heading_level: int = 0
    indent: int = 0
    in_cell: bool = False
    row: int = 0
    """Number of the table, inside one of its rows."""


class Flow:
    """Walks over the tree once and collects paragraphs."""

    def __init__(self, source: str, sheets: StyleSheets, chrome: AbstractSet[Element]) -> None:
        self.paragraphs: list[Paragraph] = []
        self.hidden = 0
        """Characters that a browser does not show, scripts and the like left aside."""
        self._source = source
        self._sheets = sheets
        self._chrome = chrome
        self._open: list[Piece] = []
        self._marker: tuple[str, Style] | None = None
        self._bullet = False
        self._tables = 0
        self._counting: dict[Element, Counting] = {}

    def walk(self, element: Element, style: Style, place: _Place, closings: tuple[int, ...] = ()) -> None:
        """Collect what stands inside an element; the depth of the tree is bounded.

        `closings` are the offsets, ascending, at which elements around it stop lending their style.
        """
        if element.closed is not None:
            closings = tuple(sorted((*closings, element.closed)))
        for child in element.children:
            if closings and child.start >= closings[0]:
                closings = tuple(offset for offset in closings if offset > child.start)
                style = self._style_at(element, child.start)
            if isinstance(child, Text):
                self._text(child, style, place)
            else:
                self._element(child, style, place, closings)

    def read(self, root: Element) -> None:
        """Collect the paragraphs of a whole page."""
        self.walk(root, ROOT, _Place())
        self._flush(_Place())

    def _style_at(self, element: Element, offset: int) -> Style:
        """Compute the style anew without the elements around it that were closed before `offset`."""
        style = ROOT
        for around in reversed(list(element.ancestors())):
            if around.parent is not None and (around.closed is None or around.closed > offset):
                style = style_of(around, style, self._sheets)
        return style

    def _element(self, element: Element, above: Style, place: _Place, closings: tuple[int, ...]) -> None:
        if element in self._chrome:
            return
        style = style_of(element, above, self._sheets)
        if style.display == "none":
            self._count_hidden(element)
        elif element.name == "br":
            self._break(place)
        elif style.is_inline:
            self.walk(element, style, place, closings)
        elif element.name == "table" and not place.in_cell and is_data_table(element, self._source):
            self._table(element, style, place)
        else:
            self._block(element, style, place, closings)

    def _block(self, element: Element, style: Style, place: _Place, closings: tuple[int, ...]) -> None:
        self._break(place)
        inner = place
        heading = _HEADING.match(element.name)
        level = element.attributes.get("aria-level", "") if element.attributes.get("role") == "heading" else ""
        if (heading or level in {"1", "2", "3", "4", "5", "6"}) and not self._is_long(element):
            inner = replace(place, heading_level=int(heading[1] if heading else level))
        elif element.name in _LISTS:
            self._counting[element] = begin_counting(element, self._source)
            inner = replace(place, indent=place.indent + 2)
        elif element.name == "li" or style.display == "list-item":
            self._begin_item(element, style)
        self.walk(element, style, inner, closings)
        self._break(inner)
        if element.name == "li":
            self._marker, self._bullet = None, False

    def _is_long(self, element: Element) -> bool:
        """Whether a heading was left open, or wraps a whole text for its looks: then it is none."""
        characters = 0
        waiting: list[Element | Text] = [element]
        while waiting and characters <= _LONGEST_HEADING:
            node = waiting.pop()
            if isinstance(node, Text):
                characters += len(self._source[node.start : node.end].strip())
            elif node.name not in {"script", "style"}:
                waiting += node.children
        return characters > _LONGEST_HEADING

    def _begin_item(self, item: Element, style: Style) -> None:
        counting = next((self._counting[above] for above in item.ancestors() if above in self._counting), None)
        if counting is None or item.name != "li":
            return
        marker = counting.marker(item, style.list_type)
        self._marker = (marker, style) if marker else None
        self._bullet = not marker and counting.is_bullet(style.list_type)

    def _table(self, element: Element, style: Style, place: _Place) -> None:
        """Give each row as one paragraph, its cells with a tab between them."""
        self._break(place)
        self._tables += 1
        self._rows(element, style, replace(place, row=self._tables, in_cell=True))

    def _rows(self, element: Element, style: Style, place: _Place) -> None:
        for child in element.children:
            if not isinstance(child, Element):
                self._text(child, style, place)
                continue
            if child in self._chrome:
                continue
            inner = style_of(child, style, self._sheets)
            if inner.display == "none":
                self._count_hidden(child)
            elif child.name == "tr":
                self._flush(place)
                self._rows(child, inner, place)
                self._flush(place)
            elif child.name in {"td", "th"}:
                self._cell(child, inner, place)
            elif child.name == "caption":
                self._flush(replace(place, row=0))
                self.walk(child, inner, place)
                self._flush(replace(place, row=0))
            else:
                self._rows(child, inner, place)

    def _cell(self, element: Element, style: Style, place: _Place) -> None:
        before = len(self._open)
        self.walk(element, style, place)
        self._marker, self._bullet = None, False
        shown = any(piece.text.strip() for piece in self._open[before:])
        if not shown:
            del self._open[before:]
        elif before:
            at = self._open[before].start
            while self._open[before - 1].text.isspace() and before > 1:
                del self._open[before - 1]
                before -= 1
            self._open.insert(before, Piece(at, at, "\t", style))

    def _text(self, text: Text, style: Style, place: _Place) -> None:
        if style.hidden or style.size == 0:
            self.hidden += len(self._source[text.start : text.end].strip())
            return
        for found in _PIECE.finditer(self._source, text.start, text.end):
            if found["space"]:
                self._space(found, style, place)
                continue
            words = html.unescape(found.group()) if found["entity"] else found.group()
            words = " " if words in {"\n", "\r", "\t", "\f"} else words
            if words not in {"\xad", "\u200b"}:
                self._add(Piece(found.start(), found.end(), words, style))

    def _space(self, found: re.Match[str], style: Style, place: _Place) -> None:
        space = found.group()
        if style.preformatted and ("\n" in space or "\r" in space):
            self._break(place)
        elif self._open and not (self._open[-1].text.endswith((" ", "\t")) and not style.preformatted):
            ends = "\n" in space or "\r" in space
            end = found.end() if space == " " else found.start()  # a folded space is shown, but not in the source
            self._open.append(Piece(found.start(), end, " ", style, line_end=ends))

    def _add(self, piece: Piece) -> None:
        if self._marker is not None and piece.text.strip():
            marker, style = self._marker
            self._marker = None
            self._open.append(Piece(piece.start, piece.start, marker, style))
        self._open.append(piece)

    def _break(self, place: _Place) -> None:
        """Begin a new line: a new paragraph, or a space inside a table cell."""
        if not place.in_cell:
            self._flush(place)
        elif self._open and not self._open[-1].text.isspace():
            end = self._open[-1].end
            self._open.append(Piece(end, end, " ", self._open[-1].style))
        elif self._open:
            self._open[-1].line_end = False

    def _flush(self, place: _Place) -> None:
        pieces, self._open = self._open, []
        if any(piece.text.strip() for piece in pieces):
            self.paragraphs.append(
                Paragraph(pieces, place.heading_level, place.row, self._bullet and not place.row, place.indent)
            )
            self._bullet = False

    def _count_hidden(self, element: Element) -> None:
        if element.name in {"script", "style", "head", "noscript", "template", "svg", "title"}:
            return
        waiting: list[Element | Text] = [element]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Text):
                self.hidden += len(self._source[node.start : node.end].strip())
            elif node.name not in {"script", "style"}:
                waiting += node.children
