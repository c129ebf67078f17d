"""The clause tree of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.text.clause import place_of, show_clause
from corpus.types import ClauseKind, Role

if TYPE_CHECKING:
    from corpus.types import Clause, Document

SHOWN = 60
"""Characters of a clause shown in the tree."""
SIDES = {Role.CUSTOMER: "客户", Role.VENDOR: "服务方", Role.OTHER: "其他"}


def render_tree(document: Document) -> str:
    """Render the clause tree, with who is who and what looks wrong."""
    lines = [f"《{document.title}》（{document.doc_id}，{len(document.clauses)} 条）"]
    lines += [_line(clause) for clause in document.clauses]
    for party in document.parties:
        line = f"{SIDES[party.role]}：{'、'.join(party.aliases)}"
        places = dict.fromkeys(place.clause_id.split("#")[1] for place in party.conflicts)
        lines.append(line + (f"；在 {'、'.join(places)} 中用词相反" if places else ""))
    lines += [f"编号异常：{anomaly.clause_id}（按顺序应为 {anomaly.expected}）" for anomaly in document.anomalies]
    lines += list(document.notes)
    return "\n".join(lines)


def _line(clause: Clause) -> str:
    where = place_of(clause.lines, clause.page, clause.paragraph)
    share = f"，强调 {clause.emphasised:.0%}" if clause.emphasised else ""
    hidden = "，强调符号没有生效" if any(not emphasis.renders for emphasis in clause.emphasis) else ""
    heading = "# " if clause.kind is ClauseKind.HEADING else ""
    return f"{'  ' * (clause.level - 1)}{heading}{show_clause(clause, limit=SHOWN)}  〔{where}{share}{hidden}〕"
