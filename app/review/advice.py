"""What a drafter should do about a clause, in one or two Chinese sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.types import Prominence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.review.ruleset import Rule
    from corpus.types import Clause

_HOW = {
    Prominence.FULL: "已醒目提示。",
    Prominence.PARTIAL: "只有部分文字醒目，请把整条加粗或加下划线。",
    Prominence.NONE: "请加粗或加下划线。",
    Prominence.UNKNOWN: "文件格式看不出是否醒目，请在原文件中核对。",
}


def advise(clause: Clause, rules: Sequence[Rule], *, must: bool, emphasis: Prominence) -> str:
    """Say how the clause should be printed, and what the weightiest rule recommends for its words."""
    broken = "强调标记在网页上不会生效（仍显示为星号），请调整标记位置。"
    said = broken if any(not one.renders for one in clause.emphasis) else ""
    if not rules:
        return said or "未发现须提示的内容；强调过多会使真正重要的条款不再醒目，可酌情取消。"
    if not must:
        return said + "提示义务较轻，可不强调；" + rules[0].advice
    heaviest = max(rules, key=lambda rule: rule.weight)
    return (_HOW[emphasis] if not said else said) + heaviest.advice
