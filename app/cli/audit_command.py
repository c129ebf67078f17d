"""`clauselight audit`: whether every clause that must stand out is printed so."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.failure import WrongInput
from app.cli.output import print_json, print_text
from app.cli.parser import TERMS_HELP, share

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Iterator

MARKDOWN = (".md", ".markdown")
"""Endings of the file that `--fix` writes."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("audit", help="检查限制、免责等条款是否醒目提示")
    parser.add_argument("terms", metavar="TERMS", help=TERMS_HELP)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--report", metavar="FILE", type=Path, help="写出报告：.html .docx .xlsx 或 .md")
    parser.add_argument("--fix", metavar="FILE.md", type=Path, help="写出把漏标条款加粗后的 Markdown")
    parser.add_argument(
        "--fail-under", metavar="SHARE", type=share, help="覆盖率低于此值（0 到 1，如 0.95）时退出状态为 1"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Review one document."""
    from app.cli.opening import only_document  # noqa: PLC0415 - heavy imports stay inside the command
    from app.cli.settings import read_settings  # noqa: PLC0415
    from app.cli.text.audit import render_report  # noqa: PLC0415
    from app.contract import audit_json  # noqa: PLC0415
    from app.review import audit  # noqa: PLC0415
    from app.review.fix import write_fixed  # noqa: PLC0415
    from app.review.reports import FORMATS, write_report  # noqa: PLC0415

    _check_target(options.report, FORMATS)
    _check_target(options.fix, MARKDOWN)
    document = only_document(options.terms)
    report = audit(document, rules=read_settings().rules)
    if options.report is not None:
        with _writing(options.report):
            write_report(report, document, options.report)
    if options.fix is not None:
        with _writing(options.fix):
            write_fixed(document, report, options.fix)
    if options.json:
        print_json(audit_json(report))
    else:
        print_text(render_report(report, document))
    return int(options.fail_under is not None and report.coverage < options.fail_under)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Tell what was written; WrongInput when it cannot be."""
    try:
        yield
    except OSError as error:
        raise WrongInput(f"{path}：写不出这个文件，请检查路径、权限和磁盘空间") from error
    sys.stderr.write(f"已写出 {path}\n")


def _check_target(path: Path | None, endings: Collection[str]) -> None:
    """Refuse a file that cannot be written before the work is done; WrongInput."""
    if path is None:
        return
    if path.suffix.lower() not in endings:
        raise WrongInput(f"{path}：文件名应以 {'、'.join(endings)} 结尾")
    if not path.parent.is_dir():
        raise WrongInput(f"{path}：没有 {path.parent} 这个文件夹")
