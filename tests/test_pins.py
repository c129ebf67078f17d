"""What is installed is pinned: pyproject.toml says what is needed, constraints.txt which version is taken."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NEEDED = [
    Requirement(line)
    for group in (
        PROJECT["build-system"]["requires"],
        PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"].values(),
    )
    for line in group
]
LINES = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]


def pins() -> dict[str, str]:
    """Name -> version."""
    return {canonicalize_name(name): pinned for name, _, pinned in (line.partition("==") for line in LINES)}


@pytest.mark.parametrize("needed", NEEDED, ids=str)
def test_every_need_is_pinned(needed: Requirement) -> None:
    """To a version that fits."""
    assert pins()[canonicalize_name(needed.name)] in needed.specifier


def test_a_pin_is_a_name_and_a_version() -> None:
    """One line a package, no address, no build of a version (torch's CPU build is taken where one is at hand)."""
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9a-z.]+", line) for line in LINES)
    assert len(pins()) == len(LINES)


def test_the_tests_run_with_the_pins() -> None:
    """What is installed here is what is pinned; packages for other machines may be missing."""
    installed = {}
    for name in pins():
        try:
            installed[name] = version(name).partition("+")[0]
        except PackageNotFoundError:
            continue
    assert installed == {name: pinned for name, pinned in pins().items() if name in installed}
