"""Two versions side by side: what was added, removed, reworded, moved, renumbered, printed otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.review.diff.types import ChangeKind
from app.review.reports.changes import KINDS, summary, worded
from app.web.language import CHINESE, language, say
from app.web.render.element import element, join
from app.web.words import PROMINENCE_NAMES, category_names

if TYPE_CHECKING:
    from markupsafe import Markup

    from app.review.diff.types import Change, DiffReport, Side

PLACES = frozenset({ChangeKind.MOVED, ChangeKind.RENUMBERED})
"""Changes of place or number alone; they come last."""


def render_changes(report: DiffReport) -> Markup:
    """Render the comparison, changes of words first."""
    if not report.changes:
        return element("p", say("两个版本没有差别。"), class_="notice", role="status")
    ordered = sorted(report.changes, key=lambda change: change.kind in PLACES)
    heads = join(element("th", name, scope="col") for name in (say("变化"), say("原来"), say("现在")))
    rows = join(_row(change) for change in ordered)
    table = element("table", element("thead", element("tr", heads)), element("tbody", rows), class_="findings changes")
    shown = element("div", table, class_="table-scroll", role="region", aria_label=say("版本对比"), tabindex=0)
    return join([element("p", _summary(report), class_="results-count", role="status"), shown])


def _summary(report: DiffReport) -> str:
    """Count the changes by kind, with those that touch clauses that must be prominent."""
    if language() == CHINESE:
        return f"{summary(report)}。"
    counts = {kind: sum(change.kind is kind for change in report.changes) for kind in ChangeKind}
    said = ", ".join(f"{say(KINDS[kind])}: {count}" for kind, count in counts.items() if count)
    return f"{said}." + say("{n} 处涉及应突出提示的条款。", n=sum(one.touches_duty for one in worded(report)))


def _row(change: Change) -> Markup:
    duty = element("span", say("涉及应突出条款"), class_="print print--missed") if change.touches_duty else ""
    return element(
        "tr",
        element("th", element("span", say(KINDS[change.kind]), class_="badge"), duty, scope="row"),
        element("td", _side(change, change.old, "-", "del"), data_head=say("原来")),
        element("td", _side(change, change.new, "+", "ins"), data_head=say("现在")),
        data_change=change.kind.value,
    )


def _side(change: Change, side: Side | None, sign: str, tag: str) -> Markup:
    """Render one version's words; what is its alone is marked, and said to those who do not see it."""
    if side is None:
        return element("span", "—", aria_label=say("没有这一条"))
    words = join(
        element(tag, text) if mark == sign else element("span", text)
        for mark, text in change.words
        if mark in ("=", sign)
    )
    facts = [say(PROMINENCE_NAMES[side.emphasis]), *category_names(side.categories)]
    return join(
        [
            element(
                "p", side.label or say("无编号"), " ", element("small", say("、").join(facts)), class_="change-place"
            ),
            element("p", words, lang="zh-CN") if change.kind not in PLACES else "",
        ]
    )
