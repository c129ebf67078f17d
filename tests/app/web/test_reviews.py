"""The legal page over HTTP: upload, reports, fixed terms, drafting check, comparison, matrix."""

from __future__ import annotations

import io
import re
from io import BytesIO

import docx
import pytest
from conftest import TERMS
from fastapi.testclient import TestClient
from markup import dangers, visible
from openpyxl import load_workbook

from app.engine import Engine
from app.settings import Settings
from app.web.server import build_app
from app.web.shelf import UPLOADS, Shelf


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reviews")
    (folder / "small.md").write_text(TERMS, encoding="utf-8")
    (folder / "other.md").write_text(TERMS.replace("**", "").replace("前言", "序言"), encoding="utf-8")
    settings = Settings(index_dir=folder / "index", upload_limit=1)
    return Engine.open([str(folder / "small.md"), str(folder / "other.md")], settings=settings)


@pytest.fixture(scope="module")
def client(engine):
    with TestClient(build_app(engine), base_url="http://127.0.0.1:7860") as running:
        yield running


def upload(client, data, name):
    return client.post("/api/v1/documents", params={"name": name}, content=data)


def word_file():
    document = docx.Document()
    document.add_paragraph("1.1 乙方对任何间接损失不承担责任。")
    document.add_paragraph("1.2 甲方逾期付款的，应支付违约金。")
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def test_an_uploaded_word_file_is_reviewed(client):
    """Coverage at once, then every part by its id; the collection does not know it."""
    answer = upload(client, word_file(), "合同.docx")
    told = answer.json()
    assert answer.status_code == 201
    assert told["title"] == "合同"
    assert told["must"] >= 1 > told["coverage"]
    doc = told["doc_id"]
    assert "突出显示覆盖率" in visible(client.get("/pages/review", params={"doc": doc}).text)
    assert "间接损失" in visible(client.get("/pages/terms", params={"doc": doc, "reviewer": True}).text)
    assert client.get(f"/api/v1/documents/{doc}/audit").json()["must"] == told["must"]
    assert doc not in client.get("/legal").text


def test_every_report_downloads_under_a_chinese_name(client):
    """Word, Excel, web page, Markdown; the name survives the header."""
    doc = upload(client, TERMS.encode(), "条款.md").json()["doc_id"]
    for ending, start in ((".docx", b"PK"), (".xlsx", b"PK"), (".html", b"<!DOCTYPE"), (".md", b"#")):
        answer = client.get(f"/reports/{doc}-audit{ending}")
        assert answer.content.startswith(start)
        assert "filename*=UTF-8''%E6%9D%A1%E6%AC%BE-%E6%A0%B8%E6%9F%A5" in answer.headers["content-disposition"]
    assert load_workbook(BytesIO(client.get(f"/reports/{doc}-audit.xlsx").content)).worksheets
    assert client.get(f"/reports/{doc}-audit.exe").status_code == 404


def test_the_fixed_terms_reach_full_coverage(client):
    """Download, upload again: nothing is missed any more."""
    first = upload(client, TERMS.encode(), "条款.md").json()
    fixed = client.get(f"/reports/{first['doc_id']}-fixed.md")
    again = upload(client, fixed.content, "条款.md").json()
    assert first["coverage"] < 1 == again["coverage"]


def test_a_word_file_gets_its_text_as_fixed_markdown(client):
    """Where the extracted text reads as the same clauses in Markdown; the copy misses nothing."""
    doc = upload(client, word_file(), "合同.docx").json()["doc_id"]
    assert f"{doc}-fixed.md" in client.get("/pages/review", params={"doc": doc}).text
    again = upload(client, client.get(f"/reports/{doc}-fixed.md").content, "合同.md").json()
    assert again["coverage"] == 1


@pytest.mark.parametrize(
    ("data", "name", "status"),
    [
        (b"\x00\x01" * 50, "a.docx", 422),
        (b"MZ\x90\x00\x03\x00" * 40, "a.exe", 422),
        (b"", "a.md", 422),
        (b"x" * 1_000_001, "a.md", 413),
    ],
    ids=["broken", "other format", "empty", "too large"],
)
def test_a_wrong_file_is_refused_in_one_chinese_line(client, data, name, status):
    """With what to do."""
    answer = upload(client, data, name)
    assert answer.status_code == status
    assert re.search(r"[\u4e00-\u9fff]", answer.json()["detail"])
    assert "\n" not in answer.json()["detail"]


def test_a_file_name_is_words(client):
    """In the review, in the terms, in the header."""
    doc = upload(client, TERMS.encode(), "<img src=x onerror=alert(1)>\r\nset-cookie: a=b.md").json()["doc_id"]
    for path in ("review", "terms"):
        assert dangers(client.get(f"/pages/{path}", params={"doc": doc}).text) == []
    assert "set-cookie" not in client.get(f"/reports/{doc}-audit.md").headers


def test_the_oldest_upload_gives_way(engine):
    """Memory is bounded."""
    shelf = Shelf(engine)
    first = shelf.take(b"1.1 \xe7\x94\xb2", name="a.md").doc_id
    for _ in range(UPLOADS):
        shelf.take(b"1.1 \xe7\x94\xb2", name="a.md")
    assert first not in shelf._uploads
    assert first not in shelf._reports
    assert len(shelf._uploads) == UPLOADS


def test_two_versions_stand_side_by_side(client):
    """What was added is marked in the new one, what was removed in the old one."""
    old = upload(client, "1.1 费用为一万元。\n\n1.2 另有约定。".encode(), "旧.md").json()["doc_id"]
    new = upload(client, "1.1 费用为两万元。\n\n1.3 新增一条。".encode(), "新.md").json()["doc_id"]
    html = client.get("/pages/changes", params={"old": old, "new": new}).text
    assert re.findall("<del>([^<]+)", html)[0] == "一万元"
    assert re.findall("<ins>([^<]+)", html)[0] == "两万元"
    assert client.get("/reports/changes.html", params={"old": old, "new": new}).text.startswith("<!DOCTYPE")
    told = client.get("/reports/notice.html", params={"old": old, "new": new}).text
    assert "新：这次改了什么" in told
    assert client.get("/reports/notice.pdf", params={"old": old, "new": new}).status_code == 404
    same = client.get("/pages/changes", params={"old": old, "new": old}).text
    assert "没有差别" in visible(same)


def test_the_drafting_check_is_listed(client):
    """Grade, place, what is wrong, what to do."""
    doc = upload(client, "1.1 按第9.9条执行。\n\n1.1 又一条。".encode(), "稿.md").json()["doc_id"]
    html = client.get("/pages/lint", params={"doc": doc}).text
    assert "9.9" in visible(html)
    assert client.get(f"/api/v1/documents/{doc}/lint").json()["findings"]


def test_the_matrix_shows_who_prints_the_clause_and_who_does_not(client):
    """The same clause bold in one document and plain in the other."""
    html = visible(client.get("/pages/matrix").text)
    assert "2 份文件" in html
    assert "不一致" in html
    assert load_workbook(BytesIO(client.get("/reports/matrix.xlsx").content)).worksheets[0]["A1"].value == "条款"


def decide(client, doc, clause, verdict, **more):
    return client.post(f"/api/v1/documents/{doc}/decisions", json={"clause_id": clause, "verdict": verdict, **more})


def test_a_decision_changes_the_page_and_the_reports(client):
    """On an upload: figure, row, JSON, Markdown report, mended copy; taken back, all is as before."""
    doc = upload(client, TERMS.encode(), "条款.md").json()["doc_id"]
    before = client.get(f"/api/v1/documents/{doc}/audit").json()
    clause = next(one["clause_id"] for one in before["findings"] if one["label"] == "2.2")
    told = decide(client, doc, clause, "dismiss", reason="线下另签", by="李律师").json()
    assert told["must"] == before["must"] - 1
    assert [(one["clause_id"], one["by"], one["outdated"]) for one in told["decisions"]] == [(clause, "李律师", False)]
    assert "：线下另签" in visible(client.get("/pages/findings", params={"doc": doc}).text)
    assert f"{told['must']} 条应当突出" in visible(client.get("/pages/review", params={"doc": doc}).text)
    assert "线下另签" in client.get(f"/reports/{doc}-audit.md").text
    terms = client.get("/pages/terms", params={"doc": doc, "reviewer": True}).text
    assert terms.count("clause--missed") == told["must"] - told["emphasised"]
    assert "**一万元。**" not in client.get(f"/reports/{doc}-fixed.md").text
    assert client.get(f"/reports/{doc}.json").json()["must"] == told["must"]
    assert decide(client, doc, clause, "withdraw").json()["decisions"] == []
    assert client.get(f"/api/v1/documents/{doc}/audit").json() == before


def test_a_file_of_decisions_goes_out_and_comes_in(client):
    """Taken from one upload to its next version, where the clause has another number; a reworded one is outdated."""
    doc = upload(client, TERMS.encode(), "条款.md").json()["doc_id"]
    clause = f"{doc}#2.2"
    decide(client, doc, clause, "dismiss", reason="线下另签")
    kept = client.get(f"/reports/{doc}.review.toml").content
    for words, outdated in ((TERMS.replace("2.2 甲方", "2.9 甲方"), False), (TERMS.replace("一万元", "两万元"), True)):
        later = upload(client, words.encode(), "条款.md").json()["doc_id"]
        (made,) = client.put(f"/api/v1/documents/{later}/decisions", content=kept).json()["decisions"]
        assert made["outdated"] is outdated
        shown = visible(client.get("/pages/findings", params={"doc": later}).text)
        assert ("1 个决定已失效" in shown) is outdated
    assert client.put(f"/api/v1/documents/{doc}/decisions", content=b"= =").status_code == 422


def test_decisions_on_the_collection_last(client, engine):
    """They lie in the collection's folder, where the command line finds them, and never reach the customer's list."""
    must = visible(client.get("/").text)
    decide(client, "small", "small#2.2", "dismiss", reason="线下另签", by="李律师")
    path = engine.settings.index_dir / "decisions" / "small.review.toml"
    assert "线下另签" in path.read_text("utf-8")
    assert visible(client.get("/").text) == must
    assert Shelf(engine).decided("small").dismissed == ("small#2.2",)
    decide(client, "small", "small#2.2", "withdraw")


@pytest.mark.parametrize(
    ("clause", "verdict", "status"),
    [
        ("small#2.2", "dismiss", 422),
        ("small#9", "accept", 422),
        ("small#2.2", "withdraw", 422),
        ("small#2.2", "x", 422),
    ],
)
def test_what_cannot_be_decided_is_told_in_chinese(client, clause, verdict, status):
    """No reason, no such clause, nothing to take back, no such verdict."""
    answer = decide(client, "small", clause, verdict)
    assert answer.status_code == status
    assert re.search(r"[\u4e00-\u9fff]", answer.json()["detail"])


def test_the_fixed_word_file_of_a_word_upload_is_that_file(client):
    """Downloaded under a Chinese name; what a lawyer dismissed stays plain; uploaded again, nothing is missed."""
    doc = upload(client, word_file(), "合同.docx").json()["doc_id"]
    decide(client, doc, f"{doc}#1.2", "dismiss", reason="线下另签")
    answer = client.get(f"/reports/{doc}-fixed.docx")
    assert "%E5%90%88%E5%90%8C-%E5%8A%A0%E7%B2%97.docx" in answer.headers["content-disposition"]
    bold = [[run.bold for run in paragraph.runs] for paragraph in docx.Document(BytesIO(answer.content)).paragraphs]
    assert bold == [[True], [None]]
    assert upload(client, answer.content, "合同.docx").json()["emphasised"] == 1


def test_terms_of_the_collection_can_be_had_as_fixed_word(client):
    """Written from their clauses."""
    again = upload(client, client.get("/reports/small-fixed.docx").content, "again.docx").json()
    assert again["coverage"] == 1
    assert client.get("/reports/none-fixed.docx").status_code == 404


def test_originals_are_bounded(engine, monkeypatch):
    """The oldest bytes give way; its terms are then written anew."""
    monkeypatch.setattr("app.web.shelf.ORIGINALS", len(word_file()) + 100)
    shelf = Shelf(engine)
    first, second = (shelf.take(word_file(), name="合同.docx").doc_id for _ in range(2))
    assert list(shelf._originals) == [second]
    assert not shelf.fixed_word(first).in_place
    assert shelf.fixed_word(second).in_place
