"""What the server counts and writes down: everything that is done, and no word that a person wrote."""

from __future__ import annotations

import json
import logging
import re

import pytest
from conftest import TERMS
from fastapi.testclient import TestClient

from app.engine import Engine
from app.settings import Settings
from app.stages import Run
from app.web.logs import JsonLines, log_request, log_run
from app.web.metrics import PAGES, PLACES, place_of
from app.web.server import build_app

QUESTION = "甲方违约要付多少违约金"


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("metrics")
    (folder / "small.md").write_text(TERMS, encoding="utf-8")
    return Engine.open([str(folder / "small.md")], settings=Settings(index_dir=folder / "index"))


@pytest.fixture(scope="module")
def client(engine):
    with TestClient(build_app(engine), base_url="http://127.0.0.1:7860") as running:
        yield running


@pytest.fixture
def lines(monkeypatch):
    """Everything that is logged during a test, as it is written."""
    written: list[dict] = []

    class Keep(logging.Handler):
        def emit(self, record):
            written.append(json.loads(JsonLines().format(record)))

    logger = logging.getLogger("clauselight")
    monkeypatch.setattr(logger, "handlers", [Keep()])
    monkeypatch.setattr(logger, "level", logging.INFO)
    logger.manager._clear_cache()
    return written


def counted(client) -> dict[str, float]:
    """Read the counters as Prometheus does."""
    reply = client.get("/metrics")
    assert reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    rows = re.findall(r"^(clauselight_\w+(?:\{[^}]*\})?) (\S+)$", reply.text, re.MULTILINE)
    return {name: float(value) for name, value in rows}


def test_ready_is_who_has_opened_what_a_question_needs(client, engine) -> None:
    """Alive from the start, ready when the first answer would not wait for the model."""
    vars(engine).pop("reranker", None)
    assert client.get("/healthz").status_code == 200
    first = client.get("/readyz")
    assert (first.status_code, first.json()) == (503, {"status": "starting"})
    assert client.get("/api/v1/ask", params={"q": QUESTION}).status_code == 200
    second = client.get("/readyz")
    assert (second.status_code, second.json()) == (200, {"status": "ready"})


def test_questions_refusals_stages_and_requests_are_counted(client) -> None:
    before = counted(client)
    client.get("/api/v1/ask", params={"q": QUESTION})
    client.get("/api/v1/ask", params={"q": "今天天气怎么样"})
    client.get("/nowhere/at/all")
    after = counted(client)

    def more(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert more('clauselight_operations_total{operation="ask",outcome="answered"}') == 1
    assert more('clauselight_operations_total{operation="ask",outcome="not_found"}') == 1
    assert more('clauselight_operation_seconds_count{operation="ask"}') == 2
    assert more('clauselight_stage_seconds_count{operation="ask",stage="re-rank"}') == 1
    assert more('clauselight_requests_total{place="/api/v1/",status="200"}') == 2
    assert more('clauselight_requests_total{place="other",status="404"}') == 1
    assert after['clauselight_cache_total{cache="reranker_states",result="hit"}'] > 0
    assert after["clauselight_documents"] == 1
    assert after["clauselight_clauses"] > 3
    assert after["clauselight_queue_waiting"] == 0
    assert after["clauselight_requests_in_progress"] == 1


def test_nothing_that_a_person_wrote_is_counted_or_written_down(client, lines) -> None:
    secret = "张三的密码是不是八位数"
    client.get("/api/v1/ask", params={"q": secret})
    client.get(f"/?q={secret}&doc={secret}")
    client.get(f"/{secret}")
    assert secret not in client.get("/metrics").text
    assert {line["event"] for line in lines} == {"ask", "request"}
    assert "张三" not in json.dumps(lines, ensure_ascii=False)
    assert "%E5%BC%A0" not in json.dumps(lines)


def test_a_line_says_how_a_question_went(lines) -> None:
    log_run(Run("ask", {"search": 0.01234}, 0.05, "answered"))
    time = lines[0].pop("time")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", time)
    assert lines == [
        {"level": "info", "event": "ask", "outcome": "answered", "seconds": 0.05, "stages": {"search": 0.0123}}
    ]


def test_a_failure_is_written_down_with_its_traceback(lines) -> None:
    try:
        {}["gone"]
    except KeyError:
        logging.getLogger("clauselight.web").exception("asking failed")
    assert (lines[0]["level"], lines[0]["event"]) == ("error", "asking failed")
    assert lines[0]["error"].endswith("KeyError: 'gone'\n")


def test_what_machines_ask_every_second_is_written_down_only_when_it_fails(lines) -> None:
    log_request("GET", "/healthz", 200, 0.001)
    log_request("GET", "/healthz", 500, 0.001)
    log_request("GET", "/support", 200, 0.001)
    assert [(line["place"], line["status"], line["level"]) for line in lines] == [
        ("/healthz", 500, "error"),
        ("/support", 200, "info"),
    ]


def test_places_are_a_fixed_list() -> None:
    assert place_of("/api/v1/ask") == "/api/v1/"
    assert place_of("/legal") == "/legal"
    assert {place_of(path) for path in ("/违约金", "//", "/legal/x", "")} == {"other"}
    assert len({*PAGES, *PLACES}) == len(PAGES) + len(PLACES)
