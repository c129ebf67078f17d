"""Wording that the law makes void or doubtful however it is printed, and consents that it asks for apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.review.flags import flags_of
from app.review.lint.types import Severity, Slip
from app.review.matching import find
from app.review.names import names_of
from app.review.rulebook import load_rules
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.types import Document

SEVERITIES = {"consumer_jurisdiction": Severity.INFO}
"""How grave a flag is; ERROR for those that are not here: the words have no effect as written."""
_CONSENT = "单独同意"


def check_law(document: Document) -> Iterator[Slip]:
    """Report wording that is void or doubtful."""
    yield from _shared_without_consent(document)
    for clause in document.clauses:
        if clause.kind is ClauseKind.HEADING:
            continue
        for flag in flags_of(clause.text, names_of(document, clause.clause_id)):
            kind = flag.check.kind
            severity = SEVERITIES.get(kind, Severity.ERROR)
            yield Slip(kind, severity, clause, flag.start, flag.end, flag.sentence, flag.check.advice)


def _shared_without_consent(document: Document) -> Iterator[Slip]:
    """Find the first clause that passes data on, in terms that nowhere ask for a separate consent."""
    if _CONSENT in document.source:
        return
    sharing = [rule for rule in load_rules() if rule.rule_id == "restriction.data-sharing"]
    for clause in document.clauses:
        if clause.kind is ClauseKind.HEADING:
            continue
        names = names_of(document, clause.clause_id)
        found = [match for match in find(sharing, clause.text, start=clause.body_start, names=names) if match.must]
        if found:
            yield Slip(
                kind="separate_consent",
                severity=Severity.WARNING,
                clause=clause,
                start=found[0].start,
                end=found[0].end,
                text="向他人提供个人信息须取得个人的单独同意（个人信息保护法第二十三条），全文没有这样的安排",
                advice="请写明接收方、目的、方式和种类，并安排单独同意。",
            )
            return
