"""What the terms say: readers, clause numbers, the clause tree, emphasis, parties and definitions."""

from corpus.loading import load, parse_bytes
from corpus.types import Clause, ClauseKind, Document, Emphasis, EmphasisKind, Span

__all__ = ["Clause", "ClauseKind", "Document", "Emphasis", "EmphasisKind", "Span", "load", "parse_bytes"]
