"""Documents by name: files, folders, standard input, and what ships."""

from __future__ import annotations

import hashlib
import io
import sys
from importlib import resources
from typing import TYPE_CHECKING

from corpus.library import read_shipped, read_terms, shipped

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_ships_is_unchanged() -> None:
    """The bytes are those that the list of sources records."""
    for source in shipped():
        data = resources.files("corpus").joinpath("documents", source.file).read_bytes()
        assert hashlib.sha256(data).hexdigest() == source.sha256
        document = read_shipped(source)
        assert (document.doc_id, document.title, document.sha256) == (source.doc_id, source.title, source.sha256)


def test_by_name() -> None:
    """A name in the corpus is enough."""
    (document,) = read_terms(["weidianyun"]).documents
    assert document.doc_id == "weidianyun"


def test_folder_in_order_without_its_readme(tmp_path: Path) -> None:
    """A folder gives its files of terms; hidden files, the README and other formats are passed over."""
    for name in ("b.md", "a.txt", "README.md", ".hidden.md", "picture.png"):
        (tmp_path / name).write_text("1.1 用户应付款。", "utf-8")
    library = read_terms([str(tmp_path)])
    assert [document.doc_id for document in library.documents] == ["a", "b"]
    assert library.files["a"].name == "a.txt"


def test_equal_names_are_kept_apart(tmp_path: Path) -> None:
    """Two files with one stem get different names, and clause ids follow."""
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "terms.md").write_text("1.1 用户应付款。", "utf-8")
    documents = read_terms([str(tmp_path / "x"), str(tmp_path / "y")]).documents
    assert [document.doc_id for document in documents] == ["terms", "terms~2"]
    assert documents[1].clauses[0].clause_id == "terms~2#1.1"


def test_one_bad_file_stops_nothing(tmp_path: Path) -> None:
    """What cannot be read is refused with place and reason, in one line each."""
    (tmp_path / "good.md").write_text("1.1 用户应付款。", "utf-8")
    (tmp_path / "empty.md").write_bytes(b"")
    library = read_terms([str(tmp_path), str(tmp_path / "missing.md")])
    assert [document.doc_id for document in library.documents] == ["good"]
    assert len(library.refused) == 2
    assert all("\n" not in str(refusal) for refusal in library.refused)
    assert "weidianyun" in str(library.refused[1])


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` reads Markdown from standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("1.1 用户应付款。".encode())))
    (document,) = read_terms(["-"]).documents
    assert document.clauses[0].label == "1.1"


def test_empty_folder(tmp_path: Path) -> None:
    """A folder without terms is refused, not passed over in silence."""
    (refusal,) = read_terms([str(tmp_path)]).refused
    assert "没有条款文件" in str(refusal)
