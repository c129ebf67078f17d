"""`clauselight diff`: what changed between two versions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.failure import WrongInput
from app.cli.output import print_json, print_text
from app.cli.parser import TERMS_HELP, add_command
from app.cli.writing import check_target, writing

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = add_command(commands, "diff", "逐条比较两个版本")
    parser.add_argument("old", metavar="OLD", help=f"旧版本：{TERMS_HELP}")
    parser.add_argument("new", metavar="NEW", help="新版本：同上")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--report", metavar="FILE", type=Path, help="写出左右对照的对比报告：.html 或 .md")
    parser.add_argument("--notice", metavar="FILE", type=Path, help="写出给客户看的“这次改了什么”：.html 或 .md")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare, clause by clause."""
    from app.cli.opening import only_document  # noqa: PLC0415 - heavy imports stay inside the command
    from app.cli.settings import read_settings  # noqa: PLC0415
    from app.cli.text.diff import render_diff  # noqa: PLC0415
    from app.contract import diff_json  # noqa: PLC0415
    from app.review.diff import diff  # noqa: PLC0415
    from app.review.reports.changes import FORMATS, write_changes  # noqa: PLC0415
    from app.review.reports.notice import write_notice  # noqa: PLC0415

    check_target(options.report, FORMATS)
    check_target(options.notice, FORMATS)
    if options.old == options.new == "-":
        raise WrongInput("两个版本不能都从标准输入读")
    old, new = only_document(options.old), only_document(options.new)
    report = diff(old, new, rules=read_settings().rules)
    if options.report is not None:
        with writing(options.report):
            write_changes(report, options.report)
    if options.notice is not None:
        with writing(options.notice):
            write_notice(report, options.notice, title=new.title)
    if options.json:
        print_json(diff_json(report))
    else:
        print_text(render_diff(report))
    return 0
