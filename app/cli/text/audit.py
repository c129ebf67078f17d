"""A review of highlight coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.text.clause import place_of, show_clause
from app.review.decisions import describe
from app.review.opinion import NAME, RULE_ID
from app.review.overemphasis import over_emphasis
from app.review.wording import telling_words
from app.web.words import MISSED_NAMES, PROMINENCE_NAMES, category_names, is_missed

if TYPE_CHECKING:
    from app.review.decisions import Decided
    from app.types import AuditReport, Finding
    from corpus.types import Document


def render_report(decided: Decided, document: Document) -> str:
    """Give the review for people: the figures, what must stand out, missed clauses first, then the decisions."""
    report = decided.report
    said = f"应突出 {report.must} 条，已突出 {report.emphasised} 条"
    if decided.dismissed:
        said += f"；另有 {len(decided.dismissed)} 条经法务决定不要求突出"
    lines = [
        f"《{document.title}》提示覆盖率 {report.coverage:.0%}：{said}",
        f"{over_emphasis(report, document).sentence}。",
    ]
    must = [finding for finding in report.findings if finding.must_highlight]
    for finding in sorted(must, key=lambda finding: not is_missed(finding)):
        lines += ["", *_finding_lines(finding, document)]
    return "\n".join([*lines, *_second_opinion(report, document), *_decision_lines(decided, document)])


def summary_line(report: AuditReport, *, file: str, least: float) -> str:
    """Sum a review up as a workflow command of GitHub Actions, which other systems print as it is.

    GitHub's runner wants `%`, line ends and, in properties, `:` and `,` escaped (toolkit, `command.ts`).
    """
    level, than = ("error", "低于") if report.coverage < least else ("notice", "不低于")
    missed = [finding for finding in report.findings if is_missed(finding)]
    line = next((finding.lines[0] for finding in missed if finding.lines), None)
    place = f"file={_escaped(file).replace(':', '%3A').replace(',', '%2C')}" + (f",line={line}" if line else "")
    said = (
        f"覆盖率 {report.coverage:.4f}，{than} {least:g}：应突出 {report.must} 条，已突出 {report.emphasised} 条，"
        f"未突出或未完全突出 {len(missed)} 条"
    )
    return f"::{level} {place},title=提示覆盖率::{_escaped(said)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _finding_lines(finding: Finding, document: Document) -> list[str]:
    clause = document.clause(finding.clause_id)
    state = MISSED_NAMES[finding.emphasis] if is_missed(finding) else PROMINENCE_NAMES[finding.emphasis]
    categories = "、".join(category_names(finding.categories))
    words = "、".join(f"“{text}”" for text in telling_words(finding))
    lines = [f"{finding.clause_id}（{place_of(finding.lines, clause.page, clause.paragraph)}） {categories}｜{state}"]
    lines.append(f"    原文：{show_clause(clause)}")
    lines.append(f"    触发：{words}")
    lines.append(f"    依据：{'、'.join(finding.basis)}")
    if is_missed(finding) and finding.advice:
        lines.append(f"    建议：{finding.advice}")
    return lines


def _second_opinion(report: AuditReport, document: Document) -> list[str]:
    """Give the clauses that only the model points to; they count nowhere."""
    lines = []
    for finding in report.findings:
        if any(trigger.rule_id == RULE_ID for trigger in finding.triggers) and not finding.must_highlight:
            clause = document.clause(finding.clause_id)
            where = place_of(finding.lines, clause.page, clause.paragraph)
            lines.append(f"    {finding.clause_id}（{where}） {show_clause(clause)}")
    return ["", f"{NAME}：以下 {len(lines)} 条规则未要求突出，不计入覆盖率，请人工判断：", *lines] if lines else []


def _decision_lines(decided: Decided, document: Document) -> list[str]:
    """Say what a lawyer decided, and what of it applies no more."""
    findings = {finding.clause_id: finding for finding in decided.report.findings if finding.categories}
    lines = []
    for clause_id, decision in decided.decisions.items():
        if clause_id in findings:
            clause = document.clause(clause_id)
            where = place_of(clause.lines, clause.page, clause.paragraph)
            lines.append(f"    {clause_id}（{where}） {describe(decision)}")
    for decision, now in decided.outdated:
        became = f"条文已改为 {now}，请重新决定" if now else "文件中已没有这一条"
        lines.append(f"    已失效：{describe(decision)}。原文“{_short(decision.words)}”，{became}")
    return ["", "法务决定：", *lines] if lines else []


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:40] + "…"
