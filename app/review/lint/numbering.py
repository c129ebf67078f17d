"""Numbering: gaps, repeats, jumps, as the corpus found them while it built the clause tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.review.lint.types import Severity, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.types import Document

_SAID = {
    "gap": ("编号不连续", Severity.WARNING),
    "repeat": ("编号重复", Severity.ERROR),
    "jump": ("编号与上文不相承", Severity.WARNING),
    "misplaced": ("编号的位置不对", Severity.WARNING),
}


def check_numbering(document: Document) -> Iterator[Slip]:
    """Report slips in the numbering."""
    for anomaly in document.anomalies:
        clause = document.clause(anomaly.clause_id)
        said, severity = _SAID.get(anomaly.kind, ("编号有误", Severity.WARNING))
        start = max(0, clause.text.find(clause.label))
        yield Slip(
            kind=f"numbering_{anomaly.kind}",
            severity=severity,
            clause=clause,
            start=start,
            end=start + len(clause.label or clause.text),
            text=f"{said}：此处为 {clause.label}，依次应为 {anomaly.expected}",
            advice="请核对编号，并检查引用这些编号的条款。",
        )
