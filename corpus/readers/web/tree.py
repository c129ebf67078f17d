"""From tokens to a tree: implied end tags and misnested emphasis as browsers mend them.

Of the HTML Standard's tree construction (13.2.6) this keeps what changes the words or the print of terms: which
elements close which, and that `<b>` left open goes on behind the end of its paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.readers.limits import limits
from corpus.readers.web.tokens import Kind, Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOID_NAMES = "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
VOID = frozenset(_VOID_NAMES.split())
"""Elements without content (HTML Standard 13.1.2)."""
_FORMATTING_NAMES = "a b big code em font i nobr s small strike strong tt u"
FORMATTING = frozenset(_FORMATTING_NAMES.split())
"""Elements that go on behind the end of their paragraph (HTML Standard 13.2.4.3)."""
_CLOSES_PARAGRAPH_NAMES = """address article aside blockquote center details dialog dir div dl fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section summary table ul li dd dt"""
_CLOSES_PARAGRAPH = frozenset(_CLOSES_PARAGRAPH_NAMES.split())
_CLOSED_BY = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tbody": frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}),
    "thead": frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}),
    "tfoot": frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}),
    "option": frozenset({"option"}),
}
"""Elements that a start tag ends, up to the nearest one of `_WALLS`."""
_WALLS = {
    "li": frozenset({"ol", "ul", "menu", "dir"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "option": frozenset({"select", "datalist"}),
}
_TABLE = frozenset({"table"})
_CELL_WALLS = frozenset({"table", "td", "th", "caption", "button", "html", "template"})
"""No end tag inside a cell closes what stands outside it."""
_TABLE_PARTS = frozenset({"table", "tr", "td", "th", "tbody", "thead", "tfoot", "caption"})
_MOST_REOPENED = 8


@dataclass(slots=True, eq=False)
class Element:
    """One element of the page."""

    name: str
    attributes: dict[str, str]
    parent: Element | None
    start: int
    """Offset behind its start tag."""
    children: list[Element | Text] = field(default_factory=list)
    closed: int | None = None
    """Offset of an end tag that stands inside another element: from there on it no longer lends its style."""

    def ancestors(self) -> Iterator[Element]:
        """Yield the element itself and those around it, from the inside out."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


@dataclass(frozen=True, slots=True)
class Text:
    """Text between two tags."""

    start: int
    end: int


def build_tree(source: str) -> Element:
    """Build the tree of a page; never fails. Linear, as nesting is bounded."""
    builder = _Builder()
    for token in tokens(source):
        builder.add(token)
    return builder.root


class _Builder:
    """Holds the open elements."""

    def __init__(self) -> None:
        self.root = Element("#page", {}, None, 0)
        self._open = [self.root]
        self._reopen: list[Element] = []

    def add(self, token: Token) -> None:
        if token.kind is Kind.TEXT:
            self._reopen_formatting(token.start)
            self._open[-1].children.append(Text(token.start, token.end))
        elif token.kind is Kind.OPEN or token.name == "br":  # `</br>` breaks the line too (13.2.6.4.7)
            self._start(token)
        else:
            self._end(token)

    def _start(self, token: Token) -> None:
        name = token.name
        if name in {"html", "body"} and self._adopt(token):
            return
        if name in _CLOSES_PARAGRAPH:
            self._close_paragraph()
        if name in _CLOSED_BY:
            self._close_implied(name)
        if name == "a":  # links do not nest
            self._close_formatting("a", token.start)
        if name not in _CLOSES_PARAGRAPH and name not in _TABLE_PARTS:
            self._reopen_formatting(token.start)
        element = Element(name, token.attributes, self._open[-1], token.end)
        self._open[-1].children.append(element)
        if name not in VOID and not (token.closed and name not in FORMATTING and name not in _CLOSES_PARAGRAPH):
            self._push(element)

    def _push(self, element: Element) -> None:
        if len(self._open) < limits().nesting:
            self._open.append(element)

    def _adopt(self, token: Token) -> bool:
        """Give a second `<body>` its attributes to the first, as browsers do."""
        for element in self._open:
            if element.name == token.name:
                for name, value in token.attributes.items():
                    element.attributes.setdefault(name, value)
                return True
        return False

    def _close_paragraph(self) -> None:
        for index in range(len(self._open) - 1, 0, -1):
            name = self._open[index].name
            if name == "p":
                self._pop_to(index)
                return
            if name in _CLOSES_PARAGRAPH or name in _CELL_WALLS:
                return

    def _close_implied(self, name: str) -> None:
        walls = _WALLS.get(name, _TABLE)
        for index in range(len(self._open) - 1, 0, -1):
            if self._open[index].name in walls:
                return
            if self._open[index].name in _CLOSED_BY[name]:
                outermost = index
                while name not in _WALLS and self._open[outermost - 1].name in _CLOSED_BY[name]:
                    outermost -= 1
                self._pop_to(outermost)
                return

    def _end(self, token: Token) -> None:
        name = token.name
        if name in FORMATTING:
            self._close_formatting(name, token.start)
            return
        if name in {"html", "body"}:
            return  # what stands behind belongs to the page
        for index in range(len(self._open) - 1, 0, -1):
            opened = self._open[index].name
            if opened == name or (_is_heading(name) and _is_heading(opened)):
                self._pop_to(index)
                return
            if opened in _CELL_WALLS and name not in _TABLE_PARTS:
                return
            if opened == "table" and name != "table":
                return

    def _close_formatting(self, name: str, offset: int) -> None:
        for index in range(len(self._reopen) - 1, -1, -1):
            if self._reopen[index].name == name:
                del self._reopen[index]
                return
        for index in range(len(self._open) - 1, 0, -1):
            element = self._open[index]
            if element.name == name and element.closed is None:
                if index == len(self._open) - 1:
                    self._open.pop()
                else:
                    element.closed = offset
                return
            if element.name in _CELL_WALLS:
                return

    def _pop_to(self, index: int) -> None:
        """Close the elements from `index` on; formatting that was left open goes on behind them."""
        left = [element for element in self._open[index + 1 :] if element.name in FORMATTING and element.closed is None]
        inside_cell = self._open[index].name in _CELL_WALLS or self._open[index].name == "tr"
        del self._open[index:]
        while self._open[-1].closed is not None:
            self._open.pop()
        if inside_cell:
            self._reopen.clear()
        else:
            self._reopen = [*self._reopen, *left][:_MOST_REOPENED]

    def _reopen_formatting(self, offset: int) -> None:
        for element in self._reopen:
            again = Element(element.name, element.attributes, self._open[-1], offset)
            self._open[-1].children.append(again)
            self._push(again)
        self._reopen.clear()


def _is_heading(name: str) -> bool:
    return len(name) == 2 and name[0] == "h" and name[1] in "123456"
