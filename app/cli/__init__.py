"""The command line: `clauselight COMMAND`, one module a command, heavy imports inside each.

Exit status: 0 fine, 1 findings or a threshold missed, 2 wrong arguments or unreadable input, 4 internal failure.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import traceback
from typing import TYPE_CHECKING

from app.cli.environment import prepare_environment
from app.cli.failure import explain
from app.cli.parser import build_parser

if TYPE_CHECKING:
    from collections.abc import Sequence

FINE, FINDINGS, WRONG_INPUT, INTERNAL_FAILURE = 0, 1, 2, 4
INTERRUPTED = 130
"""As shells report a process that Ctrl-C stopped."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    prepare_environment()
    options = build_parser().parse_args(argv)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return FINE
    except KeyboardInterrupt:
        sys.stderr.write("已中断\n")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last place where it can be told
        return _report(error, debug=options.debug)
    return status


def _report(error: Exception, *, debug: bool) -> int:
    """Tell an error in one line: what to mend, or where the traceback of our own fault lies."""
    line = explain(error)
    if isinstance(error, OSError) and error.filename is None:
        _drop_output()
    if line is not None:
        sys.stderr.write(f"错误：{line}\n")
        return WRONG_INPUT
    if debug:
        traceback.print_exception(error)
    else:
        sys.stderr.write(f"程序内部错误，详情已写入 {_write_traceback(error)}，请带上它反馈\n")
    return INTERNAL_FAILURE


def _drop_output() -> None:
    """Send what is still to be printed nowhere: its reader has gone, or its disk is full."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_traceback(error: Exception) -> str:
    with tempfile.NamedTemporaryFile("w", prefix="clauselight-", suffix=".log", delete=False, encoding="utf-8") as file:
        traceback.print_exception(error, file=file)
    return file.name
