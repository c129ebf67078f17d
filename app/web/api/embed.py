"""The must-read list for a frame on another page: `/embed/must-read?doc=…`, for the origins of the settings alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.web.language import say
from app.web.render.must_read import render_must_read
from app.web.render.shell import render_page
from app.web.render.switch import render_switch

if TYPE_CHECKING:
    from app.web.shelf import Shelf


def build_router(shelf: Shelf) -> APIRouter:
    """Build the route over the open documents."""
    router = APIRouter()

    @router.get("/embed/must-read", include_in_schema=False)
    def show_must_read(doc: str) -> HTMLResponse:
        """Show the list; links lead to the whole terms in a page of their own, progress is told to the page around."""
        document = shelf.find(doc)
        page = render_page(
            say("{title} 必读条款", title=document.title),
            render_must_read(document, shelf.report(doc)),
            root="",
            class_="embedded",
            scripts=("reading.js",),
            base="../",
            origins=shelf.settings.embed_origins,
            here=render_switch("embed/must-read", doc=doc),
        )
        return HTMLResponse(page)

    return router
