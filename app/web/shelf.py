"""What the pages stand on: the open engine, its documents by name, and each document's review, made once."""

from __future__ import annotations

import logging
import secrets
import threading
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.receipt import load_key
from app.review.fix import Unfixable, fix
from app.web.desk import Desk
from app.web.errors import NoSuchDocument
from app.web.fixed_word import fix_word
from app.web.suggestions import suggest
from corpus.loading import parse_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.engine import Engine
    from app.review.decisions import Decided
    from app.types import AuditReport
    from app.web.fixed_word import FixedWord
    from corpus.types import Document

LOGGER = logging.getLogger("clauselight.web")

UPLOADS = 40
"""Uploaded documents kept, in memory."""
ORIGINALS = 100_000_000
"""Bytes of uploaded Word files kept, so that they can be given back with bold added."""
PACKAGE = b"PK\x03\x04"
"""How a Word file begins."""
QUESTION_LIMIT = 300
"""Characters of a question or search: three times the longest question of the development set."""


class Shelf:
    """Documents, and the engine that answers about them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.documents: Mapping[str, Document] = {document.doc_id: document for document in engine.documents}
        self.settings = engine.settings
        self._reports: dict[str, AuditReport] = {}
        self._uploads: dict[str, Document] = {}
        self._originals: dict[str, bytes] = {}
        self._fixed: dict[str, tuple[AuditReport, str | None]] = {}
        self.desk = Desk(engine.settings.index_dir, self.documents, self.report)
        self._suggestions: dict[str, tuple[str, ...]] = {}
        self._lock = threading.Lock()

    @cached_property
    def key(self) -> bytes:
        """Key that signs reading receipts; made at the first receipt when there is none."""
        return load_key(self.settings.receipt_key_file)

    @property
    def refused(self) -> tuple[str, ...]:
        """One Chinese line for each file that could not be read: where, and why."""
        return tuple(str(refused) for refused in self.engine.refused)

    @property
    def first(self) -> str:
        """Id of the document that opens when none is named."""
        return next(iter(self.documents))

    def known(self, doc_id: str | None) -> str:
        """Return `doc_id`, or the first document's: an address with a wrong name still opens a page."""
        return doc_id if doc_id is not None and doc_id in self.documents else self.first

    def find(self, doc_id: str) -> Document:
        """Return the document with this name. Raises NoSuchDocument."""
        document = self.documents.get(doc_id) or self._uploads.get(doc_id)
        if document is None:
            raise NoSuchDocument
        return document

    def take(self, data: bytes, *, name: str) -> Document:
        """Read an uploaded file under a name that cannot be guessed; the oldest upload gives way.

        Raises UnreadableTerms. Uploads are seen by whoever knows their name, and never join the collection.
        """
        document = parse_bytes(data, name=name, doc_id=f"upload-{secrets.token_hex(8)}")
        if document.title == document.doc_id:  # nothing is printed as a title
            document = replace(document, title=Path(name).stem)
        report = self.engine.review(document)
        with self._lock:
            self._uploads[document.doc_id] = document
            self._reports[document.doc_id] = report
            if data.startswith(PACKAGE):
                self._originals[document.doc_id] = data
            while sum(map(len, self._originals.values())) > ORIGINALS:
                self._originals.pop(next(iter(self._originals)))
            while len(self._uploads) > UPLOADS:
                oldest = next(iter(self._uploads))
                for kept in (self._uploads, self._reports, self._fixed, self._originals):
                    kept.pop(oldest, None)
                self.desk.forget(oldest)
        return document

    def decided(self, doc_id: str) -> Decided:
        """Review of a document with the lawyers' decisions, as the legal page and its reports show it."""
        return self.desk.decided(self.find(doc_id))

    def fixed(self, doc_id: str) -> str | None:
        """Return the terms with the missed clauses bold; None when they are not Markdown. Made once a review."""
        document, report = self.find(doc_id), self.decided(doc_id).report
        with self._lock:
            if doc_id not in self._fixed or self._fixed[doc_id][0] != report:
                try:
                    self._fixed[doc_id] = report, fix(document, report)
                except Unfixable:
                    self._fixed[doc_id] = report, None
            return self._fixed[doc_id][1]

    def fixed_word(self, doc_id: str) -> FixedWord | None:
        """Return the terms as a Word file with the missed clauses bold; None when that would change a word."""
        return fix_word(self.find(doc_id), self.decided(doc_id).report, self._originals.get(doc_id))

    def suggestions(self, doc_id: str) -> tuple[str, ...]:
        """Questions to begin with; chosen once for each document."""
        with self._lock:
            if doc_id not in self._suggestions:
                self._suggestions[doc_id] = suggest(self.engine, doc_id)
            return self._suggestions[doc_id]

    def report(self, doc_id: str) -> AuditReport:
        """Review of a document; computed once."""
        with self._lock:
            if doc_id not in self._reports:
                self._reports[doc_id] = self.engine.audit(doc_id)
            return self._reports[doc_id]


def tidy(words: str | None) -> str:
    """Put what a person typed on one line, spaces at the ends gone."""
    return " ".join((words or "").split())
