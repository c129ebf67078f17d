"""Every case of `cases/*.txt`, however its lines end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.case_files import Case, read_cases, rewrite, tree_of

FILES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
CASES = [case for file in FILES for case in read_cases(file)]


def _name(case: Case) -> str:
    return f"{case.file}:{case.line}"


@pytest.fixture(scope="session", autouse=True)
def _regenerated(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--regenerate"):
        for file in FILES:
            rewrite(file)


def test_trees_are_compared_and_not_written(*, regenerate: bool) -> None:
    """A run that writes expected results proves nothing, so it fails."""
    assert not regenerate


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_tree_is_the_expected_one(case: Case) -> None:
    """The clause tree of the Markdown is the one that the case file shows."""
    assert tree_of(case.markdown) == case.expected, f"{case.file}:{case.line}: {case.title}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_line_ends_do_not_matter(case: Case) -> None:
    """A final newline, CRLF and a lone CR give the same tree as LF."""
    for variant in (
        case.markdown + "\n",
        case.markdown.replace("\n", "\r\n"),
        case.markdown.replace("\n", "\r\n") + "\r\n\r\n",
        case.markdown.replace("\n", "\r"),
    ):
        assert tree_of(variant) == case.expected, f"{case.file}:{case.line}: {case.title}"


def test_there_are_many_cases() -> None:
    """At least 150 cases, each with a title of its own in its file."""
    assert len(CASES) >= 150
    assert len({(case.file, case.title) for case in CASES}) == len(CASES)
