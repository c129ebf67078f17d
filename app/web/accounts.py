"""Who may use the pages: a file of names and hashed passwords, asked for by HTTP Basic (RFC 7617).

A line of the file is `name:scrypt:N:r:p:salt:hash`, salt and hash in base64. Passwords travel as they are, so that a
server which others can reach belongs behind one that speaks TLS.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
import math
import secrets
import threading
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse

from app.web.errors import ServeRefused
from app.web.flood import Rate, client_of, refuse
from app.web.language import say
from index.files import write_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from starlette.types import ASGIApp, Receive, Scope, Send

    from app.settings import Settings

COST, BLOCK, PARALLEL = 2**14, 8, 1
"""Parameters of scrypt (RFC 7914): 16 MB and some 50 ms a password."""
TRIES, TRY_INTERVAL = 10, 60.0
"""Passwords that may be tried at once, for each name and each client, then one in so many seconds. Whoever is let in is
remembered and not counted again, so that others cannot lock them out."""
FREE = ("/healthz", "/readyz", "/web/")
"""Addresses for everybody: a monitor's, and the style."""
FRAMED = ("/embed/", "/api/v1/readings", "/api/v1/receipts", "/receipts/")
"""Addresses for everybody when other pages may show the must-read list."""


def hash_password(password: str) -> str:
    """Hash a password with a salt of its own."""
    salt = secrets.token_bytes(16)
    parts = (base64.b64encode(part).decode() for part in (salt, _derive(password, salt, COST, BLOCK, PARALLEL)))
    return ":".join(("scrypt", str(COST), str(BLOCK), str(PARALLEL), *parts))


def fits(password: str, hashed: str) -> bool:
    """Whether this is the password that was hashed."""
    _, cost, block, parallel, salt, expected = hashed.split(":")
    given = _derive(password, base64.b64decode(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(given, base64.b64decode(expected))


def read_users(path: Path) -> dict[str, str]:
    """Read names and hashes. Raises ServeRefused with the line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ServeRefused(f"{path}：读不出用户文件；请用 clauselight users add 建立") from error
    users: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        name, _, hashed = line.strip().partition(":")
        if not name or name.startswith("#"):
            continue
        if hashed.count(":") != 5 or not hashed.startswith("scrypt:"):
            raise ServeRefused(f"{path} 第 {number} 行不是“用户名:scrypt:…”；请用 clauselight users add 重新写入")
        users[name] = hashed
    if not users:
        raise ServeRefused(f"{path}：里面没有用户；请先运行 clauselight users add")
    return users


def write_user(path: Path, name: str, password: str) -> None:
    """Add a user to the file, or give a known one another password; the file is its owner's alone."""
    kept = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    lines = [line for line in kept if line.partition(":")[0] != name]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, ("\n".join([*lines, f"{name}:{hash_password(password)}"]) + "\n").encode())


def check_reach(settings: Settings) -> None:
    """Refuse to serve others than this machine without users. Raises ServeRefused."""
    if settings.users is not None or settings.allow_anyone or _is_loopback(settings.host):
        return
    raise ServeRefused(
        f"{settings.host} 上的网页别人也能打开，须先设用户：clauselight users add NAME --file FILE，"
        "再设 CLAUSELIGHT_USERS=FILE；确实要对所有人开放，设 CLAUSELIGHT_ALLOW_ANYONE=true"
    )


class Door:
    """ASGI middleware: lets in whoever has a name and its password."""

    def __init__(self, app: ASGIApp, users: Mapping[str, str], *, framed: bool) -> None:
        self.app = app
        self.users = users
        self.free = (*FREE, *FRAMED) if framed else FREE
        self._known: set[bytes] = set()
        self._secret = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._nobody = hash_password(secrets.token_hex(8))
        self.tries = Rate(TRY_INTERVAL, TRIES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] not in {"http", "websocket"} or scope["path"].startswith(self.free):
            await self.app(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        if self._mark(given) in self._known:
            await self.app(scope, receive, send)
            return
        if given:  # counted before it is tried, so that many tries at once are no way round
            wait = max(self.tries.take(f"client {client_of(scope)}"), self.tries.take(f"name {name_in(given)}"))
            if wait > 0:
                words = say("密码错了太多次，请 {seconds} 秒后再试。", seconds=math.ceil(wait))
                await refuse(wait, words)(scope, receive, send)
                return
            if await run_in_threadpool(self.is_known, given):
                await self.app(scope, receive, send)
                return
        asks = {"www-authenticate": 'Basic realm="clauselight", charset="UTF-8"'}
        await PlainTextResponse(say("请输入用户名和密码，再打开这个页面。"), status_code=401, headers=asks)(
            scope, receive, send
        )

    def is_known(self, header: bytes) -> bool:
        """Whether an `Authorization` header names a user with their password; asked once for each header."""
        mark = self._mark(header)
        if mark in self._known:
            return True
        kind, name, password = _parts(header)
        hashed = self.users.get(name)
        right = fits(password, hashed or self._nobody)  # as long for a name that nobody has
        if kind.lower() != b"basic" or hashed is None or not right:
            return False
        with self._lock:
            self._known.add(mark)
        return True

    def _mark(self, header: bytes) -> bytes:
        """Make what is remembered of a header, which tells no password."""
        return hmac.new(self._secret, header, hashlib.sha256).digest()


def name_in(header: bytes) -> str:
    """Read the name of an `Authorization` header, as far as it has one."""
    return _parts(header)[1]


def _parts(header: bytes) -> tuple[bytes, str, str]:
    """Scheme, name and password of a header; empty where it is not HTTP Basic."""
    kind, _, packed = header.partition(b" ")
    try:
        name, _, password = base64.b64decode(packed, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return kind, "", ""
    return kind, name, password


def _derive(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=2**26, dklen=32)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
