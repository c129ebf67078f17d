"""Slips in the drafting."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.cli.text.clause import place_of
from app.review.lint import Severity

if TYPE_CHECKING:
    from app.review.lint import LintFinding, LintReport
    from corpus.types import Document

SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


def render_lint(report: LintReport, document: Document) -> str:
    """Give the counts, then each slip with its words and what to do."""
    counts = Counter(finding.severity for finding in report.findings)
    said = "，".join(f"{name} {counts[severity]} 处" for severity, name in SEVERITY_NAMES.items() if counts[severity])
    lines = [f"《{document.title}》{said or '没有发现起草差错'}"]
    for finding in report.findings:
        lines += ["", *_finding_lines(finding, document)]
    return "\n".join(lines)


def _finding_lines(finding: LintFinding, document: Document) -> list[str]:
    clause = document.clause(finding.clause_ids[0])
    where = place_of(clause.lines, clause.page, clause.paragraph)
    words = " ".join(document.source[finding.span.start : finding.span.end].split())
    lines = [f"{SEVERITY_NAMES[finding.severity]} {clause.clause_id}（{where}）“{words}”"]
    if " ".join(finding.text.split()) != words:
        lines.append(f"    {finding.text}")
    if finding.clause_ids[1:]:
        lines.append(f"    另见：{'、'.join(finding.clause_ids[1:])}")
    if finding.advice:
        lines.append(f"    建议：{finding.advice}")
    return lines
