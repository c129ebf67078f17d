"""`clauselight evaluate`: how good the answers are on labelled questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.failure import WrongInput
from app.cli.output import print_json, print_text, progress_line
from app.cli.parser import add_command

if TYPE_CHECKING:
    import argparse

CITED = 5
"""Clauses asked for: the largest rank that is reported."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = add_command(commands, "evaluate", "用标注的问题测量：命中率、误答、误拒、逐字引用")
    parser.add_argument("questions", metavar="QUESTIONS.jsonl", type=Path, help="标注的问题")
    corpus = parser.add_mutually_exclusive_group(required=True)
    corpus.add_argument("--terms-dir", metavar="DIR", help="条款文件夹，问题的 doc 是文件名（不含后缀）")
    corpus.add_argument(
        "--articles",
        metavar="FILE",
        type=Path,
        help="法条文件（JSONL 或其 gzip，每行 id、name、text）：只测检索，问题行是 question、gold",
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Ask every question of its document, or look it up among articles, and print the figures."""
    return _run_articles(options) if options.articles else _run_terms(options)


def _run_articles(options: argparse.Namespace) -> int:
    from app.articles import evaluate_articles, read_article_questions, read_articles  # noqa: PLC0415
    from app.cli.settings import read_settings  # noqa: PLC0415
    from app.cli.text.figures import render_article_figures  # noqa: PLC0415
    from app.contract import articles_json  # noqa: PLC0415
    from index.encoder import load_encoder  # noqa: PLC0415
    from index.hybrid import HybridIndex  # noqa: PLC0415
    from index.reranker import Reranker  # noqa: PLC0415

    settings = read_settings()
    questions = read_article_questions(options.questions)
    entries = read_articles(options.articles)
    index = HybridIndex.build(
        entries,
        load_encoder(settings.encoder),
        cache_dir=settings.index_dir / "vectors",
        progress=progress_line("正在编码法条"),
    )
    result = evaluate_articles(index, questions, reranker=Reranker(), progress=progress_line("正在检索"))
    if options.json:
        print_json(articles_json(result))
    else:
        print_text(render_article_figures(result))
    return 0


def _run_terms(options: argparse.Namespace) -> int:
    from app.cli.opening import open_engine  # noqa: PLC0415 - heavy imports stay inside the command
    from app.cli.text.figures import render_figures  # noqa: PLC0415
    from app.contract import evaluation_json  # noqa: PLC0415
    from app.evaluation import judge, read_questions, report  # noqa: PLC0415

    rows = read_questions(options.questions)
    engine = open_engine([options.terms_dir])
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
        print_text(render_figures(result))
    return 0
