"""The terms as Word with the missed clauses bold: read again, every word is the same and nothing is missed."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from conftest import TERMS
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from app.review import audit
from app.web.fixed_word import fix_word, missed_ids
from corpus.library import read_terms
from corpus.loading import parse_bytes


def packed(word) -> bytes:
    held = io.BytesIO()
    word.save(held)
    return held.getvalue()


def again(content: bytes):
    document = parse_bytes(content, name="again.docx")
    return document, audit(document)


def words(document) -> list[str]:
    return [re.sub(r"\s", "", clause.text) for clause in document.clauses]


def contract() -> docx.document.Document:
    """Write a contract as people do: styles, several runs, a table, a line break inside a paragraph, a footer."""
    word = docx.Document()
    word.add_heading("微云服务条款", level=1)
    word.add_paragraph("1.1 费用由客户支付。")
    several = word.add_paragraph("1.2 本公司对")
    several.add_run("任何间接损失").italic = True
    several.add_run("不承担责任。")
    lines = word.add_paragraph("1.3 本公司可以随时单方修改本条款。")
    lines.add_run().add_break()
    lines.add_run("1.4 通知以书面为准。")
    bold = word.add_paragraph("1.5 ")
    bold.add_run("客户逾期的，应支付违约金一万元。").bold = True
    table = word.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "项目"
    table.rows[0].cells[1].text = "价格"
    word.sections[0].footer.paragraphs[0].text = "第一版"
    return word


def test_an_uploaded_word_file_gets_its_bold_in_place():
    """Italics, table, footer, line breaks stay; every missed clause is bold, no other one is."""
    original = packed(contract())
    document, report = again(original)
    assert report.emphasised < report.must
    fixed = fix_word(document, report, original)
    assert fixed.in_place
    assert fixed.fixed == len(missed_ids(report))
    after, reviewed = again(fixed.content)
    assert words(after) == words(document)
    assert reviewed.coverage == 1
    word = docx.Document(io.BytesIO(fixed.content))
    runs = [run for paragraph in word.paragraphs for run in paragraph.runs]
    assert [run.text for run in runs if run.italic] == ["任何间接损失"]
    assert [run.text for run in runs if run.text.strip() and not run.bold] == [
        "微云服务条款", "1.1 费用由客户支付。", "1.4 通知以书面为准。", "1.5 ",
    ]  # fmt: skip
    assert word.sections[0].footer.paragraphs[0].text == "第一版"


def test_all_but_the_text_of_a_word_file_stays_byte_for_byte():
    """Styles, settings, pictures and properties are not written anew."""
    original = packed(contract())
    document, report = again(original)
    fixed = fix_word(document, report, original)
    with zipfile.ZipFile(io.BytesIO(original)) as before, zipfile.ZipFile(io.BytesIO(fixed.content)) as after:
        assert sorted(before.namelist()) == sorted(after.namelist())
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed == {"word/document.xml"}


def test_deleted_words_and_text_boxes_are_left_alone():
    """A tracked deletion is no part of the clause; the clause in its paragraph is still found."""
    word = docx.Document()
    paragraph = word.add_paragraph("1.1 乙方对任何")
    deleted = OxmlElement("w:del")
    run = OxmlElement("w:r")
    text = OxmlElement("w:delText")
    text.text = "直接"
    run.append(text)
    deleted.append(run)
    paragraph._p.append(deleted)
    paragraph.add_run("损失不承担责任。")
    original = packed(word)
    document, report = again(original)
    fixed = fix_word(document, report, original)
    assert fixed.in_place
    assert again(fixed.content)[1].coverage == 1
    (kept,) = docx.Document(io.BytesIO(fixed.content)).element.body.iter(qn("w:del"))
    assert kept.find(f".//{qn('w:rPr')}") is None


def test_automatic_numbers_stay_automatic():
    """The number belongs to the paragraph; its words become bold."""
    word = docx.Document()
    word.add_paragraph("乙方对任何间接损失不承担责任。", style="List Number")
    word.add_paragraph("费用每月支付。", style="List Number")
    original = packed(word)
    document, report = again(original)
    fixed = fix_word(document, report, original)
    assert fixed.in_place
    after, reviewed = again(fixed.content)
    assert words(after) == words(document)
    assert reviewed.coverage == 1


@pytest.mark.parametrize("name", ["small.md", "small.txt"])
def test_other_formats_are_written_anew(name):
    """The same clauses with the same print, the missed ones bold."""
    text = TERMS if name.endswith(".md") else TERMS.replace("*", "").replace("#### ", "")
    document = parse_bytes(text.encode(), name=name)
    report = audit(document)
    fixed = fix_word(document, report)
    assert not fixed.in_place
    after, reviewed = again(fixed.content)
    assert words(after) == words(document)
    assert reviewed.coverage == 1
    assert reviewed.must == report.must


def test_the_terms_that_ship_reach_full_coverage():
    """Written anew, and from that Word file again in place."""
    (document,) = read_terms(["weidianyun"]).documents
    report = audit(document)
    fixed = fix_word(document, report)
    assert fixed.fixed == report.must - report.emphasised
    after, reviewed = again(fixed.content)
    assert words(after) == words(document)
    assert reviewed.coverage == 1


def test_a_package_that_is_no_word_file_is_written_anew():
    """The clauses are known; the bytes beside them do not help."""
    original = packed(contract())
    document, report = again(original)
    fixed = fix_word(document, report, b"PK\x03\x04 nothing")
    assert not fixed.in_place
    assert again(fixed.content)[1].coverage == 1
