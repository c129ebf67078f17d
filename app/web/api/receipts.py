"""Readings and their receipts: begin, issue, show, check."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, Field

from app.receipt import is_genuine
from app.web.language import say
from app.web.reading import Asked, Reading, ReadingRefused, Shown, begin, beginning, issue, must_ids
from app.web.render.receipt import render_receipt_page
from app.web.shelf import QUESTION_LIMIT, tidy

if TYPE_CHECKING:
    from app.web.shelf import Shelf

KEPT = 500
"""Receipts kept for printing, in memory; a reader's own file is what lasts."""
Finite = Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)]


class ShownRow(BaseModel):
    """One clause that stood on the screen."""

    clause_id: str = Field(max_length=300)
    at: Finite
    seconds: Finite


class AskedRow(BaseModel):
    """One question asked while reading."""

    question: str = Field(max_length=QUESTION_LIMIT)
    at: Finite
    clause_ids: list[str] = Field(default=[], max_length=20)


class ReceiptRequest(BaseModel):
    """A finished reading."""

    doc: str
    token: str = Field(max_length=2000)
    clauses: list[ShownRow] = Field(max_length=2000)
    questions: list[AskedRow] = Field(default=[], max_length=100)
    name: str = Field(default="", max_length=60)


class Issued:
    """The latest receipts, by their ids."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, receipt: dict[str, Any]) -> None:
        """Keep a receipt; the oldest gives way."""
        with self._lock:
            self._kept[receipt["receipt_id"]] = receipt
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def find(self, receipt_id: str) -> dict[str, Any]:
        """Return a receipt; 404 when it is not kept (any more)."""
        try:
            return self._kept[receipt_id]
        except KeyError as error:
            raise HTTPException(404, say("没有这张凭证，或服务已重新启动；请用您下载的文件。")) from error


def build_router(shelf: Shelf) -> APIRouter:
    """Build the routes over the open documents."""
    router = APIRouter(tags=["receipts"])
    issued = Issued()

    @router.post("/api/v1/readings", summary="Begin a reading")
    def begin_reading(doc: Annotated[str, Query(description="doc_id")]) -> dict[str, Any]:
        """Give the signed beginning of a reading and the clauses to be read."""
        document = shelf.find(doc)
        token = begin(document, shelf.key, now=datetime.now(UTC))
        return {"token": token, "must": list(must_ids(shelf.report(doc)))}

    @router.post("/api/v1/receipts", summary="Issue a receipt", status_code=201)
    def issue_receipt(request: ReceiptRequest) -> dict[str, Any]:
        """Sign what was shown; refused (409) while a clause to be read was not on the screen."""
        document, now = shelf.find(request.doc), datetime.now(UTC)
        try:
            began = beginning(request.token, document, shelf.key)
            receipt = issue(document, shelf.report(request.doc), _reading(request, began), key=shelf.key, now=now)
        except ReadingRefused as refused:
            raise HTTPException(409, str(refused)) from refused
        issued.keep(receipt)
        return receipt

    @router.post("/api/v1/receipts/verify", summary="Verify a receipt")
    def verify_receipt(receipt: dict[str, Any]) -> dict[str, Any]:
        """Say whether this server signed exactly these words."""
        return {"genuine": is_genuine(receipt, shelf.key)}

    @router.get("/receipts/{receipt_id}.json", include_in_schema=False)
    def download_receipt(receipt_id: str) -> JSONResponse:
        receipt = issued.find(receipt_id)
        name = f"clauselight-receipt-{receipt['receipt_id']}.json"
        return JSONResponse(receipt, headers={"content-disposition": f'attachment; filename="{name}"'})

    @router.get("/receipts/{receipt_id}", include_in_schema=False)
    def show_receipt(receipt_id: str) -> HTMLResponse:
        receipt = issued.find(receipt_id)
        return HTMLResponse(render_receipt_page(receipt, shelf.documents.get(receipt["document"]["doc_id"])))

    return router


def _reading(request: ReceiptRequest, began: datetime) -> Reading:
    return Reading(
        began,
        clauses=tuple(Shown(row.clause_id, row.at, row.seconds) for row in request.clauses),
        questions=tuple(Asked(tidy(row.question), row.at, tuple(row.clause_ids)) for row in request.questions),
        name=tidy(request.name),
    )
