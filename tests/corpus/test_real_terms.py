"""Real terms beside the checkout: figures of each parse, which was looked at by eye; the texts stay where they are."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus import Document, load
from tests.conftest import SHARED
from tests.corpus.test_parse_properties import check_everything

FIGURES = Path(__file__).resolve().parents[1] / "data/real_terms.figures.json"
NAMES = sorted(json.loads(FIGURES.read_text(encoding="utf-8"))) if FIGURES.exists() else []


def figures(document: Document) -> dict[str, Any]:
    """Count, and hash what has too many parts to count: nothing of the text itself."""
    kinds = Counter(clause.kind.value for clause in document.clauses)
    tree = [(clause.label, clause.level, clause.lines, clause.lead_in_id) for clause in document.clauses]
    bold = [(item.span.start, item.span.end, item.renders) for clause in document.clauses for item in clause.emphasis]
    return {
        "clauses": dict(sorted(kinds.items())),
        "labelled": sum(1 for clause in document.clauses if clause.label),
        "deepest": max(clause.level for clause in document.clauses),
        "tree": hashlib.sha256(repr(tree).encode()).hexdigest()[:16],
        "emphasis": hashlib.sha256(repr(bold).encode()).hexdigest()[:16],
        "slips": [f"{slip.kind} {slip.clause_id.split('#')[1]}" for slip in document.anomalies],
        "parties": {party.role.value: len(party.aliases) for party in document.parties},
    }


@pytest.mark.shared
def test_figures_are_written_anew_on_request(shared: Path, *, regenerate: bool) -> None:
    """Every document has its figures, and no figure lacks its document."""
    found = {
        file.stem: figures(load(file)) for file in sorted((shared / "terms").glob("*.md")) if file.stem != "README"
    }
    if regenerate:
        FIGURES.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert sorted(found) == sorted(json.loads(FIGURES.read_text(encoding="utf-8")))


@pytest.mark.shared
@pytest.mark.parametrize("name", NAMES)
def test_parse_is_the_one_that_was_looked_at(shared: Path, name: str) -> None:
    """Kinds, labels, levels, lines, lead-ins, emphasis, slips and parties are as they were when a person looked."""
    expected = json.loads(FIGURES.read_text(encoding="utf-8"))[name]
    assert figures(load(shared / f"terms/{name}.md")) == expected


@pytest.mark.shared
@pytest.mark.parametrize("name", NAMES)
def test_properties_hold(shared: Path, name: str) -> None:
    """Nothing of a real document is lost, and every span is where it says."""
    check_everything((shared / f"terms/{name}.md").read_bytes().decode("utf-8"))


def test_figures_hold_no_text() -> None:
    """The file beside the tests carries names of clauses, counts and hashes alone."""
    assert SHARED.name == "shared"
    words = FIGURES.read_text(encoding="utf-8")
    assert max(map(len, words.split('"'))) < 40
