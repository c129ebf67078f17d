"""A file of questions, one JSON object a line: `{"question": …, "qid"?: any, "doc"?: name}`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.cli.failure import WrongInput

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One question of a batch."""

    place: str
    """File and line, for messages."""
    question: str
    """The words."""
    doc_id: str | None
    """The document to ask; None for all."""
    qid: object
    """Whatever the row is known by, handed through; None when it has no name."""


def read_batch(path: Path) -> tuple[BatchRow, ...]:
    """Read every row; WrongInput, with the line, for the first that cannot be used. Blank lines are passed over."""
    try:
        # Not splitlines: U+2028 and the like may stand inside a JSON string.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInput(f"{path}：读不出问题文件，请确认它存在且是 UTF-8 编码的 JSONL") from error
    rows = tuple(_row(line, f"{path} 第 {number} 行") for number, line in enumerate(lines, 1) if line.strip())
    if not rows:
        raise WrongInput(f"{path}：里面没有问题")
    return rows


def _row(line: str, place: str) -> BatchRow:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise WrongInput(f"{place}：不是 JSON") from error
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise WrongInput(f"{place}：应是含 question 的 JSON 对象")
    doc_id = row.get("doc")
    if doc_id is not None and not isinstance(doc_id, str):
        raise WrongInput(f"{place}：doc 应是文档名")
    return BatchRow(place, row["question"], doc_id, row.get("qid"))
