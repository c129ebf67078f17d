"""A lawyer's decision on a finding: what was decided, and the controls that decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.review.decisions import Verdict, describe
from app.web.language import CHINESE, language, say
from app.web.render.anchor import clause_link
from app.web.render.element import element, join
from app.web.words import place_name

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
        back = _button("withdraw", say("撤回决定"), finding)
        return element(
            "p", element("span", describe_decision(decision), class_="decision-words"), back, class_="decision"
        )
    if not finding.must_highlight:
        return ""
    label = finding.label or say("无编号")
    reason = element(
        "input",
        type="text",
        class_="field",
        data_reason=True,
        maxlength=1000,
        aria_label=say("{label} 的理由", label=label),
    )
    by = element(
        "input",
        type="text",
        class_="field",
        data_by=True,
        maxlength=60,
        aria_label=say("{label} 的决定人", label=label),
    )
    return element(
        "details",
        element("summary", say("作出决定")),
        element("p", say("理由（不要求突出时必填）"), reason),
        element("p", say("决定人"), by),
        element("p", _button("accept", say("确认应突出"), finding), _button("dismiss", say("不要求突出"), finding)),
        element("p", "", class_="decision-said", role="alert", data_decision_said=True),
        class_="grounds deciding",
    )


def describe_decision(decision: Decision) -> str:
    """Say who decided what, when and why, in the language of the page."""
    if language() == CHINESE:
        return describe(decision)
    said = say("已确认") if decision.verdict is Verdict.ACCEPT else say("已决定不要求突出")
    who = f"{decision.by} {decision.on.isoformat()}".strip()
    return f"{said} ({who})" + (f": {decision.reason}" if decision.reason else "")


def render_outdated(decided: Decided, document: Document) -> Markup | str:
    """Render the decisions that apply no more, since the words they were made on have changed."""
    if not decided.outdated:
        return ""
    rows = []
    for decision, now in decided.outdated:
        words = decision.words if len(decision.words) <= OPENING else decision.words[:OPENING] + "…"
        became = (
            join([say("条文已改为 "), clause_link(now, place_name(document.clause(now))), say("，请重新决定。")])
            if now
            else element("span", say("文件中已没有这一条。"))
        )
        rows.append(
            element("li", say("{decision}。原文“{words}”，", decision=describe_decision(decision), words=words), became)
        )
    head = element("p", say("{n} 个决定已失效：条文改了。", n=len(rows)))
    return element("div", head, element("ul", join(rows), class_="reasons"), class_="notice", data_outdated=True)


def render_decisions_intake() -> Markup:
    """Render the place for a file of decisions."""
    picker = element(
        "input", id="decisions-file", type="file", accept=".toml", class_="unseen", data_decisions_file=True
    )
    return join([picker, element("label", say("载入决定文件"), for_="decisions-file", class_="plain pick-files")])


def _button(verdict: str, words: str, finding: Finding) -> Markup:
    return element("button", words, type="button", class_="plain", data_decide=verdict, data_clause=finding.clause_id)
