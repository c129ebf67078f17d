"""Files that are old or new and never half: written beside, forced to the disk, renamed; one writer at a time."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".lock"
"""Name of the file whose lock a writer holds."""
_PAUSE = 0.05
"""Seconds between two tries for a lock."""


class Occupied(OSError):  # noqa: N818  (nothing is broken)
    """Another program writes here."""


def write_file(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Replace a file in one step: its name never shows half of it, whatever happens; OSError leaves the old one."""
    with _beside(path, data) as temporary:
        os.chmod(temporary, mode)  # noqa: PTH101 - a plain name from mkstemp
        os.replace(temporary, path)  # noqa: PTH105 - Path.replace says the same with another object
    _sync_folder(path.parent)


def write_new_file(path: Path, data: bytes) -> None:
    """Make a file in one step; FileExistsError when it is there already, OSError when it cannot be made."""
    with _beside(path, data) as temporary:
        os.link(temporary, path)
    _sync_folder(path.parent)


@contextmanager
def _beside(path: Path, data: bytes) -> Iterator[str]:
    """Write a file beside, readable by its owner alone and forced to the disk; its name is gone at the end."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108 - a plain name from mkstemp


@contextmanager
def locked(folder: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of a folder; Occupied when another program holds it for longer than `wait` seconds.

    The system releases the lock of a program that was killed.
    """
    with (folder / LOCK).open("a+b") as file:
        until = time.monotonic() + wait
        while True:
            try:
                _acquire(file)
                break
            except OSError as error:
                if time.monotonic() >= until:
                    raise Occupied(str(folder)) from error
                time.sleep(_PAUSE)
        yield


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk too, where a folder can be opened (not on Windows)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _acquire(file: IO[bytes]) -> None:
    """Lock without waiting; OSError when someone else holds it. Closing the file releases it."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        import msvcrt  # noqa: PLC0415 - only on Windows

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
