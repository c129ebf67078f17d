"""Decisions hold on to words, not numbers, and never cover words that nobody read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.review import audit
from app.review.decisions import (
    Decision,
    DecisionsUnusable,
    Verdict,
    apply_decisions,
    decide,
    path_of,
    read_decisions,
    write_decisions,
)
from corpus import parse_bytes

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 1, 31)
FIRST = "因线路故障造成的损失，本公司不承担任何责任。"
SECOND = "由本公司住所地人民法院管辖，任何一方可起诉。"


def read(text: str):
    return parse_bytes(text.encode(), name="a.md")


def dismissed():
    document = read(f"1. {FIRST}\n\n2. {SECOND}\n")
    return document, decide(document.clauses[0], Verdict.DISMISS, reason="另有补充协议", by="李律师", on=DAY)


def test_a_dismissal_lifts_the_duty_and_is_shown() -> None:
    """The dismissed clause counts no more; its row says who decided and why."""
    document, decision = dismissed()
    report = audit(document)
    assert (report.must, report.coverage) == (2, 0.0)
    decided = apply_decisions(report, document, [decision])
    assert decided.report.must == 1
    assert decided.report.findings[0].advice == "已决定不要求突出（李律师 2026-01-31）：另有补充协议"
    assert decided.outdated == ()


def test_a_decision_survives_renumbering() -> None:
    """The same words under another number."""
    _, decision = dismissed()
    later = read(f"1. 您按月付款。\n\n2. {SECOND}\n\n3. **{FIRST}**\n")
    decided = apply_decisions(audit(later), later, [decision])
    assert [later.clause(clause_id).label for clause_id in decided.decisions] == ["3"]


def test_a_decision_on_changed_words_is_outdated() -> None:
    """The reworded clause has its duty again, and is named."""
    _, decision = dismissed()
    later = read(f"1. {FIRST.replace('线路', '任何')}\n\n2. {SECOND}\n")
    decided = apply_decisions(audit(later), later, [decision])
    assert decided.report.must == 2
    assert decided.outdated == ((decision, "a#1"),)
    gone = read(f"1. {SECOND}\n")
    assert apply_decisions(audit(gone), gone, [decision]).outdated == ((decision, None),)


def test_a_dismissal_needs_a_reason() -> None:
    """Nobody waives a duty without saying why."""
    document, _ = dismissed()
    with pytest.raises(ValueError, match="须写明理由"):
        decide(document.clauses[0], Verdict.DISMISS, reason=" ", by="", on=DAY)


@given(
    st.lists(
        st.builds(
            Decision,
            st.just(Verdict.DISMISS),
            st.text(st.characters(codec="utf-8"), min_size=1).map(lambda text: f"因{text}".strip()),
            st.text(st.characters(codec="utf-8")).map(str.strip),
            st.dates(),
            st.text(st.characters(codec="utf-8")).map(lambda text: " ".join(f"甲{text}".split())),
        ),
        unique_by=lambda decision: decision.words,
    )
)
def test_file_gives_back_what_was_written(tmp_path_factory, decisions: list[Decision]) -> None:
    """Whatever people write, quotation marks and line ends included."""
    path = tmp_path_factory.mktemp("decisions") / "a.review.toml"
    write_decisions(path, decisions)
    assert list(read_decisions(path)) == decisions


def test_file_lies_beside_the_terms(tmp_path: Path) -> None:
    """`terms.md` has `terms.review.toml`; without a file there are no decisions."""
    assert path_of(tmp_path / "terms.md").name == "terms.review.toml"
    assert read_decisions(tmp_path / "terms.review.toml") == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[decision]]\nverdict = 'maybe'", "第 1 个决定的 verdict 应为 accept 或 dismiss"),
        ("[[decision]]\nverdict = 'accept'", "words 不能为空"),
        ("[[decision]]\nverdict = 'accept'\nwords = '甲'\non = '昨天'", "on 应为日期"),
        ("[[decision]]\nverdict = 'dismiss'\nwords = '甲'\non = 2026-01-31", "须写明 reason"),
        ("decision = 3", "每个决定应以"),
        ("decision = [3]", "第 1 个决定应以"),
        ("= =", "不是有效的 TOML 文件"),
    ],
)
def test_unusable_file_is_told_in_one_line(tmp_path: Path, content: str, message: str) -> None:
    """File, place and cure."""
    path = tmp_path / "a.review.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DecisionsUnusable, match=message) as refused:
        read_decisions(path)
    assert "\n" not in str(refused.value)
