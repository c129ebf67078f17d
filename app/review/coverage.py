"""Highlight coverage: a finding for every clause with a category or with emphasis, and one figure.

What must be prominent. 民法典第四百九十六条 asks for notice of terms in which the other side has a major interest, above
all those that free the drafter from liability or lessen it; 合同编通则解释第十条 speaks of unusual terms that do so or
exclude or limit the other side's rights. So a category alone is not enough: `must` rules describe words that shift a
risk, a right or a decision; `mild` rules name the subject (mutual force majeure, "the law of … applies", "each party is
liable for its breach", acceptance by use), which is an ordinary term however it is printed. A clause must be
prominent when one `must` rule speaks, in its own words or in those of the lead-in that it completes.

Context. An item takes the category of its lead-in when the rule speaks in the lead-in's last sentence, the one that
ends in the colon. A heading is never a finding, and its bold lends nothing to the clauses below it. Who is limited is
decided by the names that the document gives each side (`names`).
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from app.review.matching import find
from app.review.names import names_of
from app.review.prominence import prominence_of, renders
from app.review.rulebook import load_rules
from app.types import AuditReport, Category, Finding, Prominence, Trigger
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.review.matching import Match
    from app.review.rulebook import Rule
    from corpus.types import Clause, Document

SENTENCE_ENDS = "。！？；"


def audit(
    document: Document, *, rules: Path | Sequence[Rule] | None = None, others: Sequence[Document] = ()
) -> AuditReport:
    """Review one document.

    `rules`: a person's own table, read after those that ship, or the rules themselves. `others`: documents to look for
    precedents in. Raises RuleUnusable when the table cannot be used.
    """
    table = load_rules(rules) if rules is None or not isinstance(rules, (list, tuple)) else tuple(rules)
    matches = {clause.clause_id: _matches(document, clause, table) for clause in document.clauses}
    findings = tuple(
        finding
        for clause in document.clauses
        if clause.kind is not ClauseKind.HEADING
        if (finding := _finding(clause, matches, document)) is not None
    )
    must = sum(finding.must_highlight for finding in findings)
    full = sum(finding.must_highlight and finding.emphasis is Prominence.FULL for finding in findings)
    return AuditReport(
        doc_id=document.doc_id,
        coverage=full / must if must else 1.0,
        must=must,
        emphasised=full,
        findings=findings,
    )


def _matches(document: Document, clause: Clause, rules: Sequence[Rule]) -> list[Match]:
    if clause.kind is ClauseKind.HEADING:
        return []
    names = names_of(document, clause.clause_id)
    return find(rules, clause.text, start=clause.body_start, names=names, headings=clause.headings)


def _finding(clause: Clause, matches: dict[str, list[Match]], document: Document) -> Finding | None:
    own = matches[clause.clause_id]
    inherited = _inherited(clause, matches, document)
    rules = {match.rule.rule_id: match.rule for _, match in chain(((clause, match) for match in own), inherited)}
    if not rules and not clause.emphasis:
        return None
    categories = tuple(category for category in Category if any(rule.category is category for rule in rules.values()))
    must = any(rule.must for rule in rules.values())
    triggers = [_trigger(holder, match) for holder, match in chain(((clause, match) for match in own), inherited)]
    prominence = prominence_of(clause)
    decisive = [rule for rule in rules.values() if rule.must] or list(rules.values())
    return Finding(
        clause_id=clause.clause_id,
        label=clause.label,
        lines=clause.lines,
        span=clause.span,
        categories=categories,
        must_highlight=must,
        emphasis=prominence,
        renders=renders(clause),
        triggers=tuple(triggers),
        basis=tuple(dict.fromkeys(article for rule in decisive for article in rule.basis)),
        precedents=(),
        advice=_advice(decisive, must=must, prominence=prominence, seen=renders(clause)),
    )


def _inherited(clause: Clause, matches: dict[str, list[Match]], document: Document) -> list[tuple[Clause, Match]]:
    """What the lead-ins above say in the sentence that the clause completes."""
    found: list[tuple[Clause, Match]] = []
    seen = {clause.clause_id}
    holder_id = clause.lead_in_id
    while holder_id is not None and holder_id not in seen:
        seen.add(holder_id)
        holder = document.clause(holder_id)
        last = max((holder.text.rfind(end, 0, len(holder.text) - 1) for end in SENTENCE_ENDS), default=-1)
        found += [(holder, match) for match in matches[holder_id] if match.end > last + 1]
        holder_id = holder.lead_in_id
    return found


def _trigger(clause: Clause, match: Match) -> Trigger:
    return Trigger(
        rule_id=match.rule.rule_id,
        span=clause.locate(match.start, match.end),
        text=clause.text[match.start : match.end],
    )


def _advice(rules: Sequence[Rule], *, must: bool, prominence: Prominence, seen: bool) -> str:
    """Say what is to be done about the print first, then what the rule asks for."""
    if not rules:
        return "本条有强调，但规则未发现须提示的内容；强调过多会冲淡真正需要提示的条款。"
    kinds = "、".join(dict.fromkeys(rule.name for rule in rules))
    if not must:
        return f"涉及{kinds}，属一般约定，不要求醒目提示。"
    state = {
        Prominence.FULL: "已醒目提示，请在修改版式时保持。",
        Prominence.PARTIAL: "只强调了一部分，请强调整条。",
        Prominence.NONE: "未作提示，请整条加粗或加下划线。",
        Prominence.UNKNOWN: "文件格式看不出是否强调，请人工核对。",
    }[prominence]
    unseen = "" if seen else "强调标记在网页上不会显示，请改正标记的写法。"
    return f"{kinds}：{state}{unseen}{rules[0].advice}"
