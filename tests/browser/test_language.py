"""中/EN: the switch on every page, the question and the clause kept, the clauses' words in Chinese."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .chromium import quiet
from .test_access import CONTRAST, GRAVE, SIZES

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LEFT_CHINESE = """
() => {
  const theirs = "[lang=zh-CN], option, .answer-question, .leaning, kbd, .results-count, .unseen";
  const worded = (child) => child.nodeType === Node.TEXT_NODE && /[\\u4e00-\\u9fff]/.test(child.data);
  return [...document.querySelectorAll(".gradio-container *")]
    .filter((node) => [...node.childNodes].some(worded) && !node.closest(theirs) && node.checkVisibility())
    .map((node) => node.textContent.slice(0, 60));
}
"""
"""Chinese that a reader of the English page sees outside quoted words, titles and what was typed."""

DARK = """
dark => { for (const node of [document.body, document.documentElement]) node.classList.toggle("dark", dark); }
"""


def test_the_switch_keeps_the_question_and_the_clause(address, visit):
    """There and back; the cookie carries the choice to the next page."""
    page = visit(f"{address}/?q=谁付费？&clause=13.5")
    expect(page.locator(".answer-question")).to_have_text("谁付费？")
    with quiet(page):
        page.get_by_role("link", name="English").click()
        expect(page.locator("h1")).to_have_text("Ask before you accept")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator(".verdict")).to_contain_text("The terms say")
    expect(page.locator(".clause.is-target")).to_have_attribute("id", "clause-weidianyun#13.5")
    with quiet(page):
        page.locator(".bar-top nav").get_by_text("Support").click()
        expect(page.locator("h1")).to_have_text("Look up clauses")
    page.get_by_label("Words or a clause number").fill("违约金")
    expect(page.locator(".results-count")).to_contain_text("results by relevance")
    page.locator(".result .copy").first.click()
    expect(page.locator(".result .copy").first).to_have_text("Copied")
    with quiet(page):
        page.get_by_role("link", name="中文").click()
        expect(page.locator("h1")).to_have_text("查条款")
    expect(page.get_by_label("词语或条款号")).to_have_value("违约金")


@pytest.mark.parametrize(
    ("path", "ready"),
    [
        ("/?q=欠费会怎样？", ".answer"),
        ("/?q=能退款吗？", ".answer"),
        ("/support?q=违约金", ".found"),
        ("/legal", ".findings"),
        ("/api", "h2"),
        ("/embed/must-read?doc=weidianyun", ".must-entry"),
        ("/receipts/none", "h1"),
    ],
)
def test_english_pages_are_english_and_let_everybody_in(address, browser, path, ready):
    """No Chinese but the terms' own; axe-core and contrast, three sizes, light and dark; no sideways scrolling."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    with quiet(page):
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang=en")
        page.wait_for_selector(ready)
    for fold in page.locator("summary").all():
        if fold.is_visible():
            fold.click()
    assert page.evaluate(LEFT_CHINESE) == []
    found = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(DARK, scheme == "dark")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(100)
            found |= {(scheme, width, "contrast", low) for low in page.evaluate(CONTRAST)}
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                found.add((scheme, width, "wide", str(wide)))
            for rule in Axe().run(page).response["violations"]:
                if rule["impact"] in GRAVE:
                    found.add((scheme, width, rule["id"], *(node["html"][:160] for node in rule["nodes"][:3])))
    assert sorted(found) == []
    context.close()
