"""Names of places on a page, and links to them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from app.web.render.element import element

if TYPE_CHECKING:
    from markupsafe import Markup


def anchor_of(clause_id: str) -> str:
    """HTML id of a clause in the terms pane."""
    return f"clause-{clause_id}"


def short_name(clause_id: str) -> str:
    """Name of a clause inside its document, as links carry it: `weidianyun#13.5` -> `13.5`."""
    return clause_id.split("#", 1)[-1]


def clause_link(clause_id: str, *words: str | Markup, class_: str = "to-clause", label: str | None = None) -> Markup:
    """Link to a clause: the page's script scrolls to it and flashes it; without the script the address opens it."""
    doc_id = clause_id.split("#", 1)[0]
    address = "?" + urlencode({"doc": doc_id, "clause": short_name(clause_id)})
    return element("a", *words, href=address, class_=class_, data_clause=clause_id, aria_label=label)
