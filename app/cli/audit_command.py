"""`clauselight audit`: whether every clause that must stand out is printed so."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.deciding import add_options, decided_report, decisions_file, ruling_of
from app.cli.failure import WrongInput
from app.cli.output import print_json, print_text
from app.cli.parser import TERMS_HELP, add_command, is_folder, share
from app.cli.writing import check_target, writing

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from app.review.decisions import Decided
    from app.types import AuditReport
    from corpus.library import Library
    from corpus.types import Document

MARKDOWN = (".md", ".markdown")
"""Endings of the file that `--fix` writes."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = add_command(commands, "audit", "检查限制、免责等条款是否突出提示")
    parser.add_argument("terms", metavar="TERMS", nargs="+", help=TERMS_HELP)
    parser.add_argument("--json", action="store_true", help="输出 JSON；文件夹或几份文件一行一个文档")
    parser.add_argument(
        "--report",
        metavar="FILE",
        type=Path,
        help="写出报告：.html .docx .xlsx 或 .md；几份文件写成一张条款矩阵：.xlsx",
    )
    parser.add_argument("--fix", metavar="FILE.md", type=Path, help="写出把漏标条款加粗后的 Markdown")
    parser.add_argument(
        "--fail-under",
        metavar="SHARE",
        type=share,
        help="覆盖率低于此值（0 到 1，如 0.95）时退出状态为 1；每份文件另在标准错误输出一行 GitHub Actions 式的小结",
    )
    add_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Review every document that `terms` names; the status tells whether one of them is under the threshold."""
    from app.cli.opening import known_documents, read_documents  # noqa: PLC0415 - heavy imports stay inside the command
    from app.cli.settings import read_settings  # noqa: PLC0415
    from app.cli.text.audit import render_report, summary_line  # noqa: PLC0415
    from app.contract import audit_json  # noqa: PLC0415
    from app.review import audit  # noqa: PLC0415
    from app.review.reports import FORMATS  # noqa: PLC0415

    ruling = ruling_of(options)
    check_target(options.report, FORMATS)
    check_target(options.fix, MARKDOWN)
    library = read_documents(*options.terms)
    several = len(library.documents) > 1
    if several and (options.fix or ruling or options.decisions or _is_not_matrix(options.report)):
        said = f"{'、'.join(options.terms)}：里面有 {len(library.documents)} 个文档"
        raise WrongInput(f"{said}；修改稿、决定和 .xlsx 以外的报告请逐个文件进行")
    rules, others = read_settings().rules, (*library.documents, *known_documents())
    missed, reports = False, []
    for document in library.documents:
        raw = audit(document, rules=rules, others=others)
        decided = decided_report(raw, document, path=decisions_file(document, library, options), ruling=ruling)
        report = decided.report
        reports.append(report)
        if not several:
            _write(decided, document, options, rules)
        if options.json:
            print_json(audit_json(report), compact=len(options.terms) > 1 or is_folder(options.terms[0]))
        else:
            print_text(render_report(decided, document))
        if options.fail_under is not None:
            missed |= report.coverage < options.fail_under
            sys.stderr.write(summary_line(report, file=_name(document, library), least=options.fail_under) + "\n")
    if several and options.report is not None:
        _write_matrix(library.documents, reports, options.report)
    return 2 if library.refused else int(missed)


def _is_not_matrix(path: Path | None) -> bool:
    return path is not None and path.suffix.lower() != ".xlsx"


def _write_matrix(documents: Sequence[Document], reports: Sequence[AuditReport], path: Path) -> None:
    """Write which documents print the same clause how, inconsistent ones first."""
    from app.review.families import families_of  # noqa: PLC0415
    from app.review.reports.matrix import render_matrix  # noqa: PLC0415

    families = families_of(documents, {report.doc_id: report for report in reports})
    with writing(path):
        path.write_bytes(render_matrix(families, documents, reports))


def _name(document: Document, library: Library) -> str:
    path = library.files.get(document.doc_id)
    return path.as_posix() if path else document.doc_id


def _write(decided: Decided, document: Document, options: argparse.Namespace, rules: Path | None) -> None:
    """Write the files that were asked for."""
    from app.review.fix import write_fixed  # noqa: PLC0415
    from app.review.reports import write_report  # noqa: PLC0415

    if options.report is not None:
        with writing(options.report):
            write_report(decided.report, document, options.report, rules=rules, decided=decided)
    if options.fix is not None:
        with writing(options.fix):
            proof = write_fixed(document, decided.report, options.fix)
        sys.stderr.write(f"{proof}\n")
