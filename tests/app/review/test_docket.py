"""Decisions are made on clauses as people name them, replaced and withdrawn."""

from __future__ import annotations

from datetime import date

import pytest

from app.review import audit
from app.review.decisions import Decision, Verdict, apply_decisions
from app.review.docket import Ruling, Undecidable, named_clause, rule
from corpus import parse_bytes

DAY = date(2026, 1, 31)
TERMS = """1. 因线路故障造成的损失，本公司不承担任何责任。

2. 您按月付款。

3. 有下列情形的，本公司不承担任何责任：

（1）战争；

（2）罢工。

4. 下列资料由您保存：

（1）合同。
"""


def read(text: str = TERMS):
    return parse_bytes(text.encode(), name="a.md")


def decisions_of(ruling: Ruling, decisions: tuple[Decision, ...] = (), text: str = TERMS) -> tuple[Decision, ...]:
    document = read(text)
    return rule(ruling, document=document, report=audit(document), decisions=decisions, on=DAY)


@pytest.mark.parametrize(
    ("name", "clause_id"),
    [
        ("1", "a#1"),
        ("1.", "a#1"),
        ("a#3（2）", "a#3（2）"),
        ("3（2）", "a#3（2）"),
        ("（2）", "a#3（2）"),
        ("2)", "a#2"),
    ],
)
def test_a_clause_is_found_as_people_name_it(name: str, clause_id: str) -> None:
    """By id, by what follows the document's name in it, by number with or without its marks."""
    assert named_clause(read(), name).clause_id == clause_id


@pytest.mark.parametrize(
    ("name", "message"),
    [("9", "9：《.*》里没有这一条"), ("(1)", "有 2 条是这个编号，请写明是哪一条：3（1）、4（1）"), ("", "没有这一条")],
)
def test_a_name_without_one_clause_is_refused(name: str, message: str) -> None:
    """None, or several, which are named."""
    with pytest.raises(Undecidable, match=message):
        named_clause(read(TERMS.replace("1. 因", "前言：因")), name)


def test_a_ruling_makes_decisions() -> None:
    """Accepted and dismissed, with reason, name and day."""
    made = decisions_of(Ruling(accept=("1",), dismiss=("3（1）", "3（2）"), reason="已在签约页加粗", by="李"))
    assert [(one.verdict, one.reason, one.by, one.on) for one in made] == [
        (Verdict.ACCEPT, "已在签约页加粗", "李", DAY),
        (Verdict.DISMISS, "已在签约页加粗", "李", DAY),
        (Verdict.DISMISS, "已在签约页加粗", "李", DAY),
    ]
    document = read()
    assert apply_decisions(audit(document), document, made).dismissed == ("a#3（1）", "a#3（2）")


def test_the_last_decision_on_a_clause_stays() -> None:
    """Whoever decides again replaces what was said."""
    first = decisions_of(Ruling(dismiss=("1",), reason="一"))
    (second,) = decisions_of(Ruling(accept=("1",)), first)
    assert second.verdict is Verdict.ACCEPT
    assert decisions_of(Ruling(withdraw=("1",)), (second,)) == ()


def test_a_decision_on_reworded_words_takes_the_place_of_the_outdated_one() -> None:
    """The old words are decided on no more, by a new decision or by taking it back."""
    first = decisions_of(Ruling(dismiss=("1",), reason="一"))
    later = TERMS.replace("线路故障", "任何故障")
    (second,) = decisions_of(Ruling(dismiss=("1",), reason="二"), first, later)
    assert (second.reason, "任何故障" in second.words) == ("二", True)
    assert decisions_of(Ruling(withdraw=("1",)), first, later) == ()


@pytest.mark.parametrize(
    ("ruling", "message"),
    [
        (Ruling(dismiss=("1",)), "须写明理由"),
        (Ruling(accept=("2",)), "检查没有要求突出这一条"),
        (Ruling(withdraw=("1",)), "没有决定可以撤回"),
    ],
)
def test_what_cannot_be_decided_is_told(ruling: Ruling, message: str) -> None:
    """In one Chinese line."""
    with pytest.raises(Undecidable, match=message):
        decisions_of(ruling)
