"""Highlight coverage: a finding for every clause with a category or with emphasis, and one figure.

What must be prominent. 民法典第四百九十六条 asks for notice of terms in which the other side has a major interest,
above all those that free the drafter from liability or lessen it; 合同编通则解释第十条 speaks of unusual terms that do
so or exclude or limit the other side's rights. So a category alone is not enough: `must` rules describe words that
shift a risk, a right or a decision; `mild` rules name the subject (the law that applies, a general liability for
breach, acceptance by use), which is an ordinary term however it is printed. A clause must be prominent when one `must`
rule speaks, in its own words or in those of the lead-in that it completes, and no softener takes the edge off.

Context. An item takes the categories of the words that lead it in (`inheritance`). A heading is never a finding, and
its bold lends nothing to the clauses below it. Who is limited is decided by the names that the document gives each side
(`names`).

Where no rule asks for prominence, a model may point to a clause as a second opinion (`opinion`): such a finding says
so in its trigger and its advice, and does not count.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.review.advice import advise
from app.review.flags import flags_of
from app.review.inheritance import reasons_of
from app.review.names import names_of
from app.review.opinion import RULE_ID, opinion_of
from app.review.precedents import Wordings, precedents_of
from app.review.prominence import plain_parts, prominence_of, renders
from app.review.rulebook import load_rules
from app.types import AuditReport, Category, Finding, Prominence, Trigger
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.review.inheritance import Reason
    from app.review.opinion import Opinion
    from app.review.rulebook import Rule
    from app.types import Precedent
    from corpus.types import Clause, Document


def audit(
    document: Document, *, rules: Path | Sequence[Rule] | None = None, others: Sequence[Document] | Wordings = ()
) -> AuditReport:
    """Review one document.

    `rules`: a person's own table, read after those that ship, or the rules themselves. `others`: documents to look for
    precedents in, or their wordings, counted once for many reviews. Raises RuleUnusable when the table cannot be used.
    """
    table = load_rules(rules) if rules is None or isinstance(rules, Path) else tuple(rules)
    reasons = reasons_of(document, table)
    wordings = others if isinstance(others, Wordings) else Wordings(others)
    opinions = _opinions(document, reasons)
    findings = tuple(
        _finding(
            document,
            clause,
            reasons[clause.clause_id],
            precedents_of(clause, wordings, doc_id=document.doc_id),
            opinions.get(clause.clause_id),
        )
        for clause in document.clauses
        if clause.kind is not ClauseKind.HEADING
        and (reasons[clause.clause_id] or clause.emphasis or clause.clause_id in opinions)
    )
    must = [finding for finding in findings if finding.must_highlight]
    full = sum(finding.emphasis is Prominence.FULL for finding in must)
    return AuditReport(
        doc_id=document.doc_id,
        coverage=full / len(must) if must else 1.0,
        must=len(must),
        emphasised=full,
        findings=findings,
    )


def categories_of(document: Document, clause_id: str, *, rules: Path | None = None) -> tuple[Category, ...]:
    """Give the categories that `audit` finds for one clause, without reviewing the whole document.

    Raises RuleUnusable.
    """
    return _given(reasons_of(document, load_rules(rules), wanted={clause_id})[clause_id])


def _given(reasons: Sequence[Reason]) -> tuple[Category, ...]:
    given = {reason.match.rule.category for reason in reasons}
    return tuple(category for category in Category if category in given)


def _opinions(document: Document, reasons: Mapping[str, Sequence[Reason]]) -> dict[str, Opinion]:
    """Ask the model about the clauses that no rule requires to be prominent."""
    texts = {clause.clause_id: clause.text for clause in document.clauses}
    found: dict[str, Opinion] = {}
    for clause in document.clauses:
        if clause.kind is ClauseKind.HEADING or any(reason.match.must for reason in reasons[clause.clause_id]):
            continue
        names = names_of(document, clause.clause_id)
        opinion = opinion_of(clause.text, texts.get(clause.lead_in_id or "", ""), names=names)
        if opinion is not None:
            found[clause.clause_id] = opinion
    return found


def _finding(
    document: Document,
    clause: Clause,
    reasons: Sequence[Reason],
    precedents: tuple[Precedent, ...],
    opinion: Opinion | None,
) -> Finding:
    must = any(reason.match.must for reason in reasons)
    flags = tuple(flags_of(clause.text, names_of(document, clause.clause_id))) if reasons else ()
    articles = [article for flag in flags for article in flag.check.articles]
    prominence = prominence_of(clause)
    decisive = _decisive(reasons)
    return Finding(
        clause_id=clause.clause_id,
        label=clause.label,
        lines=clause.lines,
        span=clause.span,
        categories=_given(reasons),
        must_highlight=must,
        emphasis=prominence,
        renders=renders(clause),
        triggers=(*map(_trigger, reasons), *([_pointer(clause, opinion)] if opinion else [])),
        basis=tuple(dict.fromkeys([*(article for rule in decisive.values() for article in rule.basis), *articles])),
        precedents=precedents,
        advice=advise(
            tuple(decisive.values()),
            must=must,
            prominence=prominence,
            seen=renders(clause),
            plain=plain_parts(clause) if prominence is Prominence.PARTIAL else (),
            precedents=precedents,
            flags=flags,
            score=opinion.score if opinion else None,
        ),
    )


def _decisive(reasons: Sequence[Reason]) -> Mapping[str, Rule]:
    """Choose the rules that require prominence, or all when none does."""
    musts = [reason for reason in reasons if reason.match.must] or reasons
    return {reason.match.rule.rule_id: reason.match.rule for reason in musts}


def _trigger(reason: Reason) -> Trigger:
    match = reason.match
    return Trigger(
        rule_id=match.rule.rule_id,
        span=reason.clause.locate(match.start, match.end),
        text=reason.clause.text[match.start : match.end],
    )


def _pointer(clause: Clause, opinion: Opinion) -> Trigger:
    return Trigger(
        rule_id=RULE_ID,
        span=clause.locate(opinion.start, opinion.end),
        text=clause.text[opinion.start : opinion.end],
    )
