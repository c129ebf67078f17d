"""Search results and what their button copies."""

from __future__ import annotations

import re

import pytest
from conftest import citation_of
from markup import dangers, read, visible

from app.types import SearchResult
from app.web.lookup import around
from app.web.render.quote import citation_lines
from app.web.render.results import render_around, render_results
from index.types import Hit


@pytest.mark.parametrize(
    ("name", "place", "words"),
    [
        ("2.2", "第2.2条", "甲方违约的，应支付违约金一万元。"),
        ("2.3（1）", "第2.3条第（1）项", "发生下列情形的，乙方可以解除：（1）甲方欠费的；"),
        ("2.3", "第2.3条", "发生下列情形的，乙方可以解除：（1）甲方欠费的；（2）甲方转让账号的。"),
        ("p1", "文首第1段", "前言里没有编号。"),
    ],
)
def test_the_copied_words(document, name, place, words):
    """Quote, title, number and version, ready for a reply; items never without their lead-in."""
    version = document.sha256[:8]
    copied = citation_lines(citation_of(document, name), document)
    assert copied == f"“{words}”\n——《小条款》{place}（版本 {version}）"


def test_matched_words_are_marked_and_the_words_stay_whole(document):
    """The longest first; marks change no character."""
    result = SearchResult(citation_of(document, "2.2"), Hit("small#2.2", "small", 1, 1.0, 0.5, 2.0))
    plain = render_results("违约", (result,), {"small": document})
    marked = render_results("违约", (result,), {"small": document}, ("违约", "违约金", "一万"))
    assert visible(marked) == visible(plain)
    assert re.findall('class="matched">([^<]+)', marked) == ["违约", "违约金", "一万"]


def test_a_clause_is_read_with_its_neighbours(document):
    """Before and after, the terms it uses, the clauses it refers to and that refer to it."""
    found = around(document, "small#2.2")
    assert (found.before.label, found.after.label) == ("2.1", "2.3")
    assert [one.term for one in found.definitions] == ["甲方"]
    html = visible(render_around(document, found))
    assert "前一条" in html
    assert "乙方不承担间接损失" in html
    assert around(document, "small#p1").before is None


def test_results_are_ranked_and_placed(document):
    """Rank, number, path, words, and a copy button each."""
    results = tuple(
        SearchResult(citation_of(document, name), Hit(f"small#{name}", "small", rank, 1 / rank, 0.5, 2.0))
        for rank, name in enumerate(["2.2", "2.1"], start=1)
    )
    html = str(render_results("违约", results, {"small": document}))
    assert "“违约”：2 条结果" in visible(html)
    assert [a["data-cited"] for _, a in read(html).tags if "data-cited" in a] == ["small#2.2", "small#2.1"]
    assert [a["data-copy"] for t, a in read(html).tags if t == "button"] == [
        citation_lines(result.citation, document) for result in results
    ]


def test_nothing_found_says_what_to_do(document):
    """And shows the words that were sought, as words."""
    html = str(render_results("<img src=x onerror=alert(1)>", (), {"small": document}))
    assert "没有找到" in visible(html)
    assert dangers(html) == []


def test_hostile_terms_cannot_leave_the_copy_button(hostile):
    """The words to copy stand in an attribute."""
    citation = citation_of(hostile, "1.1")
    result = SearchResult(citation, Hit(citation.clause_id, hostile.doc_id, 1, 1.0, 0.5, 1.0))
    html = str(render_results("甲方", (result,), {hostile.doc_id: hostile}))
    assert dangers(html) == []
    button = next(a for t, a in read(html).tags if t == "button")
    assert button["data-copy"] == citation_lines(citation, hostile)
