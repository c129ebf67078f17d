"""Defined terms: defined and never used, defined twice; the terms' own name in two forms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from app.review.lint.places import offset_in
from app.review.lint.types import Severity, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.types import Definition, Document

_SELF = re.compile(r"本(?:服务条款|服务协议|用户协议|协议|合同|隐私政策|政策|声明|须知|服务等级协议)(?!项下的?附件)")
_SIDE = re.compile(r"[甲乙丙丁]方|您|用户|客户")


def check_terms(document: Document) -> Iterator[Slip]:
    """Report slips with defined terms."""
    yield from _unused(document)
    yield from _twice(document)
    yield from _own_name(document)


def _unused(document: Document) -> Iterator[Slip]:
    """Find a term that stands nowhere but in its definition."""
    text = "\n".join(clause.text for clause in document.clauses)
    for definition in document.definitions:
        if text.count(definition.term) == 1 and len(definition.term) >= 2:
            yield _slip(
                document,
                definition,
                kind="unused_term",
                severity=Severity.WARNING,
                text=f"定义了“{definition.term}”，但后文没有使用",
                advice="请删去该定义，或在后文统一使用。",
            )


def _twice(document: Document) -> Iterator[Slip]:
    """Find a term defined in two clauses."""
    places: defaultdict[str, list[Definition]] = defaultdict(list)
    for definition in document.definitions:
        places[definition.term].append(definition)
    for term, definitions in places.items():
        others = [one for one in definitions[1:] if one.clause_id != definitions[0].clause_id]
        if others and not _SIDE.fullmatch(term):
            yield _slip(
                document,
                others[0],
                kind="defined_twice",
                severity=Severity.WARNING,
                text=f"“{term}”在多处定义",
                advice="请只保留一处定义，避免含义不一。",
                others=(definitions[0].clause_id,),
            )


def _own_name(document: Document) -> Iterator[Slip]:
    """Find 本协议 here and 本服务条款 there, of the same text."""
    uses: Counter[str] = Counter()
    for clause in document.clauses:
        uses.update(match[0] for match in _SELF.finditer(clause.text))
    common = [(name, count) for name, count in uses.most_common() if count >= 2]
    if len(common) < 2:
        return
    rare = common[-1][0]
    clause = next(one for one in document.clauses if rare in one.text)
    start = clause.text.find(rare)
    counts = "、".join(f"“{name}”{count} 次" for name, count in common)
    yield Slip(
        kind="mixed_own_name",
        severity=Severity.WARNING,
        clause=clause,
        start=start,
        end=start + len(rare),
        text=f"文件对自身有多种称呼：{counts}",
        advice="请统一称呼，以免被理解为不同的文件。",
        others=tuple(one.clause_id for one in document.clauses if rare in one.text and one is not clause),
    )


def _slip(  # noqa: PLR0913 - the fields of a Slip
    document: Document,
    definition: Definition,
    *,
    kind: str,
    severity: Severity,
    text: str,
    advice: str,
    others: tuple[str, ...] = (),
) -> Slip:
    clause = document.clause(definition.clause_id)
    start = offset_in(clause, definition.span.start)
    return Slip(kind, severity, clause, start, start + len(definition.term), text, advice, others)
