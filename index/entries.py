"""From a document to what the index keeps: one entry for every clause that says something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.types import ClauseKind
from index.types import Entry

if TYPE_CHECKING:
    from corpus.types import Clause, Document

MAX_LEAD_INS = 3
"""Lead-ins above a clause that are read with it; deeper nesting adds nothing that the headings do not say."""


def entries_of(document: Document) -> tuple[Entry, ...]:
    """Entries in document order: heading path, lead-ins and the clause's own words, a line each.

    A heading has no entry of its own; a table row is read with the first row of its table.
    """
    clauses = {clause.clause_id: clause for clause in document.clauses}
    headers = _table_headers(document)
    return tuple(
        Entry(clause_id=clause.clause_id, doc_id=document.doc_id, text=_text(clause, clauses, headers))
        for clause in document.clauses
        if clause.kind is not ClauseKind.HEADING and clause.text.strip()
    )


def _table_headers(document: Document) -> dict[str, Clause]:
    """Clause id of each further row of a table -> its first row."""
    headers = {}
    first: Clause | None = None
    for clause in document.clauses:
        if clause.kind is not ClauseKind.TABLE:
            first = None
        elif first is None or first.parent_id != clause.parent_id:
            first = clause
        else:
            headers[clause.clause_id] = first
    return headers


def _text(clause: Clause, clauses: dict[str, Clause], headers: dict[str, Clause]) -> str:
    lines = [clause.text]
    if clause.clause_id in headers:
        lines.append(headers[clause.clause_id].text)
    at = clause
    while at.lead_in_id is not None and at.lead_in_id in clauses and len(lines) <= MAX_LEAD_INS:
        at = clauses[at.lead_in_id]
        if at.text not in clause.headings:
            lines.append(at.text)
    lines.extend(reversed(clause.headings))
    return "\n".join(reversed(lines))
