"""`clauselight audit`: whether every clause that must stand out is printed so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.failure import WrongInput
from app.cli.output import print_json, print_text
from app.cli.parser import TERMS_HELP, add_command, is_folder, share
from app.cli.writing import check_target, writing

if TYPE_CHECKING:
    import argparse

    from app.types import AuditReport
    from corpus.types import Document

MARKDOWN = (".md", ".markdown")
"""Endings of the file that `--fix` writes."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = add_command(commands, "audit", "检查限制、免责等条款是否突出提示")
    parser.add_argument("terms", metavar="TERMS", help=TERMS_HELP)
    parser.add_argument("--json", action="store_true", help="输出 JSON；文件夹一行一个文档")
    parser.add_argument("--report", metavar="FILE", type=Path, help="写出报告：.html .docx .xlsx 或 .md")
    parser.add_argument("--fix", metavar="FILE.md", type=Path, help="写出把漏标条款加粗后的 Markdown")
    parser.add_argument(
        "--fail-under", metavar="SHARE", type=share, help="覆盖率低于此值（0 到 1，如 0.95）时退出状态为 1"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Review every document that `terms` names; the status tells whether one of them is under the threshold."""
    from app.cli.opening import known_documents, read_documents  # noqa: PLC0415 - heavy imports stay inside the command
    from app.cli.settings import read_settings  # noqa: PLC0415
    from app.cli.text.audit import render_report  # noqa: PLC0415
    from app.contract import audit_json  # noqa: PLC0415
    from app.review import audit  # noqa: PLC0415
    from app.review.reports import FORMATS  # noqa: PLC0415

    check_target(options.report, FORMATS)
    check_target(options.fix, MARKDOWN)
    library = read_documents(options.terms)
    if len(library.documents) > 1 and (options.report or options.fix):
        raise WrongInput(f"{options.terms}：里面有 {len(library.documents)} 个文档，报告和修改稿请逐个文件生成")
    rules, others = read_settings().rules, (*library.documents, *known_documents())
    missed = False
    for document in library.documents:
        report = audit(document, rules=rules, others=others)
        missed |= options.fail_under is not None and report.coverage < options.fail_under
        _write(report, document, options)
        if options.json:
            print_json(audit_json(report), compact=is_folder(options.terms))
        else:
            print_text(render_report(report, document))
    return 2 if library.refused else int(missed)


def _write(report: AuditReport, document: Document, options: argparse.Namespace) -> None:
    """Write the files that were asked for."""
    from app.review.fix import write_fixed  # noqa: PLC0415
    from app.review.reports import write_report  # noqa: PLC0415

    if options.report is not None:
        with writing(options.report):
            write_report(report, document, options.report)
    if options.fix is not None:
        with writing(options.fix):
            write_fixed(document, report, options.fix)
