"""A clause's words with their bold and their layers."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from markup import dangers, visible

import corpus
from app.web.render.text import Layer, figure_layers, party_names, render_body, render_range, turned_names


def test_bold_is_strong(document):
    """What a reader of the source sees bold is bold."""
    clause = document.clause("small#2.2")
    assert render_body(clause) == '甲方违约的，应支付<strong class="as-bold">违约金</strong>一万元。'


def test_a_layer_that_begins_inside_bold(document):
    """A layer is cut where the bold begins and ends."""
    clause = document.clause("small#2.2")
    at = clause.text.index("付违约")
    html = render_body(clause, [Layer(clause.locate(at, at + 3), "trigger")])
    assert html == (
        '甲方违约的，应支<span class="trigger">付</span>'
        '<strong class="as-bold"><span class="trigger">违约</span>金</strong>一万元。'
    )


def test_figures_are_marked():
    """Sums, times, shares and dates of the words, not the clause's number and not how many things there are."""
    terms = "1.1 甲方应在10（十）日内支付20万元，即总额的30%，2024年5月1日前付清，两份为凭。"
    clause = corpus.parse_bytes(terms.encode(), name="x.md").clause("x#1.1")
    html = str(render_body(clause, figure_layers(clause)))
    for words in ("10（十）日", "20万元", "30%", "2024年5月1日"):
        assert f'<span class="figure">{words}</span>' in html
    assert html.count('class="figure"') == 4


def test_only_the_words_inside_a_span(document):
    """A quote shows what it quotes."""
    clause = document.clause("small#2.2")
    at = clause.text.index("支付违约金")
    assert visible(render_range(clause, 0, len(clause.text), within=clause.locate(at, at + 5))) == "支付违约金"


def test_entities_are_shown_as_their_character():
    """One decoded entity stands for several characters of the source, and is escaped again."""
    document = corpus.parse_bytes(b"1.1 A&amp;B&lt;C", name="x.md")
    assert str(render_body(document.clause("x#1.1"))) == "A&amp;B&lt;C"


def test_names_that_changed_sides_carry_a_gloss():
    """乙方 in the fee section of the shipped terms means the customer; each clause explains it once."""
    document = corpus.load(_shipped())
    clause = document.clause("weidianyun#3.5")
    html = str(render_body(clause, turned_names(document)))
    assert html.count("〔此处指客户〕") == 1
    assert html.count('class="turned"') == 4
    assert visible(html) == clause.body


def test_defined_names_are_glossed_once(document):
    """甲方 and 乙方 say who they are at their first use in a quote."""
    clause = document.clause("small#2.2")
    html = str(render_body(clause, party_names(document, clause, clause.span)))
    assert html.startswith('<span class="party">甲方</span><span class="gloss">〔客户〕</span>违约的')


def test_a_definition_is_not_glossed(document):
    """Where a name is defined it needs no explanation."""
    clause = document.clause("small#1.1")
    assert party_names(document, clause, clause.span) == ()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="甲方乙1.2（一）*_<>&;\"'`[]#|\n 。：", min_size=1, max_size=80))
def test_every_character_comes_from_the_clause(source: str):
    """Whatever the source, the pane shows each clause's own text, nothing added, nothing lost, nothing obeyed."""
    document = corpus.parse_bytes(f"{source}\n末".encode(), name="x.md")
    for clause in document.clauses:
        html = render_range(clause, 0, len(clause.text), turned_names(document))
        assert visible(html) == clause.text
        assert dangers(html) == []


def _shipped() -> Path:
    return Path(corpus.__file__).parent / "documents" / "weidianyun.md"
