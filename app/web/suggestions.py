"""Questions to begin with, drawn from a document: those that it answers, surest first, and one that it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.engine import Engine

CANDIDATES = (
    "费用谁付？",
    "会涨价吗？",
    "欠费会怎样？",
    "有纠纷去哪起诉？",
    "违约金是多少？",
    "造成损失赔多少？",
    "服务会中断吗？",
    "可以提前解除吗？",
    "我的数据归谁？",
    "账号可以给别人用吗？",
    "对方可以单方修改条款吗？",
    "到期会自动续费吗？",
    "个人信息会给第三方吗？",
    "怎么开发票？",
    "能退款吗？",
    "可以免费试用吗？",
)
"""What people ask before they accept terms of service, in the order in which equals are offered."""
ANSWERED = 4
"""Answered questions offered."""
SURE = 0.75
"""Least confidence of an answer that a first-time reader is sent to."""


def suggest(engine: Engine, doc_id: str) -> tuple[str, ...]:
    """Choose questions: answered with confidence, each from a clause of its own, and last one without an answer.

    The last shows a reader what an honest "not in these terms" looks like.
    """
    chosen: list[str] = []
    clauses: set[str] = set()
    silent = ""
    for question in CANDIDATES:
        answer = engine.ask(question, doc_ids=(doc_id,))
        if answer.status != "answered":
            silent = silent or question
        elif answer.confidence >= SURE and len(chosen) < ANSWERED and answer.citations[0].clause_id not in clauses:
            chosen.append(question)
            clauses.add(answer.citations[0].clause_id)
        if len(chosen) == ANSWERED and silent:
            break
    return (*chosen, silent) if silent else tuple(chosen)
