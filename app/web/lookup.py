"""Looking clauses up: a search with filters, and what stands around a clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.types import ClauseKind
from index.segmentation import segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.types import Category, Prominence, SearchResult
    from app.web.shelf import Shelf
    from corpus.types import Clause, Definition, Document

RESULTS = 10
"""Clauses that a look-up shows: what fits on two screens."""
DEEP = 400
"""Clauses looked through when filters leave some out."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is looked for, and where."""

    words: str
    """Words or a clause number."""
    doc_ids: tuple[str, ...] = ()
    """Documents; all when empty."""
    section: str = ""
    """Text of a heading above the clause; any when empty."""
    categories: frozenset[Category] = frozenset()
    """Only clauses with one of these; any when empty."""
    emphasis: Prominence | None = None
    """Only clauses printed so; any when None."""

    @property
    def filters(self) -> bool:
        """Whether anything but the documents narrows the search."""
        return bool(self.section or self.categories or self.emphasis)

    def keeps(self, result: SearchResult) -> bool:
        """Whether a result passes the filters."""
        citation = result.citation
        return (
            (not self.section or self.section in citation.headings)
            and (not self.categories or not self.categories.isdisjoint(citation.categories))
            and (self.emphasis is None or citation.emphasis is self.emphasis)
        )


def look_up(shelf: Shelf, lookup: Lookup) -> tuple[SearchResult, ...]:
    """Find the clauses that fit best and pass the filters, at most RESULTS."""
    doc_ids = [doc_id for doc_id in lookup.doc_ids if doc_id in shelf.documents] or None
    found = shelf.engine.search(lookup.words, doc_ids=doc_ids, k=DEEP if lookup.filters else RESULTS)
    return tuple(result for result in found if lookup.keeps(result))[:RESULTS]


def words_of(query: str) -> tuple[str, ...]:
    """Words to be marked in what was found: the query as a whole, then its words of two characters and more."""
    words = [query, *(word for word in segment(query) if len(word) > 1 and any(map(str.isalnum, word)))]
    return tuple(dict.fromkeys(words))


@dataclass(frozen=True, slots=True)
class Around:
    """What a clause is read with."""

    clause: Clause
    """The clause."""
    before: Clause | None
    """The clause before it, headings passed over."""
    after: Clause | None
    """The clause after it."""
    definitions: tuple[Definition, ...]
    """Terms that it uses and another clause defines."""
    referred: tuple[str, ...]
    """Ids of clauses that it refers to."""
    referring: tuple[str, ...]
    """Ids of clauses that refer to it."""


def around(document: Document, clause_id: str) -> Around:
    """Gather what stands around a clause. Raises KeyError when there is none of this id."""
    clause = document.clause(clause_id)
    texts = [other for other in document.clauses if other.kind is not ClauseKind.HEADING or other is clause]
    place = texts.index(clause)
    return Around(
        clause=clause,
        before=texts[place - 1] if place else None,
        after=texts[place + 1] if place + 1 < len(texts) else None,
        definitions=_used(document, clause),
        referred=_ids(target for one in document.references if one.clause_id == clause_id for target in one.target_ids),
        referring=_ids(one.clause_id for one in document.references if clause_id in one.target_ids),
    )


def _used(document: Document, clause: Clause) -> tuple[Definition, ...]:
    used: dict[str, Definition] = {}
    for definition in document.definitions:
        if definition.term in clause.text and definition.clause_id != clause.clause_id:
            used.setdefault(definition.term, definition)
    return tuple(used.values())


def _ids(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
