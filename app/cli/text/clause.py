"""One clause on one line: its place, its words, its emphasis."""

from __future__ import annotations

import re
import sys
from itertools import groupby
from typing import TYPE_CHECKING

from app.web.words import PROMINENCE_NAMES, category_names
from corpus.emphasis import PROMINENT

if TYPE_CHECKING:
    from app.types import Citation
    from corpus.types import Clause, Run

BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def about(citation: Citation, *more: str) -> str:
    """Say what a citation cites: `weidianyun#13.5（第 147 行） 原文已突出｜管辖与送达`."""
    where = place_of(citation.lines, citation.page, citation.paragraph)
    words = [*more, PROMINENCE_NAMES[citation.emphasis], *category_names(citation.categories)]
    return f"{citation.clause_id}（{where}） {'｜'.join(words)}"


def emphasised(text: str) -> str:
    """Mark printed emphasis: bold on a terminal, 【 】 elsewhere."""
    return f"{BOLD}{text}{PLAIN}" if sys.stdout.isatty() else f"【{text}】"


def place_of(lines: tuple[int, int] | None, page: int | None, paragraph: int | None) -> str:
    """Say where words stand: by lines, or by page or paragraph in formats without lines; empty when none is known."""
    if lines is not None:
        return f"第 {lines[0]} 行" if lines[0] == lines[1] else f"第 {lines[0]}–{lines[1]} 行"
    if page is not None:
        return f"第 {page} 页"
    return "" if paragraph is None else f"第 {paragraph} 段"


def show_clause(clause: Clause, *, limit: int | None = None) -> str:
    """Put a clause on one line, the words that its author made stand out marked, cut after `limit` characters."""
    pieces = []
    left = len(clause.text) if limit is None else limit
    for prominent, runs in groupby(clause.runs, key=_is_prominent):
        text = re.sub(r"\s+", " ", "".join(run.text for run in runs))
        if prominent and text[:left].strip():
            pieces.append(emphasised(text[:left].strip()))
        else:
            pieces.append(text[:left])
        left -= len(text)
        if left < 0:
            return "".join(pieces).strip() + "…"
    return "".join(pieces).strip()


def _is_prominent(run: Run) -> bool:
    return any(mark.kind in PROMINENT and mark.renders for mark in run.marks)
