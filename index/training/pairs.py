"""Questions with the clauses that answer them, as the encoder is trained on."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.library import read_terms
from index.entries import entries_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from corpus.types import Document

TITLE = "0"
"""Clause that holds the title of invented terms."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One question about one document."""

    question: str
    """The words."""
    doc_id: str
    """The document."""
    gold: tuple[int, ...]
    """Rows of the clauses that answer it; empty when the document does not."""
    near: tuple[int, ...] = ()
    """Rows that an unanswered question was written to come near, where that is known."""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """Clauses of all documents, and the questions about them."""

    texts: tuple[str, ...]
    """What is encoded for each clause: headings, lead-ins, its own words."""
    rows: dict[str, tuple[int, ...]]
    """doc_id -> rows of its clauses in `texts`."""
    pairs: tuple[Pair, ...]
    """The questions."""


WRITTEN = Path(__file__).with_name("questions")
"""The questions written for this project; its README says what a row is."""


def read_pairs(
    questions: Path, terms: Path, *, left_out: Collection[str] = (), written: Path | None = None
) -> TrainingSet:
    """Read rows of `doc, line, questions` (`line` null where the document does not answer) and their documents.

    With `written`, a folder as `WRITTEN`, its questions and invented terms come too. Questions about the documents
    `left_out` are not used, so that they can be reported on.
    """
    reader = _Reader()
    for document in read_terms([str(terms)]).documents:
        reader.read_document(document)
    for row in _rows(questions):
        gold = reader.at(row["doc"], row["line"])
        if gold or row["line"] is None:
            reader.pairs += [Pair(question, row["doc"], gold) for question in row["questions"]]
    if written is not None:
        reader.read_written(written)
    pairs = tuple(pair for pair in reader.pairs if pair.doc_id not in left_out)
    return TrainingSet(tuple(reader.texts), {name: tuple(rows) for name, rows in reader.rows.items()}, pairs)


def joined(one: TrainingSet, other: TrainingSet) -> TrainingSet:
    """Put two sets about different documents into one."""
    shift = len(one.texts)

    def moved(rows: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(row + shift for row in rows)

    pairs = tuple(replace(pair, gold=moved(pair.gold), near=moved(pair.near)) for pair in other.pairs)
    rows = one.rows | {name: moved(rows) for name, rows in other.rows.items()}
    return TrainingSet(one.texts + other.texts, rows, one.pairs + pairs)


class _Reader:
    """Collects clauses and the questions about them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.rows: dict[str, list[int]] = {}
        self.pairs: list[Pair] = []
        self._at_line: dict[tuple[str, int], list[int]] = {}

    def at(self, doc_id: str, line: int | None) -> tuple[int, ...]:
        """Rows of the clauses that a line of a document belongs to; none for None."""
        return tuple(self._at_line.get((doc_id, line), ())) if line is not None else ()

    def read_document(self, document: Document) -> None:
        for entry in entries_of(document):
            first, last = document.clause(entry.clause_id).lines or (0, -1)
            for line in range(first, last + 1):
                self._at_line.setdefault((document.doc_id, line), []).append(len(self.texts))
            self._add(document.doc_id, entry.text)

    def read_written(self, folder: Path) -> None:
        """Read the questions written for this project, with the invented terms that most of them are about."""
        places: dict[tuple[str, str], int] = {}
        for row in _rows(folder / "clauses.jsonl"):
            if row["clause"] != TITLE:
                places[row["doc"], row["clause"]] = len(self.texts)
                text = f"{row['clause']} {row['text']}"
                self._add(row["doc"], f"{row['heading']}\n{text}" if row["heading"] else text)
        for row in _rows(folder / "questions.jsonl"):
            right, close = ([places[row["doc"], row[key]]] if row.get(key) else [] for key in ("clause", "nearest"))
            self.pairs.append(Pair(row["question"], row["doc"], tuple(right), tuple(close)))
        for row in _rows(folder / "answered.jsonl"):
            if gold := self.at(row["doc"], row["line"]):
                self.pairs.append(Pair(row["question"], row["doc"], gold))
        for row in _rows(folder / "unanswered.jsonl"):
            self.pairs.append(Pair(row["question"], row["doc"], (), self.at(row["doc"], row["nearest_line"])))

    def _add(self, doc_id: str, text: str) -> None:
        self.rows.setdefault(doc_id, []).append(len(self.texts))
        self.texts.append(text)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
