"""Which tables hold rows of facts, and which ones only lay out a page."""

from __future__ import annotations

from corpus.readers.web.tree import Element, Text

_LONG = 2_000
"""A cell with more characters than this holds a page, not a fact."""
_LAYOUT = frozenset({"h1", "h2", "h3", "table"})


def is_data_table(table: Element, source: str) -> bool:
    """Whether each row is to be read as one paragraph: two columns or more, no headings, tables or pages in cells."""
    if table.attributes.get("role", "") in {"presentation", "none"}:
        return False
    widest = 0
    waiting = [child for child in table.children if isinstance(child, Element)]
    while waiting:
        element = waiting.pop()
        if element.name == "tr":
            cells = [cell for cell in element.children if isinstance(cell, Element) and cell.name in {"td", "th"}]
            widest = max(widest, len(cells))
            if any(_holds_page(cell, source) for cell in cells):
                return False
        elif element.name in {"thead", "tbody", "tfoot"}:
            waiting += [child for child in element.children if isinstance(child, Element)]
    return widest > 1


def _holds_page(cell: Element, source: str) -> bool:
    characters = 0
    waiting: list[Element | Text] = [cell]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Text):
            characters += len(source[node.start : node.end].strip())
            if characters > _LONG:
                return True
        elif node.name in _LAYOUT:
            return True
        else:
            waiting += node.children
    return False
