"""`clauselight parse`: terms as clauses, as JSON or as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.output import emphasised, print_json, print_text, warn_refused
from app.cli.parser import TERMS_HELP

if TYPE_CHECKING:
    import argparse

    from corpus.types import Clause, Document

SHOWN = 60
"""Characters of a clause shown in the tree."""


def add_parser(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    parser = commands.add_parser("parse", help="把条款拆成带编号、层级和强调的条文")
    parser.add_argument("terms", metavar="TERMS", help=TERMS_HELP)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="输出 JSON")
    shape.add_argument("--tree", action="store_true", help="输出条款树（默认）")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print every document that `terms` names; a folder gives one JSON document a line."""
    from app.contract import document_json  # noqa: PLC0415 - heavy imports stay inside the command
    from corpus.library import read_terms  # noqa: PLC0415

    library = read_terms([options.terms])
    if not library.documents:
        raise library.refused[0]
    warn_refused(library.refused)
    for document in library.documents:
        if options.json:
            print_json(document_json(document), compact=len(library.documents) > 1)
        else:
            print_text(tree(document))
    return 2 if library.refused else 0


def tree(document: Document) -> str:
    """Render the clause tree, with who is who and what looks wrong."""
    lines = [f"《{document.title}》（{document.doc_id}，{len(document.clauses)} 条）"]
    lines += [_line(clause) for clause in document.clauses]
    sides = {"customer": "客户", "vendor": "服务方", "other": "其他"}
    for party in document.parties:
        line = f"{sides[party.role.value]}：{'、'.join(party.aliases)}"
        places = dict.fromkeys(place.clause_id.split("#")[1] for place in party.conflicts)
        lines.append(line + (f"；在 {'、'.join(places)} 中用词相反" if places else ""))
    lines += [f"编号异常：{anomaly.clause_id}（按顺序应为 {anomaly.expected}）" for anomaly in document.anomalies]
    lines += list(document.notes)
    return "\n".join(lines)


def _line(clause: Clause) -> str:
    words = " ".join(clause.text.split())
    words = words if len(words) <= SHOWN else words[:SHOWN] + "…"
    if clause.emphasised > 0:
        words = emphasised(words)
    where = f"第 {clause.lines[0]} 行" if clause.lines else ""
    share = f"，强调 {clause.emphasised:.0%}" if clause.emphasised else ""
    return f"{'  ' * (clause.level - 1)}{'# ' if clause.kind.value == 'heading' else ''}{words}  〔{where}{share}〕"
