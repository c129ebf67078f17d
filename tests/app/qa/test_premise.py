"""A figure that a question takes for granted is corrected with the clause's own words, and only then."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.qa.figures import figures_of
from app.qa.premise import premise_note
from app.qa.question import understand
from corpus.library import read_terms
from corpus.loading import parse_bytes
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from pathlib import Path

    from app.engine import Engine

CLAUSE = parse_bytes(
    "4.4 甲方违反本条的，应向乙方支付违约金二十万元。乙方应在收到通知后10个工作日内答复。".encode(), name="t.md"
).clauses[-1]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("二十万元", "money", 200_000),
        ("20万元", "money", 200_000),
        ("1,000.50元", "money", 1000.5),
        ("¥300", "money", 300),
        ("一万二千块", "money", 12_000),
        ("违约金三十万对吧", "money", 300_000),
        ("百分之三十", "percent", 30),
        ("99.95%", "percent", 99.95),
        ("两倍", "times", 2),
        ("10（十）日", "days", 10),
        ("【30】日", "days", 30),
        ("三周", "days", 21),
        ("5个工作日", "working_days", 5),
        ("半年", "months", 6),
        ("2年", "months", 24),
        ("48小时", "hours", 48),
        ("2023年5月1日", "date", 20_230_501),
        ("叁拾日", "days", 30),
    ],
)
def test_figures(text: str, kind: str, value: float) -> None:
    """A figure is read however it is written."""
    ((figure),) = figures_of(text)
    assert (figure.kind, figure.value) == (kind, value)
    assert text[figure.start : figure.end] == figure.text


@pytest.mark.parametrize("text", ["第三日", "任何一方", "双方", "三十万人", "13.5", "甲方", ""])
def test_what_is_no_figure(text: str) -> None:
    """Ordinals, counts of people and clause numbers are none."""
    assert all(figure.kind == "pieces" for figure in figures_of(text))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("违约金三十万对吧", "您说的“三十万”与条款不一致：第4.4条写的是“甲方违反本条的，应向乙方支付违约金二十万元”。"),
        (
            "凭什么违约金要30万元",
            "您说的“30万元”与条款不一致：第4.4条写的是“甲方违反本条的，应向乙方支付违约金二十万元”。",
        ),
        ("不是说5个工作日答复吗", "您说的“5个工作日”与条款不一致：第4.4条写的是“乙方应在收到通知后10个工作日内答复”。"),
    ],
)
def test_a_false_figure_is_corrected(question: str, words: str) -> None:
    """The words of the clause stand beside the figure that was claimed."""
    note = premise_note(question, CLAUSE)
    assert note is not None
    assert (note.kind, note.text) == ("premise", words)


@pytest.mark.parametrize(
    "question",
    [
        "违约金是二十万对吧",
        "违约金20万元是吗",
        "违约金多少",
        "我用了三十天，要付违约金对吧",  # what happened, not what the terms say
        "违约金不到三十万吧",
        "违约金三十万",  # nothing is asked to be confirmed
        "答复要三十天对吧",  # days are not working days
        "运费是三十块对吧",  # the clause does not speak of it
    ],
)
def test_where_nothing_is_false_nothing_is_said(question: str) -> None:
    """A true figure, a told one, one of another kind or of another matter."""
    assert premise_note(question, CLAUSE) is None


def test_the_answer_tells(engine: Engine) -> None:
    """7.2 says 二十万元."""
    answer = engine.ask("转让了要付违约金三十万对吧")
    assert answer.citations[0].clause_id == "weidianyun#7.2"
    (note,) = (note for note in answer.notes if note.kind == "premise")
    assert "二十万元" in note.text
    assert note.text in answer.text


@pytest.mark.shared
def test_notes_are_rare_on_genuine_questions(shared: Path) -> None:
    """Against the clauses that answer them, fewer than one in a thousand questions is said to be mistaken."""
    documents = {document.doc_id: document for document in read_terms([str(shared / "terms")]).documents}
    told = asked = 0
    for row in map(json.loads, (shared / "eval" / "training_questions.jsonl").read_text("utf-8").splitlines()):
        clauses = [
            clause
            for clause in documents[row["doc"]].clauses
            if row["line"] and clause.lines and clause.lines[0] <= row["line"] <= clause.lines[1]
        ]
        if not clauses or clauses[-1].kind is ClauseKind.HEADING:
            continue
        for question in row["questions"]:
            asked += 1
            told += premise_note(understand(question, ()).text, clauses[-1]) is not None
    assert asked > 7000
    assert 0 < told <= asked / 1000
