"""Keeping decisions: clauses named by their number, decisions made, replaced and withdrawn.

A decision is made on a finding that says a clause must be prominent, or on one that was dismissed before. A new
decision takes the place of an older one on the same words, and of an outdated one whose clause was reworded into
this one: whoever decides again has read the new words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.review.decisions import Verdict, apply_decisions, decide
from app.review.diff.pairing import body_of
from corpus.errors import UnreadableTerms
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.review.decisions import Decision
    from app.types import AuditReport
    from corpus.types import Clause, Document

_MARKS = " \t\u3000.．、:：()（）"
"""Marks around a number that people leave out or add when they name a clause."""


class Undecidable(UnreadableTerms):
    """A decision that cannot be made: no such clause, no finding, no reason."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a lawyer says in one sitting, clauses named as people name them."""

    accept: tuple[str, ...] = ()
    """Clauses whose finding is right."""
    dismiss: tuple[str, ...] = ()
    """Clauses that need no prominence."""
    withdraw: tuple[str, ...] = ()
    """Clauses whose decision is taken back."""
    reason: str = ""
    """Why; needed to dismiss."""
    by: str = ""
    """Who decides."""

    def __bool__(self) -> bool:
        return bool(self.accept or self.dismiss or self.withdraw)


def named_clause(document: Document, name: str) -> Clause:
    """Find a clause by its id (`weidianyun#13.5`, `12.2（1）`) or by its number as printed.

    Raises Undecidable when there is none, or several.
    """
    clauses = [clause for clause in document.clauses if clause.kind is not ClauseKind.HEADING]
    wanted, bare = name.strip(), name.strip(_MARKS)
    readings = (
        [clause for clause in clauses if wanted in {clause.clause_id, clause.clause_id.partition("#")[2]}],
        [clause for clause in clauses if wanted and wanted == clause.label],
        [clause for clause in clauses if bare and bare == clause.clause_id.partition("#")[2]],
        [clause for clause in clauses if bare and bare == clause.label.strip(_MARKS)],
    )
    found = next((clauses for clauses in readings if clauses), [])
    if len(found) == 1:
        return found[0]
    if not found:
        raise Undecidable(name, f"《{document.title}》里没有这一条")
    ids = "、".join(clause.clause_id.partition("#")[2] for clause in found[:5])
    raise Undecidable(name, f"有 {len(found)} 条是这个编号，请写明是哪一条：{ids}{'……' if len(found) > 5 else ''}")


def rule(
    ruling: Ruling, *, document: Document, report: AuditReport, decisions: Sequence[Decision], on: date
) -> tuple[Decision, ...]:
    """Give the decisions as they stand after the ruling; `report` is the review without decisions.

    Raises Undecidable.
    """
    if ruling.dismiss and not ruling.reason.strip():
        raise Undecidable(ruling.dismiss[0], "不采纳检查结果时须写明理由")
    kept = list(decisions)
    for name in ruling.withdraw:
        left = _without(kept, named_clause(document, name), document, report)
        if len(left) == len(kept):
            raise Undecidable(name, "这一条没有决定可以撤回")
        kept = left
    owed = {finding.clause_id for finding in report.findings if finding.must_highlight}
    for verdict, names in ((Verdict.ACCEPT, ruling.accept), (Verdict.DISMISS, ruling.dismiss)):
        for name in names:
            clause = named_clause(document, name)
            if clause.clause_id not in owed:
                raise Undecidable(name, "检查没有要求突出这一条，无须决定")
            kept = _without(kept, clause, document, report)
            kept.append(decide(clause, verdict, reason=ruling.reason, by=ruling.by, on=on))
    return tuple(kept)


def _without(decisions: Sequence[Decision], clause: Clause, document: Document, report: AuditReport) -> list[Decision]:
    """Leave out what was decided on this clause, as it reads now or read before."""
    before = [old for old, now in apply_decisions(report, document, decisions).outdated if now == clause.clause_id]
    return [one for one in decisions if one.words != body_of(clause) and one not in before]
