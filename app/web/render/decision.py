"""A lawyer's decision on a finding: what was decided, and the controls that decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.qa.gloss import place_name
from app.review.decisions import describe
from app.web.render.anchor import clause_link
from app.web.render.element import element, join

if TYPE_CHECKING:
    from markupsafe import Markup

    from app.review.decisions import Decided, Decision
    from app.types import Finding
    from corpus.types import Document

OPENING = 40
"""Characters of the words of an outdated decision that are shown."""


def render_decision(finding: Finding, decision: Decision | None) -> Markup | str:
    """Render what was decided, with a way to take it back; or, folded, the ways to decide on a duty."""
    if decision is not None and finding.categories:
        back = _button("withdraw", "撤回决定", finding)
        return element("p", element("span", describe(decision), class_="decision-words"), back, class_="decision")
    if not finding.must_highlight:
        return ""
    label = f"{finding.label or '无编号'} 的"
    reason = element("input", type="text", class_="field", data_reason=True, maxlength=1000, aria_label=f"{label}理由")
    by = element("input", type="text", class_="field", data_by=True, maxlength=60, aria_label=f"{label}决定人")
    return element(
        "details",
        element("summary", "作出决定"),
        element("p", "理由（不要求突出时必填）", reason),
        element("p", "决定人", by),
        element("p", _button("accept", "确认应突出", finding), _button("dismiss", "不要求突出", finding)),
        element("p", "", class_="decision-said", role="alert", data_decision_said=True),
        class_="grounds deciding",
    )


def render_outdated(decided: Decided, document: Document) -> Markup | str:
    """Render the decisions that apply no more, since the words they were made on have changed."""
    if not decided.outdated:
        return ""
    rows = []
    for decision, now in decided.outdated:
        words = decision.words if len(decision.words) <= OPENING else decision.words[:OPENING] + "…"
        became = (
            join(["条文已改为 ", clause_link(now, place_name(document.clause(now))), "，请重新决定。"])
            if now
            else element("span", "文件中已没有这一条。")
        )
        rows.append(element("li", f"{describe(decision)}。原文“{words}”，", became))
    head = element("p", f"{len(rows)} 个决定已失效：条文改了。")
    return element("div", head, element("ul", join(rows), class_="reasons"), class_="notice", data_outdated=True)


def render_decisions_intake() -> Markup:
    """Render the place for a file of decisions."""
    picker = element(
        "input", id="decisions-file", type="file", accept=".toml", class_="unseen", data_decisions_file=True
    )
    return join([picker, element("label", "载入决定文件", for_="decisions-file", class_="plain pick-files")])


def _button(verdict: str, words: str, finding: Finding) -> Markup:
    return element("button", words, type="button", class_="plain", data_decide=verdict, data_clause=finding.clause_id)
