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

CATEGORY_REASONS = {
    Category.EXEMPTION: "写明对方在哪些情况下不承担责任：出现这些情况时，损失可能要由您自己承担。",
    Category.LIMITATION: "给对方的责任或赔偿设了范围或上限：超出的损失，可能得不到赔偿。",
    Category.BREACH: "写明怎样算违约，以及违约金、停止服务、解除等后果：签约前请确认自己做得到。",
    Category.JURISDICTION: "写明争议由哪里处理、文书怎样算送达：没有亲手收到的文书也可能生效。",
    Category.UNILATERAL: "允许一方自己决定变更、调整或解除：约定好的内容，之后可能不经您同意而改变。",
    Category.RESTRICTION: "限制您的权利，或要求您放弃一些权利：接受之后，您可能不能再主张它们。",
}
"""Why a clause of each category matters to the one who accepts it (民法典第四百九十六条: 与对方有重大利害关系)."""

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
