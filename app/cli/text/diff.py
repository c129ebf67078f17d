"""What changed between two versions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.review.reports.changes import KINDS
from app.web.words import PROMINENCE_NAMES, category_names

if TYPE_CHECKING:
    from app.review.diff import Change, DiffReport, Side

CONTEXT = 20
"""Unchanged characters shown on either side of a change."""


def render_diff(report: DiffReport) -> str:
    """Give the counts, then each change with the words taken out as [-…-] and put in as {+…+}."""
    counts = Counter(change.kind for change in report.changes)
    said = "，".join(f"{name} {counts[kind]} 条" for kind, name in KINDS.items() if counts[kind])
    lines = [f"{report.old} → {report.new}：{said or '没有变化'}"]
    for change in report.changes:
        lines += ["", _head(change), f"    {_words(change)}"]
        if change.old and change.new and change.old.categories != change.new.categories:
            lines.append(f"    类别：{_categories(change.old)} → {_categories(change.new)}")
    return "\n".join(lines)


def _head(change: Change) -> str:
    places = " → ".join(_place(side) for side in (change.old, change.new) if side is not None)
    duty = "｜应突出" if change.touches_duty else ""
    return f"{KINDS[change.kind]} {places}{duty}"


def _place(side: Side) -> str:
    where = f"（第 {side.lines[0]} 行）" if side.lines else ""
    return f"{side.clause_id}{where} {PROMINENCE_NAMES[side.emphasis]}"


def _categories(side: Side) -> str:
    return "、".join(category_names(side.categories)) or "无"


def _words(change: Change) -> str:
    if not any(mark != "=" for mark, _ in change.words):
        side = change.new or change.old
        return _short(" ".join(side.text.split()) if side else "", end=False)
    frame = {"-": "[-{}-]", "+": "{{+{}+}}"}
    pieces = []
    for place, (mark, words) in enumerate(change.words):
        if mark == "=":
            pieces.append(_middle(words, first=place == 0, last=place == len(change.words) - 1))
        else:
            pieces.append(frame[mark].format(words))
    return " ".join("".join(pieces).split())


def _middle(words: str, *, first: bool, last: bool) -> str:
    """Keep what stands next to a change."""
    if first:
        return _short(words, end=True)
    if last:
        return _short(words, end=False)
    return words if len(words) <= 2 * CONTEXT else f"{words[:CONTEXT]}…{words[-CONTEXT:]}"


def _short(words: str, *, end: bool) -> str:
    if len(words) <= 2 * CONTEXT:
        return words
    return f"…{words[-CONTEXT:]}" if end else f"{words[: 2 * CONTEXT]}…"
