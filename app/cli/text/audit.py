"""A review of highlight coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.text.clause import place_of, show_clause
from app.web.words import MISSED_NAMES, PROMINENCE_NAMES, category_names, is_missed

if TYPE_CHECKING:
    from app.types import AuditReport, Finding
    from corpus.types import Document


def render_report(report: AuditReport, document: Document) -> str:
    """Give the review for people: the figure, then what must stand out, missed clauses first."""
    lines = [
        f"《{document.title}》提示覆盖率 {report.coverage:.0%}：应突出 {report.must} 条，已突出 {report.emphasised} 条"
    ]
    must = [finding for finding in report.findings if finding.must_highlight]
    for finding in sorted(must, key=lambda finding: not is_missed(finding)):
        lines += ["", *_finding_lines(finding, document)]
    return "\n".join(lines)


def _finding_lines(finding: Finding, document: Document) -> list[str]:
    clause = document.clause(finding.clause_id)
    state = MISSED_NAMES[finding.emphasis] if is_missed(finding) else PROMINENCE_NAMES[finding.emphasis]
    categories = "、".join(category_names(finding.categories))
    words = "、".join(dict.fromkeys(f"“{trigger.text}”" for trigger in finding.triggers))
    lines = [f"{finding.clause_id}（{place_of(finding.lines, clause.page, clause.paragraph)}） {categories}｜{state}"]
    lines.append(f"    原文：{show_clause(clause)}")
    lines.append(f"    触发：{words}")
    lines.append(f"    依据：{'、'.join(finding.basis)}")
    if is_missed(finding) and finding.advice:
        lines.append(f"    建议：{finding.advice}")
    return lines
