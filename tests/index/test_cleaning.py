"""No text that a person can send stops the encoder or keeps it busy."""

from __future__ import annotations

import time
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.cleaning import MAX_CHARACTERS, clean

if TYPE_CHECKING:
    from index.encoder import Encoder


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("ＡＰＩ　１３．５", "API 13.5"),
        ("违约\0金", "违约金"),
        ("\ud800甲\udfff方", "甲方"),
        ("管\u200b辖\ufeff", "管辖"),
        (" 付\t费\r\n 之后 ", "付 费 之后"),
        ("\x1b[31m红", "[31m红"),
        ("", ""),
    ],
)
def test_folds_width_and_drops_what_nobody_sees(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@given(st.text(st.characters(), max_size=200))
def test_cleaned_text_is_bounded_printable_utf8(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert len(cleaned) <= MAX_CHARACTERS
    assert not {unicodedata.category(char) for char in cleaned} & {"Cc", "Cs", "Cf"}
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "\0违约金\0",
        "\ufdfa" * 20,
        "\ufdfa" * 9000,
        "\ud800\udc00\udfff",
        "🤡" * 600,
        "a" * 20_000,
        " " * 20_000,
    ],
    ids=ascii,
)
def test_odd_texts_become_vectors_of_length_1(shipped: Encoder, text: str) -> None:
    """U+FDFA expands to 18 characters; a NUL ends a string in C; a lone surrogate is no UTF-8."""
    for vectors in (shipped.encode_query([text]), shipped.encode_document([text])):
        assert vectors.shape == (1, shipped.dimension)
        assert float(vectors[0] @ vectors[0]) == pytest.approx(1.0, abs=1e-5)


def test_twenty_thousand_characters_cost_no_more_than_the_longest_sequence(shipped: Encoder) -> None:
    """Cut at 512 tokens: more text is not more work. Twenty seconds are far above what a slow machine needs."""
    start = time.perf_counter()
    shipped.encode_query(["违约责任" * 5000])
    assert time.perf_counter() - start < 20


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_no_text_crashes_the_encoder(shipped: Encoder, text: str) -> None:
    vector = shipped.encode_query([text])[0]
    assert float(vector @ vector) == pytest.approx(1.0, abs=1e-5)
