"""The terms pane."""

from __future__ import annotations

from pathlib import Path

from conftest import finding_of, report_of
from markup import dangers, read, visible

import corpus
from app.types import Category
from app.web.render.anchor import anchor_of
from app.web.render.document import REVIEWER, render_document


def section(html: str, clause_id: str) -> str:
    """HTML of one clause."""
    start = html.index(f'id="{anchor_of(clause_id)}"')
    return html[html.rindex("<", 0, start) : html.index("</section>", start)]


def test_every_clause_is_shown_once_with_its_anchor():
    """The shipped terms: every clause has its place, and its words are all there."""
    document = corpus.load(Path(corpus.__file__).parent / "documents" / "weidianyun.md")
    html = str(render_document(document, report_of(document)))
    ids = [attributes["id"] for _, attributes in read(html).tags if attributes.get("id")]
    assert ids == [anchor_of(clause.clause_id) for clause in document.clauses]
    words = "".join(visible(html).split())
    assert all("".join(clause.text.split()) in words for clause in document.clauses)


def test_flagged_clauses_say_so_in_words(document, report):
    """Category and print are written out; colour repeats them."""
    html = str(render_document(document, report))
    assert "免责" in section(html, "small#2.1")
    assert "原文已突出" in section(html, "small#2.1")
    assert "clause--lit" in section(html, "small#2.1")
    assert "原文部分突出" in section(html, "small#2.2")
    assert "clause--missed" in section(html, "small#2.2")
    assert "原文未突出" in section(html, "small#2.3")
    assert "clause-tags" not in section(html, "small#1.1")


def test_a_drafter_sees_what_was_missed_and_why(document, report):
    """The review's pane names the slip and underlines the words that made it."""
    html = str(render_document(document, report, REVIEWER))
    assert "漏标：未突出" in section(html, "small#2.3")
    assert "漏标：只突出了一部分" in section(html, "small#2.2")
    assert '<span class="trigger">违约</span>' in section(html, "small#2.2")


def test_hostile_terms_stay_words(hostile):
    """Tags in the document, its title and its file name are shown, never obeyed."""
    report = report_of(hostile, finding_of(hostile, "1.2", Category.EXEMPTION, trigger="免责"))
    html = str(render_document(hostile, report, REVIEWER))
    assert dangers(html) == []
    assert "<script>window.hacked=1</script>" in visible(html)
    assert "</p></section><style>body{display:none}</style><img src=x onerror=window.hacked=1>乙方免责" in visible(html)
