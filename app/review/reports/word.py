"""The report as a Word file: the terms with the findings highlighted, and real comments at the words."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from app.review.reports.content import pieces_of
from app.review.wording import CATEGORIES
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

    from app.review.reports.content import Content, Row
    from corpus.types import Clause

AUTHOR = "明条"
"""Who the comments are by."""
LEGEND = (
    "标色的是触发词，批注说明理由、依据和建议。黄色：应突出而漏标；绿色：应突出，已突出或待核对；灰色：不要求突出。"
)
"""What the colours mean."""
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def render_word(content: Content) -> bytes:
    """Give the bytes of a `.docx` on A4; colours as in `LEGEND`."""
    import docx  # noqa: PLC0415 - heavy, needed here alone
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    word = docx.Document()
    normal = word.styles["Normal"]
    normal.font.name = "Noto Sans CJK SC"
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Sans CJK SC")
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    word.core_properties.title = _clean(f"《{content.document.title}》提示义务检查")
    word.core_properties.author = AUTHOR
    word.add_heading(_clean(f"《{content.document.title}》提示义务检查"), level=1)
    word.add_paragraph(content.headline)
    word.add_paragraph(content.emphasis.sentence + "。")
    for said in content.outdated:
        word.add_paragraph(_clean(f"已失效的法务决定：{said}"))
    _add_counts(word, content)
    word.add_heading("全文", level=1)
    word.add_paragraph(LEGEND)
    rows = {row.clause.clause_id: row for row in content.rows}
    for clause in content.document.clauses:
        _add_clause(word, clause, rows.get(clause.clause_id))
    packed = io.BytesIO()
    word.save(packed)
    return packed.getvalue()


def _add_counts(word: WordDocument, content: Content) -> None:
    table = word.add_table(rows=1, cols=3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("类别", "应突出", "已突出"), strict=True):
        cell.text = text
    for category, (owed, done) in content.counts.items():
        cells = table.add_row().cells
        for cell, text in zip(cells, (CATEGORIES[category], str(owed), str(done)), strict=True):
            cell.text = text


def _add_clause(word: WordDocument, clause: Clause, row: Row | None) -> None:
    paragraph = word.add_paragraph(style="Heading 2" if clause.kind is ClauseKind.HEADING else None)
    _add_words(word, paragraph, clause, row)


def _add_words(word: WordDocument, paragraph: Paragraph, clause: Clause, row: Row | None) -> None:
    """Write the pieces as runs; the comment stands at the words that speak, or at the whole when they are elsewhere."""
    from docx.enum.text import WD_COLOR_INDEX  # noqa: PLC0415

    colour = WD_COLOR_INDEX.GRAY_25
    if row is not None and row.finding.must_highlight:
        colour = WD_COLOR_INDEX.YELLOW if row.missed else WD_COLOR_INDEX.BRIGHT_GREEN
    marked, runs = [], []
    for piece in pieces_of(clause, row.finding if row else None):
        run = paragraph.add_run(_clean(piece.text))
        run.bold = piece.bold or None
        runs.append(run)
        if piece.rules and row is not None:
            run.font.highlight_color = colour
            marked.append(run)
    if row is not None and (row.finding.categories or not row.finding.renders) and runs:
        place = marked or runs
        word.add_comment([place[0], place[-1]], text=_clean(_comment(row)), author=AUTHOR, initials="明")


def _comment(row: Row) -> str:
    lines = [f"{row.categories} · {row.state}", f"理由：{'、'.join(row.reasons)}", row.finding.advice]
    if row.finding.basis:
        lines.insert(2, f"依据：{'、'.join(row.finding.basis)}")
    if row.precedents:
        lines.append(row.precedents)
    if row.decision and row.decision not in row.finding.advice:
        lines.append(row.decision)
    return "\n".join(lines)


def _clean(text: str) -> str:
    """Leave out what XML cannot hold (XML 1.0, section 2.2)."""
    return _NOT_XML.sub("", text)
