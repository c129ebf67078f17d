"""What the server refuses and what it tells browsers to refuse."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

from app.web.interpreter import under_one_address
from app.web.language import ENGLISH, language, say
from app.web.render.shell import render_error_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BLOCKED = (
    "/gradio_api/upload",
    "/gradio_api/dev",
    "/gradio_api/vibe",
    "/gradio_api/undo-vibe",
    "/gradio_api/runs",
    "/gradio_api/run-history",
    "/gradio_api/proxy",
    "/gradio_api/file",
    "/gradio_api/stream",
    "/gradio_api/deep_link",
    "/gradio_api/process_recording",
    "/gradio_api/custom_component",
    "/gradio_api/profiling",
    "/gradio_api/openapi.json",
    "/gradio_api/mcp",
    "/monitoring",
)
"""Addresses that Gradio opens and no page uses: uploads, file reads, proxying, endless streams, tooling."""

EMBEDDED = "/embed/"
"""Pages that the origins of the settings may show in a frame."""

POLICY = {
    "default-src": "'none'",
    # Gradio compiles its templates in the browser, which needs 'unsafe-eval'; scripts in the page must match a hash.
    "script-src": "'self' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'self'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
"""Content security policy: this server and nothing else; no inline handlers, no frames, no forms, no plug-ins."""

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self)",
}

_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_META = re.compile(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')


SCRIPTS = ("say", "clauselight", "reading", "lookup", "review")


def head_of_pages() -> str:
    """Write what the pages add to Gradio's, in the HTML itself so that nothing is ever seen unstyled.

    The addresses are relative: every page stands one level below the root, whatever the root is.
    """
    scripts = ("english", *SCRIPTS) if language() == ENGLISH else SCRIPTS
    return "".join(
        [
            '<link rel="stylesheet" href="./web/style.css">\n',
            '<link rel="icon" type="image/svg+xml" href="./web/mark.svg">\n',
            *(f'<script defer src="./web/{name}.js"></script>\n' for name in scripts),
        ]
    )


def policy(hashes: tuple[str, ...] = (), frames: str = "'none'") -> str:
    """Write the policy, allowing the inline scripts with these hashes and frames on the pages of these origins."""
    scripts = " ".join([POLICY["script-src"], *(f"'{value}'" for value in hashes)])
    given = POLICY | {"script-src": scripts, "frame-ancestors": frames}
    return "; ".join(f"{name} {value}" for name, value in given.items())


def script_hashes(page: str) -> tuple[str, ...]:
    """Hashes (CSP level 2, `sha256-…`) of the scripts written into a page that the server itself made."""
    found = (match.group(1).encode() for match in _INLINE_SCRIPT.finditer(page))
    return tuple(f"sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}" for script in found)


def settle_page(page: str) -> str:
    """Say which language the page speaks, add our style and script, drop the meta tags that name pictures elsewhere.

    Pages that are ours alone (`render.shell`) say `data-plain` and stay as they are.
    """
    if "data-plain" in page[:120]:
        return page
    if language() == ENGLISH:
        page = under_one_address(page)
    spoken = _META.sub("", page).replace('lang="en"', f'lang="{language()}"', 1)
    return spoken.replace("</head>", f"{head_of_pages()}</head>", 1)


class Guard:
    """ASGI middleware: blocks what no page uses, sets the headers, settles HTML pages, and makes pages of errors."""

    def __init__(self, app: ASGIApp, embed_origins: tuple[str, ...] = ()) -> None:
        self.app = app
        self.frames = " ".join(embed_origins) or "'none'"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        frames = self.frames if scope["path"].startswith(EMBEDDED) else "'none'"
        outgoing = _Outgoing(send, frames, way_to_root(scope["path"]) if is_visit(scope) else None)
        if is_blocked(scope["path"]):
            refusal = PlainTextResponse(say("没有这个页面"), status_code=404)
            await refusal(scope, receive, outgoing)
        elif is_foreign(scope):
            refusal = PlainTextResponse(say("请求来自另一个网站，已拒绝"), status_code=403)
            await refusal(scope, receive, outgoing)
        else:
            await self.app(scope, receive, outgoing)


def is_visit(scope: Scope) -> bool:
    """Whether somebody opens an address in a browser, and would rather read a page than JSON."""
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return scope["method"] == "GET" and b"text/html" in accept


def way_to_root(path: str) -> str:
    """Write the relative address of the root: `/receipts/1` -> `../`."""
    return "../" * (path.count("/") - 1)


def is_blocked(path: str) -> bool:
    """Whether an address is one that the pages never use."""
    return "/" + path.lstrip("/") != path or any(path.startswith(prefix) for prefix in BLOCKED)


def is_foreign(scope: Scope) -> bool:
    """Whether a page of another site makes the reader's browser change something here (it names its origin)."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    origin = headers.get(b"origin", "")
    if scope["method"] in ("GET", "HEAD", "OPTIONS") or not origin:
        return False
    # A reverse proxy names the host that the reader's browser spoke to; pages of other sites cannot set this header.
    ours = {headers.get(name, "").split(",")[0].strip() for name in (b"host", b"x-forwarded-host")}
    return origin.partition("://")[2] not in ours - {""}


class _Outgoing:
    """Sends a response on with its headers; an HTML page is held until it is whole, to hash its scripts.

    An error that a person meets (`root` is then the way to the root) becomes a page with its one sentence.
    """

    def __init__(self, send: Send, frames: str = "'none'", root: str | None = None) -> None:
        self.send = send
        self.frames = frames
        self.root = root
        self.held: Message | None = None
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            told = self.root is not None and message["status"] >= 400
            if told or (_content_type(message).startswith("text/html") and not _is_file(message)):
                self.held = message
                return
            message["headers"] = _with_headers(message, policy(frames=self.frames))
        elif message["type"] == "http.response.body" and self.held is not None:
            self.body += message.get("body", b"")
            if message.get("more_body", False):
                return
            await self._send_page(self.held)
            return
        await self.send(message)

    async def _send_page(self, start: Message) -> None:
        kind, held = _content_type(start), self.body.decode()
        if not kind.startswith("text/html"):
            held = render_error_page(_sentence(held, kind), root=self.root or "")
        page = settle_page(held)
        body = page.encode()
        start["headers"] = [
            *(
                (name, value)
                for name, value in _with_headers(start, policy(script_hashes(page), self.frames))
                if name not in (b"content-length", b"content-type")
            ),
            (b"content-length", str(len(body)).encode()),
            (b"content-type", b"text/html; charset=utf-8"),
        ]
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body})


def _sentence(body: str, kind: str) -> str:
    """Read the one sentence of an error; Gradio's and the framework's own are English words for a missing page."""
    try:
        told = json.loads(body)["detail"] if kind.startswith("application/json") else body
    except (ValueError, KeyError, TypeError):
        told = ""
    known = isinstance(told, str) and told not in ("", "Not Found")
    return told if known else say("没有这个页面")


def _content_type(message: Message) -> str:
    return _header(message, b"content-type")


def _is_file(message: Message) -> bool:
    """Whether a response is to be kept as it is, and not to be shown here."""
    return _header(message, b"content-disposition").startswith("attachment")


def _header(message: Message, wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in message["headers"] if name.lower() == wanted), "")


def _with_headers(message: Message, content_policy: str) -> list[tuple[bytes, bytes]]:
    ours = {**HEADERS, "content-security-policy": content_policy}
    names = {name.encode() for name in ours}
    if "frame-ancestors 'none'" not in content_policy:
        ours = {name: value for name, value in ours.items() if name != "x-frame-options"}
    kept = [(name, value) for name, value in message["headers"] if name.lower() not in names | {b"server"}]
    return [*kept, *((name.encode(), value.encode()) for name, value in ours.items())]
