"""Chromium and a server of its own process: what every test and picture here stands on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, Page, Request

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_LIMIT = 180
"""Seconds for a server to answer: on two busy cores Gradio and the index take their time."""
SIZES = ((360, 740), (768, 1024), (1440, 900))
"""Screens of a phone, a tablet and a desk, in CSS pixels."""
CALM = 0.4
"""Seconds without a request after which a page has all that it asks for."""
WAIT = 30_000
"""Milliseconds that a page may take for anything."""


@contextmanager
def running_server(
    terms: Sequence[str] = (), folder: Path | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Serve these terms (the shipped ones by default) on a free port; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tests.browser.server", str(port), *terms]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"} | dict(settings or {})
    if folder is not None:
        environment["CLAUSELIGHT_INDEX_DIR"] = str(folder / "index")
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            _wait_for(f"{address}/healthz", process)
            yield address
        finally:
            process.terminate()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode} before it answered")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError(f"{address} did not answer within {START_LIMIT} s")


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


def open_page(page: Page, address: str) -> None:
    """Open a page and wait until its terms stand there and its events are connected."""
    with quiet(page):
        page.goto(address, timeout=WAIT)
        page.wait_for_selector(".terms", timeout=WAIT)


@contextmanager
def quiet(page: Page) -> Iterator[None]:
    """Do something, then wait until nothing is asked for any more.

    Gradio's heartbeat, which stays open as long as the page does, is no question.
    """
    running: set[Request] = set()
    last = time.monotonic()

    def begin(request: Request) -> None:
        nonlocal last
        if "/heartbeat/" not in request.url:
            running.add(request)
        last = time.monotonic()

    def end(request: Request) -> None:
        nonlocal last
        running.discard(request)
        last = time.monotonic()

    page.on("request", begin)
    page.on("requestfinished", end)
    page.on("requestfailed", end)
    yield
    deadline = time.monotonic() + WAIT / 1000
    while (running or time.monotonic() - last < CALM) and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    page.remove_listener("request", begin)
    page.remove_listener("requestfinished", end)
    page.remove_listener("requestfailed", end)
