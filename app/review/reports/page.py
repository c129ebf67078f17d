"""The report as one HTML file without anything from elsewhere: opened from a disk, printed, mailed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from app.review.reports.content import pieces_of
from app.review.wording import CATEGORIES
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from app.review.reports.content import Content, Row
    from app.types import Finding
    from corpus.types import Clause

_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.7 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:62rem}
body{margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}
.figure{font-size:1.1rem;font-weight:600}
table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{border:1px solid #8886;padding:.4rem .6rem;text-align:left;vertical-align:top}
td.number{text-align:right}
td.short{white-space:nowrap}
.missed{border-left:.4rem solid #b3261e;padding-left:.8rem}
.done{border-left:.4rem solid #1b6e3c;padding-left:.8rem}
.mild{border-left:.4rem solid #8888;padding-left:.8rem}
.note{font-size:.9rem;opacity:.85}
mark{background:#ffe082;color:#111}
a{color:inherit}
@media print{a{text-decoration:none}}
"""


def render_html(content: Content) -> str:
    """Give the figures, the missed clauses with links into the terms, and the terms with every finding in place."""
    title = f"《{escape(content.document.title)}》提示义务检查"
    findings = {row.finding.clause_id: row for row in content.rows}
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{title}</title><style>{_STYLE}</style></head><body><main>",
            f'<h1>{title}</h1><p class="figure">{content.headline}</p><p>{content.emphasis.sentence}。</p>',
            _counts(content),
            "<h2>漏标的条款</h2>",
            _table(content),
            _decisions(content),
            "<h2>全文</h2>",
            *(
                _clause(clause, number, findings.get(clause.clause_id))
                for number, clause in enumerate(content.document.clauses, 1)
            ),
            "</main></body></html>\n",
        )
    )


def _counts(content: Content) -> str:
    rows = "".join(
        f'<tr><th scope="row">{CATEGORIES[category]}</th>'
        f'<td class="number">{owed}</td><td class="number">{done}</td></tr>'
        for category, (owed, done) in content.counts.items()
    )
    return (
        f'<table><tr><th scope="col">类别</th><th scope="col">应突出</th><th scope="col">已突出</th></tr>{rows}</table>'
    )


def _table(content: Content) -> str:
    if not content.missed:
        return "<p>没有漏标的条款。</p>"
    numbers = {clause.clause_id: number for number, clause in enumerate(content.document.clauses, 1)}
    rows = "".join(
        f'<tr><td class="short"><a href="#c{numbers[row.clause.clause_id]}">{escape(row.place)}</a></td>'
        f'<td class="short">{row.categories}</td><td class="short">{row.state}</td>'
        f"<td>{'；'.join(escape(words) for words in row.words)}</td>"
        f"<td>{escape('、'.join(row.finding.basis))}</td></tr>"
        for row in content.missed
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("条款", "类别", "版式", "触发词", "依据"))
    return f"<table><tr>{heads}</tr>{rows}</table>"


def _decisions(content: Content) -> str:
    """List what a lawyer decided, and what of it applies no more."""
    numbers = {clause.clause_id: number for number, clause in enumerate(content.document.clauses, 1)}
    made = "".join(
        f'<tr><td class="short"><a href="#c{numbers[row.clause.clause_id]}">{escape(row.place)}</a></td>'
        f'<td class="short">{row.categories}</td><td>{escape(row.decision)}</td></tr>'
        for row in content.rows
        if row.decision
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("条款", "类别", "决定"))
    parts = [f"<h2>法务决定</h2><table><tr>{heads}</tr>{made}</table>"] if made else []
    if content.outdated:
        gone = "".join(f"<li>{escape(said)}</li>" for said in content.outdated)
        parts.append(f"<h2>已失效的法务决定</h2><ul>{gone}</ul>")
    return "\n".join(parts)


def _clause(clause: Clause, number: int, row: Row | None) -> str:
    words = _words(clause, row.finding if row else None)
    if clause.kind is ClauseKind.HEADING:
        return f'<h3 id="c{number}">{words}</h3>'
    if row is None:
        return f'<p id="c{number}">{words}</p>'
    kind = "missed" if row.missed else "done" if row.finding.must_highlight else "mild"
    precedents = f"<br>{escape(row.precedents)}" if row.precedents else ""
    return (
        f'<div class="{kind}" id="c{number}"><p>{words}</p>'
        f'<p class="note">{row.categories} · {row.state} · {escape("、".join(row.reasons)) or "—"}<br>'
        f"{escape(row.finding.advice)}{precedents}</p></div>"
    )


def _words(clause: Clause, finding: Finding | None) -> str:
    drawn = []
    for piece in pieces_of(clause, finding):
        text = escape(piece.text).replace("\n", "<br>")
        text = f"<strong>{text}</strong>" if piece.bold else text
        drawn.append(f"<mark>{text}</mark>" if piece.rules else text)
    return "".join(drawn)
