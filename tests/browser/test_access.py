"""axe-core on every page and state: nothing serious, nothing critical, whatever the size and the colours."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from app.web.accounts import write_user

from .chromium import SIZES, running_server

CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
"""Our own measure of contrast (WCAG 2.2, 1.4.3): axe-core passes over most Chinese text."""
GRAVE = {"serious", "critical"}


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


def page_of_receipt(address):
    """Issue a receipt without reading: the clauses are said to have been shown long ago."""
    document = "weidianyun"
    begun = httpx.post(f"{address}/api/v1/readings", params={"doc": document}, trust_env=False).json()
    time.sleep(1.1)
    shown = [{"clause_id": name, "at": 1.0, "seconds": 1.0} for name in begun["must"]]
    asked = [{"question": "谁付费？", "at": 0.5, "clause_ids": ["weidianyun#3.1"]}]
    request = {"doc": document, "token": begun["token"], "clauses": shown, "questions": asked, "name": "张三"}
    receipt = httpx.post(f"{address}/api/v1/receipts", json=request, trust_env=False).json()
    return f"/receipts/{receipt['receipt_id']}"


def login(tmp_path_factory):
    """Serve behind a door; gives the address, whose page asks for a name."""
    folder = tmp_path_factory.mktemp("door")
    write_user(folder / "users", "li", "geheim")
    return running_server(folder=folder, settings={"CLAUSELIGHT_USERS": str(folder / "users")})


def grave_on(browser, url, body=None):
    """Open a plain page and gather what keeps people out, at three sizes, light and dark.

    `body` is shown at the address in the place of what a browser without a window shows for status 401: nothing.
    """
    found = set()
    for scheme in ("light", "dark"):
        for width, height in SIZES:
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()
            if body is not None:
                page.route(url, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
            page.goto(url)
            expect(page.locator("h1, h2").first).to_be_visible()
            for fold in page.locator("summary").all():
                fold.click()
            page.wait_for_timeout(100)
            found |= {(scheme, width, "contrast", low) for low in page.evaluate(CONTRAST)}
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                found.add((scheme, width, "wide", str(wide)))
            for rule in Axe().run(page).response["violations"]:
                if rule["impact"] in GRAVE:
                    found.add((scheme, width, rule["id"], *(node["html"][:160] for node in rule["nodes"][:3])))
            context.close()
    return sorted(found)


@pytest.mark.parametrize("path", ["receipt", "/embed/must-read?doc=weidianyun", "/api", "/receipts/none"])
def test_plain_pages_keep_nobody_out(address, browser, path):
    """The receipt, the list for a frame, the description of the interface, an error."""
    shown = page_of_receipt(address) if path == "receipt" else path
    assert grave_on(browser, f"{address}{shown}") == []


def test_the_door_keeps_nobody_out_but_strangers(browser, tmp_path_factory):
    """The page that asks for a name and a password; with them the pages open."""
    with login(tmp_path_factory) as address:
        asks = httpx.get(f"{address}/", headers={"accept": "text/html"}, trust_env=False)
        assert asks.status_code == 401
        assert "请输入用户名和密码" in asks.text
        assert grave_on(browser, f"{address}/", body=asks.text) == []
        context = browser.new_context(http_credentials={"username": "li", "password": "geheim"}, locale="zh-CN")
        page = context.new_page()
        page.goto(address)
        expect(page.locator(".terms")).to_be_visible(timeout=30_000)
        context.close()
