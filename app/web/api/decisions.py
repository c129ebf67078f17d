"""Lawyers' decisions over HTTP: read, made, taken back, brought in from a file and taken away as one."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from app.contract import decisions_json
from app.review.decisions import format_decisions, parse_decisions
from app.review.docket import Ruling
from app.web.api.reviews import DocId, read_body
from app.web.language import say
from app.web.shelf import tidy

if TYPE_CHECKING:
    from app.web.shelf import Shelf

LARGEST = 2
"""Megabytes of a file of decisions."""


class DecisionRequest(BaseModel):
    """One decision on one clause."""

    clause_id: str = Field(max_length=300)
    verdict: Literal["accept", "dismiss", "withdraw"]
    reason: str = Field(default="", max_length=1000)
    by: str = Field(default="", max_length=60)


def build_router(shelf: Shelf) -> APIRouter:
    """Build the routes over the open documents."""
    router = APIRouter(tags=["review"])

    @router.get("/api/v1/documents/{doc_id}/decisions", summary="List decisions")
    def list_decisions(doc_id: DocId) -> dict[str, Any]:
        """Give the decisions that apply, those outdated since the words have changed, and the figures with them."""
        return decisions_json(shelf.decided(doc_id))

    @router.post("/api/v1/documents/{doc_id}/decisions", summary="Decide on a finding")
    def make_decision(doc_id: DocId, asked: DecisionRequest, request: Request) -> dict[str, Any]:
        """Accept, dismiss with a reason, or withdraw; refused (422) where there is no finding to decide on."""
        name = (asked.clause_id,)
        who = tidy(asked.by) if shelf.settings.users is None else user_of(request)
        ruling = Ruling(
            accept=name if asked.verdict == "accept" else (),
            dismiss=name if asked.verdict == "dismiss" else (),
            withdraw=name if asked.verdict == "withdraw" else (),
            reason=tidy(asked.reason),
            by=who,
        )
        try:
            return decisions_json(shelf.desk.rule(shelf.find(doc_id), ruling))
        except OSError as error:
            raise HTTPException(507, say("决定写不进索引文件夹，请检查权限和磁盘空间。")) from error

    @router.put("/api/v1/documents/{doc_id}/decisions", summary="Bring in a file of decisions")
    async def take_decisions(doc_id: DocId, request: Request) -> dict[str, Any]:
        """Add the decisions of a `.review.toml`, its bytes as the body."""
        document = shelf.find(doc_id)
        decisions = parse_decisions(await read_body(request, LARGEST), name=f"{document.title}.review.toml")
        return decisions_json(await run_in_threadpool(shelf.desk.take, document, decisions))

    @router.get("/reports/{doc_id}.review.toml", include_in_schema=False)
    def download_decisions(doc_id: DocId) -> Response:
        text = format_decisions(shelf.desk.decisions(shelf.find(doc_id).doc_id))
        return Response(text, media_type="application/toml", headers={"content-disposition": "attachment"})

    return router


def user_of(request: Request) -> str:
    """Name under which the door let somebody in; empty when it gave none (RFC 7617)."""
    packed = request.headers.get("authorization", "").partition(" ")[2]
    try:
        return base64.b64decode(packed, validate=True).decode("utf-8").partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""
