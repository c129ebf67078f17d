"""The structure that a tagged PDF carries: which marked content is which paragraph, heading, item or cell.

ISO 32000-1, 14.7 and 14.8. Word and browsers write it; where it does not cover the text it is not used.
"""

from __future__ import annotations

import ctypes
from dataclasses import replace
from typing import Any

import pypdfium2.raw as pdfium

from corpus.readers.pdf.types import Tag

LOOSE = "loose"
"""Kind of what stands in the structure outside any paragraph: bare divisions, tables without rows."""
_BLOCKS = frozenset(
    {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "Caption", "BlockQuote", "Title", "TOCI", "Note"}
)
_CELLS = frozenset({"TD", "TH"})
_DEEPEST = 60
_MOST = 100_000
_OUTSIDE = Tag("", 0)


def page_tags(page: Any) -> dict[int, Tag]:
    """Return the block of each piece of marked content on a page; empty where the file is not tagged."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    try:
        reader = _Reader()
        for index in range(min(pdfium.FPDF_StructTree_CountChildren(tree), _MOST)):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
            if child:
                reader.walk(child, _OUTSIDE, 0)
        return reader.tags
    finally:
        pdfium.FPDF_StructTree_Close(tree)


class _Reader:
    """Walks over the tree of one page."""

    def __init__(self) -> None:
        self.tags: dict[int, Tag] = {}
        self._blocks = 0
        self._loose = 0  # block of loose content, while nothing else has come between
        self._tables = 0
        self._cells = 0
        self._visited = 0
        self._marked: set[int] = set()  # list items that have a number or bullet
        self._filled: set[int] = set()  # list items whose first paragraph was seen

    def walk(self, element: Any, above: Tag, depth: int) -> None:
        """Note the block of all content below an element."""
        self._visited += 1
        if depth > _DEEPEST or self._visited > _MOST:
            return
        tag = self._tag(_type_of(element), above)
        for index in range(max(0, pdfium.FPDF_StructElement_CountChildren(element))):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                self.walk(child, tag, depth + 1)
            else:  # PDFium gives here what stands on this page, elsewhere all content of a block that spans pages
                content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
                if content >= 0:
                    found = replace(tag, marked=tag.block in self._marked) if tag.kind else self._loosely()
                    self.tags.setdefault(content, found)

    def _loosely(self) -> Tag:
        if not self._loose:
            self._loose = self._next_block()
        return Tag(LOOSE, self._loose)

    def _next_block(self) -> int:
        self._blocks += 1
        self._loose = 0
        return self._blocks

    def _tag(self, kind: str, above: Tag) -> Tag:
        if kind == "Table":
            self._tables += 1
            return Tag("", 0, table=self._tables)
        if kind == "TR" and above.table:
            return Tag("TR", self._next_block(), table=above.table)
        if kind in _CELLS and above.kind == "TR":
            self._cells += 1
            return replace(above, cell=self._cells)
        if kind == "Lbl" and above.kind == "LI":
            self._marked.add(above.block)
            return replace(above, label=True)
        begins = kind in _BLOCKS and above.kind != "TR"
        if begins and above.kind == "LI" and kind == "P" and above.block not in self._filled:
            self._filled.add(above.block)
            begins = False
        nesting = above.nesting + (kind == "LI")
        return Tag(kind, self._next_block(), nesting=nesting) if begins else replace(above, nesting=nesting)


def _type_of(element: Any) -> str:
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(max(2, size))
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", errors="replace")
