"""References: clauses and annexes that do not exist, 前述 that nothing precedes, colons that nothing follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.review.lint.types import Severity, Slip
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.types import Clause, Document

_DOTTED = re.compile(
    r"(?<![《\d.])第\s?(\d{1,3}(?:\.\d{1,3}){0,5})\s?(?:条|款|项)|(?<=本协议)(\d{1,3}(?:\.\d{1,3}){1,5})\s?条"
)
_FOREIGN = re.compile(r"(?:法|条例|办法|规定|解释|规则|准则|》)[^，。；、）)]{0,12}$")
_EARLIER = re.compile(
    r"(?:前述|上述)(?:约定的|提供的|所列的?|列明的)?"
    r"(送达地址|联系地址|地址|联系信息|联系方式|联系人|电子邮箱|邮箱|附件|名单|表格|账户信息|银行账户|期限|比例)"
)
_ANNEX = re.compile(r"附件(?![名格大夹类中])(?:[一二三四五六七八九十\d]{1,2})?")
_ANNEX_HEAD = re.compile(r"^\W{0,4}附件")


def check_references(document: Document) -> Iterator[Slip]:
    """Report references that lead nowhere."""
    yield from _missing_clauses(document)
    yield from _missing_annex(document)
    yield from _nothing_before(document)
    yield from _nothing_after(document)


def _missing_clauses(document: Document) -> Iterator[Slip]:
    """Find 第3.1.3条 where no clause is numbered so; articles of laws and of other texts are left alone."""
    labels = {re.sub(r"\D*(\d+(?:\.\d+)*)\D*$", r"\1", clause.label) for clause in document.clauses if clause.label}
    numbered = {label.count(".") for label in labels if re.fullmatch(r"\d+(?:\.\d+)*", label)}
    for clause in document.clauses:
        for match in _DOTTED.finditer(clause.text):
            number = match[1] or match[2]
            before = clause.text[max(0, match.start() - 40) : match.start()]
            if number in labels or not numbered or match.start() < clause.body_start or _FOREIGN.search(before):
                continue
            yield Slip(
                kind="missing_clause",
                severity=Severity.ERROR if "." in number else Severity.WARNING,
                clause=clause,
                start=match.start(),
                end=match.end(),
                text=f"引用了“{match[0]}”，但文件中没有编号为 {number} 的条款",
                advice="请核对所引用的条款编号；条款增删后应同时更新引用。",
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
    for position, clause in enumerate(document.clauses):
        for match in _EARLIER.finditer(clause.text):
            noun = match[1]
            section = clause.headings[:2]
            earlier = [one.text for one in document.clauses[:position] if one.headings[:2] == section]
            before = "\n".join([*earlier, clause.text[: match.start()]])
            plain = _EARLIER.sub("", before)
            if noun in plain or noun[-2:] in plain:
                continue
            yield Slip(
                kind="dangling_reference",
                severity=Severity.ERROR,
                clause=clause,
                start=match.start(),
                end=match.end(),
                text=f"“{match[0]}”所指不明：本部分前文没有约定{noun}",
                advice=f"请先写明{noun}，或改为指明具体条款。",
            )


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
