"""A small real HTTP server that speaks the protocol of OpenAI-compatible endpoints, well or badly, as told."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager


@dataclass
class Script:
    """What the server does and what it was asked."""

    reply: str = ""
    status: int = 200
    manner: str = "stream"
    """`stream`, `whole` (one JSON object), `broken` (no JSON), `cut` (ends before the end), `silent`, `drip`, `odd`."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    url: str = ""


def serve(script: Script) -> AbstractContextManager[Script]:
    """Run the server on a free port of this machine while the context is open."""
    from contextlib import contextmanager  # noqa: PLC0415

    @contextmanager
    def running() -> Iterator[Script]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(script))
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        script.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        try:
            yield script
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    return running()


def _handler(script: Script) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            script.asked.append({"path": self.path, **json.loads(self.rfile.read(length))})
            script.keys.append(self.headers.get("Authorization"))
            try:
                _MANNERS[script.manner](self, script)
            except (BrokenPipeError, ConnectionResetError):
                return  # the caller has left

        def log_message(self, *_: object) -> None:
            return

    return Handler


def _head(handler: BaseHTTPRequestHandler, status: int, kind: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Connection", "close")
    handler.end_headers()


def _event(handler: BaseHTTPRequestHandler, piece: str, finish: str | None = None) -> None:
    data = {"choices": [{"index": 0, "delta": {"content": piece} if piece else {}, "finish_reason": finish}]}
    handler.wfile.write(f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode())
    handler.wfile.flush()


def _stream(handler: BaseHTTPRequestHandler, script: Script) -> None:
    _head(handler, script.status, "text/event-stream; charset=utf-8")
    handler.wfile.write(b": a comment keeps the line open\n\n")
    for start in range(0, len(script.reply), 7):
        _event(handler, script.reply[start : start + 7])
    _event(handler, "", "stop")
    handler.wfile.write(b'data: {"choices": [], "usage": {"total_tokens": 9}}\n\ndata: [DONE]\n\n')


def _whole(handler: BaseHTTPRequestHandler, script: Script) -> None:
    _head(handler, script.status, "application/json")
    handler.wfile.write(json.dumps({"choices": [{"message": {"content": script.reply}}]}).encode())


def _broken(handler: BaseHTTPRequestHandler, script: Script) -> None:
    _head(handler, script.status, "text/event-stream")
    handler.wfile.write(b'data: {"choices": [{"delta": {"content": "\n\n')


def _odd(handler: BaseHTTPRequestHandler, script: Script) -> None:
    _head(handler, script.status, "application/json")
    handler.wfile.write(script.reply.encode())


def _cut(handler: BaseHTTPRequestHandler, script: Script) -> None:
    _head(handler, script.status, "text/event-stream")
    _event(handler, script.reply[: len(script.reply) // 2])


def _silent(handler: BaseHTTPRequestHandler, script: Script) -> None:
    _head(handler, script.status, "text/event-stream")
    time.sleep(3)


def _drip(handler: BaseHTTPRequestHandler, script: Script) -> None:
    _head(handler, script.status, "text/event-stream")
    for character in script.reply * 100:
        _event(handler, character)
        time.sleep(0.05)


_MANNERS: dict[str, Callable[[BaseHTTPRequestHandler, Script], None]] = {
    "stream": _stream,
    "whole": _whole,
    "broken": _broken,
    "odd": _odd,
    "cut": _cut,
    "silent": _silent,
    "drip": _drip,
}
