"""The JSON that the command line and the pages hand out: plain dictionaries, key by key as others script against them.

Spans are half-open `[start, end]` character offsets, lines 1-based and inclusive; `lines` is null for Word and PDF,
which give `paragraph` or `page` in addition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.articles import ArticleReport
    from app.evaluation import EvaluationReport, Judged, Measures
    from app.review.decisions import Decided
    from app.review.diff import Change, DiffReport
    from app.review.lint import LintReport
    from app.types import Answer, AuditReport, Citation, Finding, SearchResult
    from corpus.types import Clause, Document, Span

    Json = dict[str, Any]


def document_json(document: Document) -> Json:
    """`parse`; what the contract does not name (parties, definitions, slips, notes) comes after what it does."""
    return {
        "doc_id": document.doc_id,
        "title": document.title,
        "sha256": document.sha256,
        "clauses": [clause_json(clause) for clause in document.clauses],
        "parties": [
            {
                "name": party.name,
                "aliases": list(party.aliases),
                "role": party.role.value,
                "defined_at": [_mention(place.clause_id, place.span, place.text) for place in party.defined_at],
                "conflicts": [_mention(place.clause_id, place.span, place.text) for place in party.conflicts],
            }
            for party in document.parties
        ],
        "definitions": [
            {"term": definition.term, "clause_id": definition.clause_id, "span": _span(definition.span)}
            for definition in document.definitions
        ],
        "anomalies": [
            {"kind": anomaly.kind, "clause_id": anomaly.clause_id, "expected": anomaly.expected}
            for anomaly in document.anomalies
        ],
        "notes": list(document.notes),
    }


def clause_json(clause: Clause) -> Json:
    """One clause of `parse`."""
    return {
        "clause_id": clause.clause_id,
        "kind": clause.kind.value,
        "label": clause.label,
        "level": clause.level,
        "parent_id": clause.parent_id,
        "headings": list(clause.headings),
        "lines": _lines(clause.lines),
        "span": _span(clause.span),
        "text": clause.text,
        "emphasis": [
            {"span": _span(emphasis.span), "kind": emphasis.kind.value, "renders": emphasis.renders}
            for emphasis in clause.emphasis
        ],
        "emphasised": round(clause.emphasised, 4),
        "lead_in_id": clause.lead_in_id,
        **_place(clause.page, clause.paragraph),
    }


def citation_json(citation: Citation) -> Json:
    """C of the contract."""
    return {
        "doc_id": citation.doc_id,
        "clause_id": citation.clause_id,
        "label": citation.label,
        "headings": list(citation.headings),
        "lines": _lines(citation.lines),
        "span": _span(citation.span),
        "quote": citation.quote,
        "emphasis": citation.emphasis.value,
        "categories": [category.value for category in citation.categories],
        **_place(citation.page, citation.paragraph),
    }


def answer_json(answer: Answer, *, qid: object = None) -> Json:
    """`ask`; `qid` is any JSON value, handed through unchanged from a batch row that has one."""
    return {
        **({} if qid is None else {"qid": qid}),
        "question": answer.question,
        "status": answer.status,
        "confidence": round(answer.confidence, 4),
        "answer": answer.text,
        "citations": [citation_json(citation) for citation in answer.citations],
        "nearest": [citation_json(citation) for citation in answer.nearest],
        "notes": [{"kind": note.kind, "text": note.text, "clause_ids": list(note.clause_ids)} for note in answer.notes],
    }


def search_json(query: str, results: tuple[SearchResult, ...]) -> Json:
    """`search`."""
    return {
        "query": query,
        "hits": [
            {
                **citation_json(result.citation),
                "rank": result.hit.rank,
                "score": round(result.hit.score, 6),
                "dense": round(result.hit.dense, 6),
                "sparse": round(result.hit.sparse, 6),
            }
            for result in results
        ],
    }


def audit_json(report: AuditReport) -> Json:
    """`audit`."""
    return {
        "doc_id": report.doc_id,
        "coverage": round(report.coverage, 4),
        "must": report.must,
        "emphasised": report.emphasised,
        "findings": [finding_json(finding) for finding in report.findings],
    }


def finding_json(finding: Finding) -> Json:
    """One row of `audit`."""
    return {
        "clause_id": finding.clause_id,
        "label": finding.label,
        "lines": _lines(finding.lines),
        "span": _span(finding.span),
        "categories": [category.value for category in finding.categories],
        "must_highlight": finding.must_highlight,
        "emphasis": finding.emphasis.value,
        "renders": finding.renders,
        "triggers": [
            {"rule_id": trigger.rule_id, "span": _span(trigger.span), "text": trigger.text}
            for trigger in finding.triggers
        ],
        "basis": list(finding.basis),
        "precedents": [
            {
                "doc_id": precedent.doc_id,
                "clause_id": precedent.clause_id,
                "similarity": round(precedent.similarity, 4),
                "emphasis": precedent.emphasis.value,
            }
            for precedent in finding.precedents
        ],
        "advice": finding.advice,
    }


def decisions_json(decided: Decided) -> Json:
    """Decisions on a review; `clause_id` is null for those whose words are gone."""
    applied = [(decision, clause_id, False) for clause_id, decision in decided.decisions.items()]
    outdated = [(decision, clause_id, True) for decision, clause_id in decided.outdated]
    return {
        "doc_id": decided.report.doc_id,
        "coverage": round(decided.report.coverage, 4),
        "must": decided.report.must,
        "emphasised": decided.report.emphasised,
        "decisions": [
            {
                "clause_id": clause_id,
                "verdict": decision.verdict.value,
                "reason": decision.reason,
                "by": decision.by,
                "on": decision.on.isoformat(),
                "words": decision.words,
                "outdated": gone,
            }
            for decision, clause_id, gone in (*applied, *outdated)
        ],
    }


def lint_json(report: LintReport) -> Json:
    """`lint`."""
    return {
        "doc_id": report.doc_id,
        "findings": [
            {
                "kind": finding.kind,
                "severity": finding.severity.value,
                "clause_ids": list(finding.clause_ids),
                "lines": _lines(finding.lines),
                "span": _span(finding.span),
                "text": finding.text,
                "advice": finding.advice,
            }
            for finding in report.findings
        ],
    }


def diff_json(report: DiffReport) -> Json:
    """`diff`; `words` are pairs of `=`, `-` or `+` and words; no categories where a version lacks the clause."""
    return {"old": report.old, "new": report.new, "changes": [_change(change) for change in report.changes]}


def evaluation_json(report: EvaluationReport) -> Json:
    """`evaluate`."""
    return {
        "overall": _measures(report.overall),
        "groups": {name: _measures(measures) for name, measures in report.groups.items()},
        "documents": {name: _measures(measures) for name, measures in report.documents.items()},
        "failures": [_failure(one) for one in report.failures],
    }


def articles_json(report: ArticleReport) -> Json:
    """`evaluate --articles`."""
    figures: Json = {
        "questions": report.questions,
        "articles": report.articles,
        "mrr@10": round(report.mrr, 4),
        "mrr@10_95": [round(bound, 4) for bound in report.mrr_interval],
    }
    for k, share in report.recall.items():
        figures[f"recall@{k}"] = round(share, 4)
        figures[f"recall@{k}_95"] = [round(bound, 4) for bound in report.recall_interval[k]]
    return figures


def _change(change: Change) -> Json:
    old, new = change.old, change.new
    return {
        "kind": change.kind.value,
        "old_clause_id": old.clause_id if old else None,
        "new_clause_id": new.clause_id if new else None,
        "old_lines": _lines(old.lines) if old else None,
        "new_lines": _lines(new.lines) if new else None,
        "words": [[mark, words] for mark, words in change.words],
        "categories_before": [category.value for category in old.categories] if old else [],
        "categories_after": [category.value for category in new.categories] if new else [],
    }


def _measures(measures: Measures) -> Json:
    figures: Json = {"questions": measures.questions, "answerable": measures.answerable}
    for k, share in measures.hit.items():
        figures[f"hit@{k}"] = round(share, 4)
        figures[f"hit@{k}_95"] = (
            [round(bound, 4) for bound in measures.hit_interval[k]] if measures.answerable else None
        )
    return figures | {
        "mrr": round(measures.mrr, 4),
        "false_answers": round(measures.false_answers, 4),
        "false_refusals": round(measures.false_refusals, 4),
        "auc": None if measures.auc is None else round(measures.auc, 4),
        "calibration_error": round(measures.calibration_error, 4),
        "verbatim": round(measures.verbatim, 4),
    }


def _failure(one: Judged) -> Json:
    cited = one.answer.citations or one.answer.nearest
    return {
        "qid": one.row.qid,
        "doc": one.row.doc_id,
        "group": one.row.group,
        "question": one.row.question,
        "answerable": one.row.answerable,
        "gold_lines": list(one.row.gold_lines),
        "status": one.answer.status,
        "confidence": round(one.answer.confidence, 4),
        "rank": None if one.rank is None else one.rank + 1,
        "retrieved": [citation.clause_id for citation in cited],
    }


def _mention(clause_id: str, span: Span, text: str) -> Json:
    return {"clause_id": clause_id, "span": _span(span), "text": text}


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _lines(lines: tuple[int, int] | None) -> list[int] | None:
    return None if lines is None else list(lines)


def _place(page: int | None, paragraph: int | None) -> Json:
    """Where a clause of a format without lines stands."""
    return {name: number for name, number in (("page", page), ("paragraph", paragraph)) if number is not None}
