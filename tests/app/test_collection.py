"""A person's collection: what ships, what was added, without what was taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.collection import Collection
from corpus.errors import UnreadableTerms

if TYPE_CHECKING:
    from pathlib import Path


def names(collection: Collection) -> list[str]:
    """Names of the documents."""
    return [document.doc_id for document in collection.read().documents]


def test_what_ships_is_there_without_a_folder(tmp_path: Path) -> None:
    """Reading makes nothing on disk."""
    assert names(Collection(tmp_path / "none")) == ["weidianyun"]
    assert not (tmp_path / "none").exists()


def test_added_files_are_copied(tmp_path: Path) -> None:
    """The collection keeps its own copy, and adding again replaces it."""
    collection = Collection(tmp_path / "home")
    path = tmp_path / "mine.md"
    path.write_text("1.1 用户应付款。\n", "utf-8")
    collection.add([str(path)])
    path.write_text("1.1 用户应当付款。\n1.2 公司应开票。\n", "utf-8")
    collection.add([str(path)])
    path.unlink()
    assert names(collection) == ["weidianyun", "mine"]
    assert len(collection.read().documents[1].clauses) == 2


def test_a_bad_file_is_refused_and_the_rest_is_added(tmp_path: Path) -> None:
    """One wrong file spoils nothing."""
    (tmp_path / "good.md").write_text("1.1 用户应付款。\n", "utf-8")
    (tmp_path / "empty.md").write_bytes(b"")
    collection = Collection(tmp_path / "home")
    library = collection.add([str(tmp_path / "good.md"), str(tmp_path / "empty.md")])
    assert [document.doc_id for document in library.documents] == ["good"]
    assert len(library.refused) == 1
    assert "empty.md" in str(library.refused[0])
    assert names(collection) == ["weidianyun", "good"]


def test_removing(tmp_path: Path) -> None:
    """Added files go; a document that ships is left out until it is added again."""
    (tmp_path / "mine.md").write_text("1.1 用户应付款。\n", "utf-8")
    collection = Collection(tmp_path / "home")
    collection.add([str(tmp_path / "mine.md")])
    collection.remove("mine")
    collection.remove("weidianyun")
    assert names(collection) == []
    collection.add(["weidianyun"])
    assert names(collection) == ["weidianyun"]
    with pytest.raises(UnreadableTerms, match="没有这个文档"):
        collection.remove("mine")
