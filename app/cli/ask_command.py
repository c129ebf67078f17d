"""`clauselight ask`: one question, or a file of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.ahead import ahead, open_reranker
from app.cli.failure import WrongInput
from app.cli.output import print_json, print_text
from app.cli.parser import TERMS_HELP, add_command, positive
from app.cli.profile import Profile

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = add_command(commands, "ask", "就条款提问：引用原文回答，条款没写就说没写")
    parser.add_argument("question", metavar="QUESTION", nargs="?", help="问题")
    parser.add_argument("--batch", metavar="FILE.jsonl", type=Path, help="问题文件，一行一个含 question 的 JSON")
    parser.add_argument(
        "--terms-dir", metavar="DIR", help="问题文件里 doc 所指文档的文件夹；没写 doc 的问题在全部条款里找"
    )
    parser.add_argument("--terms", metavar="TERMS", action="append", help=f"只在这些条款里找；{TERMS_HELP}")
    parser.add_argument("--k", metavar="N", type=positive, default=3, help="最多引用几条（默认 3）")
    parser.add_argument("--json", action="store_true", help="输出 JSON；批量时一行一个")
    parser.add_argument("--profile", action="store_true", help="在标准错误输出各步骤的用时")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Answer, on standard output."""
    if (options.question is None) == (options.batch is None):
        raise WrongInput("请给出一个问题，或用 --batch 给出问题文件（二者取一）")
    if options.batch is not None:
        if options.profile:
            raise WrongInput("--profile 只看一个问题，不与 --batch 同用")
        return _batch(options)
    if options.terms_dir:
        raise WrongInput("--terms-dir 只与 --batch 同用")
    profile = Profile()
    reranker = ahead(open_reranker)
    with profile.opening():
        from app.cli.opening import open_engine  # noqa: PLC0415 - heavy imports stay inside the command
        from app.cli.text.answer import render_answer  # noqa: PLC0415
        from app.contract import answer_json  # noqa: PLC0415

        engine = open_engine(options.terms, reranker=reranker)
    engine.watch = profile.watch
    answer = engine.explain(engine.ask(options.question, k=options.k))
    if options.json:
        print_json(answer_json(answer))
    else:
        print_text(render_answer(answer))
    if options.profile:
        profile.tell()
    return 0


def _batch(options: argparse.Namespace) -> int:
    """Answer line by line, so that whoever reads the pipe need not wait for the last one."""
    from app.cli.batch import read_batch  # noqa: PLC0415 - heavy imports stay inside the command
    from app.cli.opening import open_engine  # noqa: PLC0415
    from app.cli.text.answer import render_answer  # noqa: PLC0415
    from app.contract import answer_json  # noqa: PLC0415

    rows = read_batch(options.batch)
    terms = [*([options.terms_dir] if options.terms_dir else []), *(options.terms or [])]
    engine = open_engine(terms or None)
    known = [document.doc_id for document in engine.documents]
    for row in rows:
        if row.doc_id is not None and row.doc_id not in known:
            raise WrongInput(f"{row.place}：没有名为“{row.doc_id}”的文档（有：{'、'.join(known)}）")
    for row in rows:
        asked = engine.ask(row.question, doc_ids=None if row.doc_id is None else [row.doc_id], k=options.k)
        answer = engine.explain(asked)
        if options.json:
            print_json(answer_json(answer, qid=row.qid), compact=True)
        else:
            print_text(("" if row is rows[0] else "\n") + f"问：{answer.question}\n{render_answer(answer)}")
        sys.stdout.flush()
    return 0
