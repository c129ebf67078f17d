"""Paper, little motion, and the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .chromium import quiet

FOCUS = """
() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const style = getComputedStyle(node.matches("input[type=file]") ? node.nextElementSibling : node);
  const box = node.getBoundingClientRect();
  const seen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  return { name: (node.getAttribute("aria-label") || node.textContent || node.id).trim().slice(0, 40), seen,
           inside: box.bottom > 0 && box.top < innerHeight, mark: node.outerHTML.slice(0, 120) };
}
"""
"""What has the focus, and whether a person sees that it has."""


@pytest.mark.parametrize("path", ["/?q=谁付费？", "/support?q=违约金", "/legal"])
def test_on_paper_the_words_stand_and_the_controls_do_not(address, visit, path):
    """The bar, buttons, boxes and the switch are hidden; the terms stand there whole, black on white."""
    page = visit(f"{address}{path}", dark=True)
    page.wait_for_selector(".answer, .found, .findings")
    page.emulate_media(media="print")
    for hidden in (
        ".bar-top nav",
        ".switch",
        ".ask",
        ".chips",
        ".copy",
        ".quote-foot",
        ".download",
        ".way-up",
        ".lookup",
    ):
        for part in page.locator(hidden).all():
            expect(part).to_be_hidden()
    for control in page.locator("button, input, select, textarea").all():
        expect(control).to_be_hidden()
    expect(page.locator(".terms-title")).to_be_visible()
    clauses = page.locator(".terms .clause")
    assert clauses.count() > 50
    expect(clauses.last).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.room-terms')).overflowY") == "visible"
    assert page.evaluate("getComputedStyle(document.querySelector('.clause-words')).color") == "rgb(0, 0, 0)"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    paper = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) > 3


@pytest.mark.parametrize("path", ["/?q=谁付费？&clause=13.5", "/support?q=13.5", "/legal?clause=13.1"])
def test_little_motion_is_respected(address, browser, path):
    """No animation, no transition, no smooth scrolling: the clause is there at once and stays marked."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce", locale="zh-CN")
    with quiet(page):
        page.goto(f"{address}{path}")
        expect(page.locator(".clause.is-target")).to_be_in_viewport()
    moving = page.evaluate(
        "document.getAnimations().filter(one => one.playState === 'running').map(one => one.animationName)"
    )
    assert moving == []
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.clause.is-target')).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )
    page.close()


def tab_to(page, wanted, most=60):
    """Press Tab until the focus is on `wanted`; every stop on the way is seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            continue
        assert focus["seen"], focus
        assert focus["inside"], focus
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"no way to {wanted} by Tab")


def test_a_reader_needs_no_mouse(address, visit):
    """Skip link, example, quote, must-read entry, its way to the clause."""
    page = visit(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('skip')")
    assert page.evaluate(FOCUS)["seen"]
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    tab_to(page, "#question :is(input, textarea)")
    page.keyboard.type("谁付费？")
    page.keyboard.press("Enter")
    expect(page.locator(".answer-question")).to_have_text("谁付费？")
    tab_to(page, ".quote .quote-number")
    page.keyboard.press("Enter")
    expect(page.locator(".clause.is-target")).to_be_focused()
    page.locator("#question :is(input, textarea)").focus()
    tab_to(page, "[data-unfold]")
    tab_to(page, ".must-entry summary")
    page.keyboard.press("Enter")
    tab_to(page, ".must-entry > .to-clause")
    page.keyboard.press("Enter")
    expect(page.locator(".clause.is-target")).to_be_focused()


def test_support_needs_no_mouse(address, visit):
    """Box, filters, result, its surroundings, the list in bulk."""
    page = visit(f"{address}/support")
    tab_to(page, "#query-words")
    page.keyboard.type("违约金")
    expect(page.locator(".result.is-picked")).to_have_count(1)
    whole = page.locator(".result").count()
    tab_to(page, ".filter-fold summary")
    page.keyboard.press("Enter")
    tab_to(page, "#query input[name=category]")
    page.keyboard.press("Space")
    expect(page.locator("[data-filter-count]")).to_have_text("（1 项）")
    expect(page.locator(".result")).not_to_have_count(whole)
    page.keyboard.press("Space")
    expect(page.locator(".result")).to_have_count(whole)
    tab_to(page, ".result .copy")
    page.keyboard.press("Enter")
    expect(page.locator(".result .copy.is-done")).to_have_count(1)
    tab_to(page, ".around-fold summary")
    page.keyboard.press("Enter")
    expect(page.locator(".around-group").first).to_be_visible()
    page.locator(".result .copy").last.focus()
    tab_to(page, ".batch summary")
    page.keyboard.press("Enter")
    tab_to(page, "#batch-words")


def test_a_lawyer_needs_no_mouse(address, visit):
    """Document, upload, tabs, filters, a finding's grounds, the clause."""
    page = visit(f"{address}/legal")
    tab_to(page, "#review-doc")
    tab_to(page, "#review-files")
    tab_to(page, "[data-review] a")
    tab_to(page, "[role=tab]")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="起草检查")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    tab_to(page, "input[name=missed]")
    page.keyboard.press("Space")
    expect(page.locator("[data-row]")).to_have_count(page.locator(".clause--missed").count())
    tab_to(page, "[data-row] .to-clause")
    page.keyboard.press("Enter")
    expect(page.locator(".clause.is-target")).to_be_focused()
    page.locator("input[name=missed]").focus()
    tab_to(page, ".grounds summary")
    page.keyboard.press("Enter")
    expect(page.locator(".grounds[open] .reasons").first).to_be_visible()
