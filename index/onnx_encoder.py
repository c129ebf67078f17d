"""The encoder that ships: ONNX Runtime and tokenizers on a compact folder; no torch, no network, no download."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.centring import CENTRE
from index.cleaning import clean
from index.errors import EncoderUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Encoding

FORMAT = 1
"""Version of the compact folder."""
MAX_TOKENS = 512
"""Positions of the model."""
BATCH_TOKENS = 512
"""Tokens computed at once, padding included: 2,048 took a fifth more time for a passage, and more memory."""
BATCH_TEXTS = 8
"""Most texts computed at once."""
MAX_THREADS = 4
"""A batch of short texts does not keep more cores busy."""
CURE = "请重新安装 clauselight，或把编码器设为其他模型"


class OnnxEncoder:
    """A BERT encoder with mean pooling; safe to use from several threads at once."""

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        config = _read_config(folder)
        self.name: str = config["name"]
        self.dimension: int = config["hidden"]
        self.reads_headings: bool = config.get("reads_headings", False)
        self.fingerprint = _fingerprint(config)
        self._prompts: dict[str, str] = config["prompts"]
        self.centre = _read_centre(folder)
        try:
            check_files(folder, config["files"])
            self._session = open_session(folder / "model.onnx", threads or default_threads())
            self._tokenizer = open_tokenizer(folder / "tokenizer.json")
        except Exception as error:  # both libraries raise their own bare exceptions
            raise EncoderUnusable(f"编码器损坏：{folder.name}", cure=CURE) from error

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode questions: (len(texts), dimension), each row of length 1."""
        return self._encode(self._prompts["query"], texts)

    def encode_document(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode clauses: (len(texts), dimension), each row of length 1."""
        return self._encode(self._prompts["document"], texts)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text as it would be encoded, prompt left out, cut at the model's limit."""
        return len(self._tokenizer.encode(clean(text)))

    def _encode(self, prompt: str, texts: Sequence[str]) -> NDArray[np.float32]:
        encodings = self._tokenizer.encode_batch_fast([prompt + clean(text) for text in texts])
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for batch in _batches([len(encoding) for encoding in encodings]):
            vectors[batch] = self._run([encodings[number] for number in batch])
        return vectors

    def _run(self, encodings: Sequence[Encoding]) -> NDArray[np.float32]:
        longest = max(map(len, encodings))
        ids = np.ones((len(encodings), longest), np.int64)  # 1 is <pad>
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding)] = encoding.ids
            mask[row, : len(encoding)] = 1
        vectors: NDArray[np.float32] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return vectors


def default_threads() -> int:
    """Cores that this process may use, at most four."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, MAX_THREADS)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of texts of like length, longest first, so that little is padding."""
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if batch and (len(batch) == BATCH_TEXTS or (len(batch) + 1) * lengths[batch[0]] > BATCH_TOKENS):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _read_config(folder: Path) -> dict[str, Any]:
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EncoderUnusable(f"编码器缺失或损坏：{folder.name}", cure=CURE) from error
    if config.get("format") != FORMAT:
        raise EncoderUnusable(f"编码器格式为 {config.get('format')}，本程序只读 {FORMAT}", cure=CURE)
    return config


def _read_centre(folder: Path) -> NDArray[np.float32] | None:
    """Mean question and mean clause, (2, dimension), where the folder has them."""
    path = folder / CENTRE
    try:
        centre: NDArray[np.float32] | None = np.load(path, allow_pickle=False) if path.exists() else None
    except (OSError, ValueError) as error:
        raise EncoderUnusable(f"编码器损坏：{folder.name}", cure=CURE) from error
    return centre


def _fingerprint(config: dict[str, Any]) -> str:
    """From the hashes of all files that `index.convert` wrote down, and the prompts."""
    said = json.dumps([config["files"], config["prompts"]], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def check_files(folder: Path, hashes: Mapping[str, str]) -> None:
    """Compare files with their sha256 (40 ms for those that ship); ValueError names the first that was changed."""
    for name, sha256 in hashes.items():
        with (folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise ValueError(f"{name} is not the file that was made")


def open_session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """Open a graph whose weights are stored in few bits; raises what onnxruntime raises."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # A waiting thread sleeps: spinning was seen to slow everything else down tenfold on shared cores.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Weights become fp32 once, on loading; else they are widened again in every call (four times slower).
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def open_tokenizer(path: Path, *, tokens: int = MAX_TOKENS) -> Tokenizer:
    """Open a tokenizer that cuts at `tokens`; raises what tokenizers raises."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(tokens)
    tokenizer.no_padding()
    return tokenizer
