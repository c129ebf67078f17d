"""The words that people read for categories and prominence: every colour on the pages has one of these beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.qa.gloss import place_name as chinese_place
from app.review.wording import CATEGORIES
from app.types import Category, Prominence
from app.web.language import CHINESE, language, say

if TYPE_CHECKING:
    from app.types import Finding
    from corpus.types import Clause

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
    return tuple(say(name) for category, name in CATEGORY_NAMES.items() if category in categories)


def is_missed(finding: Finding) -> bool:
    """Whether the drafter owes prominence here and did not fully give it."""
    return finding.must_highlight and finding.emphasis is not Prominence.FULL


_PLACE = re.compile(
    r"""第(?P<number>[\d.]+)条(?:第(?P<item>[（(].+[）)])项|第(?P<of>\d+)段)?  # 第12.2条第（1）项, 第9条第1段
      | 文首(?:第(?P<paragraph>\d+)段)?                                     # 文首第2段
      | “(?P<heading>.+)”部分""",
    re.VERBOSE,
)


def place_name(clause: Clause) -> str:
    """Name a clause in the language of the page: `第13.5条`, `Clause 13.5`; a printed name stays as it is printed."""
    name = chinese_place(clause)
    place = None if language() == CHINESE else _PLACE.fullmatch(name)
    if place is None:
        return name
    if place["number"]:
        part = f" {place['item']}" if place["item"] else f", paragraph {place['of']}" if place["of"] else ""
        return f"Clause {place['number']}{part}"
    if place["heading"]:
        return f"Part “{place['heading']}”"
    return f"Opening, paragraph {place['paragraph']}" if place["paragraph"] else "Opening"
