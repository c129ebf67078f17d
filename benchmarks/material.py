"""Texts that are measured with: those of the project, and the statutes that lie beside the checkout."""

from __future__ import annotations

import json
import zlib
from itertools import islice
from typing import TYPE_CHECKING

from app.articles import read_articles
from benchmarks.machine import ROOT
from corpus.library import read_terms
from index.types import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

STATUTES = ROOT.parent / "shared" / "eval" / "statutes" / "articles.jsonl.gz"
CLAUSES = 58_596
"""Articles there, and made clauses where they are missing."""


def questions() -> list[str]:
    """Fifty short questions about terms of any kind: those that the encoder's middle was measured with."""
    return (ROOT / "index" / "reference" / "questions.txt").read_text(encoding="utf-8").split("\n")[:-1]


def questions_of_terms() -> list[str]:
    """Questions about the terms that ship, as people write them, in an order of no meaning."""
    lines = (ROOT / "index" / "training" / "questions" / "answered.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [row["question"] for row in map(json.loads, lines) if row["doc"] == "weidianyun"]
    return sorted(asked, key=lambda question: zlib.crc32(question.encode()))


def hundreds(count: int) -> list[str]:
    """Clauses of 100 characters, cut from the terms that ship, all different."""
    text = "".join(clause.text for clause in read_terms(["weidianyun"]).documents[0].clauses)
    step = max(1, (len(text) - 100) // count)
    return [text[start : start + 100] for start in islice(range(0, len(text) - 100, step), count)]


def statutes(count: int) -> tuple[str, tuple[Entry, ...]]:
    """Name and entries of a large corpus: articles of law, or made clauses where they are missing."""
    if STATUTES.exists():
        return "articles of law", read_articles(STATUTES)[:count]
    return "made clauses", tuple(islice(_made(), count))


def _made() -> Iterator[Entry]:
    """Make clauses without end: those that ship with other numbers in them."""
    clauses = [clause for clause in read_terms(["weidianyun"]).documents[0].clauses if clause.text.strip()]
    number = 0
    while True:
        for clause in clauses:
            number += 1
            yield Entry(f"made#{number}", "made", f"{clause.text}（{number * 7919 % 10**6}）")
