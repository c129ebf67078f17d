"""`clauselight audit`: whether every clause that must stand out is printed so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.output import print_json, print_text
from app.cli.parser import TERMS_HELP, share

if TYPE_CHECKING:
    import argparse

    from app.types import AuditReport
    from corpus.types import Document

CATEGORY_NAMES = {
    "exemption": "免责",
    "limitation": "责任限制",
    "breach": "违约处理",
    "jurisdiction": "管辖与送达",
    "unilateral": "单方权利",
    "restriction": "限制客户权利",
}
EMPHASIS_NAMES = {"full": "已强调", "partial": "部分强调", "none": "未强调", "unknown": "看不出"}


def add_parser(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    parser = commands.add_parser("audit", help="检查限制、免责等条款是否醒目提示")
    parser.add_argument("terms", metavar="TERMS", help=TERMS_HELP)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--report", metavar="FILE", type=Path, help="写出报告：.html .docx .xlsx 或 .md")
    parser.add_argument("--fix", metavar="FILE.md", type=Path, help="写出把漏标条款加粗后的 Markdown")
    parser.add_argument("--fail-under", metavar="0.95", type=share, help="覆盖率低于此值时退出码为 1")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Review one document."""
    from app.cli.documents import only_document  # noqa: PLC0415 - heavy imports stay inside the command
    from app.contract import audit_json  # noqa: PLC0415
    from app.review import audit  # noqa: PLC0415
    from app.settings import Settings  # noqa: PLC0415

    document = only_document(options.terms)
    report = audit(document, rules=Settings().rules)
    if options.report is not None:
        from app.review.reports import write_report  # noqa: PLC0415

        write_report(report, document, options.report)
    if options.fix is not None:
        from app.review.fix import write_fixed  # noqa: PLC0415

        write_fixed(document, report, options.fix)
    if options.json:
        print_json(audit_json(report))
    else:
        print_text(render(report, document))
    return int(options.fail_under is not None and report.coverage < options.fail_under)


def render(report: AuditReport, document: Document) -> str:
    """Give the review for people: the figure, then what must stand out, missed clauses first."""
    lines = [
        f"《{document.title}》提示覆盖率 {report.coverage:.0%}：应醒目 {report.must} 条，已醒目 {report.emphasised} 条"
    ]
    must = [finding for finding in report.findings if finding.must_highlight]
    for finding in sorted(must, key=lambda finding: finding.emphasis.value == "full"):
        clause = document.clause(finding.clause_id)
        names = "、".join(CATEGORY_NAMES[category.value] for category in finding.categories)
        where = f"第 {finding.lines[0]} 行" if finding.lines else finding.clause_id
        words = "、".join(dict.fromkeys(f"“{trigger.text}”" for trigger in finding.triggers))
        lines.append(f"[{EMPHASIS_NAMES[finding.emphasis.value]}] {clause.label or '（无编号）'}（{where}）{names}")
        lines.append(f"    依据：{words}  {'、'.join(finding.basis)}")
        if finding.advice:
            lines.append(f"    建议：{finding.advice}")
    return "\n".join(lines)
