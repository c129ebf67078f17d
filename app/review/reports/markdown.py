"""The report as Markdown: for a wiki, a merge request, a mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.review.wording import CATEGORIES

if TYPE_CHECKING:
    from app.review.reports.content import Content, Row


def render_markdown(content: Content) -> str:
    """Give figures, missed clauses with their words and advice, then all other findings in a table."""
    lines = [
        f"# 《{escape(content.document.title)}》提示义务检查",
        "",
        f"**{content.headline}**",
        "",
        f"{content.emphasis.sentence}。",
        "",
        "| 类别 | 应突出 | 已突出 |",
        "| --- | ---: | ---: |",
        *(f"| {CATEGORIES[category]} | {owed} | {done} |" for category, (owed, done) in content.counts.items()),
        "",
        "## 漏标的条款",
        "",
    ]
    for row in content.missed:
        lines += _missed(row)
    if not content.missed:
        lines += ["没有漏标的条款。", ""]
    lines += [
        "## 其他条款",
        "",
        "| 条款 | 类别 | 提示义务 | 版式 | 理由 | 法务决定 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_line(row) for row in content.rows if not row.missed]
    if content.outdated:
        lines += ["", "## 已失效的法务决定", "", *(f"- {escape(said)}" for said in content.outdated)]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Keep the terms' words from being read as Markdown or HTML; line ends become spaces."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", " ".join(text.split()))


def _missed(row: Row) -> list[str]:
    return [
        f"### {escape(row.place)} · {row.categories} · {row.state}",
        "",
        f"> {escape(row.clause.text)}",
        "",
        f"- 触发词：{'；'.join(f'“{escape(words)}”' for words in row.words)}",
        f"- 依据：{'、'.join(row.finding.basis)}",
        *([f"- 法务决定：{escape(row.decision)}"] if row.decision else []),
        *([f"- 参照：{escape(row.precedents)}"] if row.precedents else []),
        f"- 建议：{escape(row.finding.advice)}",
        "",
    ]


def _line(row: Row) -> str:
    duty = "应突出" if row.finding.must_highlight else "不要求"
    reasons = escape("、".join(row.reasons)) or "—"
    decision = escape(row.decision) or "—"
    return f"| {escape(row.place)} | {row.categories} | {duty} | {row.state} | {reasons} | {decision} |"
