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
    "条款": 14,
    "章节": 16,
    "提示义务": 8,
    "版式": 9,
    **dict.fromkeys(CATEGORIES.values(), 7),
    "触发词": 32,
    "理由": 18,
    "依据": 22,
    "参照": 22,
    "建议": 44,
    "法务决定": 24,
    "原文": 64,
}
"""Widths in characters of half an em."""
_LINE = 14.5
"""Height of a line of text at 11 points, in points."""
_TALLEST = 409
"""Height of a row that Excel allows, in points."""
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST = 32_000
"""Characters in a cell; Excel allows 32,767."""


def render_sheet(content: Content) -> bytes:
    """Give the bytes of an `.xlsx`: sheet 概览 with the figures, sheet 条款 with a row a finding."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, needed here alone
    from openpyxl.styles import Alignment  # noqa: PLC0415

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
    for cells in overview.iter_rows(min_col=2):
        for cell in cells:
            cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    print_across(overview)
    overview.column_dimensions["A"].width = 30
    overview.column_dimensions["B"].width = 44
    _add_findings(book.create_sheet("条款"), content)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _add_findings(sheet: Worksheet, content: Content) -> None:
    from openpyxl.styles import PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    write_row(sheet, 1, COLUMNS, head=True)
    for place, row in enumerate(content.rows, 2):
        cells = _cells(row)
        write_row(sheet, place, cells)
        sheet.row_dimensions[place].height = _height(cells)
        if row.missed:
            sheet.cell(place, 4).fill = PatternFill("solid", fgColor="FFF2B8B5")
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(content.rows) + 1}"
    print_across(sheet)
    for number, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS[name]


def _height(cells: tuple[str, ...]) -> float:
    """Height that shows every line of a row: a program that opens the file need not make one up."""
    widths = zip(cells, _WIDTHS.values(), strict=True)
    lines = max(-(-sum(1 + (ord(character) > 255) for character in text) // (width - 1)) for text, width in widths)
    return min(_LINE * max(lines, 1), _TALLEST)


def print_across(sheet: Worksheet) -> None:
    """Print on A3 lying across, all columns on one page's width, the heads on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "8"  # A3 (ECMA-376, 18.3.1.63)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


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
