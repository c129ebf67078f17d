"""Files of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.cli.batch import BatchRow, read_batch
from app.cli.failure import WrongInput

if TYPE_CHECKING:
    from pathlib import Path


def test_rows(tmp_path: Path) -> None:
    """Order, line numbers, ids of any kind, blank lines, a byte order mark, and separators inside strings."""
    path = tmp_path / "q.jsonl"
    path.write_bytes('\ufeff{"question": "一", "qid": 7, "doc": "a"}\r\n\n{"question": "二\u2028三"}\n'.encode())
    assert read_batch(path) == (
        BatchRow(f"{path} 第 1 行", "一", "a", 7),
        BatchRow(f"{path} 第 3 行", "二\u2028三", None, None),
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "里面没有问题"),
        (b"{", "第 1 行：不是 JSON"),
        (b'{"question": "a"}\n[1]', "第 2 行：应是含 question 的 JSON 对象"),
        (b'{"question": 1}', "第 1 行：应是含 question 的 JSON 对象"),
        (b'{"question": "a", "doc": 1}', "第 1 行：doc 应是文档名"),
        (b"[" * 100_000, "第 1 行：不是 JSON"),
        (b"\xff\xfe\x00", "读不出问题文件"),
    ],
)
def test_what_cannot_be_used(tmp_path: Path, content: bytes, said: str) -> None:
    """One line with the place."""
    path = tmp_path / "q.jsonl"
    path.write_bytes(content)
    with pytest.raises(WrongInput, match=said):
        read_batch(path)
