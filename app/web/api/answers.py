"""Documents, answers and searches for programs, and the page that describes every address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from app.web.endpoints import EXAMPLE, NAMES
from app.web.render.api import render_api_page
from app.web.shelf import QUESTION_LIMIT
from app.web.tools import MOST, build_tools

if TYPE_CHECKING:
    from app.web.shelf import Shelf

Words = Annotated[str, Query(max_length=QUESTION_LIMIT, description="Words, at most 300 characters")]
Doc = Annotated[str, Query(description="doc_id; all documents when empty")]


def build_router(shelf: Shelf) -> APIRouter:
    """Build the routes over the open documents."""
    router = APIRouter()
    tools = build_tools(shelf)

    @router.get("/api/v1/documents", tags=["answers"], summary="List the documents")
    def list_documents() -> list[dict[str, Any]]:
        """Give name, title and version (sha256) of each document of the collection."""
        return [
            {"doc_id": document.doc_id, "title": document.title, "sha256": document.sha256}
            for document in shelf.documents.values()
        ]

    @router.get("/api/v1/ask", tags=["answers"], summary="Ask a question")
    def ask(
        q: Words,
        doc: Doc = "",
        previous: Annotated[str, Query(description="The question before, for follow-ups")] = "",
        k: Annotated[int, Query(ge=1, le=MOST)] = 3,
    ) -> dict[str, Any]:
        """Answer from the clauses' own words, or say that they do not say; as `clauselight ask --json`."""
        return tools["ask_terms"](q, doc, previous, k)

    @router.get("/api/v1/search", tags=["answers"], summary="Search clauses")
    def search(q: Words, doc: Doc = "", k: Annotated[int, Query(ge=1, le=MOST)] = 10) -> dict[str, Any]:
        """Rank clauses by words, meaning or number; as `clauselight search --json`."""
        return tools["search_clauses"](q, doc, k)

    @router.get("/api", include_in_schema=False)
    def show_api(request: Request) -> HTMLResponse:
        return HTMLResponse(render_api_page(request.app.openapi(), NAMES, EXAMPLE))

    return router
