"""`clauselight search`: clauses by words or by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.output import emphasised, print_json, print_text, progress_line, warn_refused
from app.cli.parser import TERMS_HELP, positive

if TYPE_CHECKING:
    import argparse

    from app.types import SearchResult


def add_parser(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    parser = commands.add_parser("search", help="按词语、意思或编号查条文")
    parser.add_argument("query", metavar="QUERY", help="词语、句子或编号（如 13.5）")
    parser.add_argument("--terms", metavar="TERMS", action="append", help=f"只在这些条款里找；{TERMS_HELP}")
    parser.add_argument("--k", metavar="N", type=positive, default=10, help="最多几条（默认 10）")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the clauses found."""
    from app.contract import search_json  # noqa: PLC0415 - heavy imports stay inside the command
    from app.engine import Engine  # noqa: PLC0415

    engine = Engine.open(options.terms, progress=progress_line("正在编码条款"))
    warn_refused(engine.refused)
    results = engine.search(options.query, k=options.k)
    if options.json:
        print_json(search_json(options.query, results))
    else:
        print_text("\n".join(map(render, results)) if results else "请写下要找的词语或编号。")
    return 0


def render(result: SearchResult) -> str:
    """Give one clause for people."""
    citation, hit = result.citation, result.hit
    words = " ".join(citation.text.split())
    shown = emphasised(words) if citation.emphasis.value in {"full", "partial"} else words
    path = " › ".join(citation.headings)
    return f"{hit.rank}. {citation.clause_id}  {path}\n   {shown}"
