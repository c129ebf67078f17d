"""The house's layers hold, and every package has its place in them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_imports_run_one_way() -> None:
    """App -> index -> corpus; inside app the pages and the command line stand on top; faiss is known to one file."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout


def test_only_one_file_imports_faiss() -> None:
    """The vector library stays behind index/dense.py."""
    users = [
        path.relative_to(ROOT).as_posix()
        for package in ("corpus", "index", "app")
        for path in (ROOT / package).rglob("*.py")
        if "import faiss" in path.read_text("utf-8")
    ]
    assert users == ["index/dense.py"]
