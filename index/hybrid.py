"""The index of a corpus: every clause by its meaning and by its words."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index import storage
from index.centring import CENTRE, Centre, centre_of
from index.dense import DenseIndex
from index.entry_vectors import vectors_of
from index.errors import IndexUnusable
from index.fusion import mix
from index.segmentation import fingerprint as segmentation_fingerprint
from index.sparse import SparseIndex
from index.types import Entry, Hit, Scores

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.encoder import Encoder

DENSE, SPARSE, ENTRIES = "dense.faiss", "sparse.npz", "entries.json"
"""Parts of an index on disk, besides the centre."""


@dataclass(frozen=True, slots=True)
class _State:
    """Everything that a search reads; replaced as a whole, so that a search never sees half a change."""

    entries: tuple[Entry, ...]
    dense: DenseIndex
    sparse: SparseIndex
    centre: Centre


class HybridIndex:
    """Dense and sparse index over the same entries; searches may run in many threads while one thread changes it."""

    def __init__(self, state: _State, encoder: Encoder, *, cache_dir: Path | None = None) -> None:
        self._state = state
        self._changing = threading.Lock()
        self._cache_dir = cache_dir
        self.encoder = encoder

    @classmethod
    def build(
        cls,
        entries: Iterable[Entry],
        encoder: Encoder,
        *,
        cache_dir: Path | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> HybridIndex:
        """Encode, segment and index; ValueError when two entries have the same clause_id."""
        kept = tuple(entries)
        _check_unique(kept)
        centre = centre_of(encoder)
        vectors = vectors_of(kept, encoder, centre, cache_dir=cache_dir, progress=progress)
        sparse = SparseIndex.build(entry.text for entry in kept)
        return cls(_State(kept, DenseIndex(vectors), sparse, centre), encoder, cache_dir=cache_dir)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All searchable clauses, in the order of building."""
        return self._state.entries

    @property
    def corpus(self) -> dict[str, str]:
        """doc_id -> hash of its entries: equal to `hash_entries` of the documents when nothing has changed."""
        return hash_entries(self._state.entries)

    def scores(self, query: str, *, sparse_query: str | None = None, doc_ids: Collection[str] | None = None) -> Scores:
        """Both scores of every entry, or of the entries of the documents asked for.

        `sparse_query` replaces the query on the side of the words, where it may be expanded.
        """
        state = self._state
        positions = _positions(state.entries, doc_ids)
        vector = state.centre.questions(self.encoder.encode_query([query]))[0]
        dense = state.dense.cosines(vector, None if doc_ids is None else positions)
        sparse = state.sparse.scores(query if sparse_query is None else sparse_query)[positions]
        affinity = state.centre.affinity(vector)
        return Scores(entries=state.entries, positions=positions, dense=dense, sparse=sparse, affinity=affinity)

    def sparse_scores(self, query: str, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """BM25 of the entries at `positions`, for words other than those of the query that was searched."""
        return self._state.sparse.scores(query)[positions]

    def word_weights(self, query: str) -> dict[str, float]:
        """Inverse document frequency of each word of a query; words that no entry has get the largest."""
        return self._state.sparse.weights(query)

    def words(self, doc_ids: Collection[str] | None = None) -> Counter[str]:
        """Count the words that are indexed, of all documents or of those asked for."""
        state = self._state
        return state.sparse.words(_positions(state.entries, doc_ids))

    def search(self, query: str, *, k: int, doc_ids: Collection[str] | None = None) -> tuple[Hit, ...]:
        """Return the `k` best clauses by the mix of both scores."""
        scores = self.scores(query, doc_ids=doc_ids)
        return rank(scores, mix(scores.dense, scores.sparse), k=k)

    def similar(
        self, clause_id: str, *, k: int, doc_ids: Collection[str] | None = None
    ) -> tuple[tuple[str, float], ...]:
        """Find the `k` clauses nearest in meaning to one that is indexed, itself left out, with their cosines.

        KeyError when the clause is not indexed.
        """
        state = self._state
        own = next((n for n, entry in enumerate(state.entries) if entry.clause_id == clause_id), None)
        if own is None:
            raise KeyError(clause_id)
        positions = _positions(state.entries, doc_ids)
        positions = positions[positions != own]
        cosines = state.dense.cosines(state.dense.vectors(np.array([own]))[0], positions)
        best = np.argsort(-cosines, kind="stable")[:k]
        return tuple((state.entries[positions[n]].clause_id, float(cosines[n])) for n in best)

    def add(self, entries: Iterable[Entry], *, progress: Callable[[int, int], None] | None = None) -> None:
        """Add entries; documents that are already there are replaced. What stays is not encoded again."""
        new = tuple(entries)
        _check_unique(new)
        replaced = {entry.doc_id for entry in new}
        with self._changing:
            vectors = vectors_of(new, self.encoder, self._state.centre, cache_dir=self._cache_dir, progress=progress)
            self._replace(replaced, new, vectors)

    def remove(self, doc_id: str) -> None:
        """Remove a document; KeyError when it is not there."""
        with self._changing:
            if all(entry.doc_id != doc_id for entry in self._state.entries):
                raise KeyError(doc_id)
            self._replace({doc_id}, (), np.empty((0, self.encoder.dimension), np.float32))

    def _replace(self, doc_ids: Collection[str], new: tuple[Entry, ...], vectors: NDArray[np.float32]) -> None:
        state = self._state
        kept = np.array([n for n, entry in enumerate(state.entries) if entry.doc_id not in doc_ids], np.int64)
        entries = (*(state.entries[n] for n in kept), *new)
        _check_unique(entries)
        dense = DenseIndex(np.concatenate([state.dense.vectors(kept), vectors]))
        sparse = state.sparse.select(kept, [entry.text for entry in new])
        self._state = _State(entries, dense, sparse, state.centre)

    def save(self, folder: Path) -> None:
        """Write to `folder`, replacing the index there in one step; IndexUnusable when that cannot be done."""
        state = self._state
        rows = [[entry.clause_id, entry.doc_id, entry.text, entry.facets] for entry in state.entries]
        parts = {
            DENSE: state.dense.to_bytes(),
            SPARSE: state.sparse.to_bytes(),
            CENTRE: state.centre.to_bytes(),
            ENTRIES: json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        }
        manifest = storage.Manifest(
            encoder=self.encoder.name,
            fingerprint=self.encoder.fingerprint,
            dimension=state.dense.dimension,
            segmentation=segmentation_fingerprint(),
            entries=len(state.entries),
            corpus=hash_entries(state.entries),
            libraries=storage.library_versions(),
            files={},
        )
        storage.write(folder, parts, manifest)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder, *, cache_dir: Path | None = None) -> HybridIndex:
        """Read an index that `save` wrote; IndexUnusable when it is missing, damaged or made by something else."""
        _check_made_by(storage.read_manifest(folder), encoder)
        manifest, parts = storage.read(folder)
        _check_made_by(manifest, encoder)
        return cls(_open(manifest, parts), encoder, cache_dir=cache_dir)

    @staticmethod
    def verify(folder: Path, encoder: Encoder | None = None) -> storage.Manifest:
        """Check every file of an index, and that `encoder` made it where one is given; return what it says of itself.

        Raises IndexUnusable.
        """
        manifest, parts = storage.read(folder)
        if encoder is not None:
            _check_made_by(manifest, encoder)
        _open(manifest, parts)
        return manifest


def rank(scores: Scores, fused: NDArray[np.float64], *, k: int) -> tuple[Hit, ...]:
    """Return the `k` best of `scores` by their fused score; of equals the earlier clause comes first."""
    best = np.argsort(-fused, kind="stable")[:k]
    return tuple(
        Hit(
            clause_id=scores.entries[scores.positions[n]].clause_id,
            doc_id=scores.entries[scores.positions[n]].doc_id,
            rank=place,
            score=float(fused[n]),
            dense=float(scores.dense[n]),
            sparse=float(scores.sparse[n]),
        )
        for place, n in enumerate(best, 1)
    )


def hash_entries(entries: Iterable[Entry]) -> dict[str, str]:
    """doc_id -> sha256 over the clause ids, texts and facets of its entries, in their order."""
    hashes: dict[str, hashlib._Hash] = {}
    for entry in entries:
        said = hashes.setdefault(entry.doc_id, hashlib.sha256())
        said.update(json.dumps([entry.clause_id, entry.text, entry.facets]).encode())
    return {doc_id: said.hexdigest() for doc_id, said in hashes.items()}


def _positions(entries: Sequence[Entry], doc_ids: Collection[str] | None) -> NDArray[np.int64]:
    if doc_ids is None:
        return np.arange(len(entries), dtype=np.int64)
    wanted = frozenset(doc_ids)
    return np.array([n for n, entry in enumerate(entries) if entry.doc_id in wanted], np.int64)


def _check_unique(entries: Sequence[Entry]) -> None:
    counts = Counter(entry.clause_id for entry in entries)
    twice = [clause_id for clause_id, count in counts.items() if count > 1]
    if twice:
        raise ValueError(f"clause ids must be unique over the corpus, these are not: {', '.join(twice[:5])}")


def _check_made_by(manifest: storage.Manifest, encoder: Encoder) -> None:
    if manifest.fingerprint != encoder.fingerprint:
        raise IndexUnusable(f"索引由编码器 {manifest.encoder} 建立，本次使用 {encoder.name}")
    if manifest.segmentation != segmentation_fingerprint():
        raise IndexUnusable("索引由另一版分词词典建立")


def _open(manifest: storage.Manifest, parts: dict[str, bytes]) -> _State:
    """Make the state of the parts; IndexUnusable when they do not fit together."""
    try:
        rows = json.loads(parts[ENTRIES].decode("utf-8", "surrogatepass"))
        entries = tuple(Entry(clause_id, doc_id, text, tuple(facets)) for clause_id, doc_id, text, facets in rows)
        dense, sparse = DenseIndex.from_bytes(parts[DENSE]), SparseIndex.from_bytes(parts[SPARSE])
        centre = Centre.from_bytes(parts[CENTRE])
    except (KeyError, ValueError, IndexError) as error:
        raise IndexUnusable("索引文件损坏") from error
    if not manifest.entries == len(entries) == len(dense) == len(sparse) or manifest.dimension != dense.dimension:
        raise IndexUnusable("索引的各部分对不上")
    return _State(entries, dense, sparse, centre)
