"""`--fix` puts marks in and changes nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from app.review import audit
from app.review.fix import Unfixable, fix, proof, write_fixed
from corpus import load, parse_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from corpus import Document

TERMS = """# 服务条款

本协议由您与本公司订立。

1.1 **因线路故障**造成的损失，本公司不承担任何责任。
1.2 您按月付款。

1.3“停机”期间的损失，本公司不承担任何责任，详见[说明](https://example.com/a_b)。

2. 有下列情形的，本公司不承担任何责任：

（1）战争；

（2）**罢工。**
"""


def words(source: str) -> str:
    return re.sub(r"\*|__|</?strong>|</?b>", "", source)


def printed(source: str) -> tuple[str, str]:
    """Give what markdown-it-py prints in strong, and what it prints plain."""
    texts = ["", ""]
    for block in MarkdownIt("commonmark").parse(source):
        depth = 0
        for token in block.children or ():
            depth += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
            depth += {"<strong>": 1, "</strong>": -1}.get(token.content, 0) if token.type == "html_inline" else 0
            texts[not depth] += token.content if token.type == "text" else ""
    return texts[0], texts[1]


def without_marks(document: Document) -> list[str]:
    return [clause.text for clause in document.clauses]


def test_missed_clauses_become_bold_and_words_stay() -> None:
    """After the fix every clause that must be prominent is, and the words are the same."""
    before = parse_bytes(TERMS.encode(), name="a.md")
    report = audit(before)
    assert (report.must, report.emphasised) == (5, 1)
    fixed = fix(before, report)
    after = parse_bytes(fixed.encode(), name="a.md")
    assert audit(after).coverage == 1.0
    assert words(fixed) == words(TERMS)
    assert without_marks(after) == without_marks(before)
    assert "1.2 您按月付款。" in fixed
    assert "（2）**罢工。**" in fixed


def test_terms_with_nothing_missed_stay_byte_for_byte() -> None:
    """Without a missed clause the copy is the original."""
    fixed = parse_bytes(TERMS.encode(), name="a.md")
    once = fix(fixed, audit(fixed))
    again = parse_bytes(once.encode(), name="a.md")
    assert fix(again, audit(again)) == once


def test_line_ends_are_kept(tmp_path: Path) -> None:
    """A file with CRLF is written with CRLF."""
    document = parse_bytes(TERMS.replace("\n", "\r\n").encode(), name="a.md")
    write_fixed(document, audit(document), tmp_path / "b.md")
    written = (tmp_path / "b.md").read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n") == TERMS.count("\n")


def test_terms_that_are_not_markdown_are_refused() -> None:
    """A source that does not read as the same clauses has no Markdown to mend."""
    document = replace(parse_bytes(TERMS.encode(), name="a.md"), source="1.1 甲\n\n1.2 乙")
    with pytest.raises(Unfixable, match="不是 Markdown 文件"):
        fix(document, audit(document))


def test_another_renderer_shows_the_marks() -> None:
    """markdown-it-py, an independent CommonMark renderer, leaves no star standing and prints every duty in strong."""
    before = parse_bytes(TERMS.encode(), name="a.md")
    report = audit(before)
    strong, plain = printed(fix(before, report))
    assert "*" not in strong + plain
    for finding in report.findings:
        if finding.must_highlight:
            assert before.clause(finding.clause_id).body[:12] in strong
            assert before.clause(finding.clause_id).body[:12] not in plain


def test_the_proof_counts_lines_and_refuses_another_word() -> None:
    """Marks may differ, nothing else."""
    before = parse_bytes(TERMS.encode(), name="a.md")
    said = proof(TERMS, fix(before, audit(before)))
    assert said == "与原文逐行核对：4 行改了强调标记，其余 11 行不变；去掉标记后全文一字不差"
    with pytest.raises(ValueError, match="line 2 differs in more than marks"):
        proof("一\n二", "一\n**三**")
    with pytest.raises(ValueError, match="2 lines became 3"):
        proof("一\n二", "一\n二\n")


@pytest.mark.shared
def test_real_terms_reach_full_coverage(shared: Path) -> None:
    """Every real document can be mended, and only marks differ."""
    for path in sorted((shared / "terms").glob("*.md")):
        if path.stem == "README":
            continue
        document = load(path)
        fixed = fix(document, audit(document))
        after = parse_bytes(fixed.encode(), name=path.name)
        assert (path.stem, audit(after).coverage) == (path.stem, 1.0)
        assert words(fixed) == words(document.source)
        assert without_marks(after) == without_marks(document)
