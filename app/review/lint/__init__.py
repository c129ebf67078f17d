"""Drafting check: slips in names, references, numbering, terms, spelling, consistency; void wording; hidden characters.

Precision matters more than count: a check that is not sure says `warning` or `info`, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.review.lint.consistency import check_consistency
from app.review.lint.hidden import check_hidden
from app.review.lint.law import check_law
from app.review.lint.names import check_names
from app.review.lint.numbering import check_numbering
from app.review.lint.references import check_references
from app.review.lint.spelling import check_spelling
from app.review.lint.terms import check_terms
from app.review.lint.types import LintFinding, LintReport, Severity
from app.review.lint.undefined import check_undefined

if TYPE_CHECKING:
    from app.review.lint.types import Slip
    from corpus.types import Document

CHECKS = (
    check_names,
    check_references,
    check_numbering,
    check_terms,
    check_undefined,
    check_spelling,
    check_consistency,
    check_law,
    check_hidden,
)
"""All checks; each takes a document and yields slips."""


def lint(document: Document) -> LintReport:
    """Check the drafting of one document; findings in document order."""
    slips = {
        (slip.clause.clause_id, slip.kind, slip.start, slip.end): slip for check in CHECKS for slip in check(document)
    }
    findings = sorted((_finding(slip) for slip in slips.values()), key=lambda one: (one.span, one.kind))
    return LintReport(document.doc_id, tuple(findings))


def _finding(slip: Slip) -> LintFinding:
    return LintFinding(
        kind=slip.kind,
        severity=slip.severity,
        clause_ids=(slip.clause.clause_id, *dict.fromkeys(slip.others)),
        lines=slip.clause.lines,
        span=slip.clause.locate(slip.start, slip.end),
        text=slip.text,
        advice=slip.advice,
    )


__all__ = ["CHECKS", "LintFinding", "LintReport", "Severity", "lint"]
