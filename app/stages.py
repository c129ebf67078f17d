"""Where the time of one question goes: named stages of what runs, told to whoever watches; never words of anybody."""

from __future__ import annotations

import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(slots=True)
class Run:
    """One operation as it went; written while it runs, read when it is over."""

    operation: str
    """`ask`, `search`, `audit`, or `open`."""
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds of each stage, in order of the first time; the rest was spent between them."""
    seconds: float = 0.0
    """All of it."""
    outcome: str = "done"
    """`answered` or `not_found` for a question, `error` when it was broken off."""


_running: ContextVar[Run | None] = ContextVar("running", default=None)


def unwatched(_: Run) -> None:
    """Watch nothing."""


@contextmanager
def running(operation: str, watch: Callable[[Run], None]) -> Iterator[Run]:
    """Measure an operation with its stages, and show it to `watch` when it is over."""
    run = Run(operation)
    token = _running.set(run)
    start = time.perf_counter()
    try:
        yield run
    except BaseException:
        run.outcome = "error"
        raise
    finally:
        run.seconds = time.perf_counter() - start
        _running.reset(token)
        watch(run)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Count the time within towards a stage of what is running; outside any operation nothing is counted."""
    run = _running.get()
    start = time.perf_counter()
    try:
        yield
    finally:
        if run is not None:
            run.stages[name] = run.stages.get(name, 0.0) + time.perf_counter() - start
