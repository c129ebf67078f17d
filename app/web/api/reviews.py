"""Reviews: upload, coverage and findings, reports to download, drafting check, comparison, matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from app.contract import audit_json, diff_json, lint_json
from app.review.diff import diff
from app.review.families import families_of
from app.review.lint import lint
from app.review.reports import FORMATS, notice, render_report
from app.review.reports import changes as change_report
from app.review.reports.matrix import render_matrix as matrix_sheet
from app.types import Category  # noqa: TC001  (FastAPI reads the annotations)
from app.web.errors import UploadRefused
from app.web.language import say
from app.web.pages.legal import render_review, show_rows
from app.web.render.changes import render_changes
from app.web.render.lint import render_lint
from app.web.render.matrix import render_matrix

if TYPE_CHECKING:
    from app.review.families import Family
    from app.web.shelf import Shelf

DocId = Annotated[str, Path(max_length=300)]
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Media types of the report files."""


def build_router(shelf: Shelf) -> APIRouter:
    """Build the routes over the open documents."""
    router = APIRouter()
    _add_api(router, shelf)
    _add_fragments(router, shelf)
    _add_files(router, shelf)
    _add_fixed(router, shelf)
    return router


def _add_api(router: APIRouter, shelf: Shelf) -> None:
    @router.post("/api/v1/documents", tags=["review"], summary="Upload a document", status_code=201)
    async def upload(request: Request, name: Annotated[str, Query(max_length=300)]) -> dict[str, Any]:
        """Read and review a file: its bytes are the body, its name (with `.md .txt .html .docx .pdf`) is `name`."""
        data = await read_body(request, shelf.settings.upload_limit)
        document = await run_in_threadpool(shelf.take, data, name=name)
        report = shelf.report(document.doc_id)
        return {
            "doc_id": document.doc_id,
            "title": document.title,
            "coverage": report.coverage,
            "must": report.must,
            "emphasised": report.emphasised,
            "notes": list(document.notes),
        }

    @router.get("/api/v1/documents/{doc_id}/audit", tags=["review"], summary="Review highlight coverage")
    def audit_document(doc_id: DocId) -> dict[str, Any]:
        """Give coverage and findings, as `clauselight audit --json`."""
        return audit_json(shelf.decided(doc_id).report)

    @router.get("/api/v1/documents/{doc_id}/lint", tags=["review"], summary="Check the drafting")
    def lint_document(doc_id: DocId) -> dict[str, Any]:
        """Give slips, as `clauselight lint --json`."""
        return lint_json(lint(shelf.find(doc_id)))

    @router.get("/api/v1/diff", tags=["review"], summary="Compare two versions")
    def diff_documents(old: str, new: str) -> dict[str, Any]:
        """Give changes clause by clause, as `clauselight diff --json`."""
        return diff_json(diff(shelf.find(old), shelf.find(new), rules=shelf.settings.rules))


def _add_fragments(router: APIRouter, shelf: Shelf) -> None:
    @router.get("/pages/review", include_in_schema=False)
    def show_review(doc: str) -> HTMLResponse:
        shelf.find(doc)
        return HTMLResponse(render_review(shelf, doc))

    @router.get("/pages/findings", include_in_schema=False)
    def show_findings(
        doc: str,
        category: Annotated[list[Category], Query()] = [],  # noqa: B006  (FastAPI copies it)
        missed: bool = False,  # noqa: FBT001, FBT002  (a query parameter)
    ) -> HTMLResponse:
        shelf.find(doc)
        return HTMLResponse(show_rows(shelf, doc, category, missed_only=missed))

    @router.get("/pages/lint", include_in_schema=False)
    def show_lint(doc: str) -> HTMLResponse:
        document = shelf.find(doc)
        return HTMLResponse(render_lint(document, lint(document)))

    @router.get("/pages/changes", include_in_schema=False)
    def show_changes(old: str, new: str) -> HTMLResponse:
        return HTMLResponse(render_changes(diff(shelf.find(old), shelf.find(new), rules=shelf.settings.rules)))

    @router.get("/pages/matrix", include_in_schema=False)
    def show_matrix() -> HTMLResponse:
        return HTMLResponse(render_matrix(families(shelf), tuple(shelf.documents.values())))


def _add_files(router: APIRouter, shelf: Shelf) -> None:
    @router.get("/reports/matrix.xlsx", include_in_schema=False)
    def download_matrix() -> Response:
        reports = [shelf.report(doc_id) for doc_id in shelf.documents]
        content = matrix_sheet(families(shelf), tuple(shelf.documents.values()), reports)
        return _file(content, TYPES[".xlsx"], "clauselight-matrix.xlsx")

    @router.get("/reports/changes{ending}", include_in_schema=False)
    def download_changes(ending: str, old: str, new: str) -> Response:
        if ending not in change_report.FORMATS:
            raise HTTPException(404, say("没有这种格式"))
        report = diff(shelf.find(old), shelf.find(new), rules=shelf.settings.rules)
        words = change_report.render_html(report) if ending == ".html" else change_report.render_markdown(report)
        return _file(words.encode(), TYPES[ending], f"clauselight-changes{ending}")

    @router.get("/reports/notice{ending}", include_in_schema=False)
    def download_notice(ending: str, old: str, new: str) -> Response:
        if ending not in change_report.FORMATS:
            raise HTTPException(404, say("没有这种格式"))
        document = shelf.find(new)
        report = diff(shelf.find(old), document, rules=shelf.settings.rules)
        render = notice.render_html if ending == ".html" else notice.render_markdown
        return _file(
            render(report, title=document.title).encode(),
            TYPES[ending],
            say("{title}-改动说明{ending}", title=document.title, ending=ending),
        )

    @router.get("/reports/{doc_id}-audit{ending}", include_in_schema=False)
    def download_report(doc_id: str, ending: str) -> Response:
        document = shelf.find(doc_id)
        if ending not in FORMATS:
            raise HTTPException(404, say("没有这种格式"))
        decided = shelf.decided(doc_id)
        content = render_report(decided.report, document, ending, rules=shelf.settings.rules, decided=decided)
        return _file(content, TYPES[ending], say("{title}-核查{ending}", title=document.title, ending=ending))


def _add_fixed(router: APIRouter, shelf: Shelf) -> None:
    @router.get("/reports/{doc_id}-fixed.md", include_in_schema=False)
    def download_fixed(doc_id: str) -> Response:
        words = shelf.fixed(doc_id)
        if words is None:
            raise HTTPException(404, say("不是 Markdown 文件，没有加粗后的副本；请先另存为 Markdown。"))
        return _file(
            words.encode(), TYPES[".md"], say("{title}-加粗{ending}", title=shelf.find(doc_id).title, ending=".md")
        )

    @router.get("/reports/{doc_id}-fixed.docx", include_in_schema=False)
    def download_fixed_word(doc_id: str) -> Response:
        fixed = shelf.fixed_word(doc_id)
        if fixed is None:
            raise HTTPException(404, say("这份条款写成 Word 会改变文字，没有加粗后的 Word 文件；请用 Markdown。"))
        return _file(
            fixed.content, TYPES[".docx"], say("{title}-加粗{ending}", title=shelf.find(doc_id).title, ending=".docx")
        )


def families(shelf: Shelf) -> tuple[Family, ...]:
    """Group the same clauses over all documents of the collection."""
    return families_of(tuple(shelf.documents.values()), {doc_id: shelf.report(doc_id) for doc_id in shelf.documents})


async def read_body(request: Request, limit: int) -> bytes:
    """Read a body of at most `limit` megabytes. Raises UploadRefused; what is too large is not read to its end."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > limit * 1_000_000:
            raise UploadRefused(say("文件超过 {limit} MB，请拆分或压缩其中的图片后再上传。", limit=limit))
    return bytes(data)


def _file(content: bytes, kind: str, name: str) -> Response:
    """Answer with a file whose name may be Chinese (RFC 6266, RFC 8187)."""
    return Response(
        content, media_type=kind, headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    )
