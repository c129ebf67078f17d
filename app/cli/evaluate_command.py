"""`clauselight evaluate`: how good the answers are on labelled questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.output import print_json, print_text, progress_line, warn_refused

if TYPE_CHECKING:
    import argparse

    from app.evaluation import EvaluationReport, Measures

CITED = 5
"""Clauses asked for: the largest rank that is reported."""


def add_parser(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    parser = commands.add_parser("evaluate", help="用标注的问题测量：命中率、误答、误拒、逐字引用")
    parser.add_argument("questions", metavar="QUESTIONS.jsonl", type=Path, help="标注的问题")
    parser.add_argument("--terms-dir", metavar="DIR", required=True, help="条款文件夹，问题的 doc 是文件名（不含后缀）")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Ask every question of its document and print the figures."""
    from app.cli.failure import WrongInput  # noqa: PLC0415 - heavy imports stay inside the command
    from app.contract import evaluation_json  # noqa: PLC0415
    from app.engine import Engine  # noqa: PLC0415
    from app.evaluation import judge, read_questions, report  # noqa: PLC0415

    rows = read_questions(options.questions)
    engine = Engine.open([options.terms_dir], progress=progress_line("正在编码条款"))
    warn_refused(engine.refused)
    known = {document.doc_id for document in engine.documents}
    unknown = sorted({row.doc_id for row in rows} - known)
    if unknown:
        raise WrongInput(f"{options.terms_dir} 里没有问题所指的文档：{'、'.join(unknown)}")
    show = progress_line("正在回答问题")
    judged = []
    for number, row in enumerate(rows, 1):
        answer = engine.ask(row.question, doc_ids=[row.doc_id], k=CITED)
        judged.append(judge(row, answer, engine.document(row.doc_id)))
        show(number, len(rows))
    result = report(judged)
    if options.json:
        print_json(evaluation_json(result))
    else:
        print_text(render(result))
    return 0


def render(result: EvaluationReport) -> str:
    """Give the figures as a table."""
    head = "范围            问题  hit@1  hit@3  hit@5  MRR    误答   误拒   AUC    逐字"
    rows = [("全部", result.overall), *result.groups.items(), *result.documents.items()]
    return "\n".join([head, *(_row(name, measures) for name, measures in rows)])


def _row(name: str, measures: Measures) -> str:
    auc = "—" if measures.auc is None else f"{measures.auc:.3f}"
    hits = "  ".join(f"{share:.3f}" for share in measures.hit.values())
    width = 16 - sum(ord(character) > 0x2E80 for character in name)
    return (
        f"{name:<{width}}{measures.questions:>4}  {hits}  {measures.mrr:.3f}  {measures.false_answers:.3f}  "
        f"{measures.false_refusals:.3f}  {auc:<5}  {measures.verbatim:.3f}"
    )
