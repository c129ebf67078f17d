"""The way to the page in the other language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from app.web.language import LANGUAGES, language
from app.web.render.element import element

if TYPE_CHECKING:
    from markupsafe import Markup


def render_switch(address: str, **query: str) -> Markup:
    """Render the link; the page's script adds what else the address holds (the question, the clause)."""
    other = next(tag for tag in LANGUAGES if tag != language())
    return element(
        "a",
        LANGUAGES[other],
        href=f"{address}?{urlencode(query | {'lang': other})}",
        target="_self",  # in a frame, links open a page of their own
        lang=other,
        hreflang=other,
        class_="switch",
        data_language=other,
    )
