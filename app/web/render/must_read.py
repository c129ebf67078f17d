"""The clauses that a person should read before accepting, grouped under plain headings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.qa.gloss import place_name
from app.web.render.anchor import clause_link
from app.web.render.badges import finding_badges
from app.web.render.element import element, join
from app.web.render.text import render_body, turned_names
from app.web.words import CATEGORY_NAMES, CATEGORY_QUESTIONS

if TYPE_CHECKING:
    from markupsafe import Markup

    from app.types import AuditReport, Category, Finding
    from corpus.types import Document

OPENING = 34
"""Characters of a clause that its closed row shows: about one line beside the number."""


def must_read(report: AuditReport) -> dict[Category, tuple[Finding, ...]]:
    """Group the must-be-prominent clauses by their first category; each clause stands in one group only."""
    groups: dict[Category, tuple[Finding, ...]] = {}
    for category in CATEGORY_NAMES:
        members = tuple(
            finding for finding in report.findings if finding.must_highlight and _first_category(finding) is category
        )
        if members:
            groups[category] = members
    return groups


def _first_category(finding: Finding) -> Category | None:
    return next((category for category in CATEGORY_NAMES if category in finding.categories), None)


def render_must_read(document: Document, report: AuditReport) -> Markup:
    """Render the list; every entry opens in place with the clause's words."""
    groups = must_read(report)
    number = sum(len(members) for members in groups.values())
    if not number:
        return element("p", "核查规则没有在这份条款中找到必须提示的条款；这不代表可以不读全文。", class_="notice")
    plain = report.must - report.emphasised
    summary = f"共 {number} 条与您有重大利害关系。"
    warning = f"其中 {plain} 条原文没有完全突出，容易漏看。" if plain else "原文都已突出显示。"
    return element(
        "section",
        element("h2", "必读条款", id="must-read"),
        element("p", summary, element("strong", warning), class_="must-summary"),
        join(_group(category, members, document) for category, members in groups.items()),
        class_="must-read",
        aria_labelledby="must-read",
    )


def _group(category: Category, members: tuple[Finding, ...], document: Document) -> Markup:
    heading = element(
        "h3",
        element("span", CATEGORY_NAMES[category], class_="group-name"),
        element("span", CATEGORY_QUESTIONS[category], class_="group-question"),
        element("span", f"{len(members)} 条", class_="group-count"),
    )
    return element(
        "div", heading, join(_entry(finding, document, category) for finding in members), class_="must-group"
    )


def _entry(finding: Finding, document: Document, group: Category) -> Markup:
    clause = document.clause(finding.clause_id)
    body = clause.body.strip()
    others = replace(finding, categories=tuple(other for other in finding.categories if other is not group))
    opening = body if len(body) <= OPENING else body[:OPENING] + "…"
    return element(
        "details",
        element(
            "summary",
            element("span", place_name(clause), class_="must-number"),
            element("span", opening, class_="must-opening"),
            element("span", finding_badges(others), class_="must-badges"),
        ),
        element("p", render_body(clause, turned_names(document)), class_="must-words"),
        clause_link(clause.clause_id, "在条款中查看", label=f"在条款中查看{place_name(clause)}"),
        class_="must-entry",
        data_must=clause.clause_id,
    )
