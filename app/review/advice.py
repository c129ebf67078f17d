"""What a drafter should do about a clause, in Chinese: the print first, then the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.review.opinion import NAME
from app.types import Prominence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.review.flags import Flag
    from app.review.rulebook import Rule
    from app.types import Precedent

_PRINT = {
    Prominence.FULL: "已突出提示，请在修改版式时保持。",
    Prominence.PARTIAL: "只强调了一部分，{plain}请强调整条。",
    Prominence.NONE: "未作提示，请整条加粗或加下划线。",
    Prominence.UNKNOWN: "文件格式看不出是否强调，请人工核对。",
}
_PARTS = 3
"""Plain parts of a clause that are quoted."""
_OPENING = 20
"""Characters of each."""


def advise(  # noqa: PLR0913 - what is known of one clause
    rules: Sequence[Rule],
    *,
    must: bool,
    prominence: Prominence,
    seen: bool,
    plain: Sequence[str] = (),
    precedents: Sequence[Precedent] = (),
    flags: Sequence[Flag] = (),
    score: float | None = None,
) -> str:
    """Say what is to be done; `seen` is False when marks stand in the file that a page shows as stars.

    `plain`: the parts of the clause that do not stand out. `flags`: words that print alone does not save. `score`: the
    model's, where it points to a clause that the rules let be.
    """
    second = "" if score is None else f"{NAME}：用语与须提示的条款相近（{score:.2f}），规则未要求突出，请人工判断。"
    unseen = "" if seen else "强调标记在网页上不会显示，请改正标记的写法。"
    if not rules and second:
        return f"{second}{unseen}"
    if not rules:
        return unseen or "本条有强调，但规则未发现须提示的内容；强调过多会冲淡真正需要提示的条款。"
    kinds = "、".join(dict.fromkeys(rule.name for rule in rules))
    void = "".join(f"另请注意：{flag.sentence}。{flag.check.advice}" for flag in flags)
    if not must:
        return f"涉及{kinds}，属一般约定，不要求突出提示。{second}{unseen}{void}"
    printed = _PRINT[prominence].format(plain=_missing(plain))
    return f"{kinds}：{printed}{unseen}{_elsewhere(precedents, prominence)}{rules[0].advice}{void}"


def _elsewhere(precedents: Sequence[Precedent], prominence: Prominence) -> str:
    """Hold the vendor's other terms against a clause that is not printed as prominently there."""
    full = sum(precedent.emphasis is Prominence.FULL for precedent in precedents)
    if not full or prominence is Prominence.FULL:
        return ""
    return f"同一条款在 {full} 份文件中整条强调，本文件没有。"


def _missing(plain: Sequence[str]) -> str:
    """Quote the parts that were left plain."""
    quoted = "、".join(f"“{part if len(part) <= _OPENING else part[:_OPENING] + '…'}”" for part in plain[:_PARTS])
    more = "等处" if len(plain) > _PARTS else ""
    return f"{quoted}{more}没有强调，" if quoted else ""
