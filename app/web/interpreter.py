"""Which language a request is answered in: what the address asks for (`?lang=en`), else what was chosen before."""

from __future__ import annotations

import json
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from app.web.language import CHINESE, ENGLISH, LANGUAGES, speaking

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "clauselight-language"
YEAR = 365 * 24 * 3600
"""Seconds that a choice lasts."""
IN_ENGLISH = {"/": "/en", "/support": "/en-support", "/legal": "/en-legal"}
"""Pages that Gradio lays out once for each language, and where it serves the English one."""

_CONFIGURATION = "window.gradio_config = "


class Interpreter:
    """ASGI middleware: chooses the language, keeps a choice that an address makes, and leads to the page in it."""

    def __init__(self, app: ASGIApp, *, root_path: str = "") -> None:
        self.app = app
        self.place = f"{root_path}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = asked_language(scope)
        tag = asked or kept_language(scope) or CHINESE
        if scope["path"] in IN_ENGLISH.values():
            tag = ENGLISH
        elif tag == ENGLISH and scope["path"] in IN_ENGLISH:
            path = IN_ENGLISH[scope["path"]]
            scope = {**scope, "path": path, "raw_path": path.encode()}

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = [(b"vary", b"cookie"), (b"content-language", tag.encode())]
                if asked:
                    told.append((b"set-cookie", self._keep(asked)))
                message["headers"] = [*message["headers"], *told]
            await send(message)

        with speaking(tag):
            await self.app(scope, receive, send_on)

    def _keep(self, tag: str) -> bytes:
        return f"{COOKIE}={tag}; Path={self.place}; Max-Age={YEAR}; SameSite=Lax; HttpOnly".encode()


def asked_language(scope: Scope) -> str | None:
    """Language that the address asks for; None for none that there is."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
    return next((tag for tag in LANGUAGES if asked and tag.split("-")[0] == asked.lower().split("-")[0]), None)


def kept_language(scope: Scope) -> str | None:
    """Language of the cookie; None for none."""
    cookies: SimpleCookie = SimpleCookie()
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                cookies.load(value.decode("latin-1"))
            except CookieError:
                return None
    kept = cookies.get(COOKIE)
    return kept.value if kept is not None and kept.value in LANGUAGES else None


def under_one_address(page: str) -> str:
    """Let the English page of Gradio stand at the address of the Chinese one.

    Gradio's script chooses its layout by the address, out of the configuration that the page carries; the English
    layouts take the places of the Chinese ones there.
    """
    start = page.find(_CONFIGURATION)
    if start < 0:
        return page
    start += len(_CONFIGURATION)
    config, end = json.JSONDecoder().raw_decode(page, start)
    for chinese, english in IN_ENGLISH.items():
        config["page"][chinese[1:]] = config["page"].pop(english[1:])
        if config["current_page"] == english[1:]:
            config["current_page"] = chinese[1:]
    packed = json.dumps(config, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":  # nothing in it may end the script
        packed = packed.replace(sign, f"\\u{ord(sign):04x}")
    return page[:start] + packed + page[end:]
