"""The README says what is true: its commands run, its reference is that of the program, its links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

import app.types
import corpus.types
import index.encoder
import index.reranker
from app.cli.manual import render_manual, render_settings

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```bash\n(.*?)```", TEXT, flags=re.DOTALL)
    for line in block.splitlines()
    if line and not line.startswith("#")
]
MEASURES = re.findall(r"\| `((?:clauselight|python) [^`]*)` \|$", TEXT, flags=re.MULTILINE)
START, END = "<!-- commands: python -m app.cli.manual -->\n", "<!-- /commands -->"
SETTINGS_START, SETTINGS_END = "<!-- settings: app/settings.py -->\n", "<!-- /settings -->"


def run(command: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the README with the interpreter of the tests."""
    words = shlex.split(command)
    programs = {"clauselight": [sys.executable, "-m", "app.cli"], "python": [sys.executable]}
    environment = {**os.environ, "CLAUSELIGHT_INDEX_DIR": str(home)}
    return subprocess.run(
        [*programs[words[0]], *words[1:]],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=500,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One index for all commands."""
    return tmp_path_factory.mktemp("home")


def test_commands_are_found() -> None:
    """The blocks are not empty, or the tests below would test nothing."""
    assert {command.split()[0] for command in COMMANDS} == {"make", "clauselight"}
    assert len(COMMANDS) >= 10


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("clauselight")])
def test_command_runs(command: str, home: Path) -> None:
    """Status 0 or 1 (findings), something said, no traceback."""
    done = run(command, home)
    assert done.returncode in {0, 1}, done.stderr
    assert done.stdout.strip()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("make")])
def test_make_target_exists(command: str) -> None:
    """The Makefile knows what to do."""
    done = subprocess.run(
        [*shlex.split(command), "--dry-run"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_serve_answers(home: Path) -> None:
    """What `make serve` starts in the end is a page in Chinese."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "CLAUSELIGHT_INDEX_DIR": str(home)}
    arguments = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    with subprocess.Popen(
        arguments, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            page = _fetch(f"http://127.0.0.1:{port}/")
        finally:
            server.terminate()
    assert "明条" in page


def _fetch(address: str) -> str:
    for _ in range(240):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                page: str = answer.read().decode("utf-8")
                return page
        except OSError:
            time.sleep(0.5)
    pytest.fail("the server did not answer within two minutes")


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("command", MEASURES)
def test_measuring_command_runs(command: str, home: Path, shared: Path) -> None:
    """The command beside a figure runs."""
    assert shared.is_dir()
    done = run(command, home)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_reference_is_that_of_the_program(regenerate: bool) -> None:  # noqa: FBT001 - a fixture
    """The commands' help stands in the README as the program prints it."""
    before, rest = TEXT.split(START)
    reference, after = rest.split(END)
    expected = f"\n{render_manual()}\n"
    if regenerate:
        README.write_text(before + START + expected + END + after, encoding="utf-8")
        return
    assert reference == expected, "run pytest tests/docs --regenerate"


def test_the_settings_are_those_of_the_program(regenerate: bool) -> None:  # noqa: FBT001 - a fixture
    """Each setting stands in the README with its default and what its field says."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(SETTINGS_START)
    table, after = rest.split(SETTINGS_END)
    expected = f"\n{render_settings()}\n"
    if regenerate:
        README.write_text(before + SETTINGS_START + expected + SETTINGS_END + after, encoding="utf-8")
        return
    assert table == expected, "run pytest tests/docs --regenerate"


def test_links_and_pictures_exist() -> None:
    """No relative link leads nowhere."""
    for target in re.findall(r"\]\((?!http|#)([^)]+)\)", TEXT):
        assert (ROOT / target).exists(), target


def test_glossary_names_are_in_the_code() -> None:
    """Each name in the glossary's second column is a type, a field or a value of the code."""
    table = TEXT.split("## Glossary")[1].split("##")[0]
    names = [
        name
        for row in re.findall(r"^\| [^|]+ \| ([^|]+) \|", table, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    ]
    code = "".join(
        Path(module.__file__ or "").read_text("utf-8")
        for module in (app.types, corpus.types, index.encoder, index.reranker)
    )
    code += (ROOT / "index" / "types.py").read_text("utf-8")
    missing = [name for name in names if not re.search(rf"\b{name}\b", code)]
    assert names
    assert missing == []
