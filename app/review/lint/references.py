"""References: clauses and annexes that do not exist, 前述 that nothing precedes, colons that nothing follows."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from app.review.lint.places import offset_in
from app.review.lint.types import Severity, Slip
from corpus.types import ClauseKind, ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.types import Clause, Document

_ANNEX_REFERENCE = re.compile(r"附[件录表]")
_NAMED = re.compile(r"([\u4e00-\u9fff]{2,12}?)(?:条款|部分|章节)?[（(]\s?$")
_THINGS = (
    "送达地址", "联系地址", "地址", "联系信息", "联系方式", "联系人", "电子邮箱", "邮箱",
    "附件", "名单", "表格", "账户信息", "银行账户", "期限", "比例",
)  # fmt: skip
"""What 前述 and 上述 are checked for: things that must have been written down before."""
_NOUNS = frozenset(thing[-2:] for thing in _THINGS)
_EARLIER = re.compile(rf"(?:前述|上述)(?:约定的|提供的|所列的?|列明的)?({'|'.join(_THINGS)})")
_ANNEX = re.compile(r"附件(?![名格大夹类中])(?:[一二三四五六七八九十\d]{1,2})?")
_ANNEX_HEAD = re.compile(r"^\W{0,4}附件")


def check_references(document: Document) -> Iterator[Slip]:
    """Report references that lead nowhere."""
    yield from _missing_clauses(document)
    yield from _missing_annex(document)
    yield from _nothing_before(document)
    yield from _nothing_after(document)


def _missing_clauses(document: Document) -> Iterator[Slip]:
    """Find numbers that no clause has, 前款 that nothing precedes, and 保密条款（第7条） where 7 is something else."""
    clauses = {clause.clause_id: clause for clause in document.clauses}
    for reference in document.references:
        if reference.kind is ReferenceKind.DOCUMENT or _ANNEX_REFERENCE.match(reference.text):
            continue
        clause = clauses[reference.clause_id]
        start = offset_in(clause, reference.span.start)
        end = start + len(reference.text)
        if reference.dangling:
            numbered = reference.kind is ReferenceKind.NUMBER
            yield Slip(
                kind="missing_clause" if numbered else "dangling_reference",
                severity=Severity.ERROR if numbered else Severity.WARNING,
                clause=clause,
                start=start,
                end=end,
                text=f"引用了“{reference.text}”，但文件中没有这一条" if numbered else f"“{reference.text}”所指不明",
                advice="请核对所引用的条款编号；条款增删后应同时更新引用。",
            )
        elif reference.kind is ReferenceKind.NUMBER and len(reference.target_ids) == 1:
            yield from _misdirected(clause, start, end, clauses[reference.target_ids[0]])


def _misdirected(clause: Clause, start: int, end: int, target: Clause) -> Iterator[Slip]:
    """Hold the name before a number in brackets against the heading of the clause with that number."""
    named = _NAMED.search(clause.text, max(0, start - 24), start)
    if named is None:
        return
    title = target.text if target.kind is ClauseKind.HEADING else "".join((*target.headings[-2:], target.text))
    if set(named[1]) & set(title) - set("条款的与和及"):
        return
    yield Slip(
        kind="wrong_reference",
        severity=Severity.WARNING,
        clause=clause,
        start=start,
        end=end,
        text=f"“{named[1]}”与所引用的条款“{target.text[:20]}”不符",
        advice="请核对所引用的条款编号。",
        others=(target.clause_id,),
    )


def _missing_annex(document: Document) -> Iterator[Slip]:
    """Find an annex of these terms that is referred to and not there; a file attached to a mail is none."""
    if any(_ANNEX_HEAD.search(clause.text) for clause in document.clauses):
        return
    for clause in document.clauses:
        for match in _ANNEX.finditer(clause.text):
            around = clause.text[max(0, match.start() - 8) : match.end() + 8]
            if not re.search(
                r"(?:本?(?:协议|合同|条款)|及|和|与|见|按照|依据)[^，。；]{0,4}附件|附件[^，。；]{0,4}(?:约定|规定|所列)",
                around,
            ):
                continue
            yield Slip(
                kind="missing_annex",
                severity=Severity.ERROR,
                clause=clause,
                start=match.start(),
                end=match.end(),
                text="提到附件，但文件中没有附件",
                advice="请补上附件，或删去对附件的引用。",
            )
            break


def _nothing_before(document: Document) -> Iterator[Slip]:
    """Find 前述地址 where the same section has not spoken of an address before."""
    told: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for clause in document.clauses:
        plain = _EARLIER.sub(lambda match: "\0" * len(match[0]), clause.text)
        first = {noun: plain.find(noun) for noun in _NOUNS}
        before = told[clause.headings[:2]]
        for match in _EARLIER.finditer(clause.text):
            noun = match[1][-2:]
            if noun not in before and not 0 <= first[noun] < match.start():
                yield Slip(
                    kind="dangling_reference",
                    severity=Severity.ERROR,
                    clause=clause,
                    start=match.start(),
                    end=match.end(),
                    text=f"“{match[0]}”所指不明：本部分前文没有约定{match[1]}",
                    advice=f"请先写明{match[1]}，或改为指明具体条款。",
                )
        before |= {noun for noun, place in first.items() if place >= 0}


def _nothing_after(document: Document) -> Iterator[Slip]:
    """Find a clause that ends in a colon while what follows is no item, table or paragraph of it."""
    for position, clause in enumerate(document.clauses):
        text = clause.text.rstrip()
        if clause.kind is ClauseKind.HEADING or not text.endswith(("：", ":")) or not clause.label:
            continue
        if _continues(document.clauses, position):
            continue
        yield Slip(
            kind="empty_lead_in",
            severity=Severity.ERROR,
            clause=clause,
            start=len(text) - 1,
            end=len(text),
            text="以冒号结尾，但后面没有列出内容",
            advice="请在冒号后列出内容，或把后面的同级条款改为它的下级。",
        )


def _continues(clauses: Sequence[Clause], position: int) -> bool:
    clause = clauses[position]
    if position + 1 >= len(clauses):
        return False
    following = clauses[position + 1]
    deeper = following.level > clause.level or following.parent_id == clause.clause_id
    other = following.kind in {ClauseKind.ITEM, ClauseKind.TABLE, ClauseKind.PARAGRAPH} or not following.label
    return deeper or (other and following.kind is not ClauseKind.HEADING)
