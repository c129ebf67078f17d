"""The terms that ship say the same as Markdown, as a web page, as a Word file and as a PDF printed by a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.loading import assemble, parse_bytes
from corpus.readers.markdown import read_markdown
from tests.corpus.readers.twins import CHROMIUM, OFFICE, exported, printed, web_page, what_counts, word_twin

if TYPE_CHECKING:
    from corpus.types import Document, Extract

SHIPPED = Path(__file__).resolve().parents[3] / "corpus/documents/weidianyun.md"
office = pytest.mark.skipif(not Path(OFFICE).exists(), reason=f"no LibreOffice at {OFFICE}")
browser = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no Chromium at {CHROMIUM}")


def markdown(path: Path) -> tuple[Extract, Document]:
    extract = read_markdown(path.read_text(encoding="utf-8"))
    return extract, assemble(extract, doc_id="d", title="", sha256="")


def check_quotes(document: Document) -> None:
    """Every run of a clause that stands in the source is cut from it."""
    for clause in document.clauses:
        for run in clause.runs:
            if len(run.span) == len(run.text):
                assert document.source[run.span.start : run.span.end] == run.text


def test_the_web_page_is_the_same() -> None:
    """Labels, kinds, depths, words and emphasis of all clauses."""
    extract, expected = markdown(SHIPPED)
    document = parse_bytes(web_page(extract.blocks).encode(), name="d.html")
    assert what_counts(document) == what_counts(expected)
    check_quotes(document)


def test_the_word_file_is_the_same() -> None:
    """Labels, kinds, depths, words and emphasis of all clauses."""
    extract, expected = markdown(SHIPPED)
    document = parse_bytes(word_twin(extract.blocks), name="d.docx")
    assert what_counts(document) == what_counts(expected)
    check_quotes(document)


@browser
@pytest.mark.browser
def test_the_printed_page_is_the_same(tmp_path: Path) -> None:
    """A tagged PDF as browsers print it, its running heads and page numbers left out."""
    extract, expected = markdown(SHIPPED)
    document = parse_bytes(printed(web_page(extract.blocks), tmp_path), name="d.pdf")
    assert what_counts(document) == what_counts(expected)
    check_quotes(document)
    assert [clause.page for clause in document.clauses][:: len(document.clauses) - 1] == [1, 7]


@browser
@pytest.mark.browser
def test_a_printed_page_without_tags_has_the_same_clauses(tmp_path: Path) -> None:
    """Labels and words come from the places of the lines alone; a bold heading is then a bold paragraph."""
    extract, expected = markdown(SHIPPED)
    page = printed(web_page(extract.blocks), tmp_path, "--disable-pdf-tagging", "--no-pdf-header-footer")
    page = page.replace(b"/StructTreeRoot", b"/StructTreeGone")
    document = parse_bytes(page, name="d.pdf")
    assert [counted[:4] for counted in what_counts(document)] == [counted[:4] for counted in what_counts(expected)]
    text = [clause.emphasised for clause in document.clauses if clause.kind != "heading"]
    assert text == [clause.emphasised for clause in expected.clauses if clause.kind != "heading"]


@office
@pytest.mark.slow
def test_the_word_file_exported_by_libreoffice_is_the_same(tmp_path: Path) -> None:
    """Quotation marks are drawn after the line that they stand in, lines end early before Latin words: all in place."""
    extract, expected = markdown(SHIPPED)
    document = parse_bytes(exported(word_twin(extract.blocks), tmp_path), name="d.pdf")
    assert [counted[:4] for counted in what_counts(document)] == [counted[:4] for counted in what_counts(expected)]
    text = [clause.emphasised for clause in document.clauses if clause.kind != "heading"]
    assert text == [clause.emphasised for clause in expected.clauses if clause.kind != "heading"]
    assert "（本协议中简称“您”或“甲方”），" in document.clause("d#1.1").text


LISTS = """<!doctype html><meta charset="utf-8"><style>body{font-family:"Noto Serif CJK SC"}</style>
<h1>会员规则</h1><p>1. 会员不得：</p><ul><li>转让账户；</li>
<li>出租账户，包括：<ul><li>全部出租；</li><li>部分出租。</li></ul></li></ul>
<p>2. 会员应当：</p><ul style="list-style:none"><li>缴纳会费。</li></ul>"""


@browser
@pytest.mark.browser
def test_lists_of_a_printed_page_are_lists(tmp_path: Path) -> None:
    """A browser draws bullets as discs and not as characters; the tags say that the items have one, and which list."""
    expected = parse_bytes(LISTS.encode(), name="d.html")
    document = parse_bytes(printed(LISTS, tmp_path, "--no-pdf-header-footer"), name="d.pdf")
    assert what_counts(document) == what_counts(expected)
    assert [clause.kind.value for clause in document.clauses].count("item") >= 4


@pytest.mark.shared
def test_all_terms_are_the_same_in_every_format(shared: Path) -> None:
    """Web pages and Word files of all terms at hand, clause by clause; a page folds white space."""
    for path in sorted((shared / "terms").glob("*.md")):
        extract, expected = markdown(path)
        for data, name in ((web_page(extract.blocks).encode(), "d.html"), (word_twin(extract.blocks), "d.docx")):
            document = parse_bytes(data, name=name)
            assert what_counts(document) == what_counts(expected), (path.name, name)


def test_plain_text_has_the_same_clauses() -> None:
    """Without any markup the labels and words stay."""
    extract, expected = markdown(SHIPPED)
    document = parse_bytes("\n".join(block.text for block in extract.blocks).encode(), name="d.txt")
    squeezed = [re.sub(r"\s+", "", clause.text) for clause in document.clauses]
    assert squeezed == [re.sub(r"\s+", "", clause.text) for clause in expected.clauses]
    assert [clause.label for clause in document.clauses] == [clause.label for clause in expected.clauses]
