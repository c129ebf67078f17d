"""Questions with the clauses that answer them, as the encoder is trained on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.library import read_terms
from index.entries import entries_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pair:
    """One question about one document."""

    question: str
    """The words."""
    doc_id: str
    """The document."""
    gold: tuple[int, ...]
    """Rows of the clauses that answer it; empty when the document does not."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Clauses of all documents, and the questions about them."""

    texts: tuple[str, ...]
    """What is encoded for each clause: headings, lead-ins, its own words."""
    rows: dict[str, tuple[int, ...]]
    """doc_id -> rows of its clauses in `texts`."""
    pairs: tuple[Pair, ...]
    """The questions."""


def read_pairs(questions: Path, terms: Path, *, left_out: Collection[str] = ()) -> TrainingSet:
    """Read rows of `doc, line, questions` (`line` null where the document does not answer) and their documents.

    Questions about the documents `left_out` are not used, so that they can be reported on.
    """
    texts: list[str] = []
    rows: dict[str, tuple[int, ...]] = {}
    covering: dict[tuple[str, int], list[int]] = {}
    for document in read_terms([str(terms)]).documents:
        first = len(texts)
        for entry in entries_of(document):
            lines = document.clause(entry.clause_id).lines or (0, -1)
            for line in range(lines[0], lines[1] + 1):
                covering.setdefault((document.doc_id, line), []).append(len(texts))
            texts.append(entry.text)
        rows[document.doc_id] = tuple(range(first, len(texts)))
    pairs: list[Pair] = []
    for line_of_file in questions.read_text(encoding="utf-8").splitlines():
        row = json.loads(line_of_file)
        gold = tuple(covering.get((row["doc"], row["line"]), ())) if row["line"] is not None else ()
        if row["doc"] not in left_out and (gold or row["line"] is None):
            pairs += [Pair(question, row["doc"], gold) for question in row["questions"]]
    return TrainingSet(tuple(texts), rows, tuple(pairs))
