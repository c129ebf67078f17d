"""One vector for an entry: the unit mean of the centred vectors of its facets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.centring import unit
from index.vector_cache import encode_with_cache

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.centring import Centre
    from index.encoder import Encoder
    from index.types import Entry


def vectors_of(
    entries: Sequence[Entry],
    encoder: Encoder,
    centre: Centre,
    *,
    cache_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> NDArray[np.float32]:
    """Vectors of entries, (len(entries), dimension), each of length 1; a facet that stands twice is encoded once."""
    read = [(entry.text,) if encoder.reads_headings else facets_of(entry) for entry in entries]
    facets = list(dict.fromkeys(facet for given in read for facet in given))
    encoded = centre.clauses(encode_with_cache(facets, encoder, cache_dir=cache_dir, progress=progress))
    places = {facet: place for place, facet in enumerate(facets)}
    means = np.empty((len(entries), encoder.dimension), np.float32)
    for row, given in enumerate(read):
        means[row] = encoded[[places[facet] for facet in given]].mean(axis=0)
    return unit(means)


def facets_of(entry: Entry) -> tuple[str, ...]:
    """Return what is encoded for an entry."""
    return entry.facets or (entry.text,)
