"""The documents a person works with: those that ship, those added, without those taken out.

A folder holds copies of the added files and a note: which file holds a document, and which documents that ship are left
out. A file or the note is replaced in one step, so that a killed writer leaves each document as it was or as it was to
be; files that the note passes over are swept by the next writer.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corpus.errors import UnreadableTerms
from corpus.library import Library, files_of, read_shipped, read_terms, shipped
from index.files import Occupied, locked, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from corpus.types import Document

WAIT = 10.0
"""Seconds for which one writer waits for another."""


class CollectionUnwritable(Exception):  # noqa: N818  (a person's disk, nothing is broken)
    """The folder cannot be written; `str` is one Chinese line."""


@dataclass(frozen=True, slots=True)
class _Note:
    files: dict[str, str] = field(default_factory=dict)
    """doc_id -> name of its file; an empty one for a document that is being taken out."""
    left_out: frozenset[str] = frozenset()
    """Documents that ship and were taken out."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder that keeps copies of the added files and the names of the documents taken out."""

    folder: Path
    """Made when the first file is added."""

    def read(self) -> Library:
        """Read every document of the collection; a broken file is refused and the rest stays."""
        note = self._note()
        kept = tuple(read_shipped(source) for source in shipped() if source.doc_id not in note.left_out)
        files = self._files(note)
        if not files:
            return Library(kept)
        added = read_terms([str(path) for path in files.values()])
        taken = {document.doc_id for document in added.documents}
        return Library(
            (*(document for document in kept if document.doc_id not in taken), *added.documents), added.refused
        )

    def add(self, terms: Sequence[str]) -> Library:
        """Copy files into the collection, replacing those of the same name; what cannot be read is not copied.

        Raises CollectionUnwritable.
        """
        library = read_terms(terms)
        with self._writing():
            note = self._note()
            for document in library.documents:
                path = library.files.get(document.doc_id)
                if path is not None:
                    name = f"{document.doc_id}{path.suffix.lower()}"
                    write_file(self._terms / name, path.read_bytes())
                    note = replace(note, files=note.files | {document.doc_id: name})
            note = replace(note, left_out=note.left_out - {document.doc_id for document in library.documents})
            self._write(note)
            self._sweep(note)
        return library

    def remove(self, doc_id: str) -> Document:
        """Take a document out.

        Raises UnreadableTerms when there is none of this name, CollectionUnwritable.
        """
        document = next((document for document in self.read().documents if document.doc_id == doc_id), None)
        if document is None:
            raise UnreadableTerms(doc_id, "索引里没有这个文档，无法移除；用 clauselight index list 查看")
        with self._writing():
            note = self._note()
            added = self._files(note).get(doc_id)
            if any(source.doc_id == doc_id for source in shipped()):
                note = replace(note, left_out=note.left_out | {doc_id})
                self._write(note)  # before the file goes, or the document that ships would show for a moment
            if added is not None:
                self._write(replace(note, files=note.files | {doc_id: ""}))
                added.unlink()
            note = replace(note, files={name: file for name, file in note.files.items() if name != doc_id})
            self._sweep(note, gone=doc_id)
            self._write(note)
        return document

    def file_of(self, doc_id: str) -> Path | None:
        """Find the copy of an added file; None when no file of this name was added."""
        return self._files(self._note()).get(doc_id)

    def holds(self, path: Path) -> bool:
        """Whether a file is one of the copies."""
        return path.resolve().parent == self._terms.resolve()

    def decisions_of(self, doc_id: str) -> Path:
        """Where a lawyer's decisions on a document of the collection lie; there may be none yet."""
        return self.folder / "decisions" / f"{doc_id}.review.toml"

    @property
    def _terms(self) -> Path:
        return self.folder / "terms"

    @property
    def _note_file(self) -> Path:
        return self.folder / "collection.json"

    def _files(self, note: _Note) -> dict[str, Path]:
        """Files of the added documents by name, in order: of several for one document that which the note names."""
        found: dict[str, Path] = {}
        for path in files_of(self._terms) if self._terms.is_dir() else ():
            if note.files.get(path.stem, path.name) == path.name:
                found.setdefault(path.stem, path)
        return found

    def _note(self) -> _Note:
        """Read the note; one that is broken counts as none, for the files are still there."""
        try:
            said = json.loads(self._note_file.read_text(encoding="utf-8"))
            files = {str(name): str(file) for name, file in said["files"].items()}
            return _Note(files, frozenset(map(str, said["left_out"])))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return _Note({}, self._left_out_before())

    def _left_out_before(self) -> frozenset[str]:
        """Read what version 0.1 wrote: the documents left out, alone."""
        try:
            return frozenset(map(str, json.loads((self.folder / "left_out.json").read_text(encoding="utf-8"))))
        except (OSError, ValueError, TypeError):
            return frozenset()

    def _write(self, note: _Note) -> None:
        said = {"files": dict(sorted(note.files.items())), "left_out": sorted(note.left_out)}
        write_file(self._note_file, json.dumps(said, ensure_ascii=False, indent=1).encode())

    def _sweep(self, note: _Note, *, gone: str = "") -> None:
        """Delete files that the note passes over, those of the document `gone`, and what a killed writer left."""
        for path in self._terms.iterdir():
            stem = path.stem if not path.name.startswith(".") else ""
            other = note.files.get(stem, path.name) != path.name
            if path.is_file() and (other or stem == gone != "" or path.name.startswith(".")):
                path.unlink(missing_ok=True)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the folder's lock; CollectionUnwritable when that or the writing fails."""
        try:
            self._terms.mkdir(parents=True, exist_ok=True)
            with locked(self.folder, wait=WAIT):
                yield
        except Occupied as error:
            raise CollectionUnwritable(f"另一个程序正在增减索引里的条款，请等它结束后再试（{self.folder}）") from error
        except OSError as error:
            raise CollectionUnwritable(f"索引文件夹写不进去，请检查磁盘空间与权限：{self.folder}") from error
