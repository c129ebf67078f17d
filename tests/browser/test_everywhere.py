"""What holds on every page: sizes, colours, hostile words, the network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .chromium import open_page, quiet

PAGES = ("/?q=谁付费？", "/?q=能退款吗？", "/support?q=违约金", "/legal")
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
"""WCAG 2.2, 1.4.3: contrast of every text with the nearest opaque background behind it."""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 390, 768, 1440])
def test_no_sideways_scrolling(address, visit, path, width):
    """Every page fits its screen."""
    page = visit(address + path, width=width)
    settle(page, path)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_contrast(address, visit, path, dark):
    """Every word can be read: 4.5 to 1, 3 to 1 when large."""
    page = visit(address + path, dark=dark)
    settle(page, path)
    page.wait_for_timeout(2600)  # the flash of a clause has faded
    assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("path", ["/", "/support", "/legal"])
def test_the_page_says_what_it_is(address, visit, path):
    """Chinese, one first heading, and the bar says where one is."""
    page = visit(address + path)
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("nav a[aria-current=page]")).to_have_count(1)
    ids = page.locator("[id]:not([id=''])").evaluate_all("nodes => nodes.map(node => node.id)")
    assert len(ids) == len(set(ids))


def test_the_bar_leads_to_every_page(address, visit):
    """Three people, three pages."""
    page = visit(address)
    for name, heading in (("客服", "查条款"), ("法务", "突出显示核查"), ("客户", "接受条款之前，先问清楚")):
        with quiet(page):  # leaving at once would cut off what the page still asks for
            page.locator(".bar-top nav").get_by_text(name).click()
            expect(page.locator("h1")).to_have_text(heading)


def test_narrow_screens_lead_down_and_back(address, visit):
    """The terms stand below; a citation goes there, and a link comes back."""
    page = visit(f"{address}/?q=谁付费？", width=390, height=844)
    page.locator(".quote .quote-number").first.click()
    expect(page.locator(".clause.is-target")).to_be_in_viewport()
    page.locator(".way-up").click()
    expect(page.locator("h1")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["/", "/support"])
@pytest.mark.parametrize(
    "words",
    ["<script>window.hacked=1</script>", '"><img src=x onerror="window.hacked=1">', "${window.hacked=1}{{x}}**粗**"],
)
def test_hostile_words_are_inert(address, visit, path, words):
    """What a person types comes back as words."""
    page = visit(address + path)
    page.fill("#question textarea, #question input, #query textarea, #query input", words)
    page.keyboard.press("Enter")
    expect(page.get_by_text(words).first).to_be_visible()
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#answers img, #found img, #answers script, #found script").count() == 0


@pytest.mark.parametrize("path", ["/?q=甲方欠费怎么办", "/support?q=违约金", "/legal"])
def test_hostile_terms_are_inert(hostile_address, visit, path):
    """A document and a file name that try to run something are shown as words, wherever they are shown."""
    query = "&" if "?" in path else "?"
    page = visit(f"{hostile_address}{path}{query}doc=b<img src=x onerror=alert(1)>")
    expect(page.locator(".terms")).to_contain_text("乙方不承担任何责任")
    settle(page, path)
    expect(page.locator(".terms")).to_contain_text("<script>window.hacked=1</script>")
    assert page.evaluate("window.hacked") is None
    assert page.locator(".gradio-container :is(img, script, iframe, form)").count() == 0


def test_inline_handlers_are_refused_by_the_browser(address, browser):
    """Even markup that slipped through would not run: the policy allows no inline handler."""
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector(".terms")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,x\" onerror=\"window.hacked=1\">')")
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
    page.close()


def test_nothing_is_remembered_in_the_browser(address, visit):
    """Questions are not written to the browser's storage."""
    page = visit(f"{address}/?q=谁付费？")
    settle(page, "/?q=")
    assert "谁付费" not in page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})")


def settle(page, path):
    """Wait for what the address asks for."""
    if "q=" in path:
        page.wait_for_selector(".answer, .found", timeout=30_000)


def test_a_lost_connection_is_told_in_chinese(address, browser):
    """Gradio's own English line does not reach people."""
    page = browser.new_page(locale="zh-CN")
    open_page(page, address)
    page.route("**/gradio_api/queue/**", lambda route: route.abort())
    page.fill("#question textarea, #question input", "谁付费？")
    page.keyboard.press("Enter")
    toast = page.locator(".toast-body").first
    expect(toast).to_contain_text("稍后再试", timeout=30_000)
    assert re.search("[A-Za-z]", toast.inner_text()) is None
    page.close()
