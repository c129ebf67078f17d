"""The documents a person works with: those that ship, those added, without those taken out."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import UnreadableTerms
from corpus.library import Library, read_shipped, read_terms, shipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from corpus.types import Document


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder that keeps copies of the added files and the names of the documents taken out."""

    folder: Path
    """Made when the first file is added."""

    def read(self) -> Library:
        """Read every document of the collection; a broken file is refused and the rest stays."""
        left_out = self._left_out()
        kept = tuple(read_shipped(source) for source in shipped() if source.doc_id not in left_out)
        if not self._terms.is_dir() or not any(self._terms.iterdir()):
            return Library(kept)
        added = read_terms([str(self._terms)])
        taken = {document.doc_id for document in added.documents}
        return Library(
            (*(document for document in kept if document.doc_id not in taken), *added.documents), added.refused
        )

    def add(self, terms: Sequence[str]) -> Library:
        """Copy files into the collection, replacing those of the same name; what cannot be read is not copied."""
        library = read_terms(terms)
        self._terms.mkdir(parents=True, exist_ok=True)
        for document in library.documents:
            path = library.files.get(document.doc_id)
            if path is not None:
                target = self._terms / f"{document.doc_id}{path.suffix.lower()}"
                for old in self._terms.glob(f"{document.doc_id}.*"):
                    old.unlink()
                partial = target.with_name(f".{target.name}.partial")
                shutil.copyfile(path, partial)
                partial.replace(target)
        self._leave_out(self._left_out() - {document.doc_id for document in library.documents})
        return library

    def remove(self, doc_id: str) -> Document:
        """Take a document out.

        Raises UnreadableTerms when there is none of this name.
        """
        document = next((document for document in self.read().documents if document.doc_id == doc_id), None)
        if document is None:
            raise UnreadableTerms(doc_id, "索引里没有这个文档，无法移除；用 clauselight index list 查看")
        for path in self._terms.glob(f"{doc_id}.*"):
            path.unlink()
        if any(source.doc_id == doc_id for source in shipped()):
            self._leave_out(self._left_out() | {doc_id})
        return document

    def file_of(self, doc_id: str) -> Path | None:
        """Find the copy of an added file; None when no file of this name was added."""
        if not self._terms.is_dir():
            return None
        return next((path for path in sorted(self._terms.iterdir()) if path.stem == doc_id), None)

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
    def _left_out_file(self) -> Path:
        return self.folder / "left_out.json"

    def _left_out(self) -> frozenset[str]:
        try:
            return frozenset(json.loads(self._left_out_file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return frozenset()

    def _leave_out(self, doc_ids: frozenset[str]) -> None:
        if doc_ids or self._left_out_file.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._left_out_file.write_text(json.dumps(sorted(doc_ids)), encoding="utf-8")
