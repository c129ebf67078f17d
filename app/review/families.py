"""The same clause across a corpus: families of near-identical clauses, and how each document prints its own.

A matrix document × family, the inconsistent families first: the vendor knows how to print the clause, and forgot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.review.precedents import Wordings
from app.types import Prominence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.types import AuditReport, Category, Finding
    from corpus.types import Clause, Document


@dataclass(frozen=True, slots=True)
class Member:
    """One document's clause in a family."""

    doc_id: str
    """The document."""
    clause_id: str
    """The clause."""
    emphasis: Prominence
    """How it is printed there."""
    must_highlight: bool
    """Whether it must be prominent there."""


@dataclass(frozen=True, slots=True)
class Family:
    """Near-identical clauses of several documents."""

    text: str
    """The words of the first member."""
    categories: tuple[Category, ...]
    """The first member's categories."""
    members: tuple[Member, ...]
    """In the order of the documents and their clauses."""

    @property
    def inconsistent(self) -> bool:
        """Whether some documents print it prominently and others do not."""
        states = {member.emphasis is Prominence.FULL for member in self.members}
        return len(states) == 2

    @property
    def missed(self) -> int:
        """Members that must be prominent and are not."""
        return sum(member.must_highlight and member.emphasis is not Prominence.FULL for member in self.members)


def families_of(documents: Sequence[Document], reports: Mapping[str, AuditReport]) -> tuple[Family, ...]:
    """Group the clauses that must be prominent somewhere; a clause alone in the corpus is no family.

    `reports`: the review of every document, by its name. Order: inconsistent families first, then those with the most
    missed clauses, then in document order.
    """
    findings = {finding.clause_id: finding for report in reports.values() for finding in report.findings}
    wordings = Wordings(documents)
    grouped: set[str] = set()
    families: list[Family] = []
    for document in documents:
        for clause in document.clauses:
            finding = findings.get(clause.clause_id)
            if clause.clause_id in grouped or finding is None or not finding.must_highlight:
                continue
            members = _members(clause, wordings, findings, grouped)
            grouped |= {member.clause_id for member in members}
            if len(members) > 1:
                families.append(Family(clause.body, finding.categories, members))
    return tuple(sorted(families, key=lambda family: (not family.inconsistent, -family.missed)))


def _members(
    clause: Clause, wordings: Wordings, findings: Mapping[str, Finding], grouped: set[str]
) -> tuple[Member, ...]:
    """Give the clauses that read like this one and stand in no family yet."""
    found: list[Member] = []
    for document, other, _ in wordings.similar(clause):
        finding = findings.get(other.clause_id)
        if other.clause_id not in grouped:
            found.append(
                Member(
                    doc_id=document.doc_id,
                    clause_id=other.clause_id,
                    emphasis=finding.emphasis if finding else Prominence.NONE,
                    must_highlight=finding is not None and finding.must_highlight,
                )
            )
    return tuple(sorted(found, key=lambda member: wordings.order[member.clause_id]))
