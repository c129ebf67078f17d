"""这次改了什么: what changed from one version to the next, told to customers; nothing of rules or findings.

First what a customer has a major interest in, with why; then other words; print, place and numbers last, folded.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from app.review.diff.types import ChangeKind
from app.review.reports.changes import mark_words, strike_words
from app.review.reports.markdown import escape as escape_markdown
from app.review.wording import CATEGORY_REASONS
from app.types import Category, Prominence

if TYPE_CHECKING:
    from pathlib import Path

    from app.review.diff.types import Change, DiffReport, Side

TITLE = "这次改了什么"
_STYLE = """
:root{color-scheme:light dark}
body{font:17px/1.8 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;max-width:44rem}
body{margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.5rem}h3{font-size:1.05rem;margin:1.5rem 0 .3rem}
article{border-left:.3rem solid #8886;padding-left:1rem;overflow-wrap:anywhere}
article.heed{border-color:#b3261e}
p{margin:.3rem 0}
ins{background:#c8e6c9;color:#111;text-decoration:underline}
del{background:#ffcdd2;color:#111}
.why{font-size:.95rem;opacity:.85}
"""
_SAID = {
    ChangeKind.ADDED: "新增了{after}",
    ChangeKind.REMOVED: "删去了{before}",
    ChangeKind.CHANGED: "{after}改了文字",
    ChangeKind.EMPHASIS_ONLY: "{after}文字没变，{print}",
    ChangeKind.MOVED: "{before}移到了{after}的位置",
    ChangeKind.RENUMBERED: "{before}现在是{after}，文字没变",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """The changes, sorted as customers read them."""

    heed: tuple[Change, ...]
    """Changes of words that touch what a customer has a major interest in."""
    words: tuple[Change, ...]
    """Other changes of words."""
    places: tuple[Change, ...]
    """Print, place and number alone."""

    @property
    def summary(self) -> str:
        """Counts in one sentence."""
        if not (self.heed or self.words or self.places):
            return "两个版本没有差别。"
        said = f"文字有 {len(self.heed) + len(self.words)} 处改动"
        said += f"，其中 {len(self.heed)} 处与您的权利和责任关系重大，请先看这些" if self.heed else ""
        return f"{said}。" + (f"另有 {len(self.places)} 处只改了版式、位置或编号。" if self.places else "")


def create_notice(report: DiffReport) -> Notice:
    """Sort the changes; a clause that moved and was reworded is told among the words."""
    spoken = {ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.CHANGED}
    worded = [change for change in report.changes if change.kind in spoken]
    told = {id(change.new or change.old) for change in worded}
    return Notice(
        heed=tuple(change for change in worded if change.touches_duty),
        words=tuple(change for change in worded if not change.touches_duty),
        places=tuple(
            change
            for change in report.changes
            if change.kind not in spoken and id(change.new or change.old) not in told
        ),
    )


def write_notice(report: DiffReport, path: Path, *, title: str = "") -> None:
    """Write the notice as a page, or as Markdown where the file's ending says so. Raises OSError."""
    render = render_markdown if path.suffix.lower() == ".md" else render_html
    path.write_bytes(render(report, title=title).encode("utf-8"))


def render_html(report: DiffReport, *, title: str = "") -> str:
    """Give a page without anything from elsewhere; `title`: name of the terms, that of the newer version by default."""
    notice, name = create_notice(report), escape(title or report.new)
    parts = []
    for head, kind, changes in (("请先看这些", "heed", notice.heed), ("其他文字改动", "", notice.words)):
        if changes:
            parts += [f"<h2>{head}</h2>", *(_article(change, kind) for change in changes)]
    if notice.places:
        rows = "".join(f"<li>{escape(_say(change))}。</li>" for change in notice.places)
        count = f"<summary>{len(notice.places)} 处</summary>"
        parts.append(f"<h2>只改了版式、位置或编号</h2><details>{count}<ul>{rows}</ul></details>")
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{name}：{TITLE}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{name}：{TITLE}</h1><p>{notice.summary}</p>{''.join(parts)}</main></body></html>\n"
    )


def render_markdown(report: DiffReport, *, title: str = "") -> str:
    """Give the same as Markdown."""
    notice = create_notice(report)
    lines = [f"# {escape_markdown(title or report.new)}：{TITLE}", "", notice.summary, ""]
    for head, changes in (("请先看这些", notice.heed), ("其他文字改动", notice.words)):
        if changes:
            lines += [f"## {head}", ""]
        for change in changes:
            why = _why(change) if changes is notice.heed else ""
            lines += [f"### {escape_markdown(_say(change))}", "", *([why, ""] if why else [])]
            lines += ["> " + "".join(strike_words(sign, words) for sign, words in change.words), ""]
    if notice.places:
        lines += ["## 只改了版式、位置或编号", "", *(f"- {escape_markdown(_say(one))}。" for one in notice.places)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _article(change: Change, kind: str) -> str:
    words = "".join(mark_words(sign, words, "del" if sign == "-" else "ins") for sign, words in change.words)
    why = f'<p class="why">{_why(change)}</p>' if kind else ""
    return f'<article class="{kind}"><h3>{escape(_say(change))}</h3>{why}<p>{words}</p></article>'


def _say(change: Change) -> str:
    before, after = _place(change.old), _place(change.new or change.old)
    return _SAID[change.kind].format(before=before, after=after, print=_printed(change)).strip()


def _place(side: Side | None) -> str:
    """Name a clause as people do: by its number and its section, or by its first words."""
    if side is None:
        return ""
    section = side.headings[-1] if len(side.headings) > 1 else ""
    if side.label:
        return f"“{section}”里的 {side.label} " if section else f" {side.label} "
    opening = " ".join(side.text.split())
    return f"“{opening[:12]}…”一段" if len(opening) > 12 else f"“{opening}”一段"


def _printed(change: Change) -> str:
    full = change.new is not None and change.new.emphasis is Prominence.FULL
    return "改为整条突出" if full else "改了突出的部分" if _emphasised(change.new) else "不再突出"


def _emphasised(side: Side | None) -> bool:
    return side is not None and side.emphasis in {Prominence.PARTIAL, Prominence.FULL}


def _why(change: Change) -> str:
    """Why it matters, by the first category that the clause has now, or had."""
    side = change.new or change.old
    given = [
        one for part in (change.new, change.old) if part is not None and part.must for one in part.categories
    ] or list(side.categories if side else ())
    which = "原来的这一条" if change.new is None else "这一条"
    return which + CATEGORY_REASONS[next(one for one in Category if one in given)] if given else ""
