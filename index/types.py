"""Types of the index: what is asked, what is found, what the index on disk says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Entry:
    """One searchable clause as the index keeps it."""

    clause_id: str
    """Unique over the corpus."""
    doc_id: str
    """The document it comes from."""
    text: str
    """What is segmented, and encoded where there are no facets: heading path, lead-in and the clause's own words."""
    facets: tuple[str, ...] = ()
    """What is encoded, the vector being the mean of theirs: the clause's own words, and these after their lead-in."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that answers a query, with the reasons for its rank."""

    clause_id: str
    """The clause."""
    doc_id: str
    """Its document."""
    rank: int
    """From 1."""
    score: float
    """Fused score, higher is better; comparable within one query only."""
    dense: float
    """Cosine of query and clause, both centred, -1 to 1; 0 is a clause no nearer than any other."""
    sparse: float
    """BM25 score, 0 and more."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Both scores of every entry that was searched, in the order of the index."""

    entries: tuple[Entry, ...] = field(repr=False)
    """The entries of the index at that moment; `positions` point into them even if the index changes later."""
    positions: NDArray[np.int64]
    """Which entries were searched: all, or those of the documents asked for; ascending."""
    dense: NDArray[np.float32]
    """Cosine of query and entry, both centred, in the order of `positions`."""
    sparse: NDArray[np.float32]
    """BM25, in the order of `positions`."""
    affinity: float
    """Cosine of the centred query with the mean clause: how far it asks after what terms speak of at all."""
