"""Writers that are killed: at every file operation they make, and at any moment between."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OPERATIONS = frozenset(
    {
        "open",
        "os.rename",
        "os.remove",
        "os.link",
        "os.chmod",
        "os.mkdir",
        "os.scandir",
        "os.listdir",
        "tempfile.mkstemp",
    }
)
"""Audit events (PEP 578) at which a writer is killed, before the operation."""
MOST = 500
"""Bound on the operations of one writer."""


def killed_at_every_operation(act: Callable[[], object]) -> Iterator[int]:
    """Run `act` in a child that is killed before its n-th file operation; gives n after each kill, until one ends."""
    for number in range(1, MOST):
        if _run(act, at=number):
            return
        yield number
    raise AssertionError("the writer does not end")


def killed_at_any_moment(
    act: Callable[[], object], times: int, *, prepare: Callable[[], object], seed: int = 0
) -> Iterator[bool]:
    """Run `act` in children that are killed after a random time, at most what it takes; gives whether one ended."""
    prepare()
    began = time.monotonic()
    assert _run(act)
    longest = time.monotonic() - began
    chance = random.Random(seed)
    for _ in range(times):
        prepare()
        yield _run(act, after=chance.uniform(0, longest))


def _run(act: Callable[[], object], *, at: int | None = None, after: float | None = None) -> bool:
    """Run `act` in a forked child; whether it came to its end."""
    child = os.fork()
    if child == 0:
        _be_killed(act, at)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, f"the writer failed with status {status}"
    return not os.WIFSIGNALED(status)


def _be_killed(act: Callable[[], object], at: int | None) -> None:
    """Run `act`, dying before file operation number `at`; never returns."""
    status = 1
    try:
        left = at or 0

        def count(event: str, _: object) -> None:
            nonlocal left
            if event in OPERATIONS:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        if at is not None:
            sys.addaudithook(count)
        act()
        status = 0
    finally:
        os._exit(status)
