"""A person's collection: what ships, what was added, without what was taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.collection import Collection, CollectionUnwritable
from corpus.errors import UnreadableTerms
from index.files import locked
from tests.killing import killed_at_any_moment, killed_at_every_operation

if TYPE_CHECKING:
    from collections.abc import Callable
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


def write(path: Path, words: str) -> str:
    """Write a file of terms of one clause."""
    path.write_text(f"1.1 {words}\n", "utf-8")
    return str(path)


def held(collection: Collection) -> dict[str, str]:
    """Names of the documents added, with their first words."""
    library = collection.read()
    assert library.refused == ()
    return {
        one.doc_id: one.clauses[0].text.removeprefix("1.1 ") for one in library.documents if one.doc_id != "weidianyun"
    }


def test_a_killed_writer_leaves_each_document_old_or_new(tmp_path: Path) -> None:
    """Replaced, replaced by a file of another kind, added, removed: before every operation and at random moments."""
    old, new = write(tmp_path / "mine.md", "旧的一条。"), write(tmp_path / "mine.txt", "新的一条。")
    again = write(tmp_path / "again.md", "又一条。")
    home = Collection(tmp_path / "home")
    before, after = {"mine": "旧的一条。"}, {"mine": "新的一条。"}

    def begin() -> None:
        home.add([old])
        for name in list(held(home)):
            if name != "mine":
                home.remove(name)
        assert held(home) == before

    acts: list[tuple[Callable[[], object], list[dict[str, str]]]] = [
        (lambda: home.add([new]), [before, after]),
        (
            lambda: home.add([new, again]),
            [before, before | {"again": "又一条。"}, after, after | {"again": "又一条。"}],
        ),
        (lambda: home.remove("mine"), [before, {}]),
    ]
    kills = 0
    for act, allowed in acts:
        begin()
        for _ in killed_at_every_operation(act):
            kills += 1
            assert held(home) in allowed
            begin()
        for ended in killed_at_any_moment(act, 15, prepare=begin):
            kills += not ended
            assert held(home) in allowed
    assert kills > 60
    begin()
    home.add([new])
    assert sorted(path.name for path in (tmp_path / "home" / "terms").iterdir()) == ["mine.txt"]


def test_what_ships_is_replaced_and_taken_out_in_one_step(tmp_path: Path) -> None:
    """Somebody's own weidianyun, removed: at no moment does the one that ships come back."""
    home = Collection(tmp_path / "home")
    own = write(tmp_path / "weidianyun.md", "自己的一条。")
    home.add([own])

    def first() -> list[str]:
        return [one.clauses[0].text.removeprefix("1.1 ") for one in home.read().documents]

    for _ in killed_at_every_operation(lambda: home.remove("weidianyun")):
        assert first() in (["自己的一条。"], [])
        home.add([own])
    assert first() == []


def test_a_broken_note_loses_no_document(tmp_path: Path) -> None:
    """The files are what counts."""
    home = Collection(tmp_path / "home")
    home.add([write(tmp_path / "mine.md", "一条。")])
    for broken in (b"", b"{", b"[]", b'{"files": 1, "left_out": 2}', b"\xff\xfe"):
        (tmp_path / "home" / "collection.json").write_bytes(broken)
        assert held(home) == {"mine": "一条。"}


def test_what_version_0_1_left_out_stays_out(tmp_path: Path) -> None:
    """It kept a list of names alone."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "left_out.json").write_text('["weidianyun"]', "utf-8")
    home = Collection(tmp_path / "home")
    assert names(home) == []
    home.add([write(tmp_path / "mine.md", "一条。")])
    assert names(home) == ["mine"]
    home.add(["weidianyun"])
    assert names(home) == ["weidianyun", "mine"]


def test_a_second_writer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits for a while, then says what to do; nothing is changed."""
    home = Collection(tmp_path / "home")
    home.add([write(tmp_path / "mine.md", "一条。")])
    monkeypatch.setattr("app.collection.WAIT", 0.1)
    with locked(tmp_path / "home"), pytest.raises(CollectionUnwritable, match="请等它结束后再试"):
        home.add([write(tmp_path / "more.md", "又一条。")])
    assert list(held(home)) == ["mine"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """One sentence."""
    (tmp_path / "home").write_text("a file", "utf-8")
    with pytest.raises(CollectionUnwritable, match="写不进去"):
        Collection(tmp_path / "home").add([write(tmp_path / "mine.md", "一条。")])
