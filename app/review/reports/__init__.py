"""Reports of the review in the formats that people work in; what they say is made once, in `content`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.review.reports.content import create_content
from app.review.reports.markdown import render_markdown
from app.review.reports.page import render_html
from app.review.reports.sheet import render_sheet
from app.review.reports.word import render_word
from corpus.errors import UnreadableTerms

if TYPE_CHECKING:
    from pathlib import Path

    from app.review.decisions import Decided
    from app.types import AuditReport
    from corpus.types import Document

FORMATS = (".html", ".docx", ".xlsx", ".md")
"""Endings that say which format is wanted."""


class UnknownFormat(UnreadableTerms):
    """A report is asked for in a format that is not written."""


def write_report(
    report: AuditReport, document: Document, path: Path, *, rules: Path | None = None, decided: Decided | None = None
) -> None:
    """Write the report in the format that the file's ending names; the rest as in `create_content`.

    Raises UnknownFormat for another ending, OSError when the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise UnknownFormat(path.name, f"报告格式应为 {'、'.join(FORMATS)} 之一")
    path.write_bytes(render_report(report, document, ending, rules=rules, decided=decided))


def render_report(
    report: AuditReport, document: Document, ending: str, *, rules: Path | None = None, decided: Decided | None = None
) -> bytes:
    """Give the bytes of a report; `ending` is one of FORMATS, the rest as in `create_content`."""
    content = create_content(report, document, rules=rules, decided=decided)
    if ending == ".docx":
        return render_word(content)
    if ending == ".xlsx":
        return render_sheet(content)
    return (render_html(content) if ending == ".html" else render_markdown(content)).encode("utf-8")
