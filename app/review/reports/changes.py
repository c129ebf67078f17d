"""What changed from one version of the terms to the next, side by side for lawyers, as a page and as Markdown."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from app.review.diff.types import ChangeKind
from app.review.reports.markdown import escape as escape_markdown
from app.review.wording import PROMINENCES, name_categories
from corpus.errors import UnreadableTerms

if TYPE_CHECKING:
    from pathlib import Path

    from app.review.diff.types import Change, DiffReport, Side

KINDS = {
    ChangeKind.ADDED: "新增",
    ChangeKind.REMOVED: "删除",
    ChangeKind.CHANGED: "修改",
    ChangeKind.MOVED: "移动",
    ChangeKind.RENUMBERED: "改号",
    ChangeKind.EMPHASIS_ONLY: "仅版式",
}
"""Chinese names of the changes."""
FORMATS = (".html", ".md")
"""Endings that say which format is wanted."""

_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.7 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:75rem}
body{margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid #8886;padding:.5rem .7rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th.kind{width:8rem}
ins{background:#c8e6c9;color:#111;text-decoration:underline}
del{background:#ffcdd2;color:#111}
.duty{border-left:.4rem solid #b3261e}
.note{font-size:.9rem;opacity:.85}
"""


class UnknownFormat(UnreadableTerms):
    """A comparison is asked for in a format that is not written."""


def write_changes(report: DiffReport, path: Path) -> None:
    """Write the comparison in the format that the file's ending names.

    Raises UnknownFormat for another ending, OSError when the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise UnknownFormat(path.name, f"对比报告的格式应为 {'、'.join(FORMATS)} 之一")
    text = render_html(report) if ending == ".html" else render_markdown(report)
    path.write_bytes(text.encode("utf-8"))


def summary(report: DiffReport) -> str:
    """Count the changes by kind in one sentence, with those that touch clauses that must be prominent."""
    counts = {kind: sum(change.kind is kind for change in report.changes) for kind in ChangeKind}
    said = "、".join(f"{KINDS[kind]} {count} 处" for kind, count in counts.items() if count) or "没有变化"
    duty = sum(change.touches_duty for change in worded(report))
    return f"{said}；其中 {duty} 处涉及应突出提示的条款" if duty else said


def worded(report: DiffReport) -> tuple[Change, ...]:
    """Keep changes in what the terms say or how they print it; not mere moves and numbers."""
    return tuple(one for one in report.changes if one.kind not in {ChangeKind.MOVED, ChangeKind.RENUMBERED})


def render_html(report: DiffReport) -> str:
    """Give both versions side by side, changes of words first, moves and numbers after them."""
    title = f"{escape(report.old)} → {escape(report.new)}：版本对照"
    rest = [change for change in report.changes if change not in worded(report)]
    heads = '<tr><th class="kind" scope="col">变化</th><th scope="col">原来</th><th scope="col">现在</th></tr>'
    rows = "".join(_row(change) for change in worded(report))
    numbers = "".join(
        f"<li>{KINDS[change.kind]}：{escape(_place(change.old))} → {escape(_place(change.new))}</li>" for change in rest
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{title}</h1><p>{summary(report)}。</p>"
        + (f"<h2>内容与版式</h2><table>{heads}{rows}</table>" if rows else "")
        + (f"<h2>位置与编号</h2><ul>{numbers}</ul>" if numbers else "")
        + "</main></body></html>\n"
    )


def _row(change: Change) -> str:
    old = "".join(mark_words(sign, words, "del") for sign, words in change.words if sign != "+")
    new = "".join(mark_words(sign, words, "ins") for sign, words in change.words if sign != "-")
    duty = ' class="duty"' if change.touches_duty else ""
    notes = "<br>".join(filter(None, (_what(change), "涉及应突出提示的条款" if change.touches_duty else "")))
    return (
        f'<tr><th scope="row"{duty}>{KINDS[change.kind]}<br><span class="note">{notes}</span></th>'
        f"<td>{_cell(change.old, old)}</td><td>{_cell(change.new, new)}</td></tr>"
    )


def mark_words(sign: str, words: str, tag: str) -> str:
    """Escape words for HTML, inside `tag` unless both versions have them."""
    return escape(words) if sign == "=" else f"<{tag}>{escape(words)}</{tag}>"


def _cell(side: Side | None, words: str) -> str:
    if side is None:
        return ""
    printed = f'<br><span class="note">{PROMINENCES[side.emphasis]} · {name_categories(side.categories)}</span>'
    return f"<strong>{escape(_place(side))}</strong><br>{words}{printed}"


def _what(change: Change) -> str:
    """How print and categories changed, in words."""
    old, new = change.old, change.new
    if old is None or new is None:
        return ""
    said = []
    if old.emphasis is not new.emphasis:
        said.append(f"{PROMINENCES[old.emphasis]} → {PROMINENCES[new.emphasis]}")
    if old.categories != new.categories:
        said.append(f"{name_categories(old.categories)} → {name_categories(new.categories)}")
    return "；".join(said)


def _place(side: Side | None) -> str:
    if side is None:
        return ""
    label = side.label or "无编号"
    return f"{label}（第 {side.lines[0]} 行）" if side.lines else label


def render_markdown(report: DiffReport) -> str:
    """Give a list of changes; removed words struck out, new ones bold."""
    lines = [
        f"# {escape_markdown(report.old)} → {escape_markdown(report.new)}：版本对照",
        "",
        f"{summary(report)}。",
        "",
    ]
    for change in report.changes:
        places = " → ".join(place for place in (_place(change.old), _place(change.new)) if place)
        what = _what(change)
        duty = "，涉及应突出提示的条款" if change.touches_duty else ""
        lines += [f"- **{KINDS[change.kind]}** {escape_markdown(places)}{f'（{what}）' if what else ''}{duty}"]
        if change.kind in {ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.CHANGED}:
            lines += ["", "  > " + "".join(strike_words(sign, words) for sign, words in change.words), ""]
    return "\n".join(lines) + "\n"


def strike_words(sign: str, words: str) -> str:
    """Mark words by HTML tags: stars and tildes beside Chinese punctuation would not render (CommonMark 6.2)."""
    text = escape_markdown(words)
    return {"-": f"<del>{text}</del>", "+": f"<ins>{text}</ins>"}.get(sign, text)
