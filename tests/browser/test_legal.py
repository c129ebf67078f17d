"""法务: coverage, the table, the missed clauses in place, the report file."""

from __future__ import annotations

import json
import re
from io import BytesIO

import docx
import pytest
from playwright.sync_api import expect

from .chromium import SIZES


def test_coverage_counts_what_the_table_shows(address, visit):
    """The figure is the share of must-be-prominent clauses that are; the missed ones are in the table and in place."""
    page = visit(f"{address}/legal")
    words = page.locator(".coverage").inner_text()
    must, full, missed = (
        int(n) for n in re.search(r"(\d+) 条应当突出，(\d+) 条已完全突出，(\d+) 条漏标", words).groups()
    )
    assert must == full + missed
    assert words.startswith(str(round(100 * full / must)))
    expect(page.locator("tr.is-missed")).to_have_count(missed)
    expect(page.locator(".clause--missed")).to_have_count(missed)


def test_filters_narrow_the_table(address, visit):
    """只看漏标, then a category."""
    page = visit(f"{address}/legal")
    everything = page.locator("[data-row]").count()
    page.get_by_label("只看漏标").check()
    expect(page.locator("[data-row]")).to_have_count(page.locator(".clause--missed").count())
    page.get_by_label("管辖与送达").check()
    expect(page.locator("#findings .results-count")).to_contain_text(re.compile(rf"共 {everything} 条"))
    expect(page.locator('[data-row="weidianyun#13.5"]')).to_have_count(0)
    expect(page.locator('[data-row="weidianyun#13.1"]')).to_have_count(1)
    expect(page.locator("[data-row]:not(:has(.badge--jurisdiction))")).to_have_count(0)


def test_a_row_leads_to_its_clause(address, visit):
    """And the clause says what was missed and which words made it a finding."""
    page = visit(f"{address}/legal")
    page.locator('[data-row="weidianyun#13.1"] a').click()
    clause = page.locator('[id="clause-weidianyun#13.1"]')
    expect(clause).to_have_class(re.compile("is-target"))
    expect(clause).to_contain_text("漏标：未突出")
    expect(clause.locator(".trigger").first).to_be_visible()


def test_the_report_downloads_as_json(address, visit):
    """The file holds what the page shows."""
    page = visit(f"{address}/legal")
    with page.expect_download() as started:
        page.get_by_role("link", name="JSON").click()
    report = json.loads(started.value.path().read_text(encoding="utf-8"))
    assert started.value.suggested_filename == "weidianyun-audit.json"
    assert report["doc_id"] == "weidianyun"
    assert sum(finding["must_highlight"] for finding in report["findings"]) == report["must"]
    assert len(report["findings"]) == page.locator("[data-row]").count()


def word_file():
    document = docx.Document()
    document.add_heading("微云服务条款", level=1)
    for words in (
        "1.1 费用由客户支付。",
        "1.2 本公司对任何间接损失不承担责任。",
        "1.3 客户逾期的，应支付违约金一万元。",
    ):
        document.add_paragraph(words)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def upload(page, *files):
    page.locator("#review-files").set_input_files(
        [{"name": name, "mimeType": "", "buffer": content} for name, content in files]
    )


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_whole_story_of_a_lawyer(address, visit, width, height):
    """Upload Word and a broken file, read the coverage, dismiss one, take the report and the fixed Word, reopen it."""
    page = visit(f"{address}/legal", width=width, height=height)
    upload(page, ("合同.docx", word_file()), ("坏.docx", b"\x00\x01"))
    expect(page.locator(".uploads li").first).to_contain_text("漏标 2 条")
    expect(page.locator(".uploads .is-wrong")).to_contain_text("坏.docx")
    expect(page.locator(".coverage")).to_contain_text("2 条应当突出，0 条已完全突出")
    expect(page.locator(".chart")).to_contain_text("责任限制")
    expect(page.locator(".terms-title")).to_have_text("微云服务条款")
    expect(page.locator(".clause--missed")).to_have_count(2)
    with page.expect_download() as report:
        page.get_by_role("link", name="Word", exact=True).click()
    assert "间接损失" in "".join(cell.text for cell in cells(docx.Document(BytesIO(report.value.path().read_bytes()))))
    row = page.locator("[data-row$='#1.3']")
    row.get_by_text("作出决定").click()
    row.get_by_label("1.3 的理由").fill("线下另签")
    row.get_by_role("button", name="不要求突出").click()
    expect(page.locator(".coverage")).to_contain_text("1 条应当突出，0 条已完全突出")
    with page.expect_download() as fixed:
        page.get_by_role("link", name="加粗后的条款（Word）").click()
    assert fixed.value.suggested_filename == "微云服务条款-加粗.docx"
    content = fixed.value.path().read_bytes()
    bold = [all(run.bold for run in paragraph.runs) for paragraph in docx.Document(BytesIO(content)).paragraphs]
    assert bold == [False, False, True, False]
    upload(page, ("合同-加粗.docx", content))
    expect(page.locator(".coverage")).to_contain_text("2 条应当突出，1 条已完全突出，1 条漏标")
    dismiss_again = page.locator("[data-row$='#1.3']")
    dismiss_again.get_by_text("作出决定").click()
    dismiss_again.get_by_label("1.3 的理由").fill("线下另签")
    dismiss_again.get_by_role("button", name="不要求突出").click()
    expect(page.locator(".coverage")).to_contain_text("1 条应当突出，1 条已完全突出，0 条漏标")
    expect(page.locator("[data-fixed]")).to_have_count(0)
    page.get_by_role("tab", name="版本对比").click()
    page.get_by_label("旧版本").select_option(label="合同.docx")
    page.get_by_role("button", name="比较").click()
    expect(page.locator(".changes [data-change=emphasis_only]")).to_have_count(1)


def test_fixed_markdown_reopens_with_full_coverage(address, visit):
    """The terms that ship, downloaded as Markdown and as Word, miss nothing any more."""
    page = visit(f"{address}/legal")
    for kind, name in (("Markdown", "again.md"), ("Word", "again.docx")):
        page.get_by_label("选择条款").select_option("weidianyun")
        expect(page.locator("[data-review=weidianyun] [data-fixed]")).to_be_visible()
        with page.expect_download() as fixed:
            page.get_by_role("link", name=f"加粗后的条款（{kind}）").click()
        upload(page, (name, fixed.value.path().read_bytes()))
        expect(page.locator(".coverage")).to_contain_text("0 条漏标")
        expect(page.locator(".figure-number")).to_have_text("100")


def cells(document):
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            yield from row.cells


def test_an_upload_can_be_cancelled(address, visit):
    """What waits is not sent, what is under way is cut off; the review before stays."""
    page = visit(f"{address}/legal")
    before = page.locator(".coverage").inner_text()
    page.route("**/api/v1/documents**", lambda route: None)
    upload(page, ("一.md", b"1.1 a"), ("二.md", b"1.1 b"))
    page.get_by_role("button", name="取消 二.md").click()
    page.get_by_role("button", name="取消 一.md").click()
    expect(page.locator(".upload-said")).to_have_text(["已取消", "已取消"])
    assert page.locator(".coverage").inner_text() == before


def test_parts_are_reached_by_arrow_keys(address, visit):
    """Tabs as the ARIA pattern has them; the drafting check fills when it is opened."""
    page = visit(f"{address}/legal")
    page.get_by_role("tab", name="核查表").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="起草检查")).to_be_focused()
    expect(page.locator(".slip").first).to_be_visible()
    page.keyboard.press("End")
    expect(page.locator("#panel-matrix")).to_contain_text("没有两份文件含相同的条款")


def test_a_lawyer_decides(address, visit):
    """Refused without a reason; dismissed with one, the figure follows; an upload's decision is taken back."""
    page = visit(f"{address}/legal")
    upload(page, ("合同.docx", word_file()))
    expect(page.locator(".coverage")).to_contain_text("2 条应当突出")
    row = page.locator("[data-row$='#1.2']")
    row.get_by_text("作出决定").click()
    row.get_by_role("button", name="不要求突出").click()
    expect(row.locator("[data-decision-said]")).to_contain_text("须写明理由")
    row.get_by_label("1.2 的理由").fill("线下另签")
    row.get_by_label("1.2 的决定人").fill("李律师")
    row.get_by_role("button", name="不要求突出").click()
    expect(page.locator(".coverage")).to_contain_text("1 条应当突出")
    expect(row.locator(".decision")).to_contain_text("已决定不要求突出（李律师")
    other = page.locator("[data-row$='#1.3']")
    other.get_by_text("作出决定").click()
    expect(other.get_by_label("1.3 的决定人")).to_have_value("李律师")
    row.get_by_role("button", name="撤回决定").click()
    expect(page.locator(".coverage")).to_contain_text("2 条应当突出")
