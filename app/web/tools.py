"""The four things that programs ask for, as plain functions: for REST, for `gradio_client` and for MCP alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.contract import answer_json, audit_json, diff_json, search_json
from app.review.diff import diff
from app.web.conversation import follow
from app.web.errors import NoSuchDocument
from app.web.shelf import QUESTION_LIMIT, tidy

if TYPE_CHECKING:
    from app.web.shelf import Shelf

Tool = Callable[..., dict[str, Any]]
MOST = 50
"""Clauses that one call gives at most."""

DESCRIPTIONS = {
    "ask_terms": "就服务条款提问。只用条款原文回答：citations 是逐字引文，带条款号、章节、行号、版式和类别；"
    "条款没有写的，status 为 not_found，nearest 是最接近的条款。doc_id 为空时在全部文件里找；"
    "previous 是上一个问题，供追问（“那违约金呢？”）用。",
    "search_clauses": "按词语、意思或条款号（如 13.5）查条文，按相关程度排列，每条带逐字原文、条款号、章节和类别。",
    "audit_terms": "检查一份条款：免责、责任限制、违约、管辖、单方权利、权利限制条款是否都突出提示。"
    "给出覆盖率、每条的法律依据和建议。",
    "diff_terms": "逐条比较同一条款的两个版本：新增、删除、修改、移动、改号、仅版式变化，并标出涉及应突出条款的变化。",
}
"""What each tool is for, as a language model reads it."""


def build_tools(shelf: Shelf) -> dict[str, Tool]:
    """Build the functions over the open documents; an unknown document raises NoSuchDocument."""

    def ask_terms(question: str, doc_id: str = "", previous: str = "", k: int = 3) -> dict[str, Any]:
        turn = follow(tidy(question)[:QUESTION_LIMIT], tidy(previous)[:QUESTION_LIMIT])
        answer = shelf.engine.ask(turn.words, doc_ids=_chosen(shelf, doc_id), k=_bounded(k))
        return answer_json(answer)

    def search_clauses(query: str, doc_id: str = "", k: int = 10) -> dict[str, Any]:
        words = tidy(query)[:QUESTION_LIMIT]
        return search_json(words, shelf.engine.search(words, doc_ids=_chosen(shelf, doc_id), k=_bounded(k)))

    def audit_terms(doc_id: str) -> dict[str, Any]:
        shelf.find(doc_id)
        return audit_json(shelf.report(doc_id))

    def diff_terms(old: str, new: str) -> dict[str, Any]:
        return diff_json(diff(shelf.find(old), shelf.find(new), rules=shelf.settings.rules))

    return {tool.__name__: tool for tool in (ask_terms, search_clauses, audit_terms, diff_terms)}


def _chosen(shelf: Shelf, doc_id: str) -> tuple[str, ...] | None:
    if doc_id and doc_id not in shelf.documents:
        raise NoSuchDocument
    return (doc_id,) if doc_id else None


def _bounded(k: int) -> int:
    return max(1, min(k, MOST))
