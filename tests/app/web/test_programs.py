"""What programs use: REST with its description, MCP with a real client, the list in a frame, foreign requests."""

from __future__ import annotations

import asyncio
import json

import pytest
from conftest import TERMS
from fastapi.testclient import TestClient
from gradio_client import Client as GradioClient
from gradio_client.exceptions import AppError
from listening import listening
from markup import visible
from mcp import Client

from app.contract import answer_json, audit_json
from app.engine import Engine
from app.settings import Settings
from app.web.endpoints import EXAMPLE, NAMES
from app.web.server import build_app


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("programs")
    (folder / "small.md").write_text(TERMS, encoding="utf-8")
    settings = Settings(index_dir=folder / "index", embed_origins="https://shop.example http://127.0.0.1:8080")
    return Engine.open([str(folder / "small.md")], settings=settings)


@pytest.fixture(scope="module")
def client(engine):
    with TestClient(build_app(engine), base_url="http://127.0.0.1:7860") as running:
        yield running


@pytest.fixture(scope="module")
def served(engine):
    with listening(build_app(engine)) as address:
        yield address


def test_every_address_is_described(client):
    """OpenAPI names and describes every address of `/api/`, and the page shows them all."""
    schema = client.get("/api/v1/openapi.json").json()
    assert {path for path in schema["paths"] if path.startswith("/api/")} >= {
        "/api/v1/ask", "/api/v1/search", "/api/v1/documents", "/api/v1/documents/{doc_id}/audit", "/api/v1/diff",
    }  # fmt: skip
    operations = [operation for methods in schema["paths"].values() for operation in methods.values()]
    assert all(operation["summary"] and operation["description"] for operation in operations if "tags" in operation)
    page = visible(client.get("/api").text)
    assert all(path in page for path in schema["paths"])


def test_rest_answers_are_those_of_the_command_line(client, engine):
    """The same JSON; follow-ups by naming the question before."""
    asked = client.get("/api/v1/ask", params={"q": "违约金多少？", "doc": "small"}).json()
    assert asked == json.loads(json.dumps(answer_json(engine.ask("违约金多少？", doc_ids=("small",)))))
    follow = client.get("/api/v1/ask", params={"q": "那违约金呢？", "previous": "欠费会怎样？"}).json()
    assert follow["question"].endswith("违约金")
    assert client.get("/api/v1/ask", params={"q": "x", "doc": "none"}).status_code == 404
    assert client.get("/api/v1/search", params={"q": "2.2", "k": 1}).json()["hits"][0]["label"] == "2.2"


def test_the_page_names_the_endpoints_of_gradio_client(client):
    """Those that there are, and an example."""
    page = visible(client.get("/api").text)
    assert all(f"/{name}" in page for name in NAMES)
    assert EXAMPLE in page
    assert {name.removeprefix("/") for name in client.get("/gradio_api/info").json()["named_endpoints"]} == set(NAMES)


def test_gradio_client_asks_searches_audits_and_compares(served, engine):
    """With the real client: the JSON of the command line, and what is wrong in one Chinese line."""
    client = GradioClient(served, verbose=False)
    asked = client.predict("违约金多少？", "small", api_name="/ask")
    assert asked == json.loads(json.dumps(answer_json(engine.ask("违约金多少？", doc_ids=("small",)))))
    assert client.predict("2.2", k=1, api_name="/search")["hits"][0]["label"] == "2.2"
    assert client.predict("small", api_name="/audit") == json.loads(json.dumps(audit_json(engine.audit("small"))))
    assert client.predict(old="small", new="small", api_name="/diff")["changes"] == []
    with pytest.raises(AppError, match="没有这份条款"):
        client.predict("none", api_name="/audit")
    with pytest.raises(ValueError, match="Cannot find a function"):
        client.predict("违约金", "small", api_name="/converse")
    client.close()


def test_pages_of_other_sites_change_nothing(client):
    """A form or script elsewhere cannot use a reader's browser against this server."""
    for origin, status in (("https://evil.example", 403), ("null", 403), ("http://127.0.0.1:7860", 200), (None, 200)):
        headers = {"origin": origin} if origin else {}
        assert client.post("/api/v1/readings", params={"doc": "small"}, headers=headers).status_code == status
    assert client.get("/healthz", headers={"origin": "https://evil.example"}).status_code == 200


def test_the_list_stands_in_frames_of_the_allowed_origins_alone(client):
    """Every other page stays out of frames."""
    framed = client.get("/embed/must-read", params={"doc": "small"})
    assert "frame-ancestors https://shop.example http://127.0.0.1:8080" in framed.headers["content-security-policy"]
    assert "x-frame-options" not in framed.headers
    assert "第2.2条" in visible(framed.text)
    assert "frame-ancestors 'none'" in client.get("/").headers["content-security-policy"]
    assert client.get("/").headers["x-frame-options"] == "DENY"


def test_a_real_mcp_client_finds_and_calls_every_tool(served, engine):
    """Names, descriptions, and the answers of the engine."""

    async def talk():
        async with Client(f"{served}/mcp") as session:
            tools = (await session.list_tools()).tools
            asked = await session.call_tool("ask_terms", {"question": "违约金多少？", "doc_id": "small"})
            found = await session.call_tool("search_clauses", {"query": "2.2"})
            audited = await session.call_tool("audit_terms", {"doc_id": "small"})
            compared = await session.call_tool("diff_terms", {"old": "small", "new": "small"})
            wrong = await session.call_tool("audit_terms", {"doc_id": "none"})
            return tools, asked, found, audited, compared, wrong

    tools, asked, found, audited, compared, wrong = asyncio.run(talk())
    assert [tool.name for tool in tools] == ["ask_terms", "search_clauses", "audit_terms", "diff_terms"]
    assert all("条款" in tool.description or "条文" in tool.description for tool in tools)
    assert asked.structured_content["citations"][0]["label"] == "2.2"
    assert found.structured_content["hits"][0]["label"] == "2.2"
    assert audited.structured_content["must"] == audit_json(engine.audit("small"))["must"]
    assert compared.structured_content["changes"] == []
    assert wrong.is_error
