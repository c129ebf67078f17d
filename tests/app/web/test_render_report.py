"""Coverage and the table of findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from conftest import finding_of, report_of
from markup import dangers, read, visible

from app.review.decisions import Decided, Decision, Verdict
from app.review.wording import telling_words
from app.types import AuditReport, Category, Trigger
from app.web.render.decision import render_outdated
from app.web.render.report import Filter, render_coverage, render_findings


def undecided(report: AuditReport) -> Decided:
    return Decided(report, decisions={}, outdated=())


def rows(html: str) -> list[str | None]:
    return [attributes["data-row"] for _, attributes in read(html).tags if "data-row" in attributes]


def test_coverage_in_one_figure(report):
    """One of three: 33 %, and what it counts."""
    words = visible(render_coverage(report))
    assert words.startswith("33%")
    assert "3 条应当突出，1 条已完全突出，2 条漏标或只标了一部分" in words


def test_nothing_to_cover(document):
    """A document without such clauses is not scolded."""
    assert "没有找到应当突出的条款" in visible(render_coverage(report_of(document)))


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        (Filter(), ["2.1", "2.2", "2.3"]),
        (Filter(missed_only=True), ["2.2", "2.3"]),
        (Filter(frozenset({Category.UNILATERAL})), ["2.2", "2.3"]),
        (Filter(frozenset({Category.EXEMPTION, Category.BREACH})), ["2.1", "2.2"]),
        (Filter(frozenset({Category.EXEMPTION}), missed_only=True), []),
    ],
)
def test_filters(document, report, chosen, shown):
    """Categories are alternatives; 只看漏标 narrows them."""
    html = str(render_findings(document, undecided(report), chosen))
    assert rows(html) == [f"small#{name}" for name in shown]
    assert f"显示 {len(shown)} 条，共 3 条" in visible(html)


def test_a_row_says_why(document, report):
    """The words, the law and the advice."""
    words = visible(render_findings(document, undecided(report), Filter(frozenset({Category.BREACH}))))
    assert "“违约”" in words
    assert "民法典第四百九十六条" in words
    assert "请把整条加粗。" in words
    assert "漏标：只突出了一部分" in words


def test_words_inside_longer_words_are_told_once(document):
    """Several rules often speak of the same sentence."""
    clause = document.clause("small#2.2")
    found = finding_of(document, "2.2", Category.BREACH)
    triggers = tuple(
        Trigger("rule", clause.locate(clause.text.index(words), clause.text.index(words) + len(words)), words)
        for words in ("违约的", "甲方违约的，应支付", "违约的", "违约金")
    )
    assert telling_words(replace(found, triggers=triggers)) == ("甲方违约的，应支付", "违约金")


def test_rows_obey_nothing(hostile):
    """Hostile terms in a table are words."""
    report = report_of(hostile, finding_of(hostile, "1.1", Category.BREACH, trigger="说"))
    assert dangers(render_findings(hostile, undecided(report), Filter())) == []


def test_a_decision_is_shown_as_such(document, report):
    """Who, when, why, and a way back; where nothing is decided yet, the two ways to decide."""
    made = Decision(Verdict.DISMISS, "另签<b>协议", "李律师", date(2026, 1, 31), document.clause("small#2.2").body)
    html = str(render_findings(document, Decided(report, {"small#2.2": made}, ()), Filter()))
    assert "已决定不要求突出（李律师 2026-01-31）：另签<b>协议" in visible(html)
    assert "<b>" not in html
    buttons = [
        (attributes["data-decide"], attributes["data-clause"])
        for _, attributes in read(html).tags
        if "data-decide" in attributes
    ]
    assert buttons == [
        ("accept", "small#2.1"), ("dismiss", "small#2.1"), ("withdraw", "small#2.2"),
        ("accept", "small#2.3"), ("dismiss", "small#2.3"),
    ]  # fmt: skip


def test_an_outdated_decision_names_the_clause_that_was_reworded(document, report):
    """With a link; or says that the clause is gone."""
    made = Decision(Verdict.ACCEPT, "", "李律师", date(2026, 1, 31), "旧文")
    words = visible(render_outdated(Decided(report, {}, ((made, "small#2.2"), (made, None))), document))
    assert "2 个决定已失效" in words
    assert "条文已改为 第2.2条，请重新决定" in words
    assert "文件中已没有这一条" in words
