"""Figures of an evaluation, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.help_text import width_of

if TYPE_CHECKING:
    from app.articles import ArticleReport
    from app.evaluation import EvaluationReport, Measures

COLUMNS = ("范围", "问题", "hit@1", "hit@3", "hit@5", "MRR", "误答", "误拒", "AUC", "逐字")


def render_figures(result: EvaluationReport) -> str:
    """Give a row for all, one for each group and one for each document."""
    named = [("全部", result.overall), *result.groups.items(), *result.documents.items()]
    rows = [COLUMNS, *((name, *_figures(measures)) for name, measures in named)]
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def render_article_figures(result: ArticleReport) -> str:
    """Give a line for each figure, with its interval."""
    named = [("MRR@10", result.mrr, result.mrr_interval)]
    named += [(f"recall@{k}", share, result.recall_interval[k]) for k, share in result.recall.items()]
    lines = [f"{name:<11}{share:.3f}  （95% 区间 {low:.3f}–{high:.3f}）" for name, share, (low, high) in named]
    return "\n".join([f"{result.questions} 个问题，{result.articles} 条法条", *lines])


def _figures(measures: Measures) -> tuple[str, ...]:
    auc = "-" if measures.auc is None else f"{measures.auc:.3f}"
    shares = (*measures.hit.values(), measures.mrr, measures.false_answers, measures.false_refusals)
    return (str(measures.questions), *(f"{share:.3f}" for share in shares), auc, f"{measures.verbatim:.3f}")


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    """Names to the left, figures to the right."""
    cells = [" " * (width - width_of(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True)]
    return "  ".join([row[0] + " " * (widths[0] - width_of(row[0])), *cells])
