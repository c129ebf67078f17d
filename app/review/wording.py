"""Chinese names of what the review finds, for reports and messages."""

from __future__ import annotations

from app.types import Category, Prominence

CATEGORIES = {
    Category.EXEMPTION: "免责",
    Category.LIMITATION: "责任限制",
    Category.BREACH: "违约处理",
    Category.JURISDICTION: "管辖与送达",
    Category.UNILATERAL: "单方权利",
    Category.RESTRICTION: "限制客户权利",
}
"""Names of the categories."""
PROMINENCES = {
    Prominence.FULL: "已醒目",
    Prominence.PARTIAL: "部分醒目",
    Prominence.NONE: "未醒目",
    Prominence.UNKNOWN: "看不出",
}
"""How a clause is printed."""


def name_categories(categories: tuple[Category, ...]) -> str:
    """Join the names of some categories; a dash for none."""
    return "、".join(CATEGORIES[category] for category in categories) or "—"
