"""Where lawyers' decisions are made on the legal page: in the collection's folder, or beside an upload in memory."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import TYPE_CHECKING

from app.collection import Collection
from app.review.decisions import apply_decisions, read_decisions, write_decisions
from app.review.docket import rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from app.review.decisions import Decided, Decision
    from app.review.docket import Ruling
    from app.types import AuditReport
    from corpus.types import Document


class Desk:
    """Decisions on the open documents; safe to use from many threads."""

    def __init__(self, folder: Path, kept: Mapping[str, Document], report_of: Callable[[str], AuditReport]) -> None:
        """`folder`: the collection's. `kept`: its documents, whose decisions last; those on others live as they do."""
        self._collection = Collection(folder)
        self._kept = kept
        self._report_of = report_of
        self._uploads: dict[str, tuple[Decision, ...]] = {}
        self._lock = threading.RLock()

    def decisions(self, doc_id: str) -> tuple[Decision, ...]:
        """Give the decisions on a document, old ones included. Raises DecisionsUnusable."""
        with self._lock:
            if doc_id in self._kept:
                return read_decisions(self._collection.decisions_of(doc_id))
            return self._uploads.get(doc_id, ())

    def decided(self, document: Document) -> Decided:
        """Lay the decisions over the review. Raises DecisionsUnusable."""
        return apply_decisions(self._report_of(document.doc_id), document, self.decisions(document.doc_id))

    def rule(self, document: Document, ruling: Ruling) -> Decided:
        """Decide, and keep it. Raises Undecidable, DecisionsUnusable, OSError."""
        with self._lock:
            made = rule(
                ruling,
                document=document,
                report=self._report_of(document.doc_id),
                decisions=self.decisions(document.doc_id),
                on=datetime.now().astimezone().date(),
            )
            self._keep(document.doc_id, made)
            return self.decided(document)

    def take(self, document: Document, decisions: tuple[Decision, ...]) -> Decided:
        """Add decisions from a file; on the same words they go before those that are here."""
        with self._lock:
            words = {decision.words for decision in decisions}
            before = [one for one in self.decisions(document.doc_id) if one.words not in words]
            self._keep(document.doc_id, (*before, *decisions))
            return self.decided(document)

    def forget(self, doc_id: str) -> None:
        """Drop the decisions on an upload that is gone."""
        with self._lock:
            self._uploads.pop(doc_id, None)

    def _keep(self, doc_id: str, decisions: tuple[Decision, ...]) -> None:
        if doc_id not in self._kept:
            self._uploads[doc_id] = decisions
            return
        path = self._collection.decisions_of(doc_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_decisions(path, decisions)
