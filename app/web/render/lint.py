"""The drafting check as a list: what is wrong, how grave, where, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.review.lint.types import Severity
from app.web.language import CHINESE, say
from app.web.render.anchor import clause_link
from app.web.render.element import element, join
from app.web.words import place_name

if TYPE_CHECKING:
    from markupsafe import Markup

    from app.review.lint.types import LintFinding, LintReport
    from corpus.types import Document

SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "建议"}
"""Names of the grades, gravest first."""


def render_lint(document: Document, report: LintReport) -> Markup:
    """Render the findings in document order, with their number by grade."""
    counts = {grade: sum(one.severity is grade for one in report.findings) for grade in SEVERITIES}
    said = say("、").join(
        say("{grade} {count} 处", grade=say(SEVERITIES[grade]), count=count) for grade, count in counts.items() if count
    )
    if not said:
        return element("p", say("没有发现起草差错。"), class_="notice", role="status")
    rows = join(_row(one, document) for one in report.findings)
    return join([element("p", said, class_="results-count", role="status"), element("ol", rows, class_="slips")])


def _row(one: LintFinding, document: Document) -> Markup:
    links = join((clause_link(clause_id, place_name(document.clause(clause_id))) for clause_id in one.clause_ids), "　")
    return element(
        "li",
        element(
            "p",
            element("span", say(SEVERITIES[one.severity]), class_=f"grade grade--{one.severity}"),
            links,
            class_="slip-head",
        ),
        element("p", one.text, lang=CHINESE),
        element("p", one.advice, class_="advice", lang=CHINESE),
        class_="slip",
        data_slip=one.kind,
    )
