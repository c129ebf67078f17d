"""A reverse proxy that shows a server under a path, as nginx would: streams pass through, the host is told."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.responses import StreamingResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.requests import Request

METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]


@contextmanager
def running_proxy(target: str, prefix: str, *, cut: bool) -> Iterator[str]:
    """Show `target` under `prefix`, cut off on the way or passed on; gives the address with the prefix."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(_build(target, prefix, cut=cut), log_level="error", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield address + prefix
        server.should_exit = True
        thread.join(20)


def _build(target: str, prefix: str, *, cut: bool) -> Starlette:
    client = httpx.AsyncClient(base_url=target, timeout=None, trust_env=False)

    async def pass_on(request: Request) -> StreamingResponse:
        path = request.url.path.removeprefix(prefix) if cut else request.url.path
        headers = [(name, value) for name, value in request.headers.raw if name != b"host"]
        headers.append((b"x-forwarded-host", request.headers["host"].encode()))
        url = httpx.URL(path=path, query=request.url.query.encode())
        asked = client.build_request(
            request.method, url, headers=[*headers, (b"host", b"inside")], content=await request.body()
        )
        answer = await client.send(asked, stream=True)
        passed = StreamingResponse(answer.aiter_raw(), answer.status_code, background=BackgroundTask(answer.aclose))
        passed.raw_headers = answer.headers.raw
        return passed

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with client:
            yield

    routes = [Route(prefix + "{path:path}", pass_on, methods=METHODS)]
    return Starlette(routes=routes, lifespan=lifespan)
