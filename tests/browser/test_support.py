"""客服: find by words or number, copy the quote with its citation."""

from __future__ import annotations

from playwright.sync_api import expect


def search(page, words):
    page.fill("#query textarea, #query input", words)
    page.keyboard.press("Enter")
    expect(page.locator(".found")).to_have_attribute("data-query", words)


def test_a_number_finds_its_clause_first(address, visit):
    """13.5 is 13.5."""
    page = visit(f"{address}/support")
    search(page, "13.5")
    expect(page.locator(".result").first).to_have_attribute("data-cited", "weidianyun#13.5")
    expect(page.locator(".clause.is-target")).to_have_attribute("id", "clause-weidianyun#13.5")


def test_the_copy_button_copies_quote_and_citation(address, visit):
    """Title, number and the verbatim words stand on the clipboard, and the button says so."""
    page = visit(f"{address}/support")
    search(page, "13.5")
    button = page.locator(".result .copy").first
    button.click()
    expect(button).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("《京东云-微电云服务条款》第13.5条：“甲方应保证前述约定的联系信息")
    assert copied.endswith("以变更后的送达地址为有效送达地址。”")


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


def test_an_empty_search_gets_a_friendly_line(address, visit):
    """No error, no result."""
    page = visit(f"{address}/support")
    page.click("#search")
    expect(page.locator("#found .notice")).to_contain_text("请输入要查的词语或条款号")
