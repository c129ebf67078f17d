"""The questions that we wrote: every row has its shape, points at a clause that exists, and is nobody else's."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "index/training/questions"
ANSWERED = {"plain", "situation", "terse", "precise", "adversarial"}
UNANSWERED = {"near_miss", "absent"}
LONGEST_QUOTE = 30
"""Characters in a row that a clause of ours may share with real terms: set phrases of the law, not sentences."""

TOO_LONG_FOR_CHANCE = 8
"""Longer questions are not the same by chance when they are asked of different documents."""


def rows(name: str) -> list[dict[str, Any]]:
    """Read one of the files."""
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


CLAUSES, QUESTIONS, REAL = (
    rows("clauses.jsonl"),
    rows("questions.jsonl"),
    rows("unanswered.jsonl") + rows("answered.jsonl"),
)


def bare(text: str) -> str:
    """Letters, digits and Chinese characters alone, so that punctuation does not make two rows differ."""
    return "".join(re.findall(r"\w", text)).lower()


def test_every_clause_has_its_four_fields_and_its_own_name() -> None:
    """A row names document, clause, heading and text; no clause comes twice."""
    assert all(set(row) == {"doc", "clause", "heading", "text"} for row in CLAUSES)
    assert all(row["doc"] and row["clause"] and row["text"].strip() == row["text"] for row in CLAUSES)
    assert len({(row["doc"], row["clause"]) for row in CLAUSES}) == len(CLAUSES)
    assert len({row["text"] for row in CLAUSES}) == len(CLAUSES)


def test_every_question_points_at_a_clause_of_its_document() -> None:
    """Answered ones by `clause`, near misses by `nearest`, absent subjects at none."""
    known = {(row["doc"], row["clause"]) for row in CLAUSES}
    for row in QUESTIONS:
        fields = {"doc", "clause", "kind", "question"} | ({"nearest"} if row["kind"] == "near_miss" else set())
        assert set(row) == fields, row
        assert row["kind"] in ANSWERED | UNANSWERED, row
        assert (row["clause"] is None) == (row["kind"] in UNANSWERED), row
        pointed = row["nearest"] if row["kind"] == "near_miss" else row["clause"]
        assert row["kind"] == "absent" or (row["doc"], pointed) in known, row


def test_no_question_is_asked_twice_of_a_document() -> None:
    """Also not with other punctuation, and never both answered and not."""
    asked = Counter((row["doc"], bare(row["question"])) for row in QUESTIONS + REAL)
    assert [question for question, times in asked.items() if times > 1] == []


def test_no_question_is_a_clause() -> None:
    """A question is no story; only a terse look-up may be words of the clause that answers it."""
    clauses = {(row["doc"], row["clause"]): bare(row["text"]) for row in CLAUSES}
    for row in QUESTIONS:
        assert 2 <= len(row["question"]) <= 160, row
        if row["kind"] != "terse":
            assert bare(row["question"]) not in clauses.get((row["doc"], row["clause"]), ""), row


def test_every_document_has_questions_of_every_kind() -> None:
    """Forty with an answer, twenty-five near misses, five on another subject; every clause is asked about."""
    for document in {row["doc"] for row in CLAUSES}:
        kinds = Counter(row["kind"] for row in QUESTIONS if row["doc"] == document)
        assert sum(kinds[kind] for kind in ANSWERED) >= 40, document
        assert kinds["near_miss"] >= 25, document
        assert kinds["absent"] >= 5, document
        assert all(kinds[kind] for kind in ANSWERED), document
        named = {row["clause"] for row in CLAUSES if row["doc"] == document} - {"0"}
        assert named == {row["clause"] for row in QUESTIONS if row["doc"] == document} - {None}, document


@pytest.mark.shared
def test_lines_of_real_documents_have_text(shared: Path) -> None:
    """The line that answers or tempts is one with words and no heading, and only its number is kept."""
    for row in REAL:
        assert set(row) in ({"doc", "question", "nearest_line"}, {"doc", "question", "line"}), row
        lines = (shared / "terms" / f"{row['doc']}.md").read_text(encoding="utf-8").split("\n")
        words = lines[(row.get("line") or row["nearest_line"]) - 1].strip()
        assert words, row
        assert not words.startswith("#"), row


@pytest.mark.shared
def test_no_row_is_copied_from_the_labelled_ones(shared: Path) -> None:
    """Questions that figures are reported on were never seen here, nor are the given training questions repeated."""
    eval_rows = [json.loads(line) for line in (shared / "eval/questions.jsonl").read_text("utf-8").splitlines()]
    given = [json.loads(line) for line in (shared / "eval/training_questions.jsonl").read_text("utf-8").splitlines()]
    taken = {(row["doc"], bare(row["question"])) for row in eval_rows}
    taken |= {("", bare(row["question"])) for row in eval_rows if len(bare(row["question"])) > TOO_LONG_FOR_CHANCE}
    taken |= {(row["doc"], bare(question)) for row in given for question in row["questions"]}
    ours = [(row, bare(row["question"])) for row in QUESTIONS + REAL]
    assert [row for row, words in ours if {(row["doc"], words), ("", words)} & taken] == []


@pytest.mark.shared
def test_no_clause_is_copied_from_real_terms(shared: Path) -> None:
    """No run of thirty characters of a real document stands in a clause of ours."""
    real = "\n".join(bare(path.read_text(encoding="utf-8")) for path in sorted((shared / "terms").glob("*.md")))
    for row in CLAUSES:
        text = bare(row["text"])
        assert not any(text[at : at + LONGEST_QUOTE] in real for at in range(len(text) - LONGEST_QUOTE + 1)), row
