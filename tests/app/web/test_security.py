"""What the server refuses, and what it tells browsers to refuse."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient

from app.web.security import Guard, is_blocked, policy, script_hashes, settle_page

PAGE = (
    '<html lang="en"><head><meta property="og:image" content="https://elsewhere.example/x.png">'
    '<script src="./a.js"></script><script>var a = "b";</script></head><body>条款</body></html>'
)


def test_only_inline_scripts_are_hashed():
    """sha256 of the script's own bytes, base64, as CSP wants it (computed once with openssl)."""
    assert script_hashes(PAGE) == ("sha256-Nq2mqghRn5b6R4tfRZvT0pH36ge3cf2wS29Sz5aXFc4=",)


def test_the_policy_names_this_server_only():
    """No host, no inline script but by hash, nothing by default."""
    written = policy(("sha256-x",))
    assert "default-src 'none'" in written
    assert "script-src 'self' 'unsafe-eval' 'sha256-x';" in written
    assert "http" not in written
    assert "unsafe-inline" not in written.split("style-src")[0]


def test_pages_are_settled():
    """Chinese is said to be Chinese, and pictures on other servers are not named."""
    page = settle_page(PAGE)
    assert 'lang="zh-CN"' in page
    assert "elsewhere" not in page


@pytest.mark.parametrize(
    ("path", "blocked"),
    [
        ("/", False),
        ("/support", False),
        ("/gradio_api/queue/join", False),
        ("/gradio_api/upload", True),
        ("/gradio_api/upload_progress", True),
        ("/gradio_api/file=/etc/passwd", True),
        ("/gradio_api/proxy=https://elsewhere.example", True),
        ("/gradio_api/dev/reload", True),
        ("//gradio_api/upload", True),
        ("/monitoring", True),
    ],
)
def test_addresses_that_no_page_uses(path, blocked):
    """Gradio opens them; the guard closes them."""
    assert is_blocked(path) is blocked


def test_every_response_carries_the_headers():
    """HTML with hashes of its scripts and its right length, everything else without."""
    app = FastAPI()
    app.get("/", response_class=HTMLResponse)(lambda: PAGE)
    app.get("/plain")(lambda: {"a": 1})
    app.add_middleware(Guard)
    client = TestClient(app)
    page = client.get("/")
    assert script_hashes(page.text)[0] in page.headers["content-security-policy"]
    assert page.headers["content-length"] == str(len(page.content))
    for path in ("/", "/plain", "/missing", "/gradio_api/upload"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in headers["content-security-policy"]
    assert client.get("/gradio_api/upload").status_code == 404


def test_a_page_to_keep_is_not_settled():
    """A report that is downloaded stays as it was written: no style, no script of the pages, its own length."""
    app = FastAPI()
    kept = {"content-disposition": 'attachment; filename="report.html"'}
    app.get("/report.html")(lambda: HTMLResponse(PAGE, headers=kept))
    app.add_middleware(Guard)
    answer = TestClient(app).get("/report.html")
    assert answer.text == PAGE
    assert answer.headers["content-length"] == str(len(PAGE.encode()))
    assert "default-src 'none'" in answer.headers["content-security-policy"]
