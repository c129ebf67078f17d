"""The index on disk is whole or refused, in one Chinese line that names the cure."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index import storage
from index.errors import IndexUnusable
from index.files import locked
from index.hybrid import HybridIndex
from index.types import Entry
from tests.index.conftest import LetterEncoder

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def saved(tmp_path: Path, letters: LetterEncoder, two_documents: tuple[Entry, ...]) -> Path:
    folder = tmp_path / "索引"
    HybridIndex.build(two_documents, letters).save(folder)
    return folder


def test_a_saved_index_comes_back_the_same(
    saved: Path, letters: LetterEncoder, two_documents: tuple[Entry, ...]
) -> None:
    loaded, built = HybridIndex.load(saved, letters), HybridIndex.build(two_documents, letters)
    assert loaded.entries == two_documents
    assert loaded.search("违约金 法院", k=4) == built.search("违约金 法院", k=4)
    assert loaded.corpus == built.corpus


def test_loading_encodes_no_clause(saved: Path, letters: LetterEncoder) -> None:
    letters.encoded.clear()
    HybridIndex.load(saved, letters)
    assert letters.encoded == []


def test_the_manifest_says_what_made_the_index(saved: Path, letters: LetterEncoder) -> None:
    manifest = HybridIndex.verify(saved, letters)
    assert (manifest.encoder, manifest.dimension, manifest.entries) == ("letters", 32, 4)
    assert set(manifest.corpus) == {"pay", "court"}
    assert set(manifest.libraries) >= {"faiss-cpu", "bm25s", "jieba"}
    assert set(manifest.files) == {"dense.faiss", "sparse.npz", "entries.json", "centre.npy"}


def test_an_empty_index_is_saved_and_loaded(tmp_path: Path, letters: LetterEncoder) -> None:
    HybridIndex.build((), letters).save(tmp_path)
    assert HybridIndex.load(tmp_path, letters).search("违约金", k=1) == ()


def test_another_encoder_is_refused(saved: Path) -> None:
    with pytest.raises(IndexUnusable) as refusal:
        HybridIndex.load(saved, LetterEncoder("其他模型"))
    assert str(refusal.value) == "索引由编码器 letters 建立，本次使用 其他模型；请重建：clauselight index build"


def test_a_missing_index_is_refused(tmp_path: Path, letters: LetterEncoder) -> None:
    with pytest.raises(IndexUnusable) as refusal:
        HybridIndex.load(tmp_path / "none", letters)
    assert str(refusal.value) == f"还没有索引：{tmp_path / 'none'}；请建立：clauselight index build"


def test_one_changed_byte_anywhere_is_noticed(saved: Path, letters: LetterEncoder) -> None:
    """Every file in turn, at its start, middle and end."""
    for path in sorted(path for path in saved.iterdir() if path.name != storage.LOCK):
        whole = path.read_bytes()
        for place in (0, len(whole) // 3, len(whole) // 2, len(whole) - 2):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x11]) + whole[place + 1 :])
            with pytest.raises(IndexUnusable, match=r"损坏.*请重建：clauselight index build") as refusal:
                HybridIndex.load(saved, letters)
            assert "\n" not in str(refusal.value)
        path.write_bytes(whole)
    assert len(HybridIndex.load(saved, letters).entries) == 4


@pytest.mark.parametrize("part", ["dense", "sparse", "entries", "centre"])
@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"")], ids=["gone", "empty"])
def test_a_missing_or_empty_file_is_noticed(
    saved: Path, letters: LetterEncoder, part: str, damage: Callable[[Path], object]
) -> None:
    damage(next(saved.glob(f"{part}-*")))
    with pytest.raises(IndexUnusable, match="请重建"):
        HybridIndex.verify(saved, letters)


def _rewrite_manifest(folder: Path, **changes: object) -> None:
    """Write a manifest that is sealed rightly but says something else."""
    said = json.loads((folder / storage.MANIFEST).read_text(encoding="utf-8")) | changes
    del said["seal"]
    (folder / storage.MANIFEST).write_bytes(storage._sealed(said))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"format": 2}, "索引格式为 2，本程序用 1"),
        ({"segmentation": "other"}, "索引由另一版分词词典建立"),
        ({"entries": 5}, "索引的各部分对不上"),
        ({"dimension": 7}, "索引的各部分对不上"),
    ],
)
def test_an_index_of_another_making_is_refused(
    saved: Path, letters: LetterEncoder, change: dict[str, object], reason: str
) -> None:
    _rewrite_manifest(saved, **change)
    with pytest.raises(IndexUnusable) as refusal:
        HybridIndex.load(saved, letters)
    assert str(refusal.value) == f"{reason}；请重建：clauselight index build"


def test_saving_again_leaves_no_old_files(saved: Path, letters: LetterEncoder) -> None:
    HybridIndex.build([Entry("x#1", "x", "新")], letters).save(saved)
    (saved / "notes.txt").write_text("mine", encoding="utf-8")
    HybridIndex.build([Entry("x#1", "x", "更新")], letters).save(saved)
    stems = sorted(path.name.partition("-")[0] for path in saved.iterdir())
    assert stems == [".lock", "centre", "dense", "entries", "manifest.json", "notes.txt", "sparse"]


KILL_AT_STEP = """
import os, signal, sys
from pathlib import Path
from index import storage

folder, step = Path(sys.argv[1]), int(sys.argv[2])
taken = 0

def mortal(call):
    def counted(*arguments, **keywords):
        global taken
        taken += 1
        if taken > step:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **keywords)
    return counted

os.fsync, os.replace, Path.unlink = mortal(os.fsync), mortal(os.replace), mortal(Path.unlink)
manifest, parts = storage.read(folder / "new")
storage.write(folder / "served", parts, manifest)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_kill_at_any_step_of_saving_leaves_a_whole_index(
    tmp_path: Path, letters: LetterEncoder, two_documents: tuple[Entry, ...]
) -> None:
    """A writer is killed before its 1st, 2nd, … step on the disk; a reader finds the old index or the new."""
    HybridIndex.build(two_documents, letters).save(tmp_path / "new")
    old = HybridIndex.build(two_documents[:2], letters)
    seen = []
    for step in range(30):
        old.save(tmp_path / "served")
        run = subprocess.run([sys.executable, "-c", KILL_AT_STEP, str(tmp_path), str(step)], check=False, cwd=ROOT)
        seen.append(len(HybridIndex.load(tmp_path / "served", letters).entries))
        if run.returncode == 0:
            break
    assert run.returncode == 0
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (2, 4)
    assert len(seen) > 10


def test_two_writers_do_not_collide(saved: Path, letters: LetterEncoder) -> None:
    index = HybridIndex.load(saved, letters)
    with locked(saved), pytest.raises(IndexUnusable) as refusal:
        index.save(saved)
    assert str(refusal.value) == "另一个程序正在写这个索引；请等它结束后再试"
    index.save(saved)


def test_a_reader_that_meets_a_writer_reads_the_new_index(
    saved: Path, letters: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old files vanish between manifest and file."""
    read_manifest, stale = storage.read_manifest, [storage.read_manifest(saved)]
    HybridIndex.build([Entry("x#1", "x", "新")], letters).save(saved)
    monkeypatch.setattr(storage, "read_manifest", lambda folder: stale.pop() if stale else read_manifest(folder))
    manifest, _ = storage.read(saved)
    assert manifest.entries == 1


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, letters: LetterEncoder) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(IndexUnusable, match=r"索引文件夹写不进去.*请检查磁盘空间与权限"):
        HybridIndex.build((), letters).save(tmp_path / "file")
