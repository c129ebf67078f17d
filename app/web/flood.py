"""How many requests one client may send: the generic cell rate algorithm (ITU-T I.371), on a clock that never jumps.

Every client has one number, the time at which all that it sent would be paid off at the steady rate. The table of
clients is bounded, and a request costs the same however many there are; the libraries at hand walk all clients at every
request or follow the wall clock, which is what a flood with many addresses wants.
"""

from __future__ import annotations

import asyncio
import ipaddress
import math
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from app.web.language import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LIMITED = ("/api/v1/", "/embed/", "/gradio_api/", "/mcp", "/pages/", "/readings", "/receipts/", "/reports/")
"""Beginnings of addresses that are counted, beside the pages: those that cost work."""
LISTENING = ("/gradio_api/queue/data", "/gradio_api/heartbeat", "/gradio_api/startup-events", "/gradio_api/theme.css")
"""What a page opens by itself while it waits for what was counted already."""
PAGES = ("/", "/support", "/legal", "/en", "/en-support", "/en-legal", "/api")
BURST = 30
"""Seconds of the steady rate that may come at once: a page opens with some ten requests, typing asks often."""
LOCAL = 5
"""This machine may send so many times as much: whoever measures it, and a reverse proxy that hides its clients."""
MOST_CLIENTS = 10_000
"""Clients that are remembered; whoever was quiet for longest is forgotten first."""
MOST_OPEN = 256
"""Requests that may be under way at once; a worker thread each would not help, for the processor is shared."""


BODY_SECONDS = 60.0
"""A request that has not come whole by then is given up: else a few slow senders would take all the places."""


class Rate:
    """A steady rate with a burst, for each client."""

    def __init__(
        self,
        interval: float,
        burst: int,
        *,
        most_clients: int = MOST_CLIENTS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Allow one event each `interval` seconds, and `burst` at once."""
        self.interval = interval
        self.slack = interval * (burst - 1)
        self._most, self._clock = most_clients, clock
        self._paid_off: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str, *, share: float = 1.0) -> float:
        """Count an event that costs `share` of an interval; 0 when it may happen, else the seconds to wait."""
        with self._lock:
            wait = self._wait(client)
            if wait <= 0:
                paid_off = max(self._clock(), self._paid_off.get(client, -math.inf)) + self.interval * share
                self._paid_off[client] = paid_off
                self._paid_off.move_to_end(client)
                if len(self._paid_off) > self._most:
                    self._paid_off.popitem(last=False)
            return max(0.0, wait)

    def wait(self, client: str) -> float:
        """Seconds until an event may happen, without counting one."""
        with self._lock:
            return max(0.0, self._wait(client))

    def _wait(self, client: str) -> float:
        return self._paid_off.get(client, -math.inf) - self.slack - self._clock()

    def __len__(self) -> int:
        """How many clients are remembered."""
        return len(self._paid_off)


class Flood:
    """ASGI middleware: refuses with 429 (RFC 6585 section 4) what comes too fast or while too much is under way."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        per_minute: int,
        most_open: int = MOST_OPEN,
        body_seconds: float = BODY_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app = app
        burst = max(1, per_minute * BURST // 60)
        self.rate = Rate(60 / per_minute, burst, clock=clock) if per_minute else None
        self.most_open, self.body_seconds = most_open, body_seconds
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or not is_limited(scope["path"]):
            await self.app(scope, receive, send)
            return
        client = client_of(scope)
        share = 1 / LOCAL if is_local(client) else 1.0
        wait = 0.0 if self.rate is None else self.rate.take(client, share=share)
        if wait > 0:
            await refuse(wait, say("请求太频繁，请 {seconds} 秒后再试。", seconds=math.ceil(wait)))(
                scope, receive, send
            )
            return
        if self._open >= self.most_open:
            await refuse(1, say("现在用的人太多，请稍后再试。"))(scope, receive, send)
            return
        self._open += 1
        try:
            await self.app(scope, in_time(receive, self.body_seconds), send)
        finally:
            self._open -= 1


def in_time(receive: Receive, seconds: float) -> Receive:
    """Receive a body that must be whole within `seconds`; afterwards its sender counts as gone."""
    until, whole = time.monotonic() + seconds, False

    async def receive_on() -> Message:
        nonlocal whole
        if whole:
            return await receive()
        try:
            async with asyncio.timeout(max(0.0, until - time.monotonic())):
                message = await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}
        whole = not message.get("more_body", False)
        return message

    return receive_on


def refuse(seconds: float, words: str) -> JSONResponse:
    """Answer 429 with one sentence and the time to come back (RFC 9110 section 10.2.3)."""
    return JSONResponse({"detail": words}, status_code=429, headers={"retry-after": str(math.ceil(seconds))})


def is_limited(path: str) -> bool:
    """Whether requests to an address are counted."""
    return path in PAGES or (path.startswith(LIMITED) and not path.startswith(LISTENING))


def client_of(scope: Scope) -> str:
    """Name who sent a request: the address, and of IPv6 the network that one household or machine is given (/64)."""
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        if not address.is_loopback:
            return str(ipaddress.IPv6Network((address, 64), strict=False))
    return str(address)


def is_local(client: str) -> bool:
    """Whether a client is this machine."""
    try:
        return ipaddress.ip_address(client).is_loopback
    except ValueError:
        return False
