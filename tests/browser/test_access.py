"""axe-core on every page and state: nothing serious, nothing critical, whatever the size and the colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
"""Our own measure of contrast (WCAG 2.2, 1.4.3): axe-core passes over most Chinese text."""
GRAVE = {"serious", "critical"}
SIZES = [(360, 740), (768, 1024), (1440, 900)]


def open_must_read(page):
    page.get_by_text("全部展开").click()


def follow_up(page):
    expect(page.locator(".answer-question")).to_be_visible()
    page.fill("#question textarea, #question input", "那违约金呢？")
    page.keyboard.press("Enter")
    expect(page.locator(".leaning")).to_be_visible()
    page.locator(".earlier summary").click()


def open_filters(page):
    expect(page.locator(".found")).to_be_visible()
    page.locator(".filter-fold summary").click()
    page.locator(".batch summary").click()
    page.locator(".around-fold summary").first.click()
    expect(page.locator(".around-group").first).to_be_visible()


def upload(page):
    files = [
        {"name": "合同.md", "mimeType": "text/markdown", "buffer": "1.1 乙方不承担任何责任。".encode()},
        {"name": "坏.docx", "mimeType": "", "buffer": b"\x00\x01"},
    ]
    page.locator("#review-files").set_input_files(files)
    expect(page.locator(".uploads .is-wrong")).to_be_visible()
    expect(page.locator("[data-see]")).to_be_visible()


def tab(name, ready):
    def open_tab(page):
        page.get_by_role("tab", name=name).click()
        expect(page.locator(ready).first).to_be_visible()

    return open_tab


def compare(page):
    upload(page)
    page.get_by_role("tab", name="版本对比").click()
    page.get_by_role("button", name="比较").click()
    expect(page.locator(".changes")).to_be_visible()


STATES = [
    ("/", None),
    ("/", open_must_read),
    ("/?q=欠费会怎样？", follow_up),
    ("/?q=能退款吗？", None),
    ("/support", None),
    ("/support?q=违约金", open_filters),
    ("/support?q=违约金&emphasis=unknown", None),
    ("/legal", None),
    ("/legal", upload),
    ("/legal", tab("起草检查", ".slip, #panel-lint .notice")),
    ("/legal", tab("条款矩阵", ".matrix, #panel-matrix .notice")),
    ("/legal", compare),
]


@pytest.mark.parametrize(
    ("path", "act"), STATES, ids=[f"{path} {getattr(act, '__name__', '')}" for path, act in STATES]
)
def test_nothing_keeps_people_out(address, visit, path, act):
    """At three sizes, light and dark."""
    page = visit(address + path)
    page.emulate_media(reduced_motion="reduce")
    if "q=" in path:
        expect(page.locator(".answer, .found, .found-none").first).to_be_visible()
    if act is not None:
        act(page)
    found = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate("dark => document.body.classList.toggle('dark', dark)", scheme == "dark")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(100)
            found |= {(scheme, width, "contrast", low) for low in page.evaluate(CONTRAST)}
            for rule in Axe().run(page).response["violations"]:
                if rule["impact"] in GRAVE:
                    nodes = [node["html"][:160] for node in rule["nodes"][:3]]
                    found.add((scheme, width, rule["id"], *nodes))
    assert sorted(found) == []


def test_axe_sees_what_is_wrong(address, visit):
    """The check can fail: a picture without words and pale letters are found."""
    page = visit(address)
    wrong = "<img src=data:,><p style=color:#eee;background:#fff>看不清的字</p>"
    page.evaluate("wrong => document.querySelector('.opening').innerHTML += wrong", wrong)
    page.wait_for_timeout(100)
    found = {rule["id"] for rule in Axe().run(page).response["violations"] if rule["impact"] in GRAVE}
    assert "image-alt" in found
    assert [low for low in page.evaluate(CONTRAST) if low.startswith("P.:")] != []
