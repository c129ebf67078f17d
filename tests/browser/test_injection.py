"""No word that comes from outside runs in a page or makes it ask another server, whichever way it comes in.

Every payload comes in by every way. `visit` fails on any request that leaves and on any script or handler that the
policy had to stop, for the browser writes that to its console: the words must not have become markup at all.
"""

from __future__ import annotations

import importlib.util
import json
import time
import urllib.request
from html import escape
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import expect

from .chromium import open_page, quiet, running_server
from .payloads import PAYLOADS

FRAGMENT = """async address => {
    const answer = await fetch(address), box = document.createElement('div');
    box.innerHTML = (answer.headers.get('content-type') || '').startsWith('text/html') ? await answer.text() : '';
    document.body.append(box);
    await new Promise(requestAnimationFrame);
    const found = [...box.querySelectorAll('*')].filter(node =>
        /^(script|iframe|object|embed|form|base|meta|link|style|img|svg|math|video|audio|body)$/i.test(node.tagName)
        || [...node.attributes].some(one => one.name.startsWith('on')
            || /^\\s*(javascript|data|vbscript):/i.test(one.value)));
    const names = found.map(node => node.outerHTML.slice(0, 120));
    box.remove();
    return names;
}"""
"""Put what an address answers into the page, as the page's own scripts do; return the tags that could act."""
QUESTION_LIMIT = 300


def packed(limit=QUESTION_LIMIT, before=""):
    """All payloads, as many of them in one string as `limit` characters hold."""
    held = before
    for payload in PAYLOADS:
        if len(held) + len(payload) > limit and held != before:
            yield held
            held = before
        held += payload
    yield held


def terms_of(payloads):
    """Terms that hold the payloads as headings, clauses, defined terms, items and cells, and miss their bold."""
    lines = [f"# 条款{payloads[0]}", "", f"1. 定义{payloads[1]}", ""]
    for number, payload in enumerate(payloads, 1):
        flat = payload.replace("\n", " ")
        lines += [f"1.{number} 乙方对{flat}不承担任何责任，甲方应支付违约金。", ""]
        if number % 10 == 0:
            lines += [f"（1）简称“{flat}”；", "", f"| 甲 | {flat} |", "|---|---|", f"| {flat} | 乙 |", ""]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Serve terms made of payloads, raw and escaped, under names that are payloads too."""
    folder = tmp_path_factory.mktemp("injected")
    (folder / "a.md").write_text("1. 费用\n\n1.1 费用由客户支付。\n", encoding="utf-8")
    (folder / "raw<img src=x onerror=window.hacked=1>.md").write_text(terms_of(PAYLOADS), encoding="utf-8")
    (folder / "escaped'\"><svg onload=window.hacked=1>.md").write_text(
        terms_of([escape(payload) for payload in PAYLOADS]), encoding="utf-8"
    )
    with running_server([str(folder)], folder, {"CLAUSELIGHT_RATE_LIMIT": "0"}) as address:
        with urllib.request.urlopen(f"{address}/api/v1/documents") as answer:
            names = [row["doc_id"] for row in json.load(answer)]
        yield address, names


def unharmed(page):
    """Nothing ran, nothing covers the page, no tag that could act stands in it."""
    page.wait_for_timeout(100)
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    inside = ".gradio-container :is(script, iframe, object, embed, form, base, meta, link, math, video, audio)"
    assert page.locator(inside).count() == 0
    assert page.locator(".gradio-container [src^='x'], .gradio-container [src*='evil.example']").count() == 0


def call(address, path, body=None):
    """Send JSON or bytes to the server; return what it answers."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{address}{path}", data, headers)) as answer:
        return json.load(answer)


def test_there_are_payloads_enough():
    """At least a hundred, all different."""
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 100


def test_every_fragment_keeps_every_payload_as_words(served, visit):
    """Searches by words, section and document, terms, clauses around one, findings, slips, changes, in the page."""
    address, names = served
    page = visit(f"{address}/support", refusals=[404])
    page.on("dialog", lambda dialog: pytest.fail(f"a dialogue opened: {dialog.message}"))
    asked = [f"./pages/lookup?{urlencode({'q': payload})}" for payload in PAYLOADS]
    asked += [f"./pages/lookup?{urlencode({'q': '违约金', 'section': payload})}" for payload in PAYLOADS]
    for name in names:
        asked.append(f"./pages/lookup?{urlencode({'q': '违约金', 'doc': name})}")
        asked += [f"./pages/{part}?{urlencode({'doc': name})}" for part in ("terms", "review", "findings", "lint")]
        asked += [f"./pages/changes?{urlencode({'old': name, 'new': other})}" for other in names if other != name]
        asked += [f"./pages/around?{urlencode({'doc': name, 'clause': f'{name}#1.{n}'})}" for n in range(1, 100, 9)]
    asked.append("./pages/matrix")
    for one in asked:
        assert page.evaluate(FRAGMENT, one) == [], one
    unharmed(page)


def test_typed_words_stay_words(served, visit):
    """A customer asks all of them, one after the other; support types them."""
    address, names = served
    page = visit(f"{address}/?{urlencode({'doc': names[-1]})}")
    page.on("dialog", lambda dialog: pytest.fail(f"a dialogue opened: {dialog.message}"))
    for words in packed(before="乙方不承担责任吗？"):
        flat = words.replace("\n", " ").replace("\r", " ")
        with quiet(page):
            page.fill("#question textarea, #question input", flat)
            page.keyboard.press("Enter")
        expect(page.locator(".answer, .notice").first).to_be_visible()
    unharmed(page)
    page = visit(f"{address}/support")
    box = page.get_by_label("词语或条款号")
    for words in packed():
        box.fill(words.replace("\n", " "))
        page.wait_for_timeout(120)
    expect(page.locator(".found, .notice:not([hidden])").first).to_be_visible()
    page.keyboard.press("Escape")
    unharmed(page)


def test_links_stay_links(served, visit):
    """Question, document, clause and language of an address, on every page; addresses that do not exist."""
    address, names = served
    for number, words in enumerate(packed(limit=900)):
        path = ("", "support", "legal")[number % 3]
        given = {
            "q": words,
            "doc": words if number % 2 else names[0],
            "clause": words,
            "lang": words,
            "previous": words,
        }
        page = visit(f"{address}/{path}?{urlencode(given)}", refusals=[404])
        page.on("dialog", lambda dialog: pytest.fail(f"a dialogue opened: {dialog.message}"))
        unharmed(page)
    page = visit(address, refusals=[404])
    for payload in PAYLOADS:
        for place in ("receipts/", "reports/", "embed/must-read?doc=", "api/v1/documents/", ""):
            assert page.evaluate(FRAGMENT, f"./{place}{quote(payload, safe='')}") in ([], ["<body>"]), payload
    unharmed(page)


def test_a_review_of_hostile_terms(served, visit, tmp_path):
    """Uploaded under a payload's name, decided on with payloads as reason and name, compared, exported, reopened."""
    address, _ = served
    name = "x<img src=x onerror=window.hacked=1>.md"
    taken = call(address, f"/api/v1/documents?{urlencode({'name': name})}", terms_of(PAYLOADS).encode())
    doc = taken["doc_id"]
    findings = call(address, f"/api/v1/documents/{quote(doc, safe='')}/audit")["findings"]
    reasons = list(packed(limit=900))
    assert len(findings) > len(reasons)
    for finding, reason in zip(findings, reasons, strict=False):
        decision = {"clause_id": finding["clause_id"], "verdict": "dismiss", "reason": reason, "by": reason[:60]}
        call(address, f"/api/v1/documents/{quote(doc, safe='')}/decisions", decision)
    page = visit(f"{address}/legal?{urlencode({'doc': doc})}")
    page.on("dialog", lambda dialog: pytest.fail(f"a dialogue opened: {dialog.message}"))
    for part in ("review", "findings", "lint", "terms"):
        assert page.evaluate(FRAGMENT, f"./pages/{part}?{urlencode({'doc': doc})}") == []
    unharmed(page)
    for ending in (".html", ".md"):
        with urllib.request.urlopen(f"{address}/reports/{quote(doc, safe='')}-audit{ending}") as answer:
            (tmp_path / f"report{ending}").write_bytes(answer.read())
    page.goto((tmp_path / "report.html").as_uri())
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.locator("script, iframe, img, object, embed, form, base, svg, math").count() == 0


def test_a_receipt_holds_words(served, visit):
    """Questions and a name that are payloads, on the page that is printed."""
    address, names = served
    doc = names[0]
    began = call(address, f"/api/v1/readings?{urlencode({'doc': doc})}", b"")
    time.sleep(1.2)
    questions = [{"question": words, "at": 0.5} for words in packed()]
    shown = [{"clause_id": one, "at": 0, "seconds": 1.1} for one in began["must"]]
    asked = {"doc": doc, "token": began["token"], "clauses": shown, "questions": questions, "name": PAYLOADS[21]}
    receipt = call(address, "/api/v1/receipts", asked)
    page = visit(address)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialogue opened: {dialog.message}"))
    page.goto(f"{address}/receipts/{receipt['receipt_id']}")
    expect(page.locator("main")).to_contain_text(PAYLOADS[0])
    expect(page.locator("main")).to_contain_text(PAYLOADS[21])
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    assert page.locator("main :is(script, iframe, img, object, embed, form, svg, math, style)").count() == 0


def test_a_language_model_writes_words(visit, tmp_path_factory):
    """Replies that hold payloads beside a quote of the clause, and replies that are nothing but payloads."""
    place = Path(__file__).parents[1] / "app" / "qa" / "model" / "model_server.py"
    spec = importlib.util.spec_from_file_location("model_server", place)
    model = importlib.util.module_from_spec(spec)
    import sys  # noqa: PLC0415

    sys.modules["model_server"] = model  # dataclasses look their module up
    spec.loader.exec_module(model)
    folder = tmp_path_factory.mktemp("model")
    with model.serve(model.Script("")) as script:
        settings = {"CLAUSELIGHT_LLM_URL": script.url, "CLAUSELIGHT_LLM_MODEL": "tiny", "CLAUSELIGHT_RATE_LIMIT": "0"}
        with running_server(folder=folder, settings=settings) as address:
            page = visit(address)
            page.on("dialog", lambda dialog: pytest.fail(f"a dialogue opened: {dialog.message}"))
            said = "未经乙方书面同意，甲方不得将该产品出租、出借、销售、转让"  # true to the clause
            for number, words in enumerate(packed(limit=500), 1):
                script.reply = f"{said}。【weidianyun#7.2】\n{words}【weidianyun#7.2】\n"
                with quiet(page):
                    page.fill("#question textarea, #question input", "可以转让给第三人吗")
                    page.keyboard.press("Enter")
                    for _ in range(100):
                        page.wait_for_timeout(100)
                        if len(script.asked) == number:
                            break
                assert len(script.asked) == number
                expect(page.locator(".answer").first).to_contain_text("不得将该产品出租")
                unharmed(page)
            assert len(script.asked) > 5
            open_page(page, f"{address}/?q=能转让吗？")
            unharmed(page)
