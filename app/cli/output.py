"""What commands print: JSON alone on standard output, everything else on standard error."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from corpus.errors import UnreadableTerms


FEW = 10
"""So many things are worth a line of progress where nobody watches."""


def print_json(value: object, *, compact: bool = False) -> None:
    """Print one JSON value: indented, or on a line of its own for batches."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=None if compact else 2) + "\n")


def print_text(text: str) -> None:
    """Print for people."""
    sys.stdout.write(text.rstrip("\n") + "\n")


def print_note(text: str) -> None:
    """Print beside what is asked for, for people."""
    sys.stderr.write(text.rstrip("\n") + "\n")


def warn_refused(refused: Iterable[UnreadableTerms]) -> None:
    """Tell which files were passed over, and why."""
    for error in refused:
        sys.stderr.write(f"跳过：{error}\n")


def progress_line(what: str) -> Callable[[int, int], None]:
    """Return a callback that keeps one line of progress on a terminal, and prints a line each tenth elsewhere.

    Elsewhere fewer than `FEW` are done in silence: logs of checks stay short.
    """
    last = -1

    def show(done: int, total: int) -> None:
        nonlocal last
        tenth = 10 * done // total if total else 10
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{what} {done}/{total}" + ("\n" if done >= total else ""))
        elif tenth != last and total >= FEW:
            sys.stderr.write(f"{what} {done}/{total}\n")
        last = tenth
        sys.stderr.flush()

    return show
