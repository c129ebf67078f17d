"""Nothing that a folder or a cache holds is ever run: no pickle, no cache that others can write."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = """
import sys
def watch(event, told):
    if event == "pickle.find_class" or (event == "open" and "jieba.cache" in str(told[0])):
        sys.stderr.write(f"{event} {told}\\n")
        raise SystemExit(9)
sys.addaudithook(watch)
from app.engine import Engine
for _ in range(2):
    print(Engine.open().ask("违约金是多少").status)
from index.hybrid import HybridIndex
from app.settings import Settings
HybridIndex.verify(Settings().index_dir / "index")
"""
"""Builds, saves, opens and asks, with an ear at every pickle and at every opening of jieba's cache (PEP 578)."""


def test_no_part_of_the_product_reads_pickles():
    """Neither by the standard library, nor by numpy, joblib, torch or shelve."""
    wrong = re.compile(r"\b(?:c?[pP]ickle|joblib|shelve|dill|marshal)\b(?! is)|allow_pickle\s*=\s*True|torch\.load\(")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in ("app", "corpus", "index")
        for path in (ROOT / folder).rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if wrong.search(line) and re.match(r"\s*(?:import|from|[\w.]+\s*=|with|return|.*\()", line)
    ]
    assert found == []


@pytest.mark.parametrize("planted", [b"cos\nsystem\n(S'touch hacked'\ntR.", b""])
def test_a_planted_cache_is_not_read(tmp_path, planted):
    """What somebody put where jieba would keep its cache stays where it is, unread and unwritten."""
    for name in ("jieba.cache", "jieba.user.cache"):
        (tmp_path / name).write_bytes(planted)
    settings = {"TMPDIR": str(tmp_path), "CLAUSELIGHT_INDEX_DIR": str(tmp_path / "index"), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=os.environ | settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr[-300:]) == (0, done.stderr[-300:])
    assert "jieba.cache" not in done.stderr
    assert done.stdout.split() == ["answered", "answered"]
    assert (tmp_path / "jieba.cache").read_bytes() == planted
    assert not (ROOT / "hacked").exists()
