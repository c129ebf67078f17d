"""Emphasis where none is owed: when everything stands out, nothing does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.types import Prominence
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from app.types import AuditReport
    from corpus.types import Document

DROWNED = 0.5
"""Share of ordinary clauses in full emphasis from which a reader can no longer tell the others apart: every second."""


@dataclass(frozen=True, slots=True)
class OverEmphasis:
    """How much stands out altogether, and how much of it is ordinary."""

    text: float
    """Share (0 to 1) of the clauses' characters that stand out; headings are left out."""
    ordinary: float
    """Share (0 to 1) of the clauses without the duty that stand out as a whole."""

    @property
    def sentence(self) -> str:
        """Both figures in Chinese, with a warning when the emphasis drowns."""
        said = f"强调文字占全文 {self.text:.0%}；不必突出的条款有 {self.ordinary:.0%} 也被整条强调"
        return f"{said}，真正须提示的条款因此不再突出，请减少一般条款的强调" if self.ordinary >= DROWNED else said


def over_emphasis(report: AuditReport, document: Document) -> OverEmphasis:
    """Measure a document; `report` is its review."""
    owed = {finding.clause_id for finding in report.findings if finding.must_highlight}
    full = {finding.clause_id for finding in report.findings if finding.emphasis is Prominence.FULL}
    clauses = [clause for clause in document.clauses if clause.kind is not ClauseKind.HEADING]
    ordinary = [clause for clause in clauses if clause.clause_id not in owed]
    length = sum(len(clause.text) for clause in clauses)
    return OverEmphasis(
        text=sum(clause.emphasised * len(clause.text) for clause in clauses) / length if length else 0.0,
        ordinary=sum(clause.clause_id in full for clause in ordinary) / len(ordinary) if ordinary else 0.0,
    )
