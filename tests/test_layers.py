"""The house's layers hold, and every module has its place in them (`[tool.importlinter]` in pyproject.toml)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("corpus", "index", "app")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    linter = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([linter, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def copy_of_the_house(folder: Path) -> Path:
    """Copy the sources alone, to break a rule without touching anybody's files."""
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package,
            folder / package,
            ignore=lambda where, names: [
                name for name in names if not (name.endswith(".py") or Path(where, name).is_dir())
            ],
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_layers_hold() -> None:
    """App -> index -> corpus, the order inside each package, faiss known to one file; no module without a place."""
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


def test_a_module_without_a_place_is_found(tmp_path: Path) -> None:
    """A new module fails the check until pyproject.toml says where it belongs."""
    house = copy_of_the_house(tmp_path)
    (house / "corpus" / "newcomer.py").write_text('"""New."""\n', "utf-8")
    done = lint_imports(house)
    assert done.returncode == 1
    assert "corpus.newcomer" in done.stdout


def test_an_import_against_the_order_is_found(tmp_path: Path) -> None:
    """The corpus must not know the index, not even inside a function."""
    house = copy_of_the_house(tmp_path)
    with (house / "corpus" / "errors.py").open("a", encoding="utf-8") as file:
        file.write("\n\ndef upside_down() -> None:\n    import index.metrics\n")
    done = lint_imports(house)
    assert done.returncode == 1
    assert "corpus.errors -> index.metrics" in done.stdout
