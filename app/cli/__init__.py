"""The command line: `clauselight COMMAND`, one module a command, heavy imports inside each.

Exit status: 0 fine, 1 findings or a threshold missed, 2 wrong arguments or unreadable input, 4 internal failure.
"""

from __future__ import annotations

import io
import os
import sys
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
        # The reader of a pipe has gone; keep the interpreter from complaining on its own way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except KeyboardInterrupt:
        sys.stderr.write("已中断\n")
        return INTERRUPTED
    except Exception as error:
        line = explain(error)
        if line is not None:
            sys.stderr.write(f"错误：{line}\n")
            return WRONG_INPUT
        if options.debug:
            raise
        sys.stderr.write(f"程序内部错误，详情已写入 {_write_traceback()}，请带上它反馈\n")
        return INTERNAL_FAILURE
    return status


def _write_traceback() -> str:
    import tempfile  # noqa: PLC0415 - only to report a fault
    import traceback  # noqa: PLC0415

    with tempfile.NamedTemporaryFile("w", prefix="clauselight-", suffix=".log", delete=False, encoding="utf-8") as file:
        traceback.print_exc(file=file)
    return file.name
