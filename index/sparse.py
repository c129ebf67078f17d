"""Search by words: BM25 (Robertson and Zaragoza 2009, Lucene's variant) over segmented entries, by bm25s."""

from __future__ import annotations

import io
import json
from collections import Counter
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from index.errors import IndexUnusable
from index.lean import import_without
from index.segmentation import segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

# Without scipy it builds the same matrix in the same time, and a tenth of a second is saved at the start.
bm25s = import_without("bm25s", "scipy")

K1, B = 1.5, 0.75
"""The usual values: from k1 0.9 to 2 and b 0.3 to 0.75, hit@1 over 1,500 questions moved by less than a point."""


class SparseIndex:
    """BM25 over a fixed list of entries; never changed once made."""

    def __init__(self, words: Sequence[str], numbers: NDArray[np.int32], bounds: NDArray[np.int64]) -> None:
        """Take the vocabulary, the word numbers of all entries in one row, and where each entry starts and ends."""
        self._words = tuple(words)
        self._numbers = numbers
        self._bounds = bounds
        self._vocabulary = {word: number for number, word in enumerate(self._words)}
        self._bm25 = bm25s.BM25(k1=K1, b=B, method="lucene") if len(numbers) else None
        if self._bm25 is not None:
            rows = [numbers[start:end].tolist() for start, end in pairwise(bounds.tolist())]
            corpus = bm25s.tokenization.Tokenized(ids=rows, vocab=dict(self._vocabulary))
            self._bm25.index(corpus, create_empty_token=False, show_progress=False)

    @classmethod
    def build(cls, texts: Iterable[str]) -> SparseIndex:
        """Segment and index texts."""
        return cls._of_words([segment(text) for text in texts])

    @classmethod
    def _of_words(cls, rows: Sequence[Sequence[str]]) -> SparseIndex:
        vocabulary: dict[str, int] = {}
        numbers = [vocabulary.setdefault(word, len(vocabulary)) for word in chain.from_iterable(rows)]
        bounds = np.cumsum([0, *map(len, rows)], dtype=np.int64)
        return cls(tuple(vocabulary), np.array(numbers, np.int32), bounds)

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def scores(self, query: str) -> NDArray[np.float32]:
        """BM25 of every entry, 0 where no word is shared. A word counts as often as the query has it."""
        known = [self._vocabulary[word] for word in segment(query) if word in self._vocabulary]
        if self._bm25 is None or not known:
            return np.zeros(len(self), np.float32)
        scores: NDArray[np.float32] = self._bm25.get_scores_from_ids(known)
        return scores

    def weights(self, query: str) -> dict[str, float]:
        """Inverse document frequency of each word of the query; words that no entry has get the largest."""
        count = len(self)
        frequencies = {word: self._frequency(word) for word in dict.fromkeys(segment(query))}
        return {word: float(np.log1p((count - n + 0.5) / (n + 0.5))) for word, n in frequencies.items()}

    def _frequency(self, word: str) -> int:
        """Entries that have the word."""
        number = self._vocabulary.get(word)
        if number is None or self._bm25 is None:
            return 0
        starts = self._bm25.scores["indptr"]
        return int(starts[number + 1] - starts[number])

    def words(self, positions: NDArray[np.int64]) -> Counter[str]:
        """Count the words of the entries at `positions`."""
        bounds = self._bounds
        parts = [self._numbers[bounds[p] : bounds[p + 1]] for p in positions]
        numbers, counts = np.unique(np.concatenate([*parts, np.empty(0, np.int32)]), return_counts=True)
        return Counter({self._words[n]: int(count) for n, count in zip(numbers, counts, strict=True)})

    def select(self, positions: NDArray[np.int64], more: Iterable[str] = ()) -> SparseIndex:
        """Make an index of the entries at `positions` and then of new texts, without segmenting the old ones again."""
        kept = [[self._words[n] for n in self._numbers[self._bounds[p] : self._bounds[p + 1]]] for p in positions]
        return self._of_words([*kept, *(segment(text) for text in more)])

    def to_bytes(self) -> bytes:
        """Serialise the words of all entries; the scores are computed again on loading, which is quick and exact."""
        buffer = io.BytesIO()
        words = np.frombuffer(json.dumps(self._words, ensure_ascii=False).encode(), np.uint8)
        np.savez_compressed(buffer, words=words, numbers=self._numbers, bounds=self._bounds)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> SparseIndex:
        """Read what `to_bytes` wrote; IndexUnusable when it is anything else."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as stored:
                words = json.loads(stored["words"].tobytes())
                return cls(words, stored["numbers"], stored["bounds"])
        except (OSError, ValueError, KeyError, IndexError) as error:
            raise IndexUnusable("词索引损坏") from error
