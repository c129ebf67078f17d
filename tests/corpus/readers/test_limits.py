"""Bounds on one file: settings, refused in one line, the other files of the folder read on."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from app.cli import main
from corpus.readers.limits import Limits, set_limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Put the usual bounds in force again."""
    yield
    set_limits(Limits())


def word_file(text: str) -> bytes:
    """Make a Word file of one paragraph."""
    import docx  # noqa: PLC0415

    document = docx.Document()
    document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("variable", "value", "name", "data", "reason"),
    [
        ("FILE_LIMIT", "1", "large.md", "1.1 用户应付款。\n".encode() * 60_000, "文件超过 1 MB"),
        ("CHARACTER_LIMIT", "10000", "long.docx", word_file("用户应付款。" * 2000), "文字超过 1 万字"),
    ],
)
def test_a_file_beyond_a_bound(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    name: str,
    data: bytes,
    reason: str,
) -> None:
    """The large file is told, the small one beside it is read; without the setting both are."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "small.md").write_text("1.1 用户应付款。\n", "utf-8")
    assert main(["parse", str(tmp_path), "--json"]) == 0
    assert "没有读取" not in capsys.readouterr().err
    monkeypatch.setenv(f"CLAUSELIGHT_{variable}", value)
    assert main(["parse", str(tmp_path), "--json"]) == 2
    captured = capsys.readouterr()
    assert f"跳过：{name}：{reason}" in captured.err
    assert '"doc_id": "small"' in captured.out


def test_standard_input_beyond_the_bound(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is refused, not cut."""
    monkeypatch.setenv("CLAUSELIGHT_FILE_LIMIT", "1")
    text = "1.1 用户应付款。\n" * 60_000
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8"))
    assert main(["parse", "-"]) == 2
    assert "文件超过 1 MB" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "kind"), [("terms.docx", "Word"), ("terms.pdf", "PDF")])
def test_an_ending_that_the_content_belies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, kind: str
) -> None:
    """What is neither the format nor text is told by the format that the ending promised."""
    path = tmp_path / name
    path.write_bytes(bytes(range(256)) * 20)
    assert main(["parse", str(path)]) == 2
    assert f"内容不是 {kind} 文件" in capsys.readouterr().err


def test_pages_beyond_the_bound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are counted before any is read."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(3):
        document.new_page(595, 842)
    document.save(tmp_path / "terms.pdf")
    monkeypatch.setenv("CLAUSELIGHT_PAGE_LIMIT", "2")
    assert main(["parse", str(tmp_path / "terms.pdf")]) == 2
    assert "PDF 超过 2 页" in capsys.readouterr().err
