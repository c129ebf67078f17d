"""Types of the drafting check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.types import Clause, Span


class Severity(StrEnum):
    """How sure and how grave a slip is."""

    ERROR = "error"
    """It misleads or has no effect as written."""
    WARNING = "warning"
    """A lawyer should look at it."""
    INFO = "info"
    """A matter of style."""


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One slip."""

    kind: str
    """`party_swapped`, `dangling_reference` …: the check and what it saw."""
    severity: Severity
    """How grave."""
    clause_ids: tuple[str, ...]
    """The clauses concerned, that of the place first."""
    lines: tuple[int, int] | None
    """Lines of the first clause; None for Word and PDF."""
    span: Span
    """The words in the source."""
    text: str
    """What is wrong and why, in Chinese."""
    advice: str
    """What to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class LintReport:
    """The drafting check of one document."""

    doc_id: str
    """The document."""
    findings: tuple[LintFinding, ...]
    """In document order."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a check hands over: words of a clause, and what is wrong with them."""

    kind: str
    """As in `LintFinding`."""
    severity: Severity
    """As in `LintFinding`."""
    clause: Clause
    """Where the words stand."""
    start: int
    """Offset of the words in the clause's text."""
    end: int
    """Offset after the words."""
    text: str
    """As in `LintFinding`."""
    advice: str
    """As in `LintFinding`."""
    others: tuple[str, ...] = ()
    """Ids of further clauses concerned."""
