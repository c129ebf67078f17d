"""The path under which a reverse proxy shows the app: every address below knows nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class Prefix:
    """ASGI middleware: takes the path off, where the proxy has not done so already."""

    def __init__(self, app: ASGIApp, *, root_path: str) -> None:
        self.app = app
        self.root = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] not in {"http", "websocket"} or not self.root:
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        if path == self.root:  # relative addresses need the slash
            await RedirectResponse(f"{self.root}/", status_code=307)(scope, receive, send)
            return
        if path.startswith(f"{self.root}/"):
            path = path.removeprefix(self.root)
            scope = {**scope, "path": path, "raw_path": path.encode()}
        await self.app(scope, receive, send)
