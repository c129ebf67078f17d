"""Answers from the terms that ship: every trap of that document is met on purpose."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from app.types import Category, Prominence
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from app.engine import Engine
    from app.types import Answer


def cited(answer: Answer) -> list[str]:
    """Numbers of the cited clauses."""
    return [citation.clause_id.split("#")[1] for citation in answer.citations]


def kinds(answer: Answer) -> set[str]:
    """Kinds of the notes."""
    return {note.kind for note in answer.notes}


def test_who_pays(engine: Engine) -> None:
    """Section 3 calls the customer 乙方: the answer says the customer, cites 3.1 or 3.2, and tells of the conflict."""
    answer = engine.ask("谁付费？")
    assert answer.status == "answered"
    assert {"3.1", "3.2"} & set(cited(answer)[:2])
    assert "乙方〔此处指客户〕" in answer.text
    assert "的一方是客户（条款写作“乙方”）" in answer.text
    (note,) = (note for note in answer.notes if note.kind == "party")
    assert "weidianyun#1.2" in note.clause_ids
    assert note.text in answer.text


def test_same_name_as_defined_is_not_called_a_conflict(engine: Engine) -> None:
    """In 4.4 甲方 is the customer as defined: a gloss, no conflict."""
    answer = engine.ask("4.4", k=1)
    assert "甲方〔客户〕" in answer.text
    assert "party" not in kinds(answer)


def test_rule_is_shown_with_its_lead_in(engine: Engine) -> None:
    """4.3 ends in a colon and its rule is 4.4."""
    answer = engine.ask("4.4", k=1)
    assert cited(answer) == ["4.4"]
    assert "甲乙双方合作过程中按照以下规则对用户个人信息进行处理：" in answer.text
    assert answer.citations[0].emphasis is Prominence.FULL


def test_item_is_cited_with_its_lead_in(engine: Engine) -> None:
    """Item (6) of 12.2 says nothing without 发生下列情形的."""
    answer = engine.ask("12.2第6项是什么")
    assert cited(answer) == ["12.2（6）"]
    assert answer.citations[0].label == "（6）"
    assert "发生下列情形的，守约方有权立即终止本协议" in answer.text
    assert [note.clause_ids for note in answer.notes if note.kind == "lead_in"] == [
        ("weidianyun#12.2", "weidianyun#12.2（6）")
    ]


def test_lead_in_is_shown_with_its_items(engine: Engine) -> None:
    """12.3 asked by number shows all three items."""
    answer = engine.ask("12.3", k=1)
    assert all(mark in answer.text for mark in ("（1）", "（2）", "（3）"))


@pytest.mark.parametrize(
    "question",
    [
        "能退款吗？",
        "七天无理由退款支持吗",
        "SLA可用性是几个九？",
        "有免费试用期吗",
        "未成年人可以用吗",
        "refund可以吗",
        "is there an SLA",
        "API可以调用吗",
    ],
)
def test_what_the_terms_do_not_say(engine: Engine, question: str) -> None:
    """No invented answer: not found, with the reason, the nearest clauses and the advice of the preamble."""
    answer = engine.ask(question)
    assert answer.status == "not_found"
    assert answer.citations == ()
    assert answer.nearest
    assert answer.text.startswith("条款未约定：")
    assert kinds(answer) == {"reason", "advice"}
    assert "请通过微电云相关业务部门进行询问" in answer.text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("违约金多少？", {"4.4", "7.2"}),
        ("在哪打官司？", {"13.1"}),
        ("会涨价吗？", {"3.5"}),
        ("发票", {"6.3"}),
        ("谁付款", {"3.1", "3.2", "3.3"}),
        ("發票", {"6.3"}),
        ("how much is the penalty", {"4.4", "7.2"}),
        ("which court", {"13.1"}),
    ],
)
def test_short_questions(engine: Engine, question: str, first: set[str]) -> None:
    """A term looked up, in everyday words too, finds the clause that has it."""
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert cited(answer)[0] in first


def test_detail_that_the_clause_lacks(engine: Engine) -> None:
    """6.2 speaks of recordings and not of how long they are kept: not found, with 6.2 nearest."""
    answer = engine.ask("录音存多久")
    assert answer.status == "not_found"
    assert answer.nearest[0].clause_id == "weidianyun#6.2"
    assert "时间或期限" in answer.text


@pytest.mark.parametrize(
    "question", ["第99条是什么", "15.1条规定了啥", "第十二条第二款第九项", "3.9 讲的啥", "12.2第9项"]
)
def test_number_that_does_not_exist(engine: Engine, question: str) -> None:
    """A clause number that is not there is said not to be there."""
    answer = engine.ask(question)
    assert answer.status == "not_found"
    assert "这个编号" in answer.text
    assert answer.confidence < 0.05


@pytest.mark.parametrize("question", ["", "   ", "\x00\u200b"])
def test_empty_question(engine: Engine, question: str) -> None:
    """Nothing asked, nothing answered."""
    answer = engine.ask(question)
    assert answer.status == "not_found"
    assert "请先写下您的问题" in answer.text


def test_categories_and_emphasis_come_with_the_citation(engine: Engine) -> None:
    """13.3 is a bold clause on service of documents."""
    (citation,) = engine.ask("13.3", k=1).citations
    assert citation.emphasis is Prominence.FULL
    assert Category.JURISDICTION in citation.categories


QUESTIONS = [
    "违约金多少",
    "谁付费？",
    "打官司去哪个法院",
    "能退款吗",
    "12.2",
    "我" * 900,
    "<script>alert(1)</script>",
    "🙂",
    "a",
    "？",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_quotes_are_verbatim_and_never_headings(engine: Engine, question: str) -> None:
    """Every quote is the source at its span, and its visible words are the clause's; no heading is cited."""
    answer = engine.ask(question, k=5)
    for citation in (*answer.citations, *answer.nearest):
        document = engine.document(citation.doc_id)
        clause = document.clause(citation.clause_id)
        assert document.source[citation.span.start : citation.span.end] == citation.quote
        assert citation.text in clause.text
        assert clause.kind is not ClauseKind.HEADING
        assert citation.lines == clause.lines


def test_search_by_number_puts_that_clause_first(engine: Engine) -> None:
    """A support agent types 13.5 and gets 13.5, whole."""
    results = engine.search("13.5")
    assert results[0].citation.clause_id == "weidianyun#13.5"
    assert results[0].citation.text == engine.document("weidianyun").clause("weidianyun#13.5").text
    assert [result.hit.rank for result in results] == list(range(1, 11))


def test_search_by_words(engine: Engine) -> None:
    """Words of the clause find it first."""
    assert engine.search("反向工程 反编译", k=1)[0].citation.clause_id == "weidianyun#7.3"
    assert engine.search("") == ()


def test_answers_are_the_same_from_many_threads(engine: Engine) -> None:
    """Asking from eight threads gives what asking alone gives."""
    alone = [engine.ask(question) for question in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(engine.ask, QUESTIONS * 3))
    for position, answer in enumerate(together):
        other = alone[position % len(QUESTIONS)]
        assert (answer.text, answer.status, answer.citations) == (other.text, other.status, other.citations)
        assert answer.confidence == pytest.approx(other.confidence, abs=1e-4)


def test_answer_text_holds_only_words_of_the_terms_in_quotes(engine: Engine) -> None:
    """What stands in quotation marks in the answer, glosses and lead-ins apart, is in the terms."""
    visible = "".join(clause.text for clause in engine.document("weidianyun").clauses)
    for question in QUESTIONS:
        for citation in engine.ask(question).citations:
            assert re.sub(r"〔[^〕]*〕", "", citation.text) in visible
