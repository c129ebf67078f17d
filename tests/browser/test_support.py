"""客服: find by words or number, copy the quote with its citation."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from .chromium import SIZES


def search(page, words):
    page.get_by_label("词语或条款号").fill(words)
    expect(page.locator(".found")).to_have_attribute("data-query", words)


def test_a_number_finds_its_clause_first(address, visit):
    """13.5 is 13.5."""
    page = visit(f"{address}/support")
    search(page, "13.5")
    expect(page.locator(".result").first).to_have_attribute("data-cited", "weidianyun#13.5")
    expect(page.locator(".clause.is-target")).to_have_attribute("id", "clause-weidianyun#13.5")


def test_the_copy_button_copies_quote_place_version_and_link(address, visit):
    """The verbatim words, where they stand, in which version, and a link that opens the same clause."""
    page = visit(f"{address}/support")
    search(page, "13.5")
    button = page.locator(".result .copy").first
    button.click()
    expect(button).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[0].startswith("“甲方应保证前述约定的联系信息")
    assert copied[0].endswith("以变更后的送达地址为有效送达地址。”")
    assert re.fullmatch("——《京东云-微电云服务条款》第13.5条（版本 [0-9a-f]{8}）", copied[1])
    assert copied[2] == f"{address}/support?doc=weidianyun&clause=13.5&q=13.5"
    other = visit(copied[2])
    expect(other.locator(".clause.is-target")).to_have_attribute("id", "clause-weidianyun#13.5")
    expect(other.get_by_label("词语或条款号")).to_have_value("13.5")


def test_the_keyboard_is_enough(address, visit):
    """`/` to the box, type, arrows to choose, Enter to copy, Escape to begin again."""
    page = visit(f"{address}/support")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.type("违约金")
    expect(page.locator(".result.is-picked")).to_have_count(1)
    second = page.locator(".result").nth(1).get_attribute("data-cited")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".result.is-picked")).to_have_attribute("data-cited", second)
    expect(page.locator(".clause.is-target")).to_have_attribute("id", f"clause-{second}")
    page.keyboard.press("Enter")
    expect(page.locator(".result.is-picked .copy")).to_have_text("已复制")
    assert "（版本 " in page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("Escape")
    expect(page.locator(".result")).to_have_count(0)
    expect(page.locator("[data-again]")).to_have_text(["违约金"])
    page.get_by_role("button", name="清除记录").click()
    expect(page.locator("[data-history]")).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_whole_story_of_an_agent(address, visit, width, height):
    """Type, choose by the keyboard, copy, send the link: it opens the same clause of the same version."""
    page = visit(f"{address}/support", width=width, height=height)
    page.keyboard.press("/")
    page.keyboard.type("管辖法院")
    expect(page.locator(".result.is-picked")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    cited = page.locator(".result.is-picked").get_attribute("data-cited")
    words = page.locator(".result.is-picked blockquote").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".result.is-picked .copy")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    link = re.search(r"http://\S+", copied)[0]
    assert "《" in copied
    assert "（版本 " in copied
    other = visit(link, width=width, height=height)
    expect(other.locator(".clause.is-target")).to_have_attribute("id", f"clause-{cited}")
    expect(other.locator(".clause.is-target")).to_be_in_viewport()
    assert "".join(words.split())[:20] in "".join(other.locator(".clause.is-target").inner_text().split())


def test_results_come_as_one_types_and_the_latest_words_win(address, visit):
    """An answer that was overtaken is dropped, however late it comes."""
    page = visit(f"{address}/support")

    def slowly(route):
        page.wait_for_timeout(800)
        route.continue_()

    page.route(lambda url: "/pages/lookup" in url and "q=%E9%80%81%E8%BE%BE" in url, slowly)
    box = page.get_by_label("词语或条款号")
    box.fill("送达")
    page.wait_for_timeout(150)
    box.fill("13.5")
    expect(page.locator(".found")).to_have_attribute("data-query", "13.5")
    page.wait_for_timeout(1200)
    expect(page.locator(".found")).to_have_attribute("data-query", "13.5")


def test_filters_narrow_and_stay_in_the_address(address, visit):
    """By category and print; the address brings them back."""
    page = visit(f"{address}/support")
    search(page, "乙方")
    page.locator(".filter-fold summary").click()
    page.get_by_label("免责").check()
    expect(page.locator("[data-filter-count]")).to_have_text("（1 项）")
    expect(page.locator(".result:not(:has(.badge--exemption))")).to_have_count(0)
    other = visit(page.url)
    expect(other.locator(".result:not(:has(.badge--exemption))")).to_have_count(0)
    expect(other.locator(".result").first).to_be_visible()


def test_what_stands_around_a_clause_unfolds_in_place(address, visit):
    """The clause before, the clause after, definitions."""
    page = visit(f"{address}/support?q=13.5")
    fold = page.locator(".result").first.locator(".around-fold")
    fold.locator("summary").click()
    expect(fold).to_contain_text("第13.4条")
    expect(fold).to_contain_text("第13.6条")


def test_matched_words_are_marked(address, visit):
    """As typed."""
    page = visit(f"{address}/support?q=违约金")
    expect(page.locator(".result .matched").first).to_have_text("违约金")


def test_a_list_of_questions_becomes_a_sheet(address, visit):
    """Typed and from a file together."""
    page = visit(f"{address}/support")
    page.get_by_text("批量查找").click()
    page.get_by_label("问题，每行一个").fill("违约金多少？\n能退款吗？")
    page.locator("#batch-file").set_input_files(
        {"name": "q.txt", "mimeType": "text/plain", "buffer": "怎样算送达？\n".encode()}
    )
    with page.expect_download() as started:
        page.get_by_role("button", name="生成 Excel").click()
    sheet = load_workbook(BytesIO(started.value.path().read_bytes())).worksheets[0]
    questions = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert questions == ["违约金多少？", "能退款吗？", "怎样算送达？"]
    expect(page.locator("[data-batch-said]")).to_have_text("已生成：3 个问题。")


def test_a_clause_of_another_document_opens_its_terms(hostile_address, visit):
    """One box over several documents."""
    page = visit(f"{hostile_address}/support")
    search(page, "不承担任何责任")
    page.locator(".result", has_text="不承担任何责任").first.locator(".quote-number").click()
    expect(page.locator(".terms")).to_contain_text("乙方不承担任何责任")
    expect(page.locator(".clause.is-target")).to_contain_text("不承担任何责任")


def test_words_find_clauses_with_rank_and_path(address, visit):
    """违约金: the clauses that set one, in order, each with its section."""
    page = visit(f"{address}/support")
    search(page, "违约金")
    cited = page.locator(".result").evaluate_all("rows => rows.map(row => row.dataset.cited)")
    assert {"weidianyun#4.4", "weidianyun#7.2"} <= set(cited[:3])
    expect(page.locator(".result .rank").first).to_have_text("1")
    expect(page.locator('.result[data-cited="weidianyun#7.2"]')).to_contain_text("7. 知识产权")


def test_an_item_is_copied_with_its_lead_in(address, visit):
    """12.3（3） alone does not say what happens."""
    page = visit(f"{address}/support?q=提前不少于10天书面通知")
    copy = page.locator('.result[data-cited="weidianyun#12.3（3）"] .copy')
    assert "发生下列情形的，本协议立即终止" in copy.get_attribute("data-copy")


def test_nothing_typed_shows_a_hint_and_nothing_found_says_so(address, visit):
    """No error, no result."""
    page = visit(f"{address}/support")
    expect(page.locator("[data-hint]")).to_contain_text("试试")
    page.locator(".filter-fold summary").click()
    page.locator("#filter-emphasis").select_option("unknown")
    page.get_by_label("词语或条款号").fill("违约金")
    expect(page.locator(".found-none")).to_contain_text("放宽筛选")
