"""One server and one Chromium for all; every page is watched for errors and for requests that leave the machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from .chromium import CHROMIUM, open_page, running_browser, running_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Page

expect.set_options(timeout=20_000)
"""Milliseconds that a fact may take to come true: a test that passes waits no longer, on a busy machine or not."""

HOSTILE = """\
#### 1. &lt;script&gt;window.hacked=1&lt;/script&gt;

1.1 甲方欠费的&lt;img src=x onerror="window.hacked=1">，应支付违约金'"`${window.hacked=1}`{{value}}。

1.2 **&lt;/p>&lt;/section>&lt;style>body{display:none}&lt;/style>乙方不承担任何责任。**

1.3 [链接](javascript:window.hacked=1)
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not Path(CHROMIUM).exists():
                item.add_marker(pytest.mark.skip(reason=f"no Chromium at {CHROMIUM}: apt-get install chromium"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the tests measured: figures of this machine, which no test asserts."""
    reports = terminalreporter.getreports("passed")
    measured = [(name, value) for report in reports for name, value in report.user_properties]
    if measured:
        terminalreporter.section("measured")
        for name, value in measured:
            terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of this run's own for the index."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """Serve the terms that ship."""
    with running_server(folder=folder) as served:
        yield served


@pytest.fixture(scope="session")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve two documents, one of which tries to be more than words, its file name included."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "a.md").write_text("#### 1. 费用\n\n1.1 费用由客户支付。\n", encoding="utf-8")
    (folder / "b<img src=x onerror=alert(1)>.md").write_text(HOSTILE, encoding="utf-8")
    with running_server([str(folder)], folder) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with running_browser() as running:
        yield running


class Watch:
    """What went wrong on a page, and what it asked for."""

    def __init__(self, page: Page, refusals: Sequence[int]) -> None:
        self._expected = tuple(f"status of {status}" for status in (422, *refusals))
        self.errors: list[str] = []
        self.outside: list[str] = []
        page.on("console", lambda message: self._note_error(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self._note_error(f"{error.name}: {error.message}"))
        page.on("request", lambda request: self._note(request.url))
        page.on("websocket", lambda socket: self._note(socket.url))

    def _note_error(self, words: str) -> None:
        """Note an error, but not that of a stream which the browser cuts off when one leaves the page.

        Nor that a file was refused (422), which the page tells its reader, or what a test expects to be refused.
        """
        if not words.startswith("AbortError") and not any(status in words for status in self._expected):
            self.errors.append(words)

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "file"} and parts.hostname != "127.0.0.1":
            self.outside.append(url)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page of a size; at the end there was no console error and no request to anywhere else."""
    watches: list[Watch] = []
    contexts = []

    def open_at(
        url: str, *, width: int = 1440, height: int = 900, dark: bool = False, refusals: Sequence[int] = ()
    ) -> Page:
        context = browser.new_context(
            locale="zh-CN", viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        watches.append(Watch(page, refusals))
        open_page(page, url)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert [watch.errors for watch in watches if watch.errors] == []
    assert [watch.outside for watch in watches if watch.outside] == []
