"""Behind a reverse proxy: pages, files, links, answers, receipts and programs under a path of its own."""

from __future__ import annotations

import re

import httpx
import pytest
from gradio_client import Client
from playwright.sync_api import expect

from .chromium import quiet, running_server
from .proxy import running_proxy

PREFIX = "/law/terms"


@pytest.fixture(scope="module")
def inside(tmp_path_factory):
    """Serve with the path in the settings."""
    folder = tmp_path_factory.mktemp("prefixed")
    with running_server(folder=folder, settings={"CLAUSELIGHT_ROOT_PATH": PREFIX}) as served:
        yield served


@pytest.fixture(scope="module", params=[True, False], ids=["cut off", "passed on"])
def address(inside, request):
    """Show it under the path, whether the proxy cuts the path off or passes it on."""
    with running_proxy(inside, PREFIX, cut=request.param) as shown:
        yield shown


def test_a_person_meets_no_address_outside_the_path(address, visit):
    """Ask, follow a quote, switch the language, look up, review: every request stays below the path."""
    page = visit(f"{address}/?q=谁付费？")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator(".answer-question")).to_have_text("谁付费？")
    page.fill("#question textarea, #question input", "欠费会怎样？")
    page.keyboard.press("Enter")
    expect(page.locator(".answer-question").first).to_have_text("欠费会怎样？")
    page.locator(".quote .quote-number").first.click()
    assert page.url.startswith(f"{address}/?")
    with quiet(page):
        page.get_by_role("link", name="English").click()
        expect(page.locator("h1")).to_have_text("Ask before you accept")
    (cookie,) = page.context.cookies()
    assert (cookie["value"], cookie["path"]) == ("en", f"{PREFIX}/")
    with quiet(page):
        page.get_by_role("link", name="中文").click()
        expect(page.locator("h1")).to_have_text("接受条款之前，先问清楚")
    for name, heading in (("客服", "查条款"), ("法务", "突出显示核查"), ("客户", "接受条款之前，先问清楚")):
        with quiet(page):
            page.locator(".bar-top nav").get_by_text(name).click()
            expect(page.locator("h1")).to_have_text(heading)
        assert page.locator("h1").evaluate("node => getComputedStyle(node).fontSize") != "32px"  # styled
    with quiet(page):
        page.goto(f"{address}/legal")
        page.locator("#review-files").set_input_files(
            [{"name": "合同.md", "mimeType": "", "buffer": "1.1 乙方不承担任何责任。".encode()}]
        )
        expect(page.locator(".upload-said")).to_contain_text("漏标")
    assert asked
    assert [url for url in asked if not url.startswith((f"{address}/", "data:", "blob:"))] == []


def test_the_path_without_its_slash_leads_on(address):
    """Relative addresses need it."""
    answer = httpx.get(address, follow_redirects=True, trust_env=False)
    assert answer.status_code == 200
    assert "./web/style.css" in answer.text


def test_plain_pages_and_errors_find_their_style(address):
    """One level below and two."""
    for path in ("/api", "/embed/must-read?doc=weidianyun", "/receipts/none", "/no/such/page"):
        page = httpx.get(f"{address}{path}", headers={"accept": "text/html"}, trust_env=False)
        named = re.search(r'<base href="([^"]+)"', page.text)
        base = str(page.url.join(named[1] if named else ""))
        (style,) = re.findall(r'href="([^"]*style\.css)"', page.text)
        assert httpx.get(httpx.URL(base).join(style), trust_env=False).status_code == 200, path


def test_programs_are_told_the_path(address):
    """OpenAPI names it, and gradio_client works through it."""
    schema = httpx.get(f"{address}/api/v1/openapi.json", trust_env=False).json()
    assert schema["servers"] == [{"url": f"{PREFIX}/"}]
    client = Client(f"{address}/", verbose=False)
    assert client.predict("13.5", k=1, api_name="/search")["hits"][0]["label"] == "13.5"
    client.close()
