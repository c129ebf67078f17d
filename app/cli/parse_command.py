"""`clauselight parse`: terms as clauses, as JSON or as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.output import print_json, print_note, print_text
from app.cli.parser import TERMS_HELP, add_command, is_folder

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = add_command(commands, "parse", "把条款拆成带编号、层级和强调的条文")
    parser.add_argument("terms", metavar="TERMS", help=TERMS_HELP)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="输出 JSON；文件夹一行一个文档")
    shape.add_argument("--tree", action="store_true", help="输出条款树（默认）")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print every document that `terms` names; a folder gives one JSON document a line, and a summary."""
    from app.cli.opening import read_documents  # noqa: PLC0415 - heavy imports stay inside the command
    from app.cli.text.summary import render_summary  # noqa: PLC0415
    from app.cli.text.tree import render_tree  # noqa: PLC0415
    from app.contract import document_json  # noqa: PLC0415

    library = read_documents(options.terms)
    for document in library.documents:
        if options.json:
            print_json(document_json(document), compact=is_folder(options.terms))
        else:
            print_text(render_tree(document))
    if is_folder(options.terms):
        print_note(render_summary(library))
    return 2 if library.refused else 0
