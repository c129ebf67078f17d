"""Answers, refusals, and the lines that stand in their place."""

from __future__ import annotations

import pytest
from conftest import citation_of
from markup import dangers, read, visible

from app.types import Answer, Note
from app.web.render.answer import render_answer, render_notice


def answered(document, question="谁违约？", notes=(), text="", name="2.2"):
    return Answer(question, "answered", 0.873, text, (citation_of(document, name),), (), notes)


def test_an_answer_shows_number_path_words_and_bold(document):
    """A quote says where it stands, and is printed as in the source."""
    html = str(render_answer(answered(document), {"small": document}))
    assert "第2.2条" in visible(html)
    assert "2. 责任" in visible(html)
    assert "甲方违约的，应支付违约金一万元。" in visible(html)
    assert '<strong class="as-bold">违约金</strong>' in html
    assert "把握 87%" in visible(html)


def test_a_citation_leads_to_its_clause(document):
    """With the script a click scrolls; without it the address opens the clause."""
    html = render_answer(answered(document), {"small": document})
    links = [attributes for tag, attributes in read(html).tags if tag == "a"]
    assert {link["data-clause"] for link in links} == {"small#2.2"}
    assert {link["href"] for link in links} == {"?doc=small&clause=2.2"}


def test_an_item_is_quoted_with_its_lead_in(document):
    """（2） alone says nothing."""
    html = str(render_answer(answered(document, name="2.3（2）"), {"small": document}))
    words = visible(html)
    assert words.index("发生下列情形的，乙方可以解除：") < words.index("甲方转让账号的。")


def test_a_lead_in_is_quoted_with_its_items(document):
    """A clause that ends in a colon brings what it introduces."""
    words = visible(render_answer(answered(document, name="2.3"), {"small": document}))
    assert "（1）甲方欠费的；" in words
    assert "（2）甲方转让账号的。" in words


def test_the_point_of_a_who_question_is_said_first(document):
    """The line that names the side stands above the quote."""
    point = Note("point", "按第2.2条，是客户。", ("small#2.2",))
    html = str(render_answer(answered(document, notes=(point,)), {"small": document}))
    assert visible(html).index("按第2.2条，是客户。") < visible(html).index("一万元")


def test_notes_are_headed_and_lead_to_their_clauses(document):
    """A conflict of names is told with its places."""
    note = Note("party", "用词矛盾。", ("small#1.2",))
    html = str(render_answer(answered(document, notes=(note,)), {"small": document}))
    assert "用词前后不一致" in visible(html)
    assert 'data-clause="small#1.2"' in html


def test_not_found_says_so_and_why_and_what_next(document):
    """No answer is invented: the reason, the advice, the nearest clauses."""
    notes = (Note("reason", "没有写退款。"), Note("advice", "请询问业务部门。"))
    answer = Answer(
        "能退款吗？", "not_found", 0.1, "条款未约定：没有写退款。", (), (citation_of(document, "2.2"),), notes
    )
    html = str(render_answer(answer, {"small": document}))
    words = visible(html)
    assert "条款未约定" in words
    assert words.count("没有写退款。") == 1
    assert "请询问业务部门。" in words
    assert "内容最接近的条款" in words
    assert "data-first" not in html


@pytest.mark.parametrize(
    "question",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "**粗** [x](javascript:alert(1))", "'${1+1}{{x}}"],
)
def test_a_hostile_question_stays_words(document, question):
    """The question is repeated as it was typed."""
    html = str(render_answer(answered(document, question), {"small": document}))
    assert dangers(html) == []
    assert question in visible(html)


def test_a_hostile_document_stays_words(hostile):
    """Its quotes too."""
    citation = citation_of(hostile, "1.1")
    answer = Answer("？", "answered", 0.5, "", (citation,), (), ())
    assert dangers(render_answer(answer, {hostile.doc_id: hostile})) == []


def test_an_error_is_announced(document):
    """Screen readers are told at once of what went wrong; a hint waits."""
    assert 'role="alert"' in render_notice("坏了", kind="error")
    assert "role" not in render_notice("请输入")
