"""`clauselight lint`: slips in the drafting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.output import print_json, print_text
from app.cli.parser import TERMS_HELP, add_command, is_folder

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = add_command(
        commands, "lint", "检查起草差错：用词、引用、编号、前后矛盾等", more="有错误或警告时退出状态为 1。"
    )
    parser.add_argument("terms", metavar="TERMS", nargs="+", help=TERMS_HELP)
    parser.add_argument("--json", action="store_true", help="输出 JSON；文件夹或几份文件一行一个文档")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check every document that `terms` names."""
    from app.cli.opening import read_documents  # noqa: PLC0415 - heavy imports stay inside the command
    from app.cli.text.lint import render_lint  # noqa: PLC0415
    from app.contract import lint_json  # noqa: PLC0415
    from app.review.lint import Severity, lint  # noqa: PLC0415

    found = False
    library = read_documents(*options.terms)
    for document in library.documents:
        report = lint(document)
        found |= any(finding.severity is not Severity.INFO for finding in report.findings)
        if options.json:
            print_json(lint_json(report), compact=len(options.terms) > 1 or is_folder(options.terms[0]))
        else:
            print_text(render_lint(report, document))
    return 2 if library.refused else int(found)
