"""What the tests of the index share: a small encoder for logic, the real one for quality."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpus import load
from index.encoder import SHIPPED, load_encoder
from index.entries import entries_of
from index.types import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.encoder import Encoder

WEIDIANYUN = Path(__file__).resolve().parents[2] / "corpus" / "documents" / "weidianyun.md"


BASE = SHIPPED.parent / "e5-small-zh"
"""multilingual-e5-small as `index.convert` makes it."""


class LetterEncoder:
    """Counts characters in 32 buckets: texts that share characters are near each other. Remembers what it encoded."""

    dimension = 32
    reads_headings = False

    def __init__(self, name: str = "letters") -> None:
        self.name = name
        self.fingerprint = f"fingerprint of {name}"
        self.encoded: list[str] = []

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.full((len(texts), self.dimension), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for char in text:
                vectors[row, hashlib.sha256(char.encode("utf-8", "surrogatepass")).digest()[0] % self.dimension] += 1
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def encode_document(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        return self.encode_query(texts)


@pytest.fixture
def letters() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture(scope="session")
def shipped() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def base() -> Encoder:
    return load_encoder(str(BASE))


@pytest.fixture(scope="session")
def weidianyun() -> tuple[Entry, ...]:
    """Entries of the terms that ship."""
    return entries_of(load(WEIDIANYUN))


@pytest.fixture
def two_documents() -> tuple[Entry, ...]:
    return (
        Entry("pay#1", "pay", "预付费服务，付费之后才可以使用。"),
        Entry("pay#2", "pay", "违约金按照未支付金额计算。"),
        Entry("court#1", "court", "争议由被告所在地有管辖权的人民法院管辖。"),
        Entry("court#2", "court", "通知以电子邮件送达。"),
    )
