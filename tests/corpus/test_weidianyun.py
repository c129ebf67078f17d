"""The terms that ship, clause by clause."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from app.contract import document_json
from corpus import Document, load
from corpus.types import ClauseKind

PATH = Path(__file__).resolve().parents[2] / "corpus/documents/weidianyun.md"
GOLDEN = Path(__file__).resolve().parents[1] / "data/weidianyun.parse.json"


@pytest.fixture(scope="module")
def document() -> Document:
    return load(PATH)


def test_parse_is_the_one_that_was_checked_by_eye(document: Document, *, regenerate: bool) -> None:
    """The golden file was compared with the document line by line; it is written anew only on request."""
    parsed = document_json(document)
    if regenerate:
        GOLDEN.write_text(json.dumps(parsed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert parsed == json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert parsed["sha256"] == hashlib.sha256(PATH.read_bytes()).hexdigest()


def test_sections_clauses_and_items(document: Document) -> None:
    """Fourteen sections, every number from 1.1 to 14.3, ten items under 12.2 and 12.3, two preamble paragraphs."""
    labels = [clause.label for clause in document.clauses if clause.kind is ClauseKind.HEADING]
    assert labels == [str(number) for number in range(1, 15)]
    sub_clauses = {1: 3, 3: 5, 4: 6, 5: 5, 6: 5, 7: 4, 8: 5, 10: 2, 11: 2, 12: 4, 13: 6, 14: 3}
    assert [clause.label for clause in document.clauses if clause.kind is ClauseKind.CLAUSE] == [
        f"{section}.{number}" for section, count in sub_clauses.items() for number in range(1, count + 1)
    ]
    items = [(clause.lead_in_id, clause.label) for clause in document.clauses if clause.kind is ClauseKind.ITEM]
    assert items == [("weidianyun#12.2", f"（{number}）") for number in range(1, 8)] + [
        ("weidianyun#12.3", f"（{number}）") for number in range(1, 4)
    ]
    paragraphs = [
        (clause.parent_id, clause.lines) for clause in document.clauses if clause.kind is ClauseKind.PARAGRAPH
    ]
    assert paragraphs == [
        (None, (1, 1)), (None, (3, 3)),
        ("weidianyun#1", (7, 7)), ("weidianyun#2", (17, 17)), ("weidianyun#9", (93, 93)),
    ]  # fmt: skip
    assert not document.anomalies


def test_bold_words(document: Document) -> None:
    """Bold are the second preamble paragraph, the lead-in of 1, 4.4, and 13.3 and 13.5 after their numbers."""
    bold = {clause.lines[0]: clause for clause in document.clauses if clause.emphasis and clause.lines}
    assert sorted(bold) == [3, 7, 39, 143, 147]
    for clause in bold.values():
        (emphasis,) = clause.emphasis
        assert clause.emphasised == 1.0
        assert emphasis.renders
        words = document.source[emphasis.span.start : emphasis.span.end]
        assert words == (clause.body if clause.label.startswith("13.") else clause.text)


def test_rule_after_a_colon_has_its_lead_in(document: Document) -> None:
    """4.3 ends in a colon and its rule is the bold 4.4; 4.5 is a rule of its own."""
    assert document.clause("weidianyun#4.4").lead_in_id == "weidianyun#4.3"
    assert document.clause("weidianyun#4.5").lead_in_id is None
