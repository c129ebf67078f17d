"""Look-ups as you type, what stands around a clause, the terms of another document, and questions in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field

from app.types import Category, Prominence  # noqa: TC001  (FastAPI reads the annotations)
from app.web.language import say
from app.web.lookup import Lookup, around, look_up, words_of
from app.web.render.answer import render_notice
from app.web.render.document import READER, REVIEWER, render_document
from app.web.render.results import render_around, render_results
from app.web.sheet import answer_sheet
from app.web.shelf import LOGGER, QUESTION_LIMIT, tidy

if TYPE_CHECKING:
    from app.web.shelf import Shelf

TOO_LONG = "搜索词请控制在 {limit} 个字以内。"
FAILED = "这次没能完成查找，请稍后再试，或直接在旁边的条款中查看。"
MOST_QUESTIONS = 500
"""Questions of one batch: about ten seconds."""
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Batch(BaseModel):
    """Questions to be answered into a sheet."""

    questions: list[str] = Field(min_length=1, max_length=MOST_QUESTIONS)
    doc: list[str] = Field(default=[], description="doc_ids; all documents when empty")


def build_router(shelf: Shelf) -> APIRouter:
    """Build the routes over the open documents."""
    router = APIRouter()

    @router.get("/pages/lookup", include_in_schema=False)
    def show_lookup(
        q: str = "",
        doc: Annotated[list[str], Query()] = [],  # noqa: B006  (FastAPI copies it)
        section: str = "",
        category: Annotated[list[Category], Query()] = [],  # noqa: B006
        emphasis: Prominence | None = None,
    ) -> HTMLResponse:
        lookup = Lookup(tidy(q), tuple(doc), section, frozenset(category), emphasis)
        return HTMLResponse(search(shelf, lookup))

    @router.get("/pages/around", include_in_schema=False)
    def show_around(doc: str, clause: str) -> HTMLResponse:
        document = shelf.find(doc)
        try:
            return HTMLResponse(render_around(document, around(document, clause)))
        except KeyError as error:
            raise HTTPException(404, say("没有这一条")) from error

    @router.get("/pages/terms", include_in_schema=False)
    def show_terms(doc: str, reviewer: bool = False) -> HTMLResponse:  # noqa: FBT001, FBT002  (a query parameter)
        document = shelf.find(doc)
        report = shelf.decided(doc).report if reviewer else shelf.report(doc)
        return HTMLResponse(render_document(document, report, REVIEWER if reviewer else READER))

    @router.post(
        "/api/v1/batch",
        tags=["answers"],
        summary="Answer questions into an Excel file",
        response_class=Response,
        responses={200: {"content": {SHEET: {}}, "description": "An Excel workbook"}},
    )
    def answer_batch(batch: Batch) -> Response:
        """Answer each question; one row a question, in order, with quote, place, version and confidence."""
        content = answer_sheet(shelf, [tidy(question)[:QUESTION_LIMIT] for question in batch.questions], batch.doc)
        name = 'attachment; filename="clauselight-answers.xlsx"'
        return Response(content, media_type=SHEET, headers={"content-disposition": name})

    return router


def search(shelf: Shelf, lookup: Lookup) -> str:
    """Render what a look-up finds; nothing at all for no words."""
    if not lookup.words:
        return ""
    if len(lookup.words) > QUESTION_LIMIT:
        return render_notice(say(TOO_LONG, limit=QUESTION_LIMIT))
    try:
        return render_results(lookup.words, look_up(shelf, lookup), shelf.documents, words_of(lookup.words))
    except Exception:  # noqa: BLE001  (whatever fails, a person reads one clear line; the log has the rest)
        LOGGER.exception("searching failed")
        return render_notice(say(FAILED), kind="error")
