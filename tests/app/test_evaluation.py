"""Figures follow from the answers, and bad question files are refused by line."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.evaluation import LabelledQuestion, UnreadableQuestions, judge, read_questions, report

if TYPE_CHECKING:
    from pathlib import Path

    from app.engine import Engine


def row(qid: str, question: str, *, gold: tuple[int, ...], group: str = "customer") -> LabelledQuestion:
    """Label a question on the terms that ship; it is answerable when it has gold lines."""
    return LabelledQuestion(qid, "weidianyun", group, question, bool(gold), gold)


def test_figures(engine: Engine) -> None:
    """Hits, refusals and verbatim quotes are counted over the right questions."""
    document = engine.document("weidianyun")
    line = document.clause("weidianyun#13.5").lines[0]
    rows = [
        row("1", "13.5", gold=(line,)),
        row("2", "13.5", gold=(1,), group="support_legal"),
        row("3", "第99条", gold=()),
        row("4", "第99条", gold=(line,)),
    ]
    result = report([judge(one, engine.ask(one.question, k=5), document) for one in rows])
    assert result.overall.questions == 4
    assert result.overall.answerable == 3
    assert result.overall.hit[1] == pytest.approx(1 / 3)
    assert result.overall.false_answers == 0
    assert result.overall.false_refusals == pytest.approx(1 / 3)
    assert result.overall.verbatim == 1
    assert result.groups["support_legal"].hit[5] == 0
    assert [one.row.qid for one in result.failures] == ["2", "4"]
    low, high = result.overall.hit_interval[1]
    assert low <= result.overall.hit[1] <= high


def test_a_quote_that_is_not_in_the_source_is_seen(engine: Engine) -> None:
    """The verbatim figure can fail."""
    document = engine.document("weidianyun")
    answer = engine.ask("13.5")
    forged = replace(answer, citations=(replace(answer.citations[0], quote="编造的话"),))
    assert not judge(row("1", "13.5", gold=(1,)), forged, document).verbatim


def test_question_files(tmp_path: Path) -> None:
    """Rows are read; a broken row is named by its line."""
    path = tmp_path / "q.jsonl"
    good = {"qid": "a", "doc": "d", "group": "g", "question": "问", "answerable": True, "gold_lines": [3]}
    path.write_text(json.dumps(good) + "\n\n", "utf-8")
    assert read_questions(path) == (LabelledQuestion("a", "d", "g", "问", True, (3,)),)
    path.write_text(json.dumps(good) + "\n{oops\n", "utf-8")
    with pytest.raises(UnreadableQuestions, match="第 2 行"):
        read_questions(path)
    path.write_text("", "utf-8")
    with pytest.raises(UnreadableQuestions, match="没有问题"):
        read_questions(path)
    with pytest.raises(UnreadableQuestions, match="读不出"):
        read_questions(tmp_path / "missing.jsonl")
