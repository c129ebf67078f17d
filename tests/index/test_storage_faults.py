"""Whatever happens to a writer or a disk, the index is the old one or the new one, whole, or is refused by name."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index import storage
from index.errors import IndexUnusable
from index.files import Occupied, locked, write_file, write_new_file
from index.hybrid import HybridIndex
from index.types import Entry
from index.vector_cache import encode_with_cache
from tests.index.conftest import LetterEncoder
from tests.killing import killed_at_any_moment, killed_at_every_operation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLD = (Entry("pay#1", "pay", "预付费服务，付费之后才可以使用。"), Entry("court#1", "court", "争议由法院管辖。"))
NEW = (Entry("pay#1", "pay", "后付费服务，按月结算。"), Entry("note#1", "note", "通知以电子邮件送达。"))
KILLS, MOST = 210, 600
"""Kills altogether, those at every operation among them, and writers that are started to be killed at random."""


def states(*changes: tuple[Entry, ...]) -> list[dict[str, str]]:
    """Tell what an index may say that it holds."""
    return [HybridIndex.build(entries, LetterEncoder()).corpus for entries in changes]


def check(folder: Path, allowed: list[dict[str, str]]) -> dict[str, str]:
    """Verify, open and search; what is found is complete and one of `allowed`."""
    letters = LetterEncoder()
    manifest = HybridIndex.verify(folder, letters)
    assert manifest.corpus in allowed
    opened = HybridIndex.load(folder, letters)
    assert opened.corpus == manifest.corpus
    assert len(opened.search("付费", k=9)) == manifest.entries
    return manifest.corpus


def test_two_hundred_kills_leave_a_whole_index(tmp_path: Path) -> None:
    """Build over nothing, replace, add, remove; killed before every file operation and at random moments."""
    letters, kills, seen = LetterEncoder(), 0, set()
    old, new = HybridIndex.build(OLD, letters), HybridIndex.build(NEW, letters)
    less, more = HybridIndex.build(OLD[:1], letters), HybridIndex.build((*OLD, NEW[1]), letters)
    allowed = states(OLD, NEW, OLD[:1], (*OLD, NEW[1]))
    for number, changed in enumerate((new, less, more)):
        folder = tmp_path / str(number)
        old.save(folder)
        for _ in killed_at_every_operation(lambda folder=folder, changed=changed: changed.save(folder)):
            kills += 1
            seen.add(tuple(check(folder, allowed)))
            old.save(folder)
        check(folder, [changed.corpus])
    folder = tmp_path / "random"
    for ended in killed_at_any_moment(lambda: more.save(folder), MOST, prepare=lambda: old.save(folder)):
        kills += not ended
        seen.add(tuple(check(folder, allowed)))
        if kills >= KILLS:
            break
    old.save(folder)
    left = {path.name.partition("-")[0].lstrip(".") for path in folder.iterdir()}
    assert left == {"manifest.json", "lock", "entries", "dense", "sparse", "centre"}
    assert kills >= 200
    assert len(seen) >= 3


def test_the_first_build_is_there_or_not(tmp_path: Path) -> None:
    """Killed anywhere in it, there is a whole index or none; a later build succeeds."""
    index = HybridIndex.build(OLD, LetterEncoder())
    for number in killed_at_every_operation(lambda: index.save(tmp_path / "index")):
        if (tmp_path / "index" / "manifest.json").exists():
            check(tmp_path / "index", [index.corpus])
        if number % 5 == 0:
            shutil.rmtree(tmp_path / "index", ignore_errors=True)
    check(tmp_path / "index", [index.corpus])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 96 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a small tmpfs needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_keeps_the_old_index(small_disk: Path) -> None:
    """One sentence, the old index whole, nothing of the new one left behind."""
    index = HybridIndex.build(OLD, LetterEncoder())
    index.save(small_disk / "index")
    before = {path.name for path in (small_disk / "index").iterdir()}
    large = tuple(Entry(f"pay#{n}", "pay", f"第{n}条 客户应当按月支付费用。") for n in range(2000))
    with pytest.raises(IndexUnusable, match=r"写不进去.*磁盘空间"):
        HybridIndex.build(large, LetterEncoder()).save(small_disk / "index")
    check(small_disk / "index", [index.corpus])
    assert {path.name for path in (small_disk / "index").iterdir()} == before


def test_a_limit_on_files_keeps_the_old_index(tmp_path: Path) -> None:
    """The same where mounting is not allowed: the system refuses files above some kilobytes (EFBIG)."""
    index, folder = HybridIndex.build(OLD, LetterEncoder()), tmp_path / "index"
    index.save(folder)
    large = HybridIndex.build(
        tuple(Entry(f"pay#{n}", "pay", f"第{n}条 客户应付费。") for n in range(800)), LetterEncoder()
    )
    child = os.fork()
    if child == 0:
        status = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
            large.save(folder)
        except IndexUnusable as refusal:
            status = 0 if "写不进去" in str(refusal) else 2
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    check(folder, [index.corpus])


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Read-only, by a mount for root and by its mode for others; reading goes on."""
    folder = tmp_path / "index"
    index = HybridIndex.build(OLD, LetterEncoder())
    index.save(folder)
    root = os.geteuid() == 0
    if root and subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False).returncode:
        pytest.skip("root can write everywhere, and mounting is not allowed here")
    if root:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
    else:
        folder.chmod(0o500)
    try:
        with pytest.raises(IndexUnusable, match="写不进去"):
            HybridIndex.build(NEW, LetterEncoder()).save(folder)
        check(folder, [index.corpus])
    finally:
        if root:
            subprocess.run(["umount", folder], check=True)
        else:
            folder.chmod(0o700)


def test_a_second_writer_waits_or_is_refused(tmp_path: Path) -> None:
    """Another process holds the lock: refused at once, or taken as soon as it is free; a killed holder frees it."""
    program = "import sys, time; from pathlib import Path; from index.files import locked\n"
    program += "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", program, tmp_path], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Occupied), locked(tmp_path, wait=0.2):
            pass
        with pytest.raises(IndexUnusable, match="另一个程序正在写"):
            HybridIndex.build(OLD, LetterEncoder()).save(tmp_path)
        holder.send_signal(signal.SIGKILL)
        with locked(tmp_path, wait=20):
            pass


def test_every_flipped_byte_is_noticed(tmp_path: Path) -> None:
    """First, last and forty random bytes of each file; what is said names the file or the manifest."""
    HybridIndex.build(OLD, LetterEncoder()).save(tmp_path)
    chance = random.Random(5)
    for path in sorted(path for path in tmp_path.iterdir() if path.name != ".lock"):
        whole = path.read_bytes()
        for place in {0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(40))}:
            broken = bytearray(whole)
            broken[place] ^= 1 << chance.randrange(8)
            path.write_bytes(broken)
            with pytest.raises(IndexUnusable) as refusal:
                HybridIndex.verify(tmp_path)
            if path.name != "manifest.json":
                assert path.name in str(refusal.value)
            elif "格式" not in str(refusal.value):
                assert "清单损坏" in str(refusal.value)
        path.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(IndexUnusable):
            HybridIndex.verify(tmp_path)
        path.write_bytes(whole)
    HybridIndex.verify(tmp_path)


def test_no_flipped_byte_of_the_cache_makes_a_wrong_vector(tmp_path: Path) -> None:
    """A damaged cache of vectors costs time and nothing else."""
    texts = [f"第{n}条 客户应当支付费用。" for n in range(40)]
    right = LetterEncoder().encode_document(texts)
    encode_with_cache(texts, LetterEncoder(), cache_dir=tmp_path)
    with closing(sqlite3.connect(tmp_path / "vectors.sqlite")) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = (tmp_path / "vectors.sqlite").read_bytes()
    chance = random.Random(3)
    for _ in range(120):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        for path in tmp_path.iterdir():
            path.unlink()
        (tmp_path / "vectors.sqlite").write_bytes(broken)
        assert np.allclose(encode_with_cache(texts, LetterEncoder(), cache_dir=tmp_path), right, atol=1e-6)


@pytest.mark.parametrize("shift", [-10_000_000_000, 10_000_000_000], ids=["past", "future"])
def test_a_clock_that_jumped_costs_nothing(tmp_path: Path, shift: int) -> None:
    """Vectors used in another century are still vectors, and files of any age are read."""
    texts = [entry.text for entry in OLD]
    first = LetterEncoder()
    encode_with_cache(texts, first, cache_dir=tmp_path)
    with closing(sqlite3.connect(tmp_path / "vectors.sqlite")) as store, store:
        store.execute("UPDATE vectors SET used = used + ?", (shift,))
    again = LetterEncoder()
    encode_with_cache(texts, again, cache_dir=tmp_path)
    assert again.encoded == []
    HybridIndex.build(OLD, LetterEncoder()).save(tmp_path / "index")
    for path in (tmp_path / "index").iterdir():
        os.utime(path, (max(0, 10_000 + shift), max(0, 10_000 + shift)))
    check(tmp_path / "index", states(OLD))


@pytest.mark.parametrize("version", [0, 2, 99, "1", None])
def test_other_layouts_are_refused_and_built_again(tmp_path: Path, version: object) -> None:
    """One sentence that names both versions; building over it succeeds."""
    index = HybridIndex.build(OLD, LetterEncoder())
    index.save(tmp_path)
    said = storage.json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    del said["seal"]
    said["format"] = version
    (tmp_path / "manifest.json").write_bytes(storage._sealed(said))
    with pytest.raises(IndexUnusable, match=f"索引格式为 {version}，本程序用 1"):
        HybridIndex.verify(tmp_path)
    index.save(tmp_path)
    check(tmp_path, [index.corpus])


def test_new_files_never_replace(tmp_path: Path) -> None:
    """A key is made once; whoever comes second is told and changes nothing."""
    write_new_file(tmp_path / "key", b"first")
    with pytest.raises(FileExistsError):
        write_new_file(tmp_path / "key", b"second")
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
    assert (tmp_path / "key").read_bytes() == b"first"
    write_file(tmp_path / "key", b"third")
    assert (tmp_path / "key").read_bytes() == b"third"
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
