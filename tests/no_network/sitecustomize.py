"""A machine without a network: every look-up of a name and every socket beyond loopback is refused and noted.

Python imports a module of this name by itself at its start, so a process is guarded from its first line on when this
folder is on `PYTHONPATH` and `REFUSED_CONNECTIONS` names the file that takes the notes. Nothing but the standard
library is imported here, and nothing of the product.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCAL_NAMES = {"localhost", "ip6-localhost", "", None}
ASKED = {"socket.getaddrinfo": 0, "socket.gethostbyname": 0, "socket.gethostbyaddr": 0}
"""Audit events of looking up a name, with the place of the name among their arguments."""
SENT = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.bind": 1}
"""Audit events with an address, with its place."""

_notes: list[str] | None = None
"""Where refused attempts are noted in this process; None while everything is allowed."""
_watching = False


class NetworkRefused(OSError):  # noqa: N818 - says what happened
    """Something tried to leave this machine."""


def is_local(host: object) -> bool:
    """Whether a host is this machine: loopback, any address to listen on, or a path of a Unix socket."""
    host = host.decode() if isinstance(host, bytes) else host
    if host in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


@contextmanager
def refusing() -> Iterator[list[str]]:
    """Refuse in this process for a while; gives the notes."""
    global _notes  # noqa: PLW0603 - an audit hook cannot be taken out again, only told to let pass
    _watch()
    _notes = []
    try:
        yield _notes
    finally:
        _notes = None


def _watch() -> None:
    global _watching  # noqa: PLW0603 - one hook is enough
    if not _watching:
        sys.addaudithook(_check)
        _watching = True


def _check(event: str, arguments: tuple[object, ...]) -> None:
    if _notes is None:
        return
    if event in ASKED:
        host = arguments[ASKED[event]]
    elif event in SENT:
        address = arguments[SENT[event]]
        host = address[0] if isinstance(address, tuple) else None
    else:
        return
    if not is_local(host):
        _note(f"{event} {host!s}")
        raise NetworkRefused(f"{event} {host!s}")


def _note(line: str) -> None:
    assert _notes is not None
    _notes.append(line)
    path = os.environ.get("REFUSED_CONNECTIONS")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


if os.environ.get("REFUSED_CONNECTIONS"):
    _watch()
    _notes = []
