"""The clauses that a person should read before accepting, grouped under plain headings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.review.wording import CATEGORY_REASONS
from app.web.language import CHINESE, say
from app.web.render.anchor import clause_link
from app.web.render.badges import finding_badges
from app.web.render.element import element, join
from app.web.render.text import render_body, turned_names
from app.web.words import CATEGORY_NAMES, CATEGORY_QUESTIONS, place_name

if TYPE_CHECKING:
    from markupsafe import Markup

    from app.types import AuditReport, Category, Finding
    from corpus.types import Clause, Document

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
        return element("p", say("核查规则没有在这份条款中找到必须提示的条款；这不代表可以不读全文。"), class_="notice")
    plain = report.must - report.emphasised
    summary = say("共 {number} 条与您有重大利害关系。", number=number)
    warning = say("其中 {plain} 条原文没有完全突出，容易漏看。", plain=plain) if plain else say("原文都已突出显示。")
    return element(
        "section",
        element("h2", say("必读条款"), id="must-read"),
        element("p", summary, element("strong", warning), class_="must-summary"),
        render_progress(number),
        join(_group(category, members, document) for category, members in groups.items()),
        render_receipt_form(),
        class_="must-read",
        aria_labelledby="must-read",
        data_reading=document.doc_id,
    )


def render_progress(number: int) -> Markup:
    """Render how many of the clauses were on the screen; the page's script keeps it."""
    figure = join([element("strong", "0", data_read_count=True), say(" / {number} 条已在屏幕上显示过", number=number)])
    bar = element("progress", "", max=number, value=0, aria_label=say("阅读进度"), data_read_bar=True)
    every = element("button", say("全部展开"), type="button", class_="plain", data_unfold=say("全部收起"))
    return element("div", element("p", figure, role="status"), every, bar, class_="reading", data_reading_progress=True)


def render_receipt_form() -> Markup:
    """Render the way to the receipt; it opens when every clause was on the screen."""
    name = element("input", id="receipt-name", type="text", maxlength=60, autocomplete="off", disabled=True)
    return element(
        "div",
        element("h3", say("阅读凭证")),
        element(
            "p",
            say(
                "全部显示过之后，可以生成一份带签名的凭证：条款版本、每条显示的时间、您提过的问题。只保存在您自己手里。"
            ),
        ),
        element("label", say("签收人（可不填）"), for_="receipt-name"),
        name,
        element("button", say("生成阅读凭证"), type="button", class_="solid", disabled=True, data_receipt_make=True),
        element("p", "", class_="receipt-said", role="status", data_receipt_said=True),
        class_="receipt-form",
    )


def _group(category: Category, members: tuple[Finding, ...], document: Document) -> Markup:
    heading = element(
        "h3",
        element("span", say(CATEGORY_NAMES[category]), class_="group-name"),
        element("span", say(CATEGORY_QUESTIONS[category]), class_="group-question"),
        element("span", say("{n} 条", n=len(members)), class_="group-count"),
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
            element("span", opening, class_="must-opening", lang=CHINESE),
            element("span", finding_badges(others), _read_mark(), class_="must-badges"),
        ),
        _lead_in(clause, document),
        element(
            "p",
            render_body(clause, turned_names(document)),
            class_="must-words",
            lang=CHINESE,
            data_seen=clause.clause_id,
        ),
        _why(finding),
        clause_link(clause.clause_id, say("在条款中查看"), label=say("在条款中查看{place}", place=place_name(clause))),
        class_="must-entry",
        data_must=clause.clause_id,
    )


def _lead_in(clause: Clause, document: Document) -> Markup | str:
    """Render the words that introduce an item, which says little without them."""
    if clause.lead_in_id is None:
        return ""
    words = render_body(document.clause(clause.lead_in_id), turned_names(document))
    return element("p", words, class_="must-words lead-in", lang=CHINESE)


def _read_mark() -> Markup:
    """Render the word that the page's script shows once the clause was on the screen."""
    return element("span", say("已显示"), class_="read-mark", hidden=True, data_read_mark=True)


def _why(finding: Finding) -> Markup:
    """Say why a clause matters: what its categories mean, and the articles of law that the rules name."""
    reasons = [
        element("li", element("strong", say(CATEGORY_NAMES[category])), say("："), say(CATEGORY_REASONS[category]))
        for category in CATEGORY_NAMES
        if category in finding.categories
    ]
    basis = (
        element("p", say("依据："), say("、").join(finding.basis), class_="basis", lang=CHINESE)
        if finding.basis
        else ""
    )
    return element("div", element("h4", say("为什么要读")), element("ul", join(reasons)), basis, class_="must-why")
