"""What holds for any text: nothing is lost, nothing is invented, and it ends in good time."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.loading import assemble
from corpus.readers.markdown import read_markdown
from corpus.types import ClauseKind, Document
from tests.corpus.terms_texts import any_text, markup_free_terms, terms

CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)


def parse(source: str) -> Document:
    return assemble(read_markdown(source), doc_id="d", title="", sha256="0" * 64)


def check_everything(source: str) -> Document:
    """All properties at once; the fuzz target uses them too."""
    document = parse(source)
    assert document.source == source
    check_spans(document)
    check_lines(document)
    check_tree(document)
    check_text(document)
    check_places(document)
    return document


def check_spans(document: Document) -> None:
    """Spans are not empty, ascending and disjoint, emphasis lies inside its clause."""
    for clause in document.clauses:
        assert 0 <= clause.span.start < clause.span.end <= len(document.source)
        for emphasis in clause.emphasis:
            assert clause.span.start <= emphasis.span.start < emphasis.span.end <= clause.span.end
        assert 0.0 <= clause.emphasised <= 1.0
    for before, after in pairwise(document.clauses):
        assert before.span.end <= after.span.start


def check_lines(document: Document) -> None:
    """Every line with something on it lies in exactly one clause."""
    lines = re.split(r"\r\n|\r|\n", document.source)
    written = {number for number, line in enumerate(lines, start=1) if line.strip()}
    covered: list[int] = []
    for clause in document.clauses:
        assert clause.lines is not None
        covered.extend(range(clause.lines[0], clause.lines[1] + 1))
    assert len(covered) == len(set(covered))
    assert not document.clauses or written <= set(covered)
    for clause in document.clauses:
        assert clause.lines is not None
        first = len(re.findall(r"\r\n|\r|\n", document.source[: clause.span.start])) + 1
        assert clause.lines[0] <= first <= clause.lines[1]


def check_tree(document: Document) -> None:
    """Ids are unique, parents stand before their children and one level above, lead-ins exist and end in a colon."""
    seen: dict[str, int] = {}
    texts = {clause.clause_id: clause.text for clause in document.clauses}
    assert len(texts) == len(document.clauses)
    for clause in document.clauses:
        assert clause.level == (1 if clause.parent_id is None else seen[clause.parent_id] + 1)
        seen[clause.clause_id] = clause.level
        assert clause.lead_in_id is None or (clause.lead_in_id in seen and clause.lead_in_id != clause.clause_id)
        assert clause.lead_in_id is None or texts[clause.lead_in_id].rstrip().endswith((":", "："))
        assert clause.text.strip()
        assert clause.label in clause.text
    assert {slip.clause_id for slip in document.anomalies} <= set(texts)


def check_text(document: Document) -> None:
    """Text is the source without markup: each run of it is verbatim, or one decoded stretch."""
    for clause in document.clauses:
        assert clause.text == "".join(run.text for run in clause.runs)
        assert clause.runs[0].span.start == clause.span.start
        assert clause.runs[-1].span.end == clause.span.end
        for run in clause.runs:
            verbatim = document.source[run.span.start : run.span.end]
            decoded = verbatim.startswith("&") or (run.text in {" ", "\t"} and not verbatim.strip(" \t\r\n\\>"))
            assert decoded or run.text == re.sub(r"[\r\n]", " ", verbatim)  # a line end between words is a space
        for before, after in pairwise(clause.runs):
            assert before.span.end <= after.span.start


def check_places(document: Document) -> None:
    """Definitions and parties stand where they say."""
    spans = {clause.clause_id: clause.span for clause in document.clauses}
    mentions = [mention for party in document.parties for mention in (*party.defined_at, *party.conflicts)]
    for place in (*document.definitions, *mentions):
        assert spans[place.clause_id].start <= place.span.start < place.span.end <= spans[place.clause_id].end


@CALM
@given(st.text())
def test_any_unicode_parses(source: str) -> None:
    """No text makes the parser fail or lose a line."""
    check_everything(source)


@CALM
@given(any_text())
def test_any_markup_parses(source: str) -> None:
    """Marks, numbers, brackets, tags and line ends in any order parse, and nothing is lost."""
    check_everything(source)


@settings(CALM, max_examples=300)
@given(terms())
def test_terms_parse(source: str) -> None:
    """Text shaped like terms parses, and nothing is lost."""
    check_everything(source)


@CALM
@given(markup_free_terms())
def test_no_character_is_lost(source: str) -> None:
    """Where there is no markup, the clauses' texts put together are the source."""
    document = check_everything(source)
    assert re.sub(r"\s", "", "".join(clause.text for clause in document.clauses)) == re.sub(r"\s", "", source)


@CALM
@given(terms())
def test_parsing_twice_gives_the_same(source: str) -> None:
    """The parse depends on the text alone."""
    assert parse(source) == parse(source)


@CALM
@given(st.lists(st.integers(1, 6), min_size=1, max_size=8))
def test_every_number_of_a_well_kept_document_is_a_label(counts: list[int]) -> None:
    """`1.` over `1.1` over `（1）`: as many sections, clauses and items as were written, and no slip."""
    lines: list[str] = []
    for section, count in enumerate(counts, start=1):
        lines.append(f"## {section}. 标题")
        for number in range(1, count + 1):
            lines.append(f"{section}.{number} 有下列情形之一的：")
            lines += [f"（{item}）乙方在3个工作日内支付2.5元；" for item in range(1, number + 1)]
    document = parse("\n\n".join(lines))
    kinds = [clause.kind for clause in document.clauses]
    assert kinds.count(ClauseKind.HEADING) == len(counts)
    assert kinds.count(ClauseKind.CLAUSE) == sum(counts)
    assert kinds.count(ClauseKind.ITEM) == sum(number for count in counts for number in range(1, count + 1))
    assert all(clause.label for clause in document.clauses)
    assert not document.anomalies


@pytest.mark.parametrize(
    "source", ["", "\n", " \r\n\t", "\ufeff", "***\n\n---", "<br/>", "\x00", "\ud800", "\u2028"], ids=ascii
)
def test_text_with_nothing_to_read(source: str) -> None:
    """Blank text, rules and tags alone give no clause at all, odd characters no failure."""
    check_everything(source)
