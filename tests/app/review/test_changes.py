"""The report of a comparison tells what changed, in words that a customer reads."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from app.review.diff import diff
from app.review.reports.changes import UnknownFormat, render_html, render_markdown, summary, write_changes
from corpus import parse_bytes

if TYPE_CHECKING:
    from pathlib import Path

OLD = """1. 因线路故障造成的损失，本公司承担责任。

2. <b>您</b>按月付款。

3. **由本公司住所地人民法院管辖，任何一方可起诉。**

4. 本条将被删除<script>。
"""
NEW = """1. 因线路故障造成的损失，本公司不承担责任。

2. <b>您</b>按月付款。

3. 由本公司住所地人民法院管辖，任何一方可起诉。

4. 新的约定说明客服电话与时间。
"""


def report():
    return diff(parse_bytes(OLD.encode(), name="旧版.md"), parse_bytes(NEW.encode(), name="新版.md"))


class Words(HTMLParser):
    """Text inside `ins` and `del`, and the tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: dict[str, str] = {"ins": "", "del": ""}
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.text:
            self.text[self.open[-1]] += data


def test_summary_counts_kinds_and_duty() -> None:
    """A reworded, a plainer, a new and a lost clause; two of them must be prominent."""
    assert summary(report()) == "新增 1 处、删除 1 处、修改 1 处、仅版式 1 处；其中 2 处涉及应突出提示的条款"


def test_page_marks_words_and_runs_nothing() -> None:
    """New words are inserted, lost words deleted; the terms' own tags are text."""
    page = Words(render_html(report()))
    assert "不" in page.text["ins"]
    assert "新的约定" in page.text["ins"]
    assert "本条将被删除" in page.text["del"]
    assert "script" not in page.tags
    assert "已突出 → 未突出" in render_html(report())


def test_markdown_tells_the_same() -> None:
    """Every change has its line."""
    text = render_markdown(report())
    assert text.count("\n- **") == len(report().changes)
    assert "<ins>" in text
    assert "<script>" not in text


def test_no_change_is_said_so(tmp_path: Path) -> None:
    """Two equal versions; and only two formats are written."""
    document = parse_bytes(OLD.encode(), name="a.md")
    same = diff(document, document)
    assert summary(same) == "没有变化"
    write_changes(same, tmp_path / "a.html")
    write_changes(same, tmp_path / "a.md")
    with pytest.raises(UnknownFormat, match=r"\.html、\.md 之一"):
        write_changes(same, tmp_path / "a.docx")
