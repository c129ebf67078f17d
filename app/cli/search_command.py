"""`clauselight search`: clauses by words or by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.output import print_json, print_text
from app.cli.parser import TERMS_HELP, add_command, positive

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = add_command(commands, "search", "按词语、意思或编号查条文")
    parser.add_argument("query", metavar="QUERY", help="词语、句子或编号（如 13.5）")
    parser.add_argument("--terms", metavar="TERMS", action="append", help=f"只在这些条款里找；{TERMS_HELP}")
    parser.add_argument("--k", metavar="N", type=positive, default=10, help="最多几条（默认 10）")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the clauses found."""
    from app.cli.opening import open_engine  # noqa: PLC0415 - heavy imports stay inside the command
    from app.cli.text.search import render_result  # noqa: PLC0415
    from app.contract import search_json  # noqa: PLC0415

    results = open_engine(options.terms).search(options.query, k=options.k)
    if options.json:
        print_json(search_json(options.query, results))
    else:
        print_text("\n".join(map(render_result, results)) if results else "请写下要找的词语或编号。")
    return 0
