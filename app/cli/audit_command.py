"""`clauselight audit`: whether every clause that must stand out is printed so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.output import print_json, print_text
from app.cli.parser import TERMS_HELP, share

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("audit", help="检查限制、免责等条款是否醒目提示")
    parser.add_argument("terms", metavar="TERMS", help=TERMS_HELP)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--fail-under", metavar="SHARE", type=share, help="覆盖率低于此值（如 0.95）时退出状态为 1")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Review one document."""
    from app.cli.opening import only_document  # noqa: PLC0415 - heavy imports stay inside the command
    from app.cli.settings import read_settings  # noqa: PLC0415
    from app.cli.text.audit import render_report  # noqa: PLC0415
    from app.contract import audit_json  # noqa: PLC0415
    from app.review import audit  # noqa: PLC0415

    document = only_document(options.terms)
    report = audit(document, rules=read_settings().rules)
    if options.json:
        print_json(audit_json(report))
    else:
        print_text(render_report(report, document))
    return int(options.fail_under is not None and report.coverage < options.fail_under)
