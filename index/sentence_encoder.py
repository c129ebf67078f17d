"""Any Sentence Transformers model as an encoder; needs the extra `clauselight[encoders]`."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.cleaning import clean
from index.errors import EncoderUnusable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

INSTALL = '请安装：pip install "clauselight[encoders]"'
E5_PROMPTS = {"query": "query: ", "document": "passage: "}
"""What the E5 family was trained with (model cards of intfloat/multilingual-e5-*); their folders do not say so."""


class SentenceEncoder:
    """Wraps `SentenceTransformer`; prompts come from the model's own configuration."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.reads_headings = False
        self._model = _load(name)
        if not any(self._model.prompts.values()) and "e5" in Path(name).name.lower():
            self._model.prompts = dict(E5_PROMPTS)
        self.dimension: int = self._model.get_embedding_dimension()
        self.fingerprint = _fingerprint(self._model, name)

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode questions: (len(texts), dimension), each row of length 1."""
        return self._encode(self._model.encode_query, texts)

    def encode_document(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode clauses: (len(texts), dimension), each row of length 1."""
        return self._encode(self._model.encode_document, texts)

    def _encode(self, encode: Any, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        cleaned = [clean(text) for text in texts]
        vectors = encode(cleaned, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(vectors, np.float32)


def _load(name: str) -> Any:
    """Open a folder without asking the network, a model name as the environment allows (HF_HUB_OFFLINE)."""
    folder = Path(name).expanduser()
    local = folder.is_dir()
    if not local and _looks_like_path(name):
        raise EncoderUnusable(f"编码器文件夹不存在：{name}", cure="请检查路径，或给出模型名称")
    if local and not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
        raise EncoderUnusable(f"文件夹里没有 Sentence Transformers 模型：{name}", cure="请检查路径")
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - ten seconds and torch
    except ImportError as error:
        raise EncoderUnusable(f"编码器 {name} 需要 sentence-transformers", cure=INSTALL) from error
    # A folder would still be looked up on the hub, and retried for a minute; so would a model that is already cached.
    attempts = (True,) if local or _offline() else (True, False)
    cause: Exception | None = None
    for local_files_only in attempts:
        try:
            return SentenceTransformer(str(folder) if local else name, device="cpu", local_files_only=local_files_only)
        except Exception as error:  # noqa: BLE001 - the library lets anything through: OSError, ValueError, http errors
            cause = error
    raise EncoderUnusable(f"编码器 {name} 打不开", cure="请检查名称与网络，或给出本地文件夹") from cause


def _looks_like_path(name: str) -> bool:
    """Model names are `model` or `owner/model`; anything else, or a name in a folder that exists, means a folder."""
    written = name.startswith((".", "/", "~")) or "\\" in name or name.count("/") > 1 or name.endswith("/")
    return written or ("/" in name and Path(name).parent.is_dir())


def _offline() -> bool:
    return os.environ.get("HF_HUB_OFFLINE", "").lower() in {"1", "true", "yes", "on"}


def _fingerprint(model: Any, name: str) -> str:
    """From the weights, the modules and the prompts; the name only where a module keeps its weights to itself."""
    weights = model.state_dict()
    said = hashlib.sha256()
    kinds = [type(module).__name__ for module in model]
    said.update(json.dumps([kinds, model.prompts, None if weights else name], sort_keys=True).encode())
    for key, tensor in sorted(weights.items()):
        said.update(key.encode())
        said.update(np.ascontiguousarray(tensor.detach().float().cpu().numpy()).data)
    return said.hexdigest()
