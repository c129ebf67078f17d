"""The list of clauses to read before accepting."""

from __future__ import annotations

from conftest import report_of
from markup import dangers, read, visible

from app.types import Category
from app.web.render.must_read import must_read, render_must_read


def test_each_clause_stands_in_one_group(report):
    """The first category in the pages' order decides; nothing is counted twice."""
    groups = {category: [finding.label for finding in members] for category, members in must_read(report).items()}
    assert groups == {Category.EXEMPTION: ["2.1"], Category.BREACH: ["2.2"], Category.UNILATERAL: ["2.3"]}


def test_the_list_counts_and_opens_in_place(document, report):
    """Three clauses, two of them not fully bold; each entry holds its whole text."""
    html = str(render_must_read(document, report))
    assert "共 3 条" in visible(html)
    assert "2 条原文没有完全突出" in visible(html)
    assert [a["data-must"] for _, a in read(html).tags if "data-must" in a] == ["small#2.1", "small#2.2", "small#2.3"]
    assert "乙方不承担间接损失。" in visible(html)
    assert dangers(html) == []


def test_other_categories_are_named_beside_the_group(document, report):
    """2.2 stands under 违约 and is also 单方权利."""
    html = str(render_must_read(document, report))
    entry = html[html.index('data-must="small#2.2"') :]
    assert "badge--unilateral" in entry[: entry.index("</details>")]
    assert "badge--breach" not in entry


def test_an_empty_list_does_not_promise_anything(document):
    """No finding is no reason to skip the terms."""
    assert "不代表可以不读全文" in visible(render_must_read(document, report_of(document)))
