"""Types of the app: answers with their citations, reviews with their findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.types import Span
    from index.types import Hit


class Prominence(StrEnum):
    """How far a clause's words are printed prominently."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    UNKNOWN = "unknown"


class Category(StrEnum):
    """Why a clause must be printed prominently (eval/README of the labelled data; 民法典第四百九十六条)."""

    EXEMPTION = "exemption"
    LIMITATION = "limitation"
    BREACH = "breach"
    JURISDICTION = "jurisdiction"
    UNILATERAL = "unilateral"
    RESTRICTION = "restriction"


@dataclass(frozen=True, slots=True)
class Citation:
    """Words cut from a clause: always `document.source[span.start:span.end] == quote`."""

    doc_id: str
    """The document."""
    clause_id: str
    """The clause."""
    label: str
    """Its number as printed, empty when there is none."""
    headings: tuple[str, ...]
    """Texts of the headings above."""
    lines: tuple[int, int] | None
    """Lines in the unmodified file; None for Word and PDF."""
    span: Span
    """The quoted words in the source."""
    quote: str
    """The quoted words, inner marks included."""
    text: str
    """The quoted words as a person reads them, marks left out."""
    emphasis: Prominence
    """How the clause is printed."""
    categories: tuple[Category, ...]
    """Categories of the clause in the review."""
    page: int | None = None
    """1-based page, for PDF."""
    paragraph: int | None = None
    """1-based paragraph, for Word."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A clause found by a search: what to show, and why it ranks where it does."""

    citation: Citation
    """The whole clause, quoted."""
    hit: Hit
    """Rank and scores."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know beside the answer."""

    kind: str
    """`point` (who it is that a question asks for, yes or no), `party` (a name used the other way round), `gloss`,
    `lead_in`, `number` (no such clause), `reason`, `advice`, `spelling` (a word read as another), `part` (where the
    answer to one of two questions stands), `premise` (the question takes something for granted that is not so),
    `explanation` (one checked sentence of a language model, with the clauses it says in other words), `model` (what
    became of the rest of what the model said)."""
    text: str
    """In Chinese."""
    clause_ids: tuple[str, ...] = ()
    """The clauses it speaks of."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the terms say to a question, or that they do not say."""

    question: str
    """As asked."""
    status: str
    """`answered` or `not_found`."""
    confidence: float
    """0 to 1, calibrated: the share of questions with this value that are answered rightly."""
    text: str
    """What is shown: the quotes first, glosses after; for `not_found` that the terms do not say, and why."""
    citations: tuple[Citation, ...]
    """Best first; empty for `not_found`."""
    nearest: tuple[Citation, ...]
    """The nearest clauses when the terms do not answer."""
    notes: tuple[Note, ...] = ()
    """Conflicts, glosses, advice."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that made a rule speak."""

    rule_id: str
    """The rule."""
    span: Span
    """The words in the source."""
    text: str
    """The words as a person reads them."""


@dataclass(frozen=True, slots=True)
class Precedent:
    """A near-identical clause elsewhere in the corpus."""

    doc_id: str
    """The other document."""
    clause_id: str
    """The other clause."""
    similarity: float
    """0 to 1."""
    emphasis: Prominence
    """How it is printed there."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the review says of one clause: it has a category, or emphasis, or both."""

    clause_id: str
    """The clause."""
    label: str
    """Its number as printed."""
    lines: tuple[int, int] | None
    """Lines in the unmodified file."""
    span: Span
    """The clause in the source."""
    categories: tuple[Category, ...]
    """Why it must stand out; may be empty for a clause that is only emphasised."""
    must_highlight: bool
    """Whether the drafter owes prominence here."""
    emphasis: Prominence
    """How it is printed."""
    renders: bool
    """Whether the emphasis is seen: False for stars that CommonMark leaves as they are."""
    triggers: tuple[Trigger, ...]
    """The words that made it a finding."""
    basis: tuple[str, ...]
    """Articles of law: `民法典第四百九十六条`."""
    precedents: tuple[Precedent, ...]
    """The same clause elsewhere."""
    advice: str
    """What to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Highlight coverage of one document."""

    doc_id: str
    """The document."""
    coverage: float
    """Must-be-prominent clauses that are, over those that must be; 1.0 when none must."""
    must: int
    """Clauses that must be prominent."""
    emphasised: int
    """Of these, how many are fully prominent."""
    findings: tuple[Finding, ...]
    """One for every clause with a category or with emphasis, in document order."""
