"""Memory of `serve` over the terms that ship, a while after it says that it is ready and after ten questions."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from app.cli.environment import VARIABLES
from benchmarks.machine import ROOT
from benchmarks.material import questions
from benchmarks.table import Row

PATIENCE = 180
"""Seconds until a server that is not ready is given up."""


def measure() -> list[Row]:
    """Start a server, ask, and read what it holds; no row where there is no /proc."""
    if not Path("/proc/self/status").exists():
        return []
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | VARIABLES | {"CLAUSELIGHT_INDEX_DIR": folder}
        command = [sys.executable, "-W", "ignore", "-m", "app.cli", "serve", "--port", str(port)]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as server:  # noqa: S603 - our own program
            try:
                started = time.perf_counter()
                while _get(port, "/readyz")[0] != 200:
                    if server.poll() is not None or time.perf_counter() - started > PATIENCE:
                        raise RuntimeError("the server does not come up")
                    time.sleep(0.2)
                idle = _resident(server.pid)
                for question in questions()[:10]:
                    status, body = _get(port, f"/api/v1/ask?q={urllib.parse.quote(question)}")
                    assert status == 200, body
                    assert json.loads(body)["status"] in {"answered", "not_found"}
                asked = _resident(server.pid)
            finally:
                server.terminate()
    return [
        Row("memory of `serve`, idle", "≤ 500 MB", f"{idle:.0f} MB", idle <= 500),
        Row("memory of `serve` after ten questions", "", f"{asked:.0f} MB"),
    ]


def _get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        reply = connection.getresponse()
        return reply.status, reply.read()
    except OSError:
        return 0, b""
    finally:
        connection.close()


def _resident(process: int) -> float:
    """Megabytes of memory that a process holds now."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) * 1024 / 1e6
