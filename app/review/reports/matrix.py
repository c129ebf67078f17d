"""The same clauses across a corpus as an Excel matrix: a row a family, a column a document, inconsistent ones first."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from app.review.reports.sheet import print_across, write_row
from app.review.wording import PROMINENCES, name_categories
from app.types import Prominence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from app.review.families import Family, Member
    from app.types import AuditReport
    from corpus.types import Document

HEADS = ("条款", "类别", "版式是否一致", "漏标")
"""Heads of the first columns; the documents follow."""
_MISSED, _DONE = "FFF2B8B5", "FFC8E6C9"


def render_matrix(
    families: Sequence[Family], documents: Sequence[Document], reports: Sequence[AuditReport] = ()
) -> bytes:
    """Give the bytes of an `.xlsx`; a cell says how a document prints the clause, red where it must stand out.

    With `reports`, the documents' reviews in their order, a second sheet has the coverage of each.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, needed here alone
    from openpyxl.styles import PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "条款矩阵"
    labels = {clause.clause_id: clause.label or "无编号" for document in documents for clause in document.clauses}
    write_row(sheet, 1, (*HEADS, *(document.doc_id for document in documents)), head=True)
    for place, family in enumerate(families, 2):
        members = {document.doc_id: _members(family, document) for document in documents}
        cells = ["\n".join(_say(member, labels) for member in found) for found in members.values()]
        consistent = "不一致" if family.inconsistent else "一致"
        write_row(sheet, place, (family.text, name_categories(family.categories), consistent, family.missed, *cells))
        for column, found in enumerate(members.values(), len(HEADS) + 1):
            if found:
                missed = any(one.must_highlight and one.emphasis is not Prominence.FULL for one in found)
                sheet.cell(place, column).fill = PatternFill("solid", fgColor=_MISSED if missed else _DONE)
    sheet.freeze_panes = sheet.cell(2, len(HEADS) + 1)
    for column in range(1, len(HEADS) + len(documents) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 60 if column == 1 else 14
    print_across(sheet)
    if reports:
        _add_coverage(book.create_sheet("覆盖率"), documents, reports)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _add_coverage(sheet: Worksheet, documents: Sequence[Document], reports: Sequence[AuditReport]) -> None:
    write_row(sheet, 1, ("文件", "标题", "应突出", "已突出", "提示覆盖率"), head=True)
    for place, (document, report) in enumerate(zip(documents, reports, strict=True), 2):
        figures = (document.doc_id, document.title, report.must, report.emphasised, report.coverage)
        write_row(sheet, place, figures)
        sheet.cell(place, 5).number_format = "0%"
    for column, width in (("A", 24), ("B", 44), ("E", 12)):
        sheet.column_dimensions[column].width = width
    print_across(sheet)


def _members(family: Family, document: Document) -> list[Member]:
    return [member for member in family.members if member.doc_id == document.doc_id]


def _say(member: Member, labels: dict[str, str]) -> str:
    return f"{labels[member.clause_id]} {PROMINENCES[member.emphasis]}"
