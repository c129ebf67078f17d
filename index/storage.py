"""The index on disk: written so that a reader finds the old one or the new one, whole, whatever happens in between.

A folder holds `manifest.json` and data files that carry the start of their sha256 in their names. New data files are
written first; then the manifest is replaced in one step; then files that it no longer names are deleted. A writer that
is killed leaves the old manifest with all its files.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from index.errors import IndexUnusable
from index.files import LOCK, Occupied, locked, write_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMAT = 1
"""Version of the layout; an index of another version is built again."""
MANIFEST = "manifest.json"
LIBRARIES = ("faiss-cpu", "bm25s", "jieba", "numpy", "onnxruntime", "tokenizers")
"""Whose versions the manifest tells, for the person who looks for the cause of a difference."""
_READ_ATTEMPTS = 3
"""A reader may meet a writer between manifest and file; the next manifest is whole again."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index says of itself."""

    encoder: str
    """Name of the encoder that made the vectors."""
    fingerprint: str
    """Its weights and prompts."""
    dimension: int
    """Length of a vector."""
    segmentation: str
    """Dictionary and rules that made the words."""
    entries: int
    """How many clauses are searchable."""
    corpus: dict[str, str]
    """doc_id -> sha256 of its entries, as `hash_entries` computes it."""
    libraries: dict[str, str]
    """Versions at the time of building."""
    files: dict[str, str]
    """Part -> sha256 of its file."""
    format: int = FORMAT
    """Version of the layout."""


def library_versions() -> dict[str, str]:
    """Versions of the libraries that an index depends on."""
    found = {}
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def write(folder: Path, parts: Mapping[str, bytes], manifest: Manifest) -> None:
    """Replace the index in `folder` by these parts; `manifest.files` is filled in here.

    Raises IndexUnusable when another program is writing there or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            _replace(folder, parts, manifest)
    except Occupied as error:
        raise IndexUnusable("另一个程序正在写这个索引", cure="请等它结束后再试") from error
    except OSError as error:
        raise IndexUnusable(f"索引文件夹写不进去：{folder}", cure="请检查磁盘空间与权限") from error


def _replace(folder: Path, parts: Mapping[str, bytes], manifest: Manifest) -> None:
    hashes = {part: hashlib.sha256(data).hexdigest() for part, data in parts.items()}
    try:
        for part, data in parts.items():
            write_file(folder / _file_name(part, hashes[part]), data)
        write_file(folder / MANIFEST, _sealed(asdict(manifest) | {"files": hashes}))
    except OSError:
        with suppress(IndexUnusable):  # the disk is full: what was written goes, the index that was there stays
            _sweep(folder, read_manifest(folder).files)
        raise
    _sweep(folder, hashes)


def read(folder: Path) -> tuple[Manifest, dict[str, bytes]]:
    """Read manifest and parts, all hashes checked; IndexUnusable when anything is missing or damaged."""
    for attempt in range(_READ_ATTEMPTS):
        manifest = read_manifest(folder)
        try:
            return manifest, {part: _read_part(folder, part, sha256) for part, sha256 in manifest.files.items()}
        except FileNotFoundError as error:
            if attempt == _READ_ATTEMPTS - 1:
                raise IndexUnusable(f"索引不完整：{folder}") from error
        except OSError as error:
            raise IndexUnusable(f"索引读不出来：{folder}") from error
    raise AssertionError("unreachable: the last attempt returns or raises")


def read_manifest(folder: Path) -> Manifest:
    """Read what the index says of itself, without its data; IndexUnusable when it is missing or damaged."""
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise IndexUnusable(f"还没有索引：{folder}", cure="请建立：clauselight index build") from error
    except (OSError, ValueError) as error:
        raise IndexUnusable(f"索引的清单损坏：{folder}") from error
    if not isinstance(said, dict) or said.pop("seal", None) != _seal(said):
        raise IndexUnusable(f"索引的清单损坏：{folder}")
    if said.get("format") != FORMAT:
        raise IndexUnusable(f"索引格式为 {said.get('format')}，本程序用 {FORMAT}")
    return Manifest(**said)


def _read_part(folder: Path, part: str, sha256: str) -> bytes:
    data = (folder / _file_name(part, sha256)).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise IndexUnusable(f"索引文件损坏：{_file_name(part, sha256)}")
    return data


def _file_name(part: str, sha256: str) -> str:
    stem, _, ending = part.partition(".")
    return f"{stem}-{sha256[:16]}.{ending}"


def _seal(said: Mapping[str, object]) -> str:
    """Hash of the manifest's own content, so that one changed character is noticed."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _sealed(said: dict[str, object]) -> bytes:
    text = json.dumps(said | {"seal": _seal(said)}, ensure_ascii=False, indent=2, sort_keys=True)
    return (text + "\n").encode()


def _sweep(folder: Path, hashes: Mapping[str, str]) -> None:
    """Delete data files of other indexes than that of `hashes` (part -> sha256), and what a killed writer left."""
    kept = {MANIFEST, LOCK, *(_file_name(part, sha256) for part, sha256 in hashes.items())}
    for path in folder.iterdir():
        ours = path.name.lstrip(".").startswith(("manifest", "entries-", "dense-", "sparse-", "centre-"))
        if ours and path.name not in kept:
            with suppress(OSError):
                path.unlink()
