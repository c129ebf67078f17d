"""Questions in bulk: one Excel row a question, with the words that answer it and where they stand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from app.review.reports.sheet import write_row
from app.web.language import say
from app.web.words import PROMINENCE_NAMES, category_names, place_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.types import Answer
    from app.web.shelf import Shelf

HEADS = ("问题", "结果", "文件", "条款", "原文", "类别", "原文版式", "版本", "其他相关条款", "把握")
WIDTHS = (32, 12, 24, 16, 70, 16, 14, 12, 24, 8)


def answer_sheet(shelf: Shelf, questions: Sequence[str], doc_ids: Sequence[str]) -> bytes:
    """Give the bytes of an `.xlsx`; an unknown document is passed over, no document means all."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, needed here alone
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    known = [doc_id for doc_id in doc_ids if doc_id in shelf.documents] or None
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = say("批量查找")
    write_row(sheet, 1, tuple(say(head) for head in HEADS), head=True)
    for place, question in enumerate(questions, 2):
        write_row(sheet, place, _cells(shelf, shelf.engine.ask(question, doc_ids=known), question))
    for column, width in enumerate(WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _cells(shelf: Shelf, answer: Answer, question: str) -> tuple[object, ...]:
    answered = answer.status == "answered"
    shown = answer.citations if answered else answer.nearest
    result = say("已找到") if answered else say("条款未约定")
    if not shown:
        return (question, result, "", "", "", "", "", "", "", round(answer.confidence, 2))
    best, *others = shown
    document = shelf.documents[best.doc_id]
    names = [place_name(shelf.documents[one.doc_id].clause(one.clause_id)) for one in others]
    return (
        question,
        result,
        document.title,
        place_name(document.clause(best.clause_id)),
        best.text if answered else say("（最接近）{text}", text=best.text),
        say("、").join(category_names(best.categories)),
        say(PROMINENCE_NAMES[best.emphasis]),
        document.sha256[:8],
        say("、").join(names),
        round(answer.confidence, 2),
    )
