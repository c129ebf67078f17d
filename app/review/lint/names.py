"""Names of the sides: used the other way round, of a thing and a side at once, mixed, misspelt."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from app.review.lint.places import offset_in
from app.review.lint.types import Severity, Slip
from corpus.roles import VENDOR_NAMES
from corpus.types import ClauseKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.types import Clause, Document, Party

SIDES = {Role.CUSTOMER: "客户", Role.VENDOR: "提供方", Role.OTHER: "其他方"}
_SHORT = ("您", "甲方", "乙方", "丙方", "用户", "客户", "会员", "买方", "委托方")
_THING = re.compile(r"(?:服务|产品|软件|系统|应用)[”\"）)]{0,2}(?:$|[（(，,。])")


def check_names(document: Document) -> Iterator[Slip]:
    """Report slips with the names of the sides."""
    for party in document.parties:
        yield from _swapped(document, party)
        yield from _misspelt(document, party)
    yield from _things(document)
    yield from _mixed(document)


def _swapped(document: Document, party: Party) -> Iterator[Slip]:
    """Find a defined name that does what only the other side does; one finding a clause and name."""
    clauses = {clause.clause_id: clause for clause in document.clauses}
    seen: set[tuple[str, str]] = set()
    defined = {mention.text: mention.clause_id for mention in party.defined_at}
    for mention in party.conflicts:
        if (mention.clause_id, mention.text) in seen:
            continue
        seen.add((mention.clause_id, mention.text))
        clause = clauses[mention.clause_id]
        start = offset_in(clause, mention.span.start)
        where = clauses[defined[mention.text]] if mention.text in defined else None
        source = f"（见{_place(where)}）" if where else ""
        other = SIDES[Role.CUSTOMER if party.role is Role.VENDOR else Role.VENDOR]
        yield Slip(
            kind="party_swapped",
            severity=Severity.ERROR,
            clause=clause,
            start=start,
            end=start + len(mention.text),
            text=f"“{mention.text}”按定义{source}是{SIDES[party.role]}，此处却用来指{other}",
            advice=f"请核对此处所指；若指{other}，应改用其称呼。",
            others=(where.clause_id,) if where else (),
        )


def _things(document: Document) -> Iterator[Slip]:
    """Find a service or product by definition that bears rights or duties like a side."""
    for definition in document.definitions:
        clause = document.clause(definition.clause_id)
        at = offset_in(clause, definition.span.start)
        before = re.split(r"[，。；与就]", clause.text[:at])[-1]
        if (
            definition.term in VENDOR_NAMES
            or not _THING.search(re.sub(r"[（(][^）)]{0,12}$", "", before))
            or len(definition.term) < 2
        ):
            continue
        term = re.escape(definition.term)
        acting = re.compile(rf"{term}(?:有权|保留|会尽|承诺|同意|不承担|承担|应当|认为|可提前)")
        acts = [one for one in document.clauses if acting.search(one.text)]
        if not acts:
            continue
        match = acting.search(acts[0].text)
        assert match is not None
        yield Slip(
            kind="thing_as_party",
            severity=Severity.ERROR,
            clause=acts[0],
            start=match.start(),
            end=match.start() + len(definition.term),
            text=f"“{definition.term}”定义为服务或产品（见{_place(clause)}），却有 {len(acts)} 条把它当作当事人",
            advice="服务不能成为合同当事人，请改用提供方的名称。",
            others=(clause.clause_id, *(one.clause_id for one in acts[1:])),
        )


def _mixed(document: Document) -> Iterator[Slip]:
    """Find the customer addressed by several names that no definition ties together."""
    for party in document.parties:
        if party.role is not Role.CUSTOMER:
            continue
        uses: Counter[str] = Counter()
        for clause in document.clauses:
            if clause.kind is not ClauseKind.HEADING:
                for name in _SHORT:
                    if name in party.aliases:
                        uses[name] += clause.text.count(name)
        common = [name for name, count in uses.most_common() if count >= 2]
        if len(common) < 2:
            continue
        rare = common[-1]
        clause = next(one for one in document.clauses if one.kind is not ClauseKind.HEADING and rare in one.text)
        start = clause.text.find(rare)
        counts = "、".join(f"“{name}”{uses[name]} 次" for name in common)
        yield Slip(
            kind="mixed_address",
            severity=Severity.INFO,
            clause=clause,
            start=start,
            end=start + len(rare),
            text=f"同一方有多种称呼：{counts}",
            advice="请统一称呼，或在定义中写明它们所指相同。",
        )


def _misspelt(document: Document, party: Party) -> Iterator[Slip]:
    """Find a long name of a side with its middle character left out, where the name is used often."""
    text = "\n".join(clause.text for clause in document.clauses)
    for name in party.aliases:
        if not 3 <= len(name) <= 6 or text.count(name) < 5:
            continue
        for place in range(1, len(name) - 1):
            wrong = name[:place] + name[place + 1 :]
            if not 1 <= text.count(wrong) <= 2 or wrong in "".join(party.aliases):
                continue
            for clause in document.clauses:
                start = clause.text.find(wrong)
                if start >= 0:
                    yield Slip(
                        kind="misspelt_name",
                        severity=Severity.WARNING,
                        clause=clause,
                        start=start,
                        end=start + len(wrong),
                        text=f"“{wrong}”疑为“{name}”漏字",
                        advice=f"请核对是否应为“{name}”。",
                    )


def _place(clause: Clause) -> str:
    if clause.label:
        return f" {clause.label}"
    return f"第 {clause.lines[0]} 行" if clause.lines else "前文"
