"""Search and change of a large index in a process of its own: `python -m benchmarks.searching CLAUSES ROUNDS` (JSON).

Exact search takes as long whatever the vectors are, so those of the clauses are drawn at random, and nothing waits for
an hour of encoding; questions are encoded by the encoder that ships. The words are the clauses' own.
"""

from __future__ import annotations

import hashlib
import json
import resource
import statistics
import sys
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import bm25s
import faiss
import numpy as np

from benchmarks.material import questions, statutes
from benchmarks.table import Row, percentile, ratio
from index.encoder import load_encoder
from index.hybrid import HybridIndex
from index.segmentation import segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.types import Entry

IN_A_DOCUMENT = 6
"""Clauses of one document: 58,596 of them make some 10,000 documents."""


class DrawnVectors:
    """The encoder that ships for questions, remembered; a clause's vector is drawn, always the same for its words."""

    name, fingerprint, reads_headings = "drawn", "drawn", False

    def __init__(self) -> None:
        self._encoder = load_encoder()
        self._kept: dict[str, NDArray[np.float32]] = {}
        self.dimension = self._encoder.dimension

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode a question that was not asked before."""
        for text in texts:
            if text not in self._kept:
                self._kept[text] = self._encoder.encode_query([text])[0]
        return np.stack([self._kept[text] for text in texts])

    def forget(self) -> None:
        """Encode every question anew."""
        self._kept.clear()

    def encode_document(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Draw a vector of length 1 for each clause."""
        seeds = [int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) for text in texts]
        drawn = np.stack([np.random.default_rng(seed).standard_normal(self.dimension) for seed in seeds])
        vectors: NDArray[np.float32] = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)
        return vectors


@dataclass(frozen=True, slots=True)
class _Bare:
    """Plain faiss and plain bm25s over the same vectors and words."""

    dense: Any
    sparse: Any
    vocabulary: dict[str, int]

    @classmethod
    def build(cls, vectors: NDArray[np.float32], rows: Sequence[Sequence[str]]) -> _Bare:
        dense = faiss.IndexFlatIP(vectors.shape[1])
        dense.add(vectors)
        vocabulary: dict[str, int] = {}
        numbers = [[vocabulary.setdefault(word, len(vocabulary)) for word in row] for row in rows]
        sparse = bm25s.BM25(method="lucene")
        words = bm25s.tokenization.Tokenized(ids=numbers, vocab=vocabulary)
        sparse.index(words, create_empty_token=False, show_progress=False)
        return cls(dense, sparse, vocabulary)

    def search(self, vector: NDArray[np.float32], words: Sequence[str], k: int) -> None:
        """Find the k best of either; what comes out is not mixed."""
        self.dense.search(vector[None], k)
        known = [self.vocabulary[word] for word in words if word in self.vocabulary]
        scores = self.sparse.get_scores_from_ids(known)
        np.argpartition(-scores, k)


def run(count: int, rounds: int) -> dict[str, Any]:
    """Build, search and change; seconds and bytes."""
    source, entries = statutes(count)
    entries = tuple(replace(entry, doc_id=f"d{n // IN_A_DOCUMENT}") for n, entry in enumerate(entries))
    encoder = DrawnVectors()
    start = time.perf_counter()
    index = HybridIndex.build(entries, encoder)
    built = time.perf_counter() - start
    built_bytes = _peak()
    changes = _changes(index, entries)
    asked = questions()
    whole = []
    for question in asked * max(1, rounds // 2):
        encoder.forget()
        start = time.perf_counter()
        index.search(question, k=10)
        whole.append(time.perf_counter() - start)
    bare = _Bare.build(encoder.encode_document([entry.text for entry in entries]), [segment(e.text) for e in entries])
    ours, theirs = _beside(index, bare, encoder, asked, rounds)
    return {
        "source": source,
        "clauses": len(entries),
        "build": built,
        "peak": built_bytes,
        "change": statistics.median(changes),
        "whole": percentile(whole, 0.95),
        "ours": statistics.median(ours) / len(asked),
        "ratio": ratio(ours, theirs),
    }


def _beside(
    index: HybridIndex, bare: _Bare, encoder: DrawnVectors, asked: Sequence[str], rounds: int
) -> tuple[list[float], list[float]]:
    """Search in turns, questions encoded before; the first round warms up and does not count."""
    vectors, words = encoder.encode_query(asked), [segment(question) for question in asked]
    ours: list[float] = []
    theirs: list[float] = []
    for counted in range(rounds + 1):
        start = time.perf_counter()
        for question in asked:
            index.search(question, k=10)
        middle = time.perf_counter()
        for vector, said in zip(vectors, words, strict=True):
            bare.search(vector, said, 10)
        if counted:
            ours.append(middle - start)
            theirs.append(time.perf_counter() - middle)
    return ours, theirs


def _changes(index: HybridIndex, entries: Sequence[Entry]) -> list[float]:
    """Replace one document three times, in the middle of the corpus."""
    doc_id = entries[len(entries) // 2].doc_id
    times = []
    for turn in range(3):
        new = [replace(entry, text=f"{entry.text}（{turn}）") for entry in entries if entry.doc_id == doc_id]
        start = time.perf_counter()
        index.add(new)
        times.append(time.perf_counter() - start)
    return times


def _peak() -> int:
    """Most bytes that this process had in memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def rows_of(said: dict[str, Any]) -> list[Row]:
    """Turn what `run` found into rows."""
    late, change, peak = 1000 * said["whole"], said["change"], said["peak"] / 1e9
    over = f"{said['clauses']:,} {said['source']}"
    documents = f"{-(-said['clauses'] // IN_A_DOCUMENT):,}"
    return [
        Row(f"warm search, {over}, question encoded, no re-ranking", "p95 ≤ 30 ms", f"p95 {late:.0f} ms", late <= 30),
        Row(
            "its vectors and words alone, beside bare faiss and bare bm25s",
            "≤ 1.2 times",
            f"{said['ratio']:.1f} times ({1000 * said['ours']:.1f} ms)",
            said["ratio"] <= 1.2,
        ),
        Row(f"replace one document among {documents}, beyond encoding", "≤ 1 s", f"{change:.2f} s", change <= 1),
        Row(f"build of {over} without encoding", "", f"{said['build']:.0f} s"),
        Row("peak memory of that build", "≤ 1.5 GB", f"{peak:.2f} GB", peak <= 1.5),
    ]


if __name__ == "__main__":
    json.dump(run(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)
