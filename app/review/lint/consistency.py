"""Clauses that contradict each other: prepaid only and paid afterwards, no unilateral change and a unilateral one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.review.lint.types import Severity, Slip
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.types import Clause, Document

_PREPAID_ONLY = re.compile(
    r"(?:为|是|采用|仅支持|均为)[^，。；]{0,6}预付费|(?:付费|付款|支付)(?:之后|后)才(?:可以?|能)"
)
_POSTPAID = re.compile(r"后付费|先使用后付费")
_NO_CHANGE = re.compile(
    r"(?:任何一方|双方|任一方|各方)[^，。；]{0,8}不得[^，。；]{0,10}(?:变更|修改|调整)"
    r"|(?:变更|修改)[^。；]{0,16}(?:应经|须经|需经)[^。；]{0,8}(?:双方|协商一致)"
)
_CHANGE = re.compile(r"(?:有权|可以?|保留)[^。；]{0,30}(?:单方|随时|自行)[^。；]{0,16}(?:调整|修改|变更)")


def check_consistency(document: Document) -> Iterator[Slip]:
    """Report pairs of clauses that cannot both hold."""
    yield from _pair(
        document,
        _PREPAID_ONLY,
        _POSTPAID,
        kind="payment_contradiction",
        severity=Severity.ERROR,
        text="只约定了预付费，{other} 却提到后付费",
        advice="请核对付费方式；两种都提供的，应分别写明。",
    )
    yield from _pair(
        document,
        _NO_CHANGE,
        _CHANGE,
        kind="change_contradiction",
        severity=Severity.WARNING,
        text="约定不得单方变更、变更须协商一致，{other} 却允许单方调整",
        advice="请统一两处约定，或写明单方调整是例外。",
    )


def _pair(  # noqa: PLR0913 - the fields of a Slip
    document: Document,
    rule: re.Pattern[str],
    breach: re.Pattern[str],
    *,
    kind: str,
    severity: Severity,
    text: str,
    advice: str,
) -> Iterator[Slip]:
    """Hold the first clause with the rule against all that break it."""
    clauses = [clause for clause in document.clauses if clause.kind is not ClauseKind.HEADING]
    holding = [(clause, match) for clause in clauses if (match := rule.search(clause.text))]
    if not holding:
        return
    if any(breach.search(clause.text) for clause, _ in holding):
        return
    breaking = [clause for clause in clauses if breach.search(clause.text)]
    clause, match = holding[0]
    if not breaking or _both_offered(clauses, kind):
        return
    other = breaking[0].label or f"第 {breaking[0].lines[0] if breaking[0].lines else '?'} 行"
    yield Slip(
        kind=kind,
        severity=severity,
        clause=clause,
        start=match.start(),
        end=match.end(),
        text=text.format(other=other),
        advice=advice,
        others=tuple(one.clause_id for one in breaking),
    )


def _both_offered(clauses: list[Clause], kind: str) -> bool:
    """Terms that describe how paying afterwards works offer it beside prepayment."""
    if kind != "payment_contradiction":
        return False
    described = re.compile(
        r"^[\W\d.]{0,16}(?:按量|后付费|先使用后付费)|可(?:以)?选择[^，。；]{0,12}(?:预付费|后付费)|后付费[^，。；]{0,4}[：:]|按量(?:计费|付费)"
    )
    return any(described.search(clause.text) for clause in clauses)
