"""The must-read list in a frame: a page of an allowed origin shows it and hears its progress, others are refused."""

from __future__ import annotations

import http.server
import threading

import pytest
from playwright.sync_api import expect

from .chromium import running_server

SHOP = """<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>注册</title><h1>注册</h1>
<iframe title="必读条款" src="{address}/embed/must-read?doc=weidianyun" width="480" height="640"></iframe>
<script>window.told = []; addEventListener("message", event => told.push([event.origin, event.data]));</script>"""


class Shop(http.server.ThreadingHTTPServer):
    """A sign-up page of somebody else."""

    page = b""


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        if self.path == "/":
            self.wfile.write(self.server.page)

    def log_message(self, *_):
        """Keep the tests' output clean."""


def shop():
    server = Shop(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="module")
def shops(tmp_path_factory):
    """Run two shops, the first of them allowed, around one server."""
    allowed, other = shop(), shop()
    origins = {"CLAUSELIGHT_EMBED_ORIGINS": f"http://127.0.0.1:{allowed.server_port}"}
    with running_server(folder=tmp_path_factory.mktemp("framed"), settings=origins) as address:
        for each in (allowed, other):
            each.page = SHOP.format(address=address).encode()
        yield address, *(f"http://127.0.0.1:{each.server_port}" for each in (allowed, other))
    for each in (allowed, other):
        each.shutdown()
        each.server_close()


def test_the_list_shows_in_an_allowed_page_and_tells_its_progress(shops, browser):
    """Read in the frame, the receipt made there; the page around hears of both, from the server's origin."""
    address, allowed, _ = shops
    page = browser.new_page(viewport={"width": 700, "height": 800}, reduced_motion="reduce")
    page.goto(allowed)
    frame = page.frame_locator("iframe")
    expect(frame.locator(".must-read h2").first).to_have_text("必读条款")
    frame.get_by_text("全部展开").click()
    for entry in frame.locator("[data-must]").all():
        entry.locator("[data-seen]").scroll_into_view_if_needed()
        expect(entry.locator("[data-read-mark]")).to_be_visible(timeout=10_000)
    frame.get_by_role("button", name="生成阅读凭证").click()
    expect(frame.get_by_role("link", name="打开并打印")).to_be_visible()
    told = page.evaluate("told")
    assert {origin for origin, _ in told} == {address}
    assert {data["type"] for _, data in told} == {"clauselight-reading"}
    (last,) = (data for _, data in told if data["receipt"])
    assert last["read"] == last["total"] > 0
    assert last["receipt"]["document"]["doc_id"] == "weidianyun"
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="打开并打印").click()
    expect(opened.value.locator("h1")).to_have_text("阅读凭证")
    opened.value.close()
    frame.get_by_role("link", name="English").click()
    expect(frame.locator("h2").first).to_have_text("Must-read clauses")
    page.close()


def test_the_list_is_refused_in_any_other_page(shops, browser):
    """By the browser, as the policy says; the pages themselves are refused everywhere."""
    address, allowed, other = shops
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(other)
    page.wait_for_timeout(1500)
    assert page.frame_locator("iframe").locator(".must-read").count() == 0
    assert [words for words in said if "frame-ancestors" in words] != []
    said.clear()
    page.goto(allowed)
    page.evaluate("address => { document.querySelector('iframe').src = address; }", f"{address}/")
    page.wait_for_timeout(1500)
    assert page.frame_locator("iframe").locator(".terms").count() == 0
    assert [words for words in said if "frame-ancestors" in words or "X-Frame-Options" in words] != []
    page.close()
