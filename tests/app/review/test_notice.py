"""这次改了什么: what matters to customers first, in their words, escaped."""

from __future__ import annotations

from app.review.diff import diff
from app.review.reports.notice import create_notice, render_html, render_markdown
from corpus import parse_bytes

OLD = """# 条款

## 一、费用

1.1 您按月付款。

1.2 本公司调整费用前会征得您的同意。

1.3 <b>您</b>可以随时退订。

## 二、责任

2.1 因线路故障造成的损失，本公司承担责任。

2.2 **由本公司住所地人民法院管辖，任何一方可起诉。**

2.3 本条将被删除<script>。
"""
NEW = """# 条款

## 一、费用

1.1 发票在付款后七日内开具。

1.2 您按月付款。

1.3 本公司有权随时单方调整费用，无需您的同意。

1.4 <b>您</b>可以随时退订。

## 二、责任

2.1 因线路故障造成的损失，本公司不承担任何责任。

2.2 由本公司住所地人民法院管辖，任何一方可起诉。
"""


def report():
    return diff(parse_bytes(OLD.encode(), name="旧.md"), parse_bytes(NEW.encode(), name="新.md"))


def test_what_matters_comes_first() -> None:
    """Two clauses now take a right or free the vendor; the rest are other words; print and numbers are last."""
    notice = create_notice(report())
    assert [change.new.label for change in notice.heed] == ["1.3", "2.1"]
    assert {(change.kind.value, (change.new or change.old).label) for change in notice.words} == {
        ("added", "1.1"),
        ("removed", "2.3"),
    }
    assert {change.kind.value for change in notice.places} == {"renumbered", "emphasis_only"}
    assert notice.summary == (
        "文字有 4 处改动，其中 2 处与您的权利和责任关系重大，请先看这些。另有 3 处只改了版式、位置或编号。"
    )


def test_the_page_is_escaped_and_says_why() -> None:
    """The terms' own tags are words; a reason stands at what matters; nothing is fetched or run."""
    page = render_html(report(), title="条款<b>")
    assert "<script" not in page
    assert "条款&lt;b&gt;：这次改了什么" in page
    assert "写明对方在哪些情况下不承担责任" in page
    assert "<ins>不" in page
    assert "文字没变，不再突出" in page
    assert "http" not in page.replace("http-equiv", "")


def test_markdown_says_the_same() -> None:
    """Every change of words has its heading and its words."""
    text = render_markdown(report())
    assert text.startswith("# 新：这次改了什么\n")
    assert text.count("\n### ") == 4
    assert text.index("## 请先看这些") < text.index("## 其他文字改动") < text.index("## 只改了版式")
    assert "<script>" not in text


def test_no_difference_is_said() -> None:
    """Two equal versions."""
    document = parse_bytes(OLD.encode(), name="a.md")
    assert "两个版本没有差别。" in render_html(diff(document, document))
