"""A lawyer's decisions on the command line: their options, where they lie, how they are laid over a review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.failure import WrongInput
from app.cli.writing import writing

if TYPE_CHECKING:
    import argparse

    from app.review.decisions import Decided
    from app.review.docket import Ruling
    from app.types import AuditReport
    from corpus.library import Library
    from corpus.types import Document

_ON_CLAUSES = (
    ("--accept", "确认这一条应当突出（可多次）"),
    ("--dismiss", "决定这一条不要求突出，须写 --reason（可多次）"),
    ("--withdraw", "撤回这一条的决定（可多次）"),
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that make decisions."""
    group = parser.add_argument_group(
        "法务决定", "存在条款文件旁的 .review.toml 里，按文字对应条文：改号后仍有效，改字后失效。"
    )
    for name, what in _ON_CLAUSES:
        group.add_argument(name, metavar="CLAUSE", action="append", default=[], help=what)
    group.add_argument("--reason", metavar="TEXT", default="", help="决定的理由")
    group.add_argument("--by", metavar="NAME", help="由谁决定（默认为系统的用户名）")
    group.add_argument("--decisions", metavar="FILE.toml", type=Path, help="读写这个文件里的决定")


def ruling_of(options: argparse.Namespace) -> Ruling:
    """Read the ruling that the options make; an empty one decides nothing. Raises WrongInput."""
    from app.review.docket import Ruling  # noqa: PLC0415 - heavy imports stay inside the command

    ruling = Ruling(
        accept=tuple(options.accept),
        dismiss=tuple(options.dismiss),
        withdraw=tuple(options.withdraw),
        reason=" ".join(options.reason.split()),
        by=_user() if options.by is None else " ".join(options.by.split()),
    )
    if not ruling and (options.reason or options.by is not None):
        raise WrongInput("--reason 和 --by 要与 --accept、--dismiss 或 --withdraw 同用")
    if ruling.dismiss and not ruling.reason:
        raise WrongInput("--dismiss 须用 --reason 写明理由")
    return ruling


def decisions_file(document: Document, library: Library, options: argparse.Namespace) -> Path | None:
    """Where the decisions on a document lie: as asked for, beside its file, or in the collection's folder.

    None for standard input.
    """
    from app.cli.settings import read_settings  # noqa: PLC0415
    from app.collection import Collection  # noqa: PLC0415
    from app.review.decisions import path_of  # noqa: PLC0415
    from corpus.library import shipped  # noqa: PLC0415

    if options.decisions is not None:
        return Path(options.decisions)
    collection = Collection(read_settings().index_dir)
    path = library.files.get(document.doc_id)
    if path is None:
        ships = any(source.doc_id == document.doc_id for source in shipped())
        return collection.decisions_of(document.doc_id) if ships else None
    return collection.decisions_of(document.doc_id) if collection.holds(path) else path_of(path)


def decided_report(report: AuditReport, document: Document, *, path: Path | None, ruling: Ruling) -> Decided:
    """Lay the decisions over a review, after adding those of `ruling` to the file.

    Raises DecisionsUnusable, Undecidable, WrongInput.
    """
    from datetime import datetime  # noqa: PLC0415

    from app.review.decisions import apply_decisions, read_decisions, write_decisions  # noqa: PLC0415
    from app.review.docket import rule  # noqa: PLC0415

    if path is None and ruling:
        raise WrongInput("从标准输入读的条款没有地方保存决定，请用 --decisions 指明文件")
    decisions = () if path is None else read_decisions(path)
    if ruling and path is not None:
        today = datetime.now().astimezone().date()
        decisions = rule(ruling, document=document, report=report, decisions=decisions, on=today)
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_decisions(path, decisions)
    return apply_decisions(report, document, decisions)


def _user() -> str:
    """Name of the account; empty where the system gives none."""
    from getpass import getuser  # noqa: PLC0415

    try:
        return getuser()
    except (OSError, KeyError):
        return ""
