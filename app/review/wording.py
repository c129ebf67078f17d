"""Chinese names of what the review finds, for reports and messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.types import Category, Prominence

if TYPE_CHECKING:
    from app.types import Finding

CATEGORIES = {
    Category.EXEMPTION: "免责",
    Category.LIMITATION: "责任限制",
    Category.BREACH: "违约",
    Category.JURISDICTION: "管辖与送达",
    Category.UNILATERAL: "单方权利",
    Category.RESTRICTION: "权利限制",
}
"""Names of the categories."""
PROMINENCES = {
    Prominence.FULL: "已突出",
    Prominence.PARTIAL: "部分突出",
    Prominence.NONE: "未突出",
    Prominence.UNKNOWN: "看不出",
}
"""How a clause is printed."""


def name_categories(categories: tuple[Category, ...]) -> str:
    """Join the names of some categories; a dash for none."""
    return "、".join(CATEGORIES[category] for category in categories) or "—"


def telling_words(finding: Finding) -> tuple[str, ...]:
    """Words that made the finding, once each, those that lie inside longer ones left out."""
    texts = list(dict.fromkeys(trigger.text for trigger in finding.triggers))
    return tuple(text for text in texts if not any(text != other and text in other for other in texts))
