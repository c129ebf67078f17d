"""The re-ranker: does this clause answer this question? One score for each pair, both read together.

A cross-encoder whose first layers read question and clause apart (PreTTR, MacAvaney et al. 2020): those states of a
clause are computed once and kept, so that a question costs the upper layers only. It shares the encoder's first layers
and its words; ONNX Runtime and tokenizers are all that it needs.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import numpy as np

from index.cleaning import clean
from index.encoder import SHIPPED
from index.errors import EncoderUnusable
from index.onnx_encoder import CURE, check_files, default_threads, open_session, open_tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

FORMAT = 1
"""Version of the files."""
DESCRIPTION, UPPER_WEIGHTS = "reranker.json", "reranker.safetensors"
LOWER, UPPER = "reranker_lower.onnx", "reranker_upper.onnx"
LOWER_LAYERS = 6
"""Layers that read question and clause apart."""
QUESTION_CHARACTERS, CLAUSE_CHARACTERS = 100, 240
"""What is read of a question and of a clause, as in the training."""
TOKENS = 160
"""Most tokens of either."""
KEPT = 4096
"""Clauses whose states are kept, the latest used: about 60 kB each at most."""


class Reranker:
    """Scores pairs of question and clause; safe to use from several threads at once."""

    def __init__(self, folder: Path = SHIPPED, *, threads: int | None = None) -> None:
        """Open the files in `folder`. Raises EncoderUnusable."""
        try:
            said: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
            version = said["format"]
            check_files(folder, said["files"])
            self._lower = open_session(folder / LOWER, threads or default_threads())
            self._upper = open_session(folder / UPPER, threads or default_threads())
            self._tokenizer = open_tokenizer(folder / "tokenizer.json", tokens=TOKENS)
        except Exception as error:  # onnxruntime and tokenizers raise their own bare exceptions
            raise EncoderUnusable(f"重排模型缺失或损坏：{folder.name}", cure=CURE) from error
        if version != FORMAT:
            raise EncoderUnusable(f"重排模型格式为 {version}，本程序只读 {FORMAT}", cure=CURE)
        self._states: OrderedDict[str, NDArray[np.float16]] = OrderedDict()
        self._keeping = threading.Lock()
        self.hits = self.misses = 0
        """Clauses whose states were kept, and clauses that were read."""

    def scores(self, question: str, clauses: Sequence[str]) -> NDArray[np.float32]:
        """Log-odds that each clause answers the question, as trained, (len(clauses),)."""
        if not clauses:
            return np.empty(0, np.float32)
        asked = self._read(f"query: {clean(question)[:QUESTION_CHARACTERS]}").astype(np.float32)
        return np.array([self._score(asked, self._remembered(_said(clause))) for clause in clauses], np.float32)

    def _score(self, asked: NDArray[np.float32], clause: NDArray[np.float16]) -> np.float32:
        """One pair at a time: the eight-bit arithmetic fits itself to what it is given, and nothing is padded."""
        states = {"question": asked[None], "clause": clause[None].astype(np.float32)}
        masks = {f"{name}_mask": np.ones(values.shape[:2], np.int64) for name, values in states.items()}
        score: np.float32 = self._upper.run(None, states | masks)[0][0]
        return score

    def _remembered(self, text: str) -> NDArray[np.float16]:
        with self._keeping:
            if text in self._states:
                self._states.move_to_end(text)
                self.hits += 1
                return self._states[text]
        states = self._read(text)
        with self._keeping:
            self.misses += 1
            self._states[text] = states
            while len(self._states) > KEPT:
                self._states.popitem(last=False)
        return states

    def _read(self, text: str) -> NDArray[np.float16]:
        """States after the first layers, (tokens, hidden)."""
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        states: NDArray[np.float32] = self._lower.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0]
        return np.asarray(states[0], np.float16)


def _said(clause: str) -> str:
    return f"passage: {clean(clause)[:CLAUSE_CHARACTERS]}"
