"""Text to vectors: the interface, and the choice between the encoder that ships and any other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

BASE = Path(__file__).parent / "models" / "e5-small-zh"
"""multilingual-e5-small with the vocabulary of Chinese and English; origin and licences stand in its README."""
SHIPPED = Path(__file__).parent / "models" / "clause-zh"
"""The base, trained on questions about terms: the encoder that is used when no other is named."""


@runtime_checkable
class Encoder(Protocol):
    """Maps questions and clauses into one space where the inner product is the cosine."""

    @property
    def name(self) -> str:
        """What a person would call it: a model name or a folder."""

    @property
    def fingerprint(self) -> str:
        """Identifies weights, vocabulary and prompts: equal fingerprints give equal vectors."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def reads_headings(self) -> bool:
        """Whether clauses are given with the headings above them, as it was trained, or their own words alone."""

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode questions: (len(texts), dimension), each row of length 1."""

    def encode_document(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode clauses: (len(texts), dimension), each row of length 1."""


def load_encoder(name: str | None = None, *, threads: int | None = None) -> Encoder:
    """Load the encoder that ships, or a compact folder, or any Sentence Transformers model by name or folder.

    `threads` bounds the computing threads of the first two. Raises EncoderUnusable.
    """
    from index.onnx_encoder import OnnxEncoder  # noqa: PLC0415 - onnxruntime is not needed for other encoders

    if not name:
        return OnnxEncoder(SHIPPED, threads=threads)
    folder = Path(name).expanduser()
    if _is_compact(folder):
        return OnnxEncoder(folder, threads=threads)
    from index.sentence_encoder import SentenceEncoder  # noqa: PLC0415 - imports torch: ten seconds

    return SentenceEncoder(name)


def _is_compact(folder: Path) -> bool:
    """Whether `index.convert` made the folder: its config names the files."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(config, dict) and "files" in config and "pieces" in config
