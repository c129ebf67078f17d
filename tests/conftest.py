"""Options and places that all tests share."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from app.cli.environment import prepare_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.engine import Engine

prepare_environment()  # before any library that reads it

# The suite says the same twice; other examples at every run are for `--hypothesis-profile=search`, tests.corpus.fuzz.
settings.register_profile("suite", derandomize=True)
settings.register_profile("search", derandomize=False)
settings.load_profile("suite")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate", action="store_true", help="write the expected results anew, for a person to check by eye"
    )


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    """Whether expected results are written instead of compared."""
    return bool(request.config.getoption("--regenerate"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real documents and labels beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("../shared with the real documents is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Open the terms that ship, with the real encoder and an index of its own."""
    from app.engine import Engine  # noqa: PLC0415 - tests of the corpus and the index do not wait for the app
    from app.settings import Settings  # noqa: PLC0415

    return Engine.open(settings=Settings(index_dir=tmp_path_factory.mktemp("index")))


@pytest.fixture
def own_heap() -> Iterator[None]:
    """Let the garbage collector look at this test's objects only, for tests that measure time.

    One full collection over what the whole suite has left in memory took 0.18 s, more than the work that was measured.
    """
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
