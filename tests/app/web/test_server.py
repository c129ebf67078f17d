"""The app as browsers and programs meet it, over the real engine and the terms that ship."""

from __future__ import annotations

import logging
import re
import socket
import time
from io import BytesIO

import gradio as gr
import pytest
from conftest import TERMS
from fastapi.testclient import TestClient
from markup import dangers, read, visible
from openpyxl import load_workbook

from app.contract import audit_json
from app.engine import Engine
from app.settings import Settings
from app.web.api import lookup
from app.web.errors import ServeRefused
from app.web.lookup import Lookup
from app.web.pages import customer, legal
from app.web.pages.customer import Talk
from app.web.pages.frame import render_refused
from app.web.server import build_app, serve
from app.web.shelf import QUESTION_LIMIT, Shelf, tidy


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("web")
    (folder / "terms").mkdir()
    (folder / "terms" / "small.md").write_text(TERMS, encoding="utf-8")
    settings = Settings(index_dir=folder / "index")
    return Engine.open(["weidianyun", str(folder / "terms" / "small.md")], settings=settings)


@pytest.fixture(scope="module")
def shelf(engine):
    return Shelf(engine)


@pytest.fixture(scope="module")
def client(engine):
    with TestClient(build_app(engine), base_url="http://127.0.0.1:7860") as running:
        yield running


def last(steps) -> str:
    return str(list(steps)[-1])


def ask(shelf, words, doc_id):
    """Give the steps of a first question, as the page shows them."""
    for shown, _ in customer.answer_first(shelf, words, doc_id):
        yield shown


def find(shelf, words, doc_id):
    """Give what a look-up shows."""
    yield lookup.search(shelf, Lookup(tidy(words), (doc_id,)))


@pytest.mark.parametrize("path", ["/", "/support", "/legal"])
def test_pages_are_served_whole(client, path):
    """Chinese, without a word of other servers, with a policy that fits their scripts."""
    page = client.get(path)
    assert page.status_code == 200
    assert 'lang="zh-CN"' in page.text
    assert 'href="./web/style.css"' in page.text
    hosts = set(re.findall(r'(?:src|href|content)="(https?://[^/"]+)', page.text))
    assert hosts == set()
    inline = len(re.findall(r"<script(?![^>]*\ssrc=)", page.text))
    assert page.headers["content-security-policy"].count("sha256-") == inline


@pytest.mark.parametrize("path", ["/web/style.css", "/web/clauselight.js", "/web/mark.svg"])
def test_the_pages_own_files_are_served(client, path):
    """With a type that `nosniff` accepts, and naming no other server."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert re.match(r"text/css|(text|application)/javascript|image/svg", answer.headers["content-type"])
    assert set(re.findall(r"https?://[\w.]+", answer.text)) <= {"http://www.w3.org"}


@pytest.mark.parametrize(
    "path", ["/gradio_api/upload", "/gradio_api/openapi.json", "/gradio_api/dev/reload", "/monitoring", "/docs"]
)
def test_what_no_page_uses_is_not_there(client, path):
    """Uploads, endless streams and tooling are refused."""
    assert client.get(path).status_code == 404
    assert client.post(path, files={"files": b"x"}).status_code in {404, 405}


def test_only_named_endpoints_are_public(client):
    """The pages' listeners are theirs alone."""
    told = client.get("/gradio_api/info").json()
    assert set(told["named_endpoints"]) == {"/ask", "/search", "/audit", "/diff"}
    assert told["unnamed_endpoints"] == {}


def test_health(client):
    """A monitor learns that it runs, and how many documents are open."""
    assert client.get("/healthz").json() == {"status": "ok", "documents": 2}


def test_the_report_file_is_the_review(client, engine):
    """The same counts as the engine's own, as an attachment."""
    answer = client.get("/reports/weidianyun.json")
    report = engine.audit("weidianyun")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.json() == audit_json(report)
    assert client.get("/reports/..%2F..%2Fpasswd.json").status_code == 404
    assert client.get("/reports/other.json").status_code == 404


def test_asking_says_first_that_it_looks(shelf):
    """Then answers with a clause of the chosen document."""
    first, *_, answered = (step for step, _ in customer.converse(shelf, " 违约金\n多少？ ", "small", Talk()))
    assert "正在查找" in visible(first)
    assert "第2.2条" in visible(answered)
    assert 'data-question="违约金 多少？"' in answered
    assert "weidianyun#" not in answered


@pytest.mark.parametrize(("handler", "line"), [(ask, customer.EMPTY), (find, "")], ids=["ask", "search"])
def test_nothing_typed(shelf, handler, line):
    """A friendly line, and the engine is left alone."""
    assert [visible(step) for step in handler(shelf, " \n ", "small")] == [line]


@pytest.mark.parametrize(
    ("handler", "line"),
    [(ask, customer.TOO_LONG), (find, lookup.TOO_LONG)],
    ids=["ask", "search"],
)
def test_too_much_typed(shelf, handler, line):
    """The box stops people; whoever goes past the box gets the line."""
    assert [visible(step) for step in handler(shelf, "问" * (QUESTION_LIMIT + 1), "small")] == [
        line.format(limit=QUESTION_LIMIT)
    ]


@pytest.mark.parametrize(("handler", "line"), [(ask, customer.FAILED), (find, lookup.FAILED)], ids=["ask", "search"])
def test_a_failure_is_one_clear_line(shelf, handler, line, monkeypatch, caplog):
    """The traceback goes to the log, not to the page."""
    monkeypatch.setattr(shelf, "engine", None)
    with caplog.at_level(logging.ERROR):
        shown = last(handler(shelf, "违约金", "small"))
    assert visible(shown) == line
    assert "Traceback" not in shown
    assert "AttributeError" in caplog.text


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "ﷺ" * 60, "\ud800", "\0"]
)
def test_strange_words_are_answered_or_refused(shelf, words):
    """Nothing that can be typed or sent breaks a page or becomes a tag."""
    for handler in (ask, find):
        assert dangers(last(handler(shelf, words, "small")).encode("utf-8", "replace").decode()) == []


def test_an_unknown_document_opens_the_first(shelf):
    """A wrong name in an address is no error."""
    assert shelf.known("nonsense") == shelf.known(None) == "weidianyun"
    assert "weidianyun#13.5" in last(find(shelf, "13.5", "nonsense"))


def test_changing_the_document_changes_everything_of_it(shelf):
    """List and terms are the other document's, the old answer is gone."""
    chips, required, terms, answers, talk = customer.change_document(shelf, "small")
    assert {a["data-doc"] for _, a in read(terms).tags if "data-doc" in a} == {"small"}
    assert all(a["data-must"].startswith("small#") for _, a in read(required).tags if "data-must" in a)
    assert answers == ""
    assert talk == Talk()
    assert visible(chips) != visible(customer.render_chips(shelf, "weidianyun"))


def test_filters_ignore_what_is_no_category(shelf):
    """An invented category from an altered request shows everything."""
    assert legal.show_rows(shelf, "small", ["nonsense"], missed_only=False) == legal.show_rows(
        shelf, "small", [], missed_only=False
    )


def test_the_suggestions_are_answered_by_the_document_but_the_last(shelf):
    """Drawn from the document: each has its own clause; the last shows what happens when the terms are silent."""
    questions = shelf.suggestions("weidianyun")
    answers = [shelf.engine.ask(question, doc_ids=("weidianyun",)) for question in questions]
    assert [answer.status for answer in answers] == ["answered"] * 4 + ["not_found"]
    assert len({answer.citations[0].clause_id for answer in answers[:4]}) == 4
    assert shelf.suggestions("small") != questions


def test_a_follow_up_keeps_the_topic(shelf):
    """那违约金呢？ after 欠费 is about both; the page says so, offers it alone, and folds the first answer beneath."""
    *_, (first, talk) = customer.converse(shelf, "欠费会怎样？", "weidianyun", Talk())
    *_, (second, after) = customer.converse(shelf, "那违约金呢？", "weidianyun", talk)
    assert "接着“欠费会怎样？”，按“欠费，违约金”查找。" in visible(second)
    assert 'data-ask="违约金"' in second
    assert 'data-cited="weidianyun#4.4"' in second
    assert second.endswith(f"<summary>之前的 1 个问题</summary>{first}</details>")
    assert after.topic == "欠费会怎样？"
    assert len(after.answers) == 2


def test_an_example_is_read_from_its_event():
    """What the chip's script sends, and nothing else."""
    assert customer.example_of(gr.EventData(None, {"question": " 费用谁付？ "})) == "费用谁付？"
    assert customer.example_of(gr.EventData(None, "nonsense")) == ""


def test_files_that_could_not_be_read_are_named(tmp_path):
    """One wrong file does not spoil the rest, and the lawyer learns which it was; its name is words."""
    (tmp_path / "good.md").write_text(TERMS, encoding="utf-8")
    (tmp_path / "<img src=x onerror=alert(1)>.md").write_bytes(b"\x00\x01\x02" * 50)
    shelf = Shelf(Engine.open([str(tmp_path)], settings=Settings(index_dir=tmp_path / "index")))
    notice = render_refused(shelf)
    assert "有 1 份文件没能读取" in visible(notice)
    assert "<img src=x onerror=alert(1)>.md" in visible(notice)
    assert dangers(notice) == []


def test_tidy():
    """One line, no spaces at the ends."""
    assert tidy("  a\n b\t") == "a b"
    assert tidy(None) == ""


def test_an_address_in_use_is_refused_before_the_model_is_loaded(tmp_path):
    """One Chinese line with the cure."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeRefused, match=f"无法在 127.0.0.1:{port} 上监听.*--port {port + 1}"):
            serve(Settings(host="127.0.0.1", port=port, index_dir=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_filters_leave_out_what_they_should(client, engine):
    """By section, category, print and document; an invented category is told, an invented document passed over."""
    everything = client.get("/pages/lookup", params={"q": "责任"}).text
    assert 'data-cited="small#2.1"' in everything
    assert 'data-cited="weidianyun#' in everything
    (category, *_) = next(one for one in engine.audit("small").findings if one.clause_id == "small#2.1").categories
    asked = {"q": "责任", "doc": ["small"], "category": category.value, "emphasis": "full"}
    assert re.findall('data-cited="([^"]+)"', client.get("/pages/lookup", params=asked).text) == ["small#2.1"]
    section = client.get("/pages/lookup", params={"q": "甲方", "doc": "small", "section": "1. 定义"}).text
    assert set(re.findall('data-cited="([^"]+)"', section)) <= {"small#1.1", "small#1.2"}
    assert client.get("/pages/lookup", params={"q": "甲方", "category": "nonsense"}).status_code == 422
    assert client.get("/pages/lookup", params={"q": "甲方", "doc": "nonsense"}).text.count("data-cited") > 0
    assert client.get("/pages/lookup", params={"q": " "}).text == ""


def test_a_look_up_of_one_document_takes_less_than_a_tenth_of_a_second(client):
    """Over HTTP, the middle of eleven."""
    took = []
    for words in ("违约金", "送达", "13.5", "单方解除", "费用", "知识产权", "保密", "终止", "管辖", "通知", "数据"):
        began = time.perf_counter()
        assert client.get("/pages/lookup", params={"q": words, "doc": "weidianyun"}).status_code == 200
        took.append(time.perf_counter() - began)
    assert sorted(took)[5] < 0.1


def test_questions_in_bulk_come_back_as_a_sheet(client):
    """A row a question, in order; words that look like a formula stay words."""
    questions = ["违约金多少？", "=1+1", "能退款吗？"]
    answer = client.post("/api/v1/batch", json={"questions": questions, "doc": ["weidianyun"]})
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == questions
    assert sheet["A3"].data_type == "s"
    assert rows[0][1] == "已找到"
    assert rows[0][2] == "京东云-微电云服务条款"
    assert rows[2][1] == "条款未约定"
    assert rows[2][4].startswith("（最接近）")
    assert client.post("/api/v1/batch", json={"questions": []}).status_code == 422


def test_terms_and_surroundings_of_a_clause_are_served(client):
    """For the pages' scripts; what does not exist is told."""
    assert 'data-doc="small"' in client.get("/pages/terms", params={"doc": "small"}).text
    assert client.get("/pages/terms", params={"doc": "none"}).status_code == 404
    assert "前一条" in client.get("/pages/around", params={"doc": "small", "clause": "small#2.2"}).text
    assert client.get("/pages/around", params={"doc": "small", "clause": "small#9"}).status_code == 404
