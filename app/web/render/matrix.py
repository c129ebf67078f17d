"""The same clause across the corpus: a row a family of clauses, a column a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.types import Prominence
from app.web.language import say
from app.web.render.element import element, join
from app.web.words import category_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from app.review.families import Family, Member
    from corpus.types import Document

MOST = 100
"""Families shown; the Excel file has all of them."""
OPENING = 40
"""Characters of a family's words in its row."""
SHORT = {Prominence.FULL: "已突出", Prominence.PARTIAL: "部分", Prominence.NONE: "未突出", Prominence.UNKNOWN: "不明"}
"""How a document prints the clause, in a narrow cell."""


def render_matrix(families: Sequence[Family], documents: Sequence[Document]) -> Markup:
    """Render the matrix, inconsistent families first; or say that it needs more documents."""
    if not families:
        words = say(
            "没有两份文件含相同的条款。矩阵比较语料库里的全部文件：用 clauselight index add 加入更多条款后再看。"
        )
        return element("p", words, class_="notice", role="status")
    uneven = sum(family.inconsistent for family in families)
    said = say(
        "{documents} 份文件，{families} 组相同条款，{uneven} 组各文件的版式不一致。",
        documents=len(documents),
        families=len(families),
        uneven=uneven,
    )
    heads = join(
        element("th", name, scope="col") for name in (say("条款"), *(document.title for document in documents))
    )
    rows = join(_row(family, documents) for family in families[:MOST])
    table = element("table", element("thead", element("tr", heads)), element("tbody", rows), class_="findings matrix")
    shown = element("div", table, class_="table-scroll", role="region", aria_label=say("条款矩阵"), tabindex=0)
    rest = say("只列出前 {most} 组，其余见 Excel。", most=MOST) if len(families) > MOST else ""
    return join([element("p", said, rest, class_="results-count", role="status"), shown])


def _row(family: Family, documents: Sequence[Document]) -> Markup:
    words = family.text if len(family.text) <= OPENING else family.text[:OPENING] + "…"
    names = say("、").join(category_names(family.categories))
    uneven = element("span", say("不一致"), class_="print print--missed") if family.inconsistent else ""
    head = element("th", element("span", words, lang="zh-CN"), element("small", names), uneven, scope="row")
    cells = join(_cell([one for one in family.members if one.doc_id == document.doc_id]) for document in documents)
    return element("tr", head, cells)


def _cell(members: Sequence[Member]) -> Markup:
    missed = any(one.must_highlight and one.emphasis is not Prominence.FULL for one in members)
    words = join((f"{one.clause_id.split('#', 1)[-1]} {say(SHORT[one.emphasis])}" for one in members), say("；"))
    return element("td", words or "—", class_="matrix-missed" if missed else None)
