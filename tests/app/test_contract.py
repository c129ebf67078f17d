"""The JSON of the contract: every key, in its order, from types written out by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import corpus
from app import contract
from app.review import audit
from app.review.diff import diff
from app.review.lint import LintFinding, LintReport, Severity
from app.types import (
    Answer,
    AuditReport,
    Category,
    Citation,
    Finding,
    Note,
    Precedent,
    Prominence,
    SearchResult,
    Trigger,
)
from corpus.types import Span
from index.types import Hit

if TYPE_CHECKING:
    from corpus.types import Document

CITATION = Citation(
    doc_id="a", clause_id="a#1.1", label="1.1", headings=("1. 费用",), lines=(3, 4), span=Span(10, 14),
    quote="用**户**", text="用户", emphasis=Prominence.PARTIAL, categories=(Category.BREACH, Category.UNILATERAL),
)  # fmt: skip
CITATION_JSON = {
    "doc_id": "a",
    "clause_id": "a#1.1",
    "label": "1.1",
    "headings": ["1. 费用"],
    "lines": [3, 4],
    "span": [10, 14],
    "quote": "用**户**",
    "emphasis": "partial",
    "categories": ["breach", "unilateral"],
}


def exactly(value: object) -> str:
    """Compare keys in their order as well."""
    return json.dumps(value, ensure_ascii=False)


def read(text: str) -> Document:
    return corpus.parse_bytes(text.encode(), name="a.md")


def test_parse_names_what_the_contract_names() -> None:
    """Keys of the contract in its order; ours come after them."""
    document = read("# 费用\n\n1.1 **用户**应付款。\n")
    said = contract.document_json(document)
    assert list(said)[:4] == ["doc_id", "title", "sha256", "clauses"]
    heading, clause = said["clauses"]
    assert heading["kind"] == "heading"
    assert list(clause) == [
        "clause_id", "kind", "label", "level", "parent_id", "headings", "lines", "span", "text", "emphasis",
        "emphasised", "lead_in_id",
    ]  # fmt: skip
    assert clause["kind"] == "clause"
    assert clause["headings"] == ["费用"]
    assert clause["lines"] == [3, 3]
    assert document.source[slice(*clause["span"])].startswith("1.1 **用户**")
    (emphasis,) = clause["emphasis"]
    assert list(emphasis) == ["span", "kind", "renders"]
    assert document.source[slice(*emphasis["span"])] == "用户"
    assert 0 < clause["emphasised"] < 1


def test_formats_without_lines_give_page_or_paragraph() -> None:
    """`lines` is null for Word and PDF, and the place is told in addition."""
    (clause,) = read("1.1 用户应付款。").clauses
    word = contract.clause_json(replace(clause, lines=None, paragraph=7))
    assert (word["lines"], word["paragraph"], "page" in word) == (None, 7, False)
    pdf = contract.citation_json(replace(CITATION, lines=None, page=2))
    assert (pdf["lines"], pdf["page"], "paragraph" in pdf) == (None, 2, False)


def test_ask() -> None:
    """Whole value, with and without a qid, which is handed through as it came."""
    answer = Answer("谁付费", "answered", 0.87654321, "“用户”", (CITATION,), (), (Note("party", "注意", ("a#1.1",)),))
    expected = {
        "question": "谁付费",
        "status": "answered",
        "confidence": 0.8765,
        "answer": "“用户”",
        "citations": [CITATION_JSON],
        "nearest": [],
        "notes": [{"kind": "party", "text": "注意", "clause_ids": ["a#1.1"]}],
    }
    assert exactly(contract.answer_json(answer)) == exactly(expected)
    assert exactly(contract.answer_json(answer, qid=7)) == exactly({"qid": 7, **expected})


def test_search() -> None:
    """A citation with its rank and scores."""
    hit = Hit("a#1.1", "a", 1, 0.51234567, 0.25, 3.5)
    expected = {
        "query": "付费",
        "hits": [CITATION_JSON | {"rank": 1, "score": 0.512346, "dense": 0.25, "sparse": 3.5}],
    }
    assert exactly(contract.search_json("付费", (SearchResult(CITATION, hit),))) == exactly(expected)


def test_audit() -> None:
    """Whole value."""
    finding = Finding(
        "a#1.1", "1.1", (3, 3), Span(0, 9), (Category.EXEMPTION,), True, Prominence.NONE, True,
        (Trigger("exemption.any", Span(2, 5), "不承担"),), ("民法典第四百九十六条",),
        (Precedent("b", "b#2", 0.987654, Prominence.FULL),), "请加粗。",
    )  # fmt: skip
    expected = {
        "doc_id": "a",
        "coverage": 0.3333,
        "must": 3,
        "emphasised": 1,
        "findings": [
            {
                "clause_id": "a#1.1",
                "label": "1.1",
                "lines": [3, 3],
                "span": [0, 9],
                "categories": ["exemption"],
                "must_highlight": True,
                "emphasis": "none",
                "renders": True,
                "triggers": [{"rule_id": "exemption.any", "span": [2, 5], "text": "不承担"}],
                "basis": ["民法典第四百九十六条"],
                "precedents": [{"doc_id": "b", "clause_id": "b#2", "similarity": 0.9877, "emphasis": "full"}],
                "advice": "请加粗。",
            }
        ],
    }
    assert exactly(contract.audit_json(AuditReport("a", 1 / 3, 3, 1, (finding,)))) == exactly(expected)


def test_lint() -> None:
    """Whole value."""
    finding = LintFinding("party", Severity.ERROR, ("a#1", "a#2"), None, Span(0, 2), "乙方", "请统一。")
    expected = {
        "doc_id": "a",
        "findings": [
            {
                "kind": "party",
                "severity": "error",
                "clause_ids": ["a#1", "a#2"],
                "lines": None,
                "span": [0, 2],
                "text": "乙方",
                "advice": "请统一。",
            }
        ],
    }
    assert exactly(contract.lint_json(LintReport("a", (finding,)))) == exactly(expected)


def test_diff() -> None:
    """Keys in order; null where a version lacks the clause; the words join to both texts."""
    old = read("1.1 费用由用户承担。\n\n1.2 争议由北京法院管辖。\n")
    new = read("1.1 费用由用户承担。\n\n1.2 争议由上海法院管辖。\n\n1.3 我们不承担任何责任。\n")
    said = contract.diff_json(diff(old, new))
    assert list(said) == ["old", "new", "changes"]
    changed, added = said["changes"]
    assert list(changed) == [
        "kind", "old_clause_id", "new_clause_id", "old_lines", "new_lines", "words", "categories_before",
        "categories_after",
    ]  # fmt: skip
    assert (changed["kind"], changed["old_lines"], changed["new_lines"]) == ("changed", [3, 3], [3, 3])
    assert "".join(words for mark, words in changed["words"] if mark != "+") == "争议由北京法院管辖。"
    assert "".join(words for mark, words in changed["words"] if mark != "-") == "争议由上海法院管辖。"
    assert (added["kind"], added["old_clause_id"], added["old_lines"]) == ("added", None, None)
    assert (added["categories_before"], added["categories_after"]) == ([], ["exemption"])


def test_everything_is_plain_json() -> None:
    """Real values pass through json and back unchanged: no enum, tuple or array is left."""
    document = read("1.1 **我们**不承担任何责任。\n\n1.2 争议由北京法院管辖。\n")
    for said in (contract.document_json(document), contract.audit_json(audit(document))):
        assert json.loads(json.dumps(said)) == said
