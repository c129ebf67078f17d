"""`clauselight ask`: one question, or a file of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.output import print_json, print_text, progress_line, warn_refused
from app.cli.parser import TERMS_HELP, positive

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from app.engine import Engine
    from app.types import Answer

NEAREST = 3
"""Nearest clauses shown with a refusal."""


def add_parser(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    parser = commands.add_parser("ask", help="就条款提问：引用原文回答，条款没写就说没写")
    parser.add_argument("question", metavar="QUESTION", nargs="?", help="问题")
    parser.add_argument("--batch", metavar="FILE.jsonl", type=Path, help="问题文件，一行一个含 question 的 JSON")
    parser.add_argument("--terms-dir", metavar="DIR", help="问题文件里 doc 所指文档的文件夹")
    parser.add_argument("--terms", metavar="TERMS", action="append", help=f"只在这些条款里找；{TERMS_HELP}")
    parser.add_argument("--k", metavar="N", type=positive, default=3, help="最多引用几条（默认 3）")
    parser.add_argument("--json", action="store_true", help="输出 JSON；批量时一行一个")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Answer, on standard output."""
    from app.cli.failure import WrongInput  # noqa: PLC0415 - heavy imports stay inside the command

    if (options.question is None) == (options.batch is None):
        raise WrongInput("请给出一个问题，或用 --batch 给出问题文件（二者取一）")
    if options.batch is not None:
        return _batch(options)
    if options.terms_dir:
        raise WrongInput("--terms-dir 只与 --batch 同用")
    from app.contract import answer_json  # noqa: PLC0415
    from app.engine import Engine  # noqa: PLC0415

    engine = Engine.open(options.terms, progress=progress_line("正在编码条款"))
    warn_refused(engine.refused)
    answer = engine.ask(options.question, k=options.k)
    if options.json:
        print_json(answer_json(answer))
    else:
        print_text(render(answer))
    return 0


def render(answer: Answer) -> str:
    """Give an answer for people: the answer, the nearest clauses after a refusal, the confidence."""
    lines = [answer.text]
    if answer.nearest:
        lines.append("意思最接近的条款（不是答案）：")
        lines += [f"  {citation.clause_id}  {' '.join(citation.text.split())}" for citation in answer.nearest[:NEAREST]]
    for note in answer.notes:
        if note.text not in answer.text and note.kind not in {"reason", "lead_in"}:
            lines.append(note.text)
    lines.append(f"〔把握 {answer.confidence:.0%}〕")
    return "\n".join(lines)


def _batch(options: argparse.Namespace) -> int:
    from app.cli.failure import WrongInput  # noqa: PLC0415
    from app.contract import answer_json  # noqa: PLC0415
    from app.engine import Engine  # noqa: PLC0415

    rows = list(_rows(options.batch))
    terms = [*([options.terms_dir] if options.terms_dir else []), *(options.terms or [])]
    engine = Engine.open(terms or None, progress=progress_line("正在编码条款"))
    warn_refused(engine.refused)
    known = {document.doc_id for document in engine.documents}
    for number, row in rows:
        doc_id = row.get("doc")
        if doc_id is not None and doc_id not in known:
            raise WrongInput(
                f"{options.batch} 第 {number} 行：没有名为“{doc_id}”的文档（有：{'、'.join(sorted(known))}）"
            )
    for _, row in rows:
        answer = _answer(engine, row, options)
        qid = row.get("qid")
        if options.json:
            print_json(answer_json(answer, qid=None if qid is None else str(qid)), compact=True)
        else:
            print_text(f"问：{answer.question}\n{render(answer)}\n\u200b")
        sys.stdout.flush()
    return 0


def _answer(engine: Engine, row: dict[str, Any], options: argparse.Namespace) -> Answer:
    doc_id = row.get("doc")
    return engine.ask(str(row["question"]), doc_ids=None if doc_id is None else [str(doc_id)], k=options.k)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows with their line numbers; WrongInput for a file or a line that cannot be read."""
    from app.cli.failure import WrongInput  # noqa: PLC0415

    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInput(f"{path}：读不出问题文件，请确认它存在且是 UTF-8 编码的 JSONL") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise WrongInput(f"{path} 第 {number} 行：不是 JSON") from error
        if not isinstance(row, dict) or not isinstance(row.get("question"), str):
            raise WrongInput(f"{path} 第 {number} 行：缺少 question")
        yield number, row
