"""Readings and receipts over HTTP: what was not on the screen gets no signature."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from conftest import TERMS
from fastapi.testclient import TestClient
from markup import dangers, visible

from app.engine import Engine
from app.receipt import is_genuine
from app.settings import Settings
from app.web.reading import Reading, ReadingRefused, Shown, begin, beginning, issue, must_ids
from app.web.server import build_app

KEY = bytes(32)
BEGAN = datetime(2026, 1, 31, 8, 0, tzinfo=UTC)
LATER = BEGAN + timedelta(minutes=5)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("receipts")
    (folder / "small.md").write_text(TERMS, encoding="utf-8")
    return Engine.open([str(folder / "small.md")], settings=Settings(index_dir=folder / "index"))


@pytest.fixture(scope="module")
def client(engine):
    with TestClient(build_app(engine), base_url="http://127.0.0.1:7860") as running:
        yield running


def shown(report, at=10.0, seconds=3.0):
    return tuple(Shown(clause_id, at, seconds) for clause_id in must_ids(report))


def test_a_receipt_says_what_was_shown_and_when(document, report):
    """Times are the server's: the beginning it signed and the seconds since."""
    receipt = issue(document, report, Reading(BEGAN, shown(report), name="张三"), key=KEY, now=LATER)
    assert is_genuine(receipt, KEY)
    assert receipt["document"]["sha256"] == document.sha256
    assert {row["clause_id"] for row in receipt["clauses"]} == set(must_ids(report))
    assert {row["shown_at"] for row in receipt["clauses"]} == {"2026-01-31T08:00:10Z"}
    assert (receipt["opened_at"], receipt["issued_at"]) == ("2026-01-31T08:00:00Z", "2026-01-31T08:05:00Z")


def test_a_receipt_holds_no_name_that_was_not_typed(document, report):
    """Nothing personal else: no address, no browser."""
    receipt = issue(document, report, Reading(BEGAN, shown(report)), key=KEY, now=LATER)
    assert receipt["name"] == ""
    assert set(receipt) == {
        "format", "receipt_id", "document", "opened_at", "issued_at", "clauses", "questions", "name", "key_id",
        "signature",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("at", "seconds"),
    [(10, 0.5), (400, 3), (-1, 3), (10, 400)],
    ids=["too briefly", "in the future", "before the beginning", "longer than the reading"],
)
def test_what_cannot_have_been_shown_is_refused(document, report, at, seconds):
    """The clauses are named."""
    with pytest.raises(ReadingRefused, match=r"还有 \d 条必读条款没有在屏幕上显示过（第2"):
        issue(document, report, Reading(BEGAN, shown(report, at, seconds)), key=KEY, now=LATER)


def test_one_clause_missing_is_one_too_many(document, report):
    """All of them or no receipt."""
    with pytest.raises(ReadingRefused, match="还有 1 条"):
        issue(document, report, Reading(BEGAN, shown(report)[1:]), key=KEY, now=LATER)


def test_the_beginning_cannot_be_moved(document, hostile):
    """Another key, another document, other words: refused."""
    token = begin(document, KEY, now=BEGAN)
    assert beginning(token, document, KEY) == BEGAN
    for wrong in ("", "x.y", f"A{token}", token[:-1], f"{token}é"):
        with pytest.raises(ReadingRefused, match="签名不符"):
            beginning(wrong, document, KEY)
    with pytest.raises(ReadingRefused, match="换了版本"):
        beginning(token, hostile, KEY)


def read_through(client, engine, name="", at=0.0, seconds=1.0):
    begun = client.post("/api/v1/readings", params={"doc": "small"}).json()
    assert set(begun["must"]) == set(must_ids(engine.audit("small")))
    clauses = [{"clause_id": clause_id, "at": at, "seconds": seconds} for clause_id in begun["must"]]
    questions = [{"question": " 违约金\n多少？", "at": 0.1, "clause_ids": ["small#2.2", "small#nonsense"]}]
    request = {"doc": "small", "token": begun["token"], "clauses": clauses, "questions": questions, "name": name}
    return client.post("/api/v1/receipts", json=request)


def test_the_whole_way(client, engine):
    """Begin, issue, verify, show, download."""
    answer = read_through(client, engine)
    receipt = answer.json()
    assert answer.status_code == 201
    assert receipt["questions"][0]["question"] == "违约金 多少？"
    assert receipt["questions"][0]["clause_ids"] == ["small#2.2"]
    assert client.post("/api/v1/receipts/verify", json=receipt).json() == {"genuine": True}
    assert client.post("/api/v1/receipts/verify", json=receipt | {"name": "x"}).json() == {"genuine": False}
    page = client.get(f"/receipts/{receipt['receipt_id']}")
    assert receipt["signature"] in visible(page.text)
    assert "第2.2条" in visible(page.text)
    assert "script-src 'self'" in page.headers["content-security-policy"]
    kept = client.get(f"/receipts/{receipt['receipt_id']}.json")
    assert kept.json() == receipt
    assert kept.headers["content-disposition"].startswith("attachment")


def test_a_name_is_words(client, engine):
    """What a reader types runs nowhere."""
    receipt = read_through(client, engine, name="<script>alert(1)</script>").json()
    page = client.get(f"/receipts/{receipt['receipt_id']}").text
    assert "<script>alert(1)</script>" in visible(page)
    assert set(dangers(page)) <= {"meta", "link", "script"}
    assert re.findall(r"<script(?![^>]* src=)", page) == []


def test_what_is_wrong_is_told_in_chinese(client, engine):
    """An unread clause 409, an unknown document 404, a wrong field 422, a lost receipt 404."""
    assert read_through(client, engine, seconds=0.1).status_code == 409
    assert client.post("/api/v1/readings", params={"doc": "none"}).json()["detail"].startswith("没有这份条款")
    wrong = client.post("/api/v1/receipts", json={"doc": "small", "token": "x", "clauses": "y"})
    assert (wrong.status_code, wrong.json()["detail"]) == (422, "请求中的 clauses 不对，请对照接口说明改正。")
    assert client.get("/receipts/0000").status_code == 404
