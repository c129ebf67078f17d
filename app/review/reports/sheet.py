"""The report as an Excel file: the figures, and a table of findings to filter and sort."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from app.review.wording import CATEGORIES
from app.types import Category

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from app.review.reports.content import Content, Row

COLUMNS = (
    *("条款", "章节", "提示义务", "版式", *CATEGORIES.values()),
    *("触发词", "理由", "依据", "参照", "建议", "法务决定", "原文"),
)
"""Heads of the table of findings."""
_WIDTHS = {
    "条款": 20,
    "章节": 24,
    "触发词": 40,
    "理由": 24,
    "依据": 30,
    "参照": 30,
    "建议": 44,
    "法务决定": 40,
    "原文": 80,
}
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST = 32_000
"""Characters in a cell; Excel allows 32,767."""


def render_sheet(content: Content) -> bytes:
    """Give the bytes of an `.xlsx`: sheet 概览 with the figures, sheet 条款 with a row a finding."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, needed here alone

    book = Workbook()
    overview = book.worksheets[0]
    overview.title = "概览"
    write_row(overview, 1, ("文件", content.document.title))
    figures = (
        ("提示覆盖率", content.report.coverage),
        ("应突出", content.report.must),
        ("已突出", content.report.emphasised),
        ("漏标", len(content.missed)),
        ("法务决定不要求突出", content.dismissed),
        ("强调文字占比", content.emphasis.text),
        ("不必突出而整条强调的占比", content.emphasis.ordinary),
    )
    for place, (name, value) in enumerate(figures, 2):
        write_row(overview, place, (name, value))
        if isinstance(value, float):
            overview.cell(place, 2).number_format = "0%"
    write_row(overview, 11, ("类别", "应突出", "已突出"), head=True)
    for place, (category, (owed, done)) in enumerate(content.counts.items(), 12):
        write_row(overview, place, (CATEGORIES[category], owed, done))
    for place, said in enumerate(content.outdated, 13 + len(content.counts)):
        write_row(overview, place, ("已失效的法务决定", said))
    overview.column_dimensions["A"].width = 30
    overview.column_dimensions["B"].width = 60
    _add_findings(book.create_sheet("条款"), content)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _add_findings(sheet: Worksheet, content: Content) -> None:
    from openpyxl.styles import PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    write_row(sheet, 1, COLUMNS, head=True)
    for place, row in enumerate(content.rows, 2):
        write_row(sheet, place, _cells(row))
        if row.missed:
            sheet.cell(place, 4).fill = PatternFill("solid", fgColor="FFF2B8B5")
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(content.rows) + 1}"
    for number, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 12)


def _cells(row: Row) -> tuple[str, ...]:
    finding = row.finding
    return (
        row.place,
        row.path,
        "应突出" if finding.must_highlight else "不要求",
        row.state,
        *("●" if category in finding.categories else "" for category in Category),
        "；".join(row.words),
        "、".join(row.reasons),
        "、".join(finding.basis),
        row.precedents,
        finding.advice,
        row.decision,
        row.clause.text,
    )


def write_row(sheet: Worksheet, place: int, values: tuple[object, ...], *, head: bool = False) -> None:
    """Write a row; words stay words, also those that begin with `=`."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    for column, value in enumerate(values, 1):
        cell = sheet.cell(place, column)
        if isinstance(value, str):
            cell.value = _NOT_XML.sub("", value)[:_LONGEST]
            cell.data_type = "s"
        else:
            cell.value = value
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if head:
            cell.font = Font(bold=True)
