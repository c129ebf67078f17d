"""What `gradio_client` finds: four named endpoints; the listeners of the pages are private."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import api

from app.web.errors import NoSuchDocument
from app.web.tools import build_tools

if TYPE_CHECKING:
    from app.web.shelf import Shelf

NAMES = {
    "ask": "Answer a question from the clauses' own words, or say that they do not say. "
    "ask(question, doc_id='', previous='', k=3)",
    "search": "Rank clauses by words, meaning or number. search(query, doc_id='', k=10)",
    "audit": "Coverage of prominence and every finding of one document. audit(doc_id)",
    "diff": "Compare two documents clause by clause. diff(old, new)",
}
"""Each endpoint, and what it does; they give what `GET /api/v1/…` gives."""
EXAMPLE = 'Client("http://127.0.0.1:7860").predict("费用谁付？", api_name="/ask")'
"""How an endpoint is called with `gradio_client`."""


def add_endpoints(shelf: Shelf) -> None:
    """Add the endpoints to the open Blocks; their names and parameters are kept from version to version."""
    tools = build_tools(shelf)

    def call(tool: str, *given: Any) -> dict[str, Any]:
        try:
            return tools[tool](*given)
        except NoSuchDocument as error:
            raise gr.Error(str(error)) from error

    def ask(question: str, doc_id: str = "", previous: str = "", k: int = 3) -> dict[str, Any]:
        return call("ask_terms", question, doc_id, previous, k)

    def search(query: str, doc_id: str = "", k: int = 10) -> dict[str, Any]:
        return call("search_clauses", query, doc_id, k)

    def audit(doc_id: str) -> dict[str, Any]:
        return call("audit_terms", doc_id)

    def diff(old: str, new: str) -> dict[str, Any]:
        return call("diff_terms", old, new)

    for endpoint in (ask, search, audit, diff):
        api(
            endpoint,
            api_name=endpoint.__name__,
            api_description=NAMES[endpoint.__name__],
            concurrency_limit=4,
        )
