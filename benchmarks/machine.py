"""What the figures were measured on, and programs run beside it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.environment import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]


def describe() -> str:
    """Name processor, cores, memory, load and versions in one line."""
    cpu = _line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()
    memory = int((_line("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) / 2**20
    load = os.getloadavg()[0]
    libraries = ", ".join(f"{name} {version(name)}" for name in ("onnxruntime", "faiss-cpu", "bm25s"))
    return (
        f"{cpu}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GB, load {load:.1f} at the start; "
        f"Python {platform.python_version()}, {libraries}"
    )


def run(arguments: Sequence[str], *, index_dir: Path) -> tuple[float, float, str]:
    """Run Python from the root of the project; wall seconds, processor seconds, what it printed.

    Raises CalledProcessError when it fails.
    """
    command = [sys.executable, "-W", "ignore", *arguments]
    environment = os.environ | VARIABLES | {"CLAUSELIGHT_INDEX_DIR": str(index_dir)}
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own modules
    wall, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, used, done.stdout


def _line(path: str, name: str) -> str:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
