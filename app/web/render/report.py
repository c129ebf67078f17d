"""The review: coverage in one figure, and a row for every clause with a category or with emphasis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.review.decisions import describe
from app.review.wording import telling_words
from app.web.language import CHINESE, say
from app.web.render.anchor import clause_link
from app.web.render.badges import category_badges, verdict_badge
from app.web.render.decision import render_decision
from app.web.render.element import element, join
from app.web.words import CATEGORY_NAMES, PROMINENCE_NAMES, is_missed, place_name

if TYPE_CHECKING:
    from markupsafe import Markup

    from app.review.decisions import Decided, Decision
    from app.types import AuditReport, Category, Finding
    from corpus.types import Document

OPENING = 44
"""Characters of a clause that its row shows."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows of the review to show."""

    categories: frozenset[Category] = frozenset()
    """Only clauses with one of these; all when empty."""
    missed_only: bool = False
    """Only clauses that should be prominent and are not."""

    def keeps(self, finding: Finding) -> bool:
        """Whether this row is shown."""
        if self.missed_only and not is_missed(finding):
            return False
        return not self.categories or not self.categories.isdisjoint(finding.categories)


def render_coverage(report: AuditReport) -> Markup:
    """Render the coverage figure with what it counts; the bar repeats it and is hidden from screen readers."""
    percent = round(report.coverage * 100)
    missed = report.must - report.emphasised
    words = say(
        "{must} 条应当突出，{emphasised} 条已完全突出，{missed} 条漏标或只标了一部分。",
        must=report.must,
        emphasised=report.emphasised,
        missed=missed,
    )
    if not report.must:
        return _nothing_to_cover()
    bar = element("span", element("span", "", style=f"width:{percent}%"), class_="bar", aria_hidden="true")
    return element(
        "section",
        element("p", element("span", f"{percent}", class_="figure-number"), element("span", "%"), class_="figure"),
        element("div", element("h2", say("突出显示覆盖率")), element("p", words), bar, class_="figure-words"),
        class_="coverage",
        data_missed=missed,
    )


def _nothing_to_cover() -> Markup:
    words = element("p", say("核查规则没有找到应当突出的条款，因此没有覆盖率可算。"))
    return element(
        "section", element("div", element("h2", say("突出显示覆盖率")), words, class_="figure-words"), class_="coverage"
    )


def render_findings(document: Document, decided: Decided, chosen: Filter) -> Markup:
    """Render the table of findings that pass the filter, each with what was decided on it."""
    report = decided.report
    shown = [finding for finding in report.findings if chosen.keeps(finding)]
    count = element(
        "p",
        say("显示 {shown} 条，共 {all} 条", shown=len(shown), all=len(report.findings)),
        class_="results-count",
        role="status",
    )
    if not shown:
        return join([count, element("p", say("没有符合筛选条件的条款。"), class_="notice")])
    heads = join(
        element("th", name, scope="col") for name in (say("条款"), say("类别"), say("原文"), say("建议和依据"))
    )
    rows = join(_row(finding, document, decided.decisions.get(finding.clause_id)) for finding in shown)
    table = element("table", element("thead", element("tr", heads)), element("tbody", rows), class_="findings")
    return join([count, element("div", table, class_="table-scroll")])


def _row(finding: Finding, document: Document, decision: Decision | None) -> Markup:
    clause = document.clause(finding.clause_id)
    body = clause.body.strip()
    opening = body if len(body) <= OPENING else body[:OPENING] + "…"
    missed = is_missed(finding)
    cells = [
        element(
            "th",
            clause_link(clause.clause_id, place_name(clause), class_="to-clause quote-number"),
            element("span", opening, class_="row-opening", lang=CHINESE),
            scope="row",
        ),
        element("td", category_badges(finding.categories) or "—", data_head=say("类别")),
        element("td", verdict_badge(finding), data_head=say("原文")),
        element(
            "td",
            element("p", finding.advice, class_="advice", lang=CHINESE) if _says_more(finding, decision) else "",
            _grounds(finding),
            render_decision(finding, decision),
            data_head=say("建议和依据"),
        ),
    ]
    return element("tr", *cells, class_="is-missed" if missed else None, data_row=clause.clause_id)


def _says_more(finding: Finding, decision: Decision | None) -> bool:
    """Whether the advice is more than the decision, which stands below it."""
    return bool(finding.advice) and (decision is None or finding.advice != describe(decision))


def _grounds(finding: Finding) -> Markup | str:
    """Render what the finding rests on, folded: the words, the articles of law, the same clause elsewhere."""
    words = telling_words(finding)
    if not words and not finding.basis and not finding.precedents:
        return ""
    quoted = join(element("li", f"“{each}”") for each in words)
    return element(
        "details",
        element("summary", say("依据：{n} 处词句", n=len(words)) if words else say("依据")),
        element("ul", quoted, class_="reasons", lang=CHINESE) if words else "",
        element("p", say("、").join(finding.basis), class_="basis", lang=CHINESE) if finding.basis else "",
        _precedents(finding),
        class_="grounds",
    )


def _precedents(finding: Finding) -> Markup | str:
    if not finding.precedents:
        return ""
    rows = join(
        element(
            "li",
            say(
                "{doc_id} {clause}：{printed}（相似 {percent}%）",
                doc_id=one.doc_id,
                clause=one.clause_id.split("#", 1)[-1],
                printed=say(PROMINENCE_NAMES[one.emphasis]),
                percent=round(one.similarity * 100),
            ),
        )
        for one in finding.precedents
    )
    return element("div", element("p", say("同一条款在其他文件中：")), element("ul", rows), class_="precedents")


def render_chart(report: AuditReport) -> Markup:
    """Render for each category how many clauses must stand out and how many do; the bars repeat the words."""
    rows = []
    for category, name in CATEGORY_NAMES.items():
        must = [finding for finding in report.findings if finding.must_highlight and category in finding.categories]
        if must:
            full = sum(not is_missed(finding) for finding in must)
            most = max(report.must, 1)
            done = element("span", "", class_="chart-done", style=f"width:{100 * full / most:.1f}%")
            left = element("span", "", class_="chart-left", style=f"width:{100 * (len(must) - full) / most:.1f}%")
            words = say(
                "{must} 条，{full} 条已突出，{missed} 条漏标", must=len(must), full=full, missed=len(must) - full
            )
            bar = element("td", element("span", done, left, class_="chart-bar"), aria_hidden="true")
            rows.append(element("tr", element("th", say(name), scope="row"), bar, element("td", words)))
    if not rows:
        return element("p", "")
    title = element("caption", say("各类别（一条可以属于几类）"))
    return element("table", title, element("tbody", join(rows)), class_="chart")
