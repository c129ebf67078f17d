"""Libraries are imported without those they only try for, and these stay importable."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(("ours", "needless"), [("index.sparse", "scipy"), ("index.segmentation", "pkg_resources")])
def test_what_is_needless_is_not_loaded_and_can_be_later(ours: str, needless: str) -> None:
    script = (
        f"import sys, {ours}; from index.segmentation import segment; segment('违约'); "
        f"assert {needless!r} not in sys.modules; import warnings; warnings.simplefilter('ignore'); import {needless}"
    )
    pytest.importorskip(needless)
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", script], check=True, cwd=root)
