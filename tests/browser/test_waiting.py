"""How long people wait: for the first page, for results as they type, for an answer. Reported, never asserted."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time

from playwright.sync_api import expect

from .chromium import ROOT, WAIT

KEY_TO_RESULT = """
async words => {
  const box = document.querySelector("#query-words");
  const began = performance.now();
  box.value = words;
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  while (document.querySelector(".found")?.dataset.query !== words) await new Promise(requestAnimationFrame);
  return performance.now() - began;
}
"""


def middle(values):
    return sorted(values)[len(values) // 2]


def test_from_the_last_key_to_the_first_result(address, visit, record_property):
    """Debounce, request, drawing."""
    page = visit(f"{address}/support")
    page.get_by_label("词语或条款号").fill("送达")
    expect(page.locator(".found")).to_have_attribute("data-query", "送达")
    took = [page.evaluate(KEY_TO_RESULT, words) for words in ("违约金", "保密", "终止", "费用", "数据")]
    expect(page.locator(".result").first).to_be_visible()
    record_property("from the last key to the first result, median of 5, ms", round(middle(took)))


def test_from_the_question_to_its_answer(address, visit, record_property):
    """Enter, the queue, the answer drawn and its clause marked."""
    page = visit(address)
    took = []
    for question in ("谁付费？", "可以转让给别人吗？", "欠费会怎样？", "去哪个法院起诉？", "违约金是多少？"):
        page.fill("#question textarea, #question input", question)
        began = time.perf_counter()
        page.keyboard.press("Enter")
        expect(page.locator("#answers .answer-question").first).to_have_text(question)
        expect(page.locator(".clause.is-target")).to_have_count(1)
        took.append(time.perf_counter() - began)
    record_property("from the question to its answer, median of 5, ms", round(1000 * middle(took)))


def test_from_the_announced_address_to_a_page_in_use(browser, tmp_path, record_property):
    """`clauselight serve` prints its address; then a person opens it and can type."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = os.environ | {"CLAUSELIGHT_INDEX_DIR": str(tmp_path / "index"), "PYTHONUNBUFFERED": "1"}
    build = [sys.executable, "-m", "app.cli", "index", "build"]
    subprocess.run(build, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=300)
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            assert server.stdout is not None
            address = next(found[0] for line in server.stdout if (found := re.search(r"http://[\d.]+:\d+", line)))
            announced = time.perf_counter()
            page = browser.new_page(locale="zh-CN")
            page.goto(address, timeout=WAIT)
            expect(page.locator("#question :is(input, textarea)")).to_be_editable()
            expect(page.locator(".terms .clause").first).to_be_visible()
            usable = time.perf_counter()
            page.close()
        finally:
            server.terminate()
    record_property("from the start to the announced address, s", round(announced - began, 1))
    record_property("from the announced address to a page in use, s", round(usable - announced, 1))
