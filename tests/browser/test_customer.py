"""客户: ask, read the quote, go to the clause, read what must be read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from .chromium import ROOT, SIZES


def ask(page, question):
    page.fill("#question textarea, #question input", question)
    page.keyboard.press("Enter")
    expect(page.locator(".answer-question")).to_have_text(question)


def in_pane(page, name):
    """Whether a clause stands inside the visible part of the terms pane."""
    return page.evaluate(
        """name => { const clause = document.getElementById(`clause-weidianyun#${name}`).getBoundingClientRect();
        const pane = document.querySelector('.room-terms').getBoundingClientRect();
        return clause.top >= pane.top - 1 && clause.top < pane.bottom; }""",
        name,
    )


def test_who_pays(address, visit):
    """The fee clauses use 乙方 for the customer: the answer cites them and says that 1.2 means the other side."""
    page = visit(address)
    ask(page, "谁付费？")
    cited = page.locator(".quote").evaluate_all("quotes => quotes.map(quote => quote.dataset.cited)")
    assert {"weidianyun#3.1", "weidianyun#3.2"} & set(cited)
    expect(page.locator(".note--party")).to_contain_text("第1.2条")
    expect(page.locator(".quote").first).to_contain_text("〔此处指客户〕")


def test_the_answer_shows_its_clause_beside_it(address, visit):
    """The cited clause is marked in the terms, flashed and in view; the page itself has not moved."""
    page = visit(address)
    ask(page, "不及时告知变更后的送达地址会怎样？")
    target = page.locator(".clause.is-target")
    expect(target).to_have_count(1)
    first = page.locator(".answer").get_attribute("data-first")
    assert target.get_attribute("id") == f"clause-{first}"
    expect(page.locator(".clause.is-cited").first).to_be_attached()
    page.wait_for_timeout(800)  # smooth scrolling has come to rest
    assert in_pane(page, first.split("#")[1])
    assert page.evaluate("scrollY") == 0


def test_a_citation_click_scrolls_and_names_the_clause_in_the_address(address, visit):
    """A note's link goes to 1.2 and the address can be sent to someone."""
    page = visit(address)
    ask(page, "谁付费？")
    page.locator('.note a[data-clause="weidianyun#1.2"]').first.click()
    expect(page.locator('[id="clause-weidianyun#1.2"]')).to_have_class(re.compile("is-target"))
    page.wait_for_timeout(800)  # smooth scrolling has come to rest
    assert in_pane(page, "1.2")
    assert "clause=1.2" in page.url


def test_what_the_terms_do_not_say(address, visit):
    """Refunds are not in these terms: said plainly, with the nearest clauses and the preamble's advice."""
    page = visit(address)
    ask(page, "能退款吗？")
    expect(page.locator(".verdict--none")).to_have_text("条款未约定")
    expect(page.locator(".note--advice")).to_contain_text("业务部门")
    expect(page.locator(".also .quote").first).to_be_visible()


def test_a_follow_up_leans_on_the_question_before(address, visit):
    """The page says how it understood; the first answer stays, folded; the topic can be left at a click."""
    page = visit(address)
    ask(page, "欠费会怎样？")
    page.fill("#question textarea, #question input", "那违约金呢？")
    page.keyboard.press("Enter")
    expect(page.locator(".leaning")).to_contain_text("按“欠费，违约金”查找")
    expect(page.locator(".earlier .answer-question")).to_have_text("欠费会怎样？")
    page.locator(".leaning button").click()
    expect(page.locator("#answers .answer-question").first).to_have_text("违约金")
    expect(page.locator("#question textarea, #question input")).to_have_value("违约金")


def test_reading_is_counted_by_what_was_on_the_screen(address, visit):
    """Nothing counts folded, unseen or for a blink; what stood there for a second does, once."""
    page = visit(address)
    page.evaluate("scrollTo(0, 0)")
    entry = page.locator('.must-entry[data-must="weidianyun#13.1"]')
    expect(entry.locator("[data-read-mark]")).to_be_hidden()
    page.get_by_text("全部展开").click()
    page.wait_for_timeout(1500)
    expect(entry.locator("[data-read-mark]")).to_be_hidden()  # open, but far below the screen
    before = int(page.locator("[data-read-count]").inner_text())
    entry.locator(".must-words").scroll_into_view_if_needed()
    expect(entry.locator("[data-read-mark]")).to_be_visible()
    assert int(page.locator("[data-read-count]").inner_text()) > before
    expect(page.locator("[data-receipt-make]")).to_be_disabled()


def read_all(page):
    page.get_by_text("全部展开").click()
    for entry in page.locator("[data-must]").all():
        if "is-read" not in entry.get_attribute("class"):
            entry.locator("[data-seen]").scroll_into_view_if_needed()
            expect(entry).to_have_class(re.compile("is-read"))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_whole_story_of_a_reader(address, folder, visit, tmp_path, width, height):
    """Ask, follow the citation, read what must be read, take the receipt, print it, verify it at the command line."""
    page = visit(address, width=width, height=height)
    ask(page, "谁付费？")
    page.locator(".quote .quote-number").first.click()
    expect(page.locator(".clause.is-target")).to_be_in_viewport()
    read_all(page)
    expect(page.locator("[data-read-count]")).to_have_text(
        re.search(r"max=\"(\d+)", page.locator(".reading").inner_html())[1]
    )
    page.get_by_label("签收人").fill("张三")
    page.get_by_role("button", name="生成阅读凭证").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="下载（JSON）").click()
    path = tmp_path / "receipt.json"
    started.value.save_as(path)
    receipt = json.loads(path.read_text(encoding="utf-8"))
    assert receipt["name"] == "张三"
    assert [row["question"] for row in receipt["questions"]] == ["谁付费？"]
    verify = [sys.executable, "-m", "app.cli", "receipt", "verify", str(path)]
    environment = os.environ | {"CLAUSELIGHT_INDEX_DIR": str(folder / "index")}
    done = subprocess.run(verify, env=environment, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout[:4]) == (0, "签名有效")
    page.goto(f"{address}/receipts/{receipt['receipt_id']}")
    expect(page.locator(".receipt-facts")).to_contain_text("张三")
    expect(page.locator(".receipt-table tbody tr")).to_have_count(len(receipt["clauses"]))


def test_the_bar_and_the_terms_stay_in_view(address, visit):
    """However far down the list one reads."""
    page = visit(address)
    page.evaluate("scrollTo(0, 1200)")
    expect(page.locator(".bar-top")).to_be_in_viewport()
    assert 0 < page.locator(".room-terms").bounding_box()["y"] < 120


def test_examples_ask_at_a_click(address, visit):
    """A chip puts its question into the box and answers it."""
    page = visit(address)
    chip = page.locator(".chip").nth(3)
    question = chip.inner_text()
    chip.click()
    expect(page.locator(".answer-question")).to_have_text(question)
    expect(page.locator("#question textarea, #question input")).to_have_value(question)


def test_an_empty_question_gets_a_friendly_line(address, visit):
    """No error, no answer."""
    page = visit(address)
    page.click("#ask")
    expect(page.locator(".notice").first).to_contain_text("请先写下您的问题")
    expect(page.locator(".answer")).to_have_count(0)


def test_must_read_opens_in_place(address, visit):
    """Each entry unfolds its clause by keyboard and leads to it."""
    page = visit(address)
    entry = page.locator('.must-entry[data-must="weidianyun#13.5"]')
    expect(entry).to_contain_text("原文已突出")
    entry.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(entry.locator(".must-words")).to_be_visible()
    entry.get_by_text("在条款中查看").click()
    expect(page.locator('[id="clause-weidianyun#13.5"]')).to_have_class(re.compile("is-target"))


def test_terms_show_bold_as_printed(address, visit):
    """4.4 is bold and highlighted, 4.3 is neither."""
    page = visit(address)
    bold = page.locator('[id="clause-weidianyun#4.4"] strong').last
    assert int(bold.evaluate("node => getComputedStyle(node).fontWeight")) >= 700
    assert bold.evaluate("node => getComputedStyle(node).backgroundColor") != "rgba(0, 0, 0, 0)"
    expect(page.locator('[id="clause-weidianyun#4.3"] strong')).to_have_count(0)


def test_an_address_opens_question_and_clause(address, visit):
    """`?q=…&clause=…` answers the question and shows that clause, not the answer's."""
    page = visit(f"{address}/?q=谁付费？&clause=13.5")
    expect(page.locator(".answer-question")).to_have_text("谁付费？")
    expect(page.locator(".clause.is-target")).to_have_attribute("id", "clause-weidianyun#13.5")


def test_the_slash_key_leads_to_the_box(address, visit):
    """The keyboard is enough."""
    page = visit(address)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.closest('#question') !== null")
