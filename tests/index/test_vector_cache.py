"""An unchanged clause is never encoded again, and a bad cache costs time alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.vector_cache import encode_with_cache
from tests.index.conftest import LetterEncoder

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ["甲方付费", "乙方开票", "甲方付费"]


def test_what_was_encoded_once_comes_from_the_disk(tmp_path: Path) -> None:
    first, second = LetterEncoder(), LetterEncoder()
    made = encode_with_cache(TEXTS, first, cache_dir=tmp_path)
    found = encode_with_cache([*TEXTS, "新的"], second, cache_dir=tmp_path)
    assert first.encoded == ["甲方付费", "乙方开票"]
    assert second.encoded == ["新的"]
    assert found[:3].tolist() == made.tolist()
    assert made == pytest.approx(first.encode_query(TEXTS))


def test_another_encoder_shares_nothing(tmp_path: Path) -> None:
    encode_with_cache(TEXTS, LetterEncoder(), cache_dir=tmp_path)
    other = LetterEncoder("other")
    encode_with_cache(TEXTS, other, cache_dir=tmp_path)
    assert other.encoded == ["甲方付费", "乙方开票"]


def test_a_stop_in_the_middle_keeps_what_was_done(tmp_path: Path) -> None:
    class Stopping(LetterEncoder):
        def encode_document(self, texts):  # type: ignore[no-untyped-def]
            if len(self.encoded) >= 128:
                raise KeyboardInterrupt
            return super().encode_document(texts)

    texts = [f"第{n}条" for n in range(200)]
    with pytest.raises(KeyboardInterrupt):
        encode_with_cache(texts, Stopping(), cache_dir=tmp_path)
    later = LetterEncoder()
    encode_with_cache(texts, later, cache_dir=tmp_path)
    assert len(later.encoded) == 72


def test_the_cache_is_bounded_and_keeps_what_was_used_last(tmp_path: Path) -> None:
    encode_with_cache(["甲", "乙", "丙"], LetterEncoder(), cache_dir=tmp_path, max_vectors=2)
    with closing(sqlite3.connect(tmp_path / "vectors.sqlite")) as store:
        assert store.execute("SELECT count(*) FROM vectors").fetchone() == (2,)
    later = LetterEncoder()
    encode_with_cache(["乙", "丙"], later, cache_dir=tmp_path)
    assert later.encoded == []


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    path.write_bytes(b"this is no database, but it is long enough to look like one" * 100)
    encoder = LetterEncoder()
    assert encode_with_cache(TEXTS, encoder, cache_dir=tmp_path) == pytest.approx(encoder.encode_query(TEXTS))
    later = LetterEncoder()
    encode_with_cache(TEXTS, later, cache_dir=tmp_path)
    assert later.encoded == []


def test_a_stored_vector_that_is_none_is_encoded_again(tmp_path: Path) -> None:
    encode_with_cache(TEXTS, LetterEncoder(), cache_dir=tmp_path)
    with closing(sqlite3.connect(tmp_path / "vectors.sqlite")) as store:
        store.execute("UPDATE vectors SET vector = ?", (np.full(32, np.nan, np.float32).tobytes(),))
        store.commit()
    encoder = LetterEncoder()
    found = encode_with_cache(TEXTS, encoder, cache_dir=tmp_path)
    assert encoder.encoded == ["甲方付费", "乙方开票"]
    assert np.isfinite(found).all()


def test_a_folder_that_cannot_be_made_costs_only_the_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    encoder = LetterEncoder()
    found = encode_with_cache(TEXTS, encoder, cache_dir=tmp_path / "file" / "cache")
    assert found == pytest.approx(encoder.encode_query(TEXTS))
