"""Nothing leaves the machine: asking, reviewing and serving work with every socket beyond loopback refused."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.no_network import sitecustomize as no_network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.engine import Engine

ROOT = Path(__file__).resolve().parents[1]
GUARD = ROOT / "tests" / "no_network"
START_LIMIT = 240
"""Seconds for a server to answer on two busy cores."""
OUTSIDE = "192.0.2.1"
"""An address that is nobody's (RFC 5737)."""


@pytest.fixture
def refused(tmp_path: Path) -> Path:
    """Name the file that takes the notes of a guarded process."""
    return tmp_path / "refused"


def environment(refused: Path, tmp_path: Path) -> dict[str, str]:
    """As after a fresh installation: nothing is set that would switch off calls by itself, and nothing is cached."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "TMPDIR", "SYSTEMROOT"}}
    return kept | {
        "HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(GUARD),
        "REFUSED_CONNECTIONS": str(refused),
        "CLAUSELIGHT_INDEX_DIR": str(tmp_path / "index"),
    }


def run(arguments: list[str], refused: Path, tmp_path: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, env=environment(refused, tmp_path), capture_output=True, timeout=300, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "attempt",
    [
        f"import socket; socket.create_connection(('{OUTSIDE}', 80), 1)",
        f"import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('{OUTSIDE}', 53))",
        "import socket; socket.getaddrinfo('clauselight.example', 80)",
        "import urllib.request; urllib.request.urlopen('http://clauselight.example/')",
        "import asyncio; asyncio.run(asyncio.open_connection('clauselight.example', 80))",
    ],
)
def test_the_guard_refuses(attempt: str, refused: Path, tmp_path: Path) -> None:
    """Without this the tests below would prove nothing: each way out ends in an error and a note."""
    done = run(["-c", attempt], refused, tmp_path)
    assert done.returncode == 1
    assert re.search(rf"socket\.\w+ ({re.escape(OUTSIDE)}|clauselight\.example)\n", refused.read_text("utf-8"))


def test_the_guard_lets_loopback_pass(refused: Path, tmp_path: Path) -> None:
    """A server and a client of the same machine are no network."""
    code = """
import socket
with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]):
    pass
"""
    assert run(["-c", code], refused, tmp_path).returncode == 0
    assert not refused.exists()


def test_ask_search_and_audit_in_this_process(engine: Engine) -> None:
    """Questions, searches and reviews open no socket at all beyond loopback."""
    with no_network.refusing() as attempts:
        assert engine.ask("谁付费？").status == "answered"
        assert engine.ask("能退款吗？").status == "not_found"
        assert engine.search("保密")
        assert engine.audit("weidianyun").findings
        with pytest.raises(OSError, match=OUTSIDE):
            socket.create_connection((OUTSIDE, 80), 1)
    assert attempts == [f"socket.getaddrinfo {OUTSIDE}"]  # our own, which shows that the guard was up


@pytest.mark.parametrize(
    "arguments", [["ask", "谁付费？", "--json"], ["audit", "weidianyun", "--json"], ["index", "build"]]
)
def test_commands_from_nothing(arguments: list[str], refused: Path, tmp_path: Path) -> None:
    """The first call after installing, index and all, asks the network for nothing."""
    done = run(["-m", "app.cli", *arguments], refused, tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert not refused.exists(), refused.read_text("utf-8")


NAMESPACE = ["unshare", "--user", "--map-root-user", "--net"]
"""Runs a command where the kernel knows no network, loopback included; native code is held to it as well."""


def test_a_question_where_the_kernel_knows_no_network(refused: Path, tmp_path: Path) -> None:
    """Encoder, index and answer need no socket, not even of native code that Python cannot watch."""
    if not shutil.which("unshare") or subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system allows no network namespaces to users")
    done = subprocess.run(
        [*NAMESPACE, sys.executable, "-m", "app.cli", "ask", "谁付费？"],
        cwd=ROOT, env=environment(refused, tmp_path), capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert "3.2" in done.stdout.decode()


def test_serve(refused: Path, tmp_path: Path) -> None:
    """The three pages, a question put through the page's own events, and a report file."""
    with serving(refused, tmp_path) as address:
        for page in ("/", "/support", "/legal"):
            assert "明条" in get(address + page)
        assert json.loads(get(f"{address}/reports/weidianyun.json"))["must"] > 0
        assert "3.2" in ask(address, "谁付费？")
    assert not refused.exists(), refused.read_text("utf-8")


@contextmanager
def serving(refused: Path, tmp_path: Path) -> Iterator[str]:
    """Run the real `clauselight serve` on a free port; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, cwd=ROOT, env=environment(refused, tmp_path)) as process:
        try:
            deadline = time.monotonic() + START_LIMIT
            while not answers(f"{address}/healthz"):
                assert process.poll() is None, "the server ended before it answered"
                assert time.monotonic() < deadline, "the server did not answer"
                time.sleep(0.3)
            yield address
        finally:
            process.terminate()


def answers(address: str) -> bool:
    try:
        get(address)
    except OSError:
        return False
    return True


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as response:
        text: str = response.read().decode()
    return text


def ask(address: str, question: str) -> str:
    """Do what the browser does for the button 提问: join the queue, then read the events up to the answer."""
    config = json.loads(get(f"{address}/config"))
    event = asking(config)
    inputs: list[str | None] = [question, "weidianyun"]
    inputs += [None] * (len(event["inputs"]) - len(inputs))  # what the session keeps, a browser sends as null
    call: dict[str, Any] = {"data": inputs, "fn_index": event["id"], "session_hash": "offline", "trigger_id": None}
    request = urllib.request.Request(
        f"{address}/gradio_api/queue/join",
        data=json.dumps(call).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        assert "event_id" in json.load(response)
    said = ""
    with urllib.request.urlopen(f"{address}/gradio_api/queue/data?session_hash=offline", timeout=60) as events:
        for line in events:
            if line.startswith(b"data: "):
                message = json.loads(line.removeprefix(b"data: "))
                if message["msg"] == "process_completed":
                    break
                said += json.dumps(message.get("output", {}), ensure_ascii=False)
    return said


def asking(config: dict[str, Any]) -> dict[str, Any]:
    """Find the event of the button, on the page in the first language."""
    button = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "ask")
    found: dict[str, Any]
    (found,) = (one for one in config["dependencies"] if [button, "click"] in one["targets"])
    return found
