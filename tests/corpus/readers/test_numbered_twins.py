"""The terms that ship say the same where Word or a browser makes the numbers and the file does not hold them."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.loading import assemble, parse_bytes
from corpus.numbering import read_label
from corpus.readers.markdown import read_markdown
from tests.corpus.readers.twins import OFFICE, exported, what_counts
from tests.corpus.readers.word_files import level, lists, p, r, word_file

if TYPE_CHECKING:
    from corpus.types import Block, Document

SHIPPED = Path(__file__).resolve().parents[3] / "corpus/documents/weidianyun.md"
LEVELS = (level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "decimal", "（%3）"))


def bare(block: Block) -> tuple[int | None, Block]:
    """Depth of a block's number in the list, None for none, and the block without it."""
    label = read_label(block.text)
    if label is None:
        return None, block
    depth = 2 if label.printed.startswith("（") else len(label.numbers) - 1
    runs, cut = [], label.rest
    for run in block.runs:
        kept = run.text[cut:]
        cut = max(0, cut - len(run.text))
        if kept:
            runs.append(replace(run, text=kept))
    return depth, replace(block, runs=tuple(runs))


def word_of(blocks: tuple[Block, ...]) -> bytes:
    body = ""
    for each in blocks:
        depth, block = bare(each)
        runs = "".join(r(html.escape(run.text), "<w:b/>" if run.marks else "") for run in block.runs)
        number = "" if depth is None else f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
        outline = f'<w:outlineLvl w:val="{block.heading_level - 1}"/>' if block.heading_level else ""
        body += p(properties=number + outline, runs=runs)
    return word_file(body, numbering=lists(*LEVELS))


def squeezed(document: Document) -> list[tuple[object, ...]]:
    """Clauses without the spaces and the point that stand between a number and its words."""
    return [(*each[:3], re.sub(r"^(\d+)\.(?=\D)", r"\1", str(each[3])), each[4]) for each in what_counts(document)]


def test_automatic_numbers_of_word_are_the_same() -> None:
    """Sections, clauses and items are counted by Word: labels, kinds, depths, words and emphasis as in the Markdown."""
    extract = read_markdown(SHIPPED.read_text(encoding="utf-8"))
    expected = assemble(extract, doc_id="d", title="", sha256="")
    document = parse_bytes(word_of(extract.blocks), name="d.docx")
    assert squeezed(document) == squeezed(expected)
    numbers = [clause.runs[0] for clause in document.clauses if clause.label]
    assert [len(number.span) for number in numbers] == [0] * len(numbers)


@pytest.mark.skipif(not Path(OFFICE).exists(), reason=f"no LibreOffice at {OFFICE}")
@pytest.mark.slow
def test_automatic_numbers_in_a_pdf_are_the_same(tmp_path: Path) -> None:
    """LibreOffice prints the numbers that Word counts; the PDF says the same as the Markdown."""
    extract = read_markdown(SHIPPED.read_text(encoding="utf-8"))
    expected = assemble(extract, doc_id="d", title="", sha256="")
    document = parse_bytes(exported(word_of(extract.blocks), tmp_path), name="d.pdf")
    assert squeezed(document) == squeezed(expected)


PAGE = """<!doctype html><h1>会员协议</h1>
<ol style="list-style-type:cjk-ideographic"><li><b>会员资格</b>
  <ol><li>会员应当年满十八岁。<li>会员不得：
    <ol type=a><li>转让账户；<li><b>冒用他人身份</b>。</ol>
  <li value=4>会员可以退会。</ol>
<li><b>费用</b>
  <ol start=5><li>会费按年支付。<li><b>会费不退。</b></ol>
<li><b>其他</b><p>本协议自发布之日起生效。</p></ol>"""
MARKDOWN = """# 会员协议

**一、会员资格**

1. 会员应当年满十八岁。

2. 会员不得：

a. 转让账户；

b. **冒用他人身份**。

4. 会员可以退会。

**二、费用**

5. 会费按年支付。

6. **会费不退。**

**三、其他**

本协议自发布之日起生效。
"""


def test_nested_lists_of_a_page_are_the_same() -> None:
    """Lists in lists, with `start`, `value` and other numerals, give the tree of the text with the numbers typed."""
    expected = assemble(read_markdown(MARKDOWN), doc_id="d", title="", sha256="")
    document = parse_bytes(PAGE.encode(), name="d.html")
    assert what_counts(document) == what_counts(expected)
    assert [(each.kind, each.clause_id) for each in document.anomalies] == [
        (each.kind, each.clause_id) for each in expected.anomalies
    ]
