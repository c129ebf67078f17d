"""The command line as a process: streams, encodings, pipes, start-up."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.parser import COMMANDS

PROGRAM = [sys.executable, "-m", "app.cli"]
ROOT = Path(__file__).resolve().parents[3]


def run(*arguments: str, env: dict[str, str] | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    environment = {**os.environ, **(env or {})}
    return subprocess.run(
        [*PROGRAM, *arguments], input=stdin, capture_output=True, env=environment, cwd=ROOT, timeout=300, check=False
    )


def test_utf8_whatever_the_locale(tmp_path: Path) -> None:
    """JSON is UTF-8 and alone on standard output even under a C locale."""
    env = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "CLAUSELIGHT_INDEX_DIR": str(tmp_path)}
    done = run("ask", "谁付费", "--json", env=env)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout.decode("utf-8"))["question"] == "谁付费"


def test_standard_input() -> None:
    """Markdown comes through a pipe."""
    done = run("parse", "-", "--json", stdin="1.1 用户应付款。".encode())
    assert json.loads(done.stdout)["clauses"][0]["label"] == "1.1"


def test_reader_that_goes_away() -> None:
    """`clauselight parse … | head` ends quietly."""
    with subprocess.Popen(
        [*PROGRAM, "parse", "weidianyun", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_a_full_disk() -> None:
    """What cannot be printed is told in one line, and the interpreter adds nothing on its way out."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "parse", "weidianyun"], stdout=full, stderr=subprocess.PIPE, cwd=ROOT, timeout=300, check=False
        )
    assert done.returncode == 2
    assert done.stderr.decode() == "错误：输出：磁盘已满\n"


def test_ctrl_c_ends_the_server_quietly(tmp_path: Path) -> None:
    """No traceback; the address is free again."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {**os.environ, "CLAUSELIGHT_INDEX_DIR": str(tmp_path)}
    # A shell starts what runs in the background with Ctrl-C ignored, and children inherit that.
    command = ["env", "--default-signal=INT", *PROGRAM, "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        said = b""
        while "明条已就绪".encode() not in said:
            line = process.stderr.readline()
            assert line, said.decode()
            said += line
        process.send_signal(signal.SIGINT)
        said += process.stderr.read()
        assert process.wait(30) in {0, 130}
    assert b"Traceback" not in said
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_debug_shows_the_traceback() -> None:
    """`--debug` prints where our own fault lies; the status stays 4."""
    code = """
import sys
import app.cli.opening
def broken(*_, **__):
    raise RuntimeError("broken on purpose")
app.cli.opening.read_terms = broken
sys.exit(app.cli.main(["--debug", "parse", "weidianyun"]))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode == 4
    assert b"RuntimeError: broken on purpose" in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese(command: str) -> None:
    """Every command explains itself in Chinese."""
    done = run(command, "--help")
    assert done.returncode == 0
    text = done.stdout.decode()
    assert text.startswith(f"用法：clauselight {command}")
    assert "show this help" not in text


def test_help_imports_nothing_heavy() -> None:
    """Asking for help does not wait for numpy."""
    code = """
import sys
from app.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
assert "numpy" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, stdout=subprocess.DEVNULL, timeout=60)
