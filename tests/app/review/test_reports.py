"""Reports say what the review found, in each format, and hold the terms' words and nothing that runs."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from docx.enum.text import WD_COLOR_INDEX

from app.review import audit
from app.review.decisions import Verdict, apply_decisions, decide
from app.review.families import families_of
from app.review.reports import FORMATS, UnknownFormat, render_report, write_report
from app.review.reports.content import create_content, pieces_of
from app.review.reports.matrix import render_matrix
from app.types import Prominence
from corpus import parse_bytes

if TYPE_CHECKING:
    from pathlib import Path

TERMS = """# 服务<script>alert(1)</script>条款

**重要提示：请仔细阅读。**

1. 因线路故障造成的损失，本公司不承担任何责任。

2. **您逾期付款的，本公司有权停止服务。**

3. =1+1 您按月付款 | _谢谢_。
"""
DOCUMENT = parse_bytes(TERMS.encode(), name="a.md")
REPORT = audit(DOCUMENT)
CONTENT = create_content(REPORT, DOCUMENT)


class Collector(HTMLParser):
    """Tags, addresses and visible text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            if name in {"href", "src"}:
                self.links.add(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def test_content_counts_what_is_owed_and_missed() -> None:
    """One of two clauses with the duty is bold; the bold preamble and the italics of 3 are emphasis without a duty."""
    labels = [(row.clause.label, row.missed) for row in CONTENT.rows]
    assert labels == [("", False), ("1", True), ("2", False), ("3", False)]
    assert CONTENT.headline == "提示覆盖率 50%：应突出 2 条，已突出 1 条，漏标 1 条"
    assert CONTENT.emphasis.ordinary == 0.5
    assert 0.3 < CONTENT.emphasis.text < 0.7
    assert CONTENT.emphasis.sentence.endswith("请减少一般条款的强调")


def test_print_that_the_format_does_not_tell_is_not_called_missed() -> None:
    """A PDF that draws its bold: the clause is to be looked at, not blamed."""
    findings = [replace(one, emphasis=Prominence.UNKNOWN) if one.label == "1" else one for one in REPORT.findings]
    content = create_content(replace(REPORT, findings=tuple(findings)), DOCUMENT)
    assert content.missed == ()
    assert content.headline.endswith("漏标 0 条，格式看不出、待核对 1 条")


def test_pieces_join_to_the_clause() -> None:
    """Cutting loses no character and marks the trigger's words."""
    for row in CONTENT.rows:
        pieces = pieces_of(row.clause, row.finding)
        assert "".join(piece.text for piece in pieces) == row.clause.text
        for trigger in row.finding.triggers:
            assert trigger.text in "".join(piece.text for piece in pieces if trigger.rule_id in piece.rules)


def test_html_is_self_contained_and_escaped() -> None:
    """The page holds every clause's words, runs nothing and fetches nothing."""
    page = Collector(render_report(REPORT, DOCUMENT, ".html").decode())
    assert not page.tags & {"script", "img", "link", "iframe", "form", "object"}
    assert page.links
    assert all(link[1:] in page.ids for link in page.links)
    assert all(clause.text in page.text for clause in DOCUMENT.clauses)


def test_word_file_has_comments_at_the_words() -> None:
    """Each finding with a category has a comment; the trigger's words are highlighted; bold words are bold."""
    word = docx.Document(io.BytesIO(render_report(REPORT, DOCUMENT, ".docx")))
    assert [comment.author for comment in word.comments] == ["明条", "明条"]
    assert "民法典第四百九十六条" in next(iter(word.comments)).text
    runs = [run for paragraph in word.paragraphs for run in paragraph.runs]
    highlighted = "".join(run.text for run in runs if run.font.highlight_color is not None)
    assert "不承担任何责任" in highlighted
    assert "请仔细阅读" in "".join(run.text for run in runs if run.bold)


def test_word_colours_tell_missed_from_done_from_ordinary() -> None:
    """Yellow, green, grey, as the legend says."""
    terms = parse_bytes(f"{TERMS}\n4. 您接受本条款，即视为同意。\n".encode(), name="b.md")
    word = docx.Document(io.BytesIO(render_report(audit(terms), terms, ".docx")))
    colours = {
        paragraph.text[:2]: {run.font.highlight_color for run in paragraph.runs} - {None}
        for paragraph in word.paragraphs
    }
    yellow, green, grey = WD_COLOR_INDEX.YELLOW, WD_COLOR_INDEX.BRIGHT_GREEN, WD_COLOR_INDEX.GRAY_25
    assert (colours["1."], colours["2."], colours["4."]) == ({yellow}, {green}, {grey})


def test_sheet_keeps_words_as_words() -> None:
    """A row a finding below the heads; a clause that begins with `=` is no formula."""
    terms = parse_bytes("=1+1，本公司不承担任何责任。".encode(), name="b.md")
    book = openpyxl.load_workbook(io.BytesIO(render_report(audit(terms), terms, ".xlsx")))
    rows = list(book["条款"].values)
    assert len(rows) == 2
    assert rows[1][-1] == "=1+1，本公司不承担任何责任。"
    assert book["条款"].cell(2, len(rows[1])).data_type == "s"
    assert book["概览"]["B2"].value == 0


def test_markdown_escapes_the_terms() -> None:
    """The words of the terms are no marks of the report."""
    text = render_report(REPORT, DOCUMENT, ".md").decode()
    assert "## 漏标的条款" in text
    assert "<script>" not in text.replace("\\<", "")
    assert "因线路故障造成的损失，本公司不承担任何责任。" in text


def test_file_ending_chooses_the_format(tmp_path: Path) -> None:
    """All four formats are written; another ending is refused in one Chinese line."""
    for ending in FORMATS:
        write_report(REPORT, DOCUMENT, tmp_path / f"r{ending}")
        assert (tmp_path / f"r{ending}").stat().st_size > 500
    with pytest.raises(UnknownFormat, match=r"报告格式应为 \.html、\.docx、\.xlsx、\.md 之一"):
        write_report(REPORT, DOCUMENT, tmp_path / "r.pdf")


def test_matrix_puts_inconsistent_families_first() -> None:
    """A clause that one document prints bold and another plain comes before one that both print plain."""
    plain = "因线路故障造成的任何直接或者间接损失，本公司不承担任何责任。"
    other = "协商不成的，任何一方均可向本公司住所地人民法院提起诉讼。"
    first = parse_bytes(f"1. {other}\n\n2. {plain}\n".encode(), name="甲.md")
    second = parse_bytes(f"1. {other}\n\n2. **{plain}**\n".encode(), name="乙.md")
    documents = (first, second)
    families = families_of(documents, {document.doc_id: audit(document) for document in documents})
    rows = list(openpyxl.load_workbook(io.BytesIO(render_matrix(families, documents)))["条款矩阵"].values)
    assert rows == [
        ("条款", "类别", "版式是否一致", "漏标", "甲", "乙"),
        (plain, rows[1][1], "不一致", 1, "2 未突出", "2 已突出"),
        (other, "管辖与送达", "一致", 2, "1 未突出", "1 未突出"),
    ]


def test_decisions_are_shown_in_every_format() -> None:
    """What was dismissed, by whom and why; what applies no more since the words have changed."""
    made = decide(DOCUMENT.clause("a#1"), Verdict.DISMISS, reason="另有补充协议", by="李律师", on=date(2026, 1, 31))
    old = replace(made, words="您按月付款，我们逐月开票，逾期不候。", reason="旧版")
    decided = apply_decisions(REPORT, DOCUMENT, [made, old])
    said = "已决定不要求突出（李律师 2026-01-31）：另有补充协议"
    gone = "已决定不要求突出（李律师 2026-01-31）：旧版。原文“您按月付款，我们逐月开票，逾期不候。”，文件中已没有这一条"
    content = create_content(REPORT, DOCUMENT, decided=decided)
    assert content.headline == ("提示覆盖率 100%：应突出 1 条，已突出 1 条，漏标 0 条；另有 1 条经法务决定不要求突出")
    assert content.outdated == (gone,)
    page = Collector(render_report(REPORT, DOCUMENT, ".html", decided=decided).decode())
    assert said in page.text
    assert gone in page.text
    markdown = render_report(REPORT, DOCUMENT, ".md", decided=decided).decode()
    assert f"| {said} |" in markdown
    assert gone in markdown
    book = openpyxl.load_workbook(io.BytesIO(render_report(REPORT, DOCUMENT, ".xlsx", decided=decided)))
    assert [row[-2] for row in book["条款"].values][1:] == [None, said, None, None]
    assert gone in [row[1] for row in book["概览"].values]
    word = docx.Document(io.BytesIO(render_report(REPORT, DOCUMENT, ".docx", decided=decided)))
    assert said in next(iter(word.comments)).text
    assert any(gone in paragraph.text for paragraph in word.paragraphs)


def test_rules_of_a_persons_own_are_named_in_reports(tmp_path: Path) -> None:
    """By their Chinese name, not by their id."""
    rules = tmp_path / "own.toml"
    rules.write_text(
        """[[rule]]
id = "own.monthly"
name = "按月付款"
category = "restriction"
strength = "must"
patterns = ["按月付款"]
basis = ["民法典第四百九十六条"]
advice = "请提示。"
must_flag = ["您按月付款。"]
must_pass = ["您按年付款。"]
""",
        encoding="utf-8",
    )
    content = create_content(audit(DOCUMENT, rules=rules), DOCUMENT, rules=rules)
    assert [row.reasons for row in content.rows if row.clause.label == "3"] == [("按月付款",)]


def test_a_partly_bold_clause_says_which_words_were_missed() -> None:
    """The plain words are quoted in the advice, and so in every output."""
    terms = parse_bytes("1. **因线路故障造成的损失**，本公司不承担任何责任。\n".encode(), name="b.md")
    (finding,) = audit(terms).findings
    assert "“，本公司不承担任何责任。”没有强调" in finding.advice
