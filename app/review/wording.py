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
CATEGORY_REASONS = {
    Category.EXEMPTION: "写明对方在哪些情况下不承担责任：出现这些情况时，损失可能要由您自己承担。",
    Category.LIMITATION: "给对方的责任或赔偿设了范围或上限：超出的损失，可能得不到赔偿。",
    Category.BREACH: "写明怎样算违约，以及违约金、停止服务、解除等后果：签约前请确认自己做得到。",
    Category.JURISDICTION: "写明争议由哪里处理、文书怎样算送达：没有亲手收到的文书也可能生效。",
    Category.UNILATERAL: "允许一方自己决定变更、调整或解除：约定好的内容，之后可能不经您同意而改变。",
    Category.RESTRICTION: "限制您的权利，或要求您放弃一些权利：接受之后，您可能不能再主张它们。",
}
"""Why a clause of each category matters to the one who accepts it (民法典第四百九十六条: 与对方有重大利害关系)."""
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
