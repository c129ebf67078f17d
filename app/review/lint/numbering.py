"""Numbering: gaps, repeats, jumps, as the corpus found them while it built the clause tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.review.lint.types import Severity, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.types import Clause, Document

_SAID = {
    "gap": ("编号不连续", Severity.WARNING),
    "repeat": ("编号重复", Severity.ERROR),
    "jump": ("编号与上文不相承", Severity.WARNING),
    "misplaced": ("编号的位置不对", Severity.WARNING),
}
_ALL_ONES = re.compile(r"0?1[.)]$")


def check_numbering(document: Document) -> Iterator[Slip]:
    """Report slips in the numbering."""
    repeated = {anomaly.expected for anomaly in document.anomalies if anomaly.kind == "repeat"}
    for anomaly in document.anomalies:
        clause = document.clause(anomaly.clause_id)
        if anomaly.kind == "gap" and anomaly.expected in repeated:
            continue  # 4.1, 4.1, 4.3: the second 4.1 is the slip
        said, severity = _SAID.get(anomaly.kind, ("编号有误", Severity.WARNING))
        if anomaly.kind == "repeat" and _counted_by_renderer(clause):
            said, severity = "各项在源文件里都写作 1，网页上另行编号", Severity.INFO
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


def _counted_by_renderer(clause: Clause) -> bool:
    """Whether the number is Markdown's `1.`, which may stand before every item (CommonMark 5.3)."""
    return bool(_ALL_ONES.match(clause.text[clause.text.find(clause.label) :].split(" ")[0]))
