"""Highlight coverage: which clauses must be printed prominently, and whether they are.

Every rule that speaks on a clause gives it the rule's category. Whether prominence is a *duty* is a matter of weight:
a rule that alone names a heavy interest (an exclusion of liability, a cap, a court) weighs 1.0, mild wording that
drafters use everywhere (each side is liable for its own breach, mainland law applies) weighs less. A clause must be
prominent when its rules together weigh at least `MUST_WEIGHT`; each rule counts once. So mild wording alone is listed
and not demanded, and two mild reasons together are.

An item shares what its lead-in says (`下列情形不属于违约：`), where the rule allows it, and cites the lead-in's words.
Headings are never findings: 民法典第四百九十六条 asks for the clause, not for its title.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.review.advice import advise
from app.review.matching import match_rules, sides_of
from app.review.prominence import prominence_of
from app.review.ruleset import load_rules
from app.types import AuditReport, Category, Finding, Prominence, Trigger
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.review.matching import Match
    from app.review.ruleset import Rule
    from corpus.types import Clause, Document

MUST_WEIGHT = 1.0
"""Weight from which prominence is a duty."""


@dataclass(frozen=True, slots=True)
class _Reasons:
    """Why a clause has its categories: rules with the clause and the words."""

    own: tuple[tuple[Clause, Match], ...]
    inherited: tuple[tuple[Clause, Match], ...]

    @property
    def all(self) -> tuple[tuple[Clause, Match], ...]:
        return (*self.inherited, *self.own)

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple({match.rule.rule_id: match.rule for _, match in self.all}.values())

    @property
    def weight(self) -> float:
        return sum(rule.weight for rule in self.rules)


def audit(document: Document, *, rules: Path | None = None, others: Sequence[Document] = ()) -> AuditReport:
    """Review one document with the rules that ship and a person's own; `others` are searched for precedents.

    Raises RulesRefused when the person's rules cannot be used.
    """
    del others
    reasons = _reasons(document, load_rules(rules))
    findings = tuple(
        _finding(clause, reasons[clause.clause_id])
        for clause in document.clauses
        if clause.clause_id in reasons and (reasons[clause.clause_id].rules or clause.emphasis)
    )
    must = [finding for finding in findings if finding.must_highlight]
    emphasised = sum(finding.emphasis is Prominence.FULL for finding in must)
    return AuditReport(
        doc_id=document.doc_id,
        coverage=emphasised / len(must) if must else 1.0,
        must=len(must),
        emphasised=emphasised,
        findings=findings,
    )


def _reasons(document: Document, rules: tuple[Rule, ...]) -> dict[str, _Reasons]:
    """Rules on every clause but headings; a lead-in comes before its items in the document."""
    result: dict[str, _Reasons] = {}
    for clause in document.clauses:
        if clause.kind is ClauseKind.HEADING:
            continue
        matches = match_rules(rules, clause.text, sides_of(document, clause), start=clause.body_start)
        above = result.get(clause.lead_in_id) if clause.lead_in_id else None
        handed = tuple(
            (source, match)
            for source, match in (above.all if above else ())
            if match.rule.inherit and _leads(source, match)
        )
        result[clause.clause_id] = _Reasons(own=tuple((clause, match) for match in matches), inherited=handed)
    return result


def _leads(clause: Clause, match: Match) -> bool:
    """Whether the words stand in the sentence that ends in the colon."""
    return not any(mark in clause.text[match.end :] for mark in "。；")


def _finding(clause: Clause, reasons: _Reasons) -> Finding:
    must = reasons.weight >= MUST_WEIGHT
    emphasis = prominence_of(clause)
    given = {rule.category for rule in reasons.rules}
    return Finding(
        clause_id=clause.clause_id,
        label=clause.label,
        lines=clause.lines,
        span=clause.span,
        categories=tuple(category for category in Category if category in given),
        must_highlight=must,
        emphasis=emphasis,
        renders=all(one.renders for one in clause.emphasis),
        triggers=tuple(
            Trigger(match.rule.rule_id, source.locate(match.start, match.end), source.text[match.start : match.end])
            for source, match in reasons.all
        ),
        basis=tuple(dict.fromkeys(article for rule in reasons.rules for article in rule.basis)),
        precedents=(),
        advice=advise(clause, reasons.rules, must=must, emphasis=emphasis),
    )
