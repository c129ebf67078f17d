"""Types of the index: what is asked, what is found, what the index on disk says of itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One searchable clause as the index keeps it."""

    clause_id: str
    """Unique over the corpus."""
    doc_id: str
    """The document it comes from."""
    text: str
    """What is encoded and segmented: heading path, lead-in and the clause's own words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that answers a query, with the reasons for its rank."""

    clause_id: str
    """The clause."""
    doc_id: str
    """Its document."""
    rank: int
    """From 1."""
    score: float
    """Fused score, higher is better; comparable within one query only."""
    dense: float
    """Cosine of query and clause, -1 to 1."""
    sparse: float
    """BM25 score, 0 and more."""
