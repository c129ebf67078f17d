"""The words that people read for categories and prominence: every colour on the pages has one of these beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.review.wording import CATEGORIES
from app.types import Category, Prominence

if TYPE_CHECKING:
    from app.types import Finding

CATEGORY_NAMES = CATEGORIES
"""Short names, in the order in which pages list them."""

CATEGORY_QUESTIONS = {
    Category.EXEMPTION: "哪些情况下可以不承担责任",
    Category.LIMITATION: "责任和赔偿有什么上限或范围",
    Category.BREACH: "怎样算违约，违约会怎样处理",
    Category.JURISDICTION: "发生争议到哪里解决，文书怎样送达",
    Category.UNILATERAL: "哪些事一方可以单独决定",
    Category.RESTRICTION: "您的哪些权利受到限制",
}
"""What a reader finds under each heading."""

PROMINENCE_NAMES = {
    Prominence.FULL: "原文已突出",
    Prominence.PARTIAL: "原文部分突出",
    Prominence.NONE: "原文未突出",
    Prominence.UNKNOWN: "原文格式不明",
}
"""How the clause is printed, in words."""

MISSED_NAMES = {
    Prominence.PARTIAL: "漏标：只突出了一部分",
    Prominence.NONE: "漏标：未突出",
    Prominence.UNKNOWN: "待核实：格式不明",
}
"""What a drafter is told of a clause that should be prominent."""


def category_names(categories: tuple[Category, ...]) -> tuple[str, ...]:
    """Short names of categories, in the order of the pages."""
    return tuple(name for category, name in CATEGORY_NAMES.items() if category in categories)


def is_missed(finding: Finding) -> bool:
    """Whether the drafter owes prominence here and did not fully give it."""
    return finding.must_highlight and finding.emphasis is not Prominence.FULL
