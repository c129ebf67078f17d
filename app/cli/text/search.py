"""A clause that was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.text.clause import about, emphasised
from app.types import Prominence

if TYPE_CHECKING:
    from app.types import SearchResult


def render_result(result: SearchResult) -> str:
    """Give one clause for people: its number and place, its path and how it is printed, its words."""
    citation = result.citation
    words = " ".join(citation.text.split())
    shown = emphasised(words) if citation.emphasis is Prominence.FULL else words
    return f"{result.hit.rank}. {about(citation, *citation.headings[-1:])}\n   {shown}"
