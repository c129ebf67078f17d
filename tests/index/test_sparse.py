"""BM25 over segmented entries, against the formula worked out here."""

from __future__ import annotations

import math

import numpy as np
import pytest

from index.errors import IndexUnusable
from index.segmentation import segment
from index.sparse import K1, B, SparseIndex

TEXTS = ["违约金按日计算", "争议由人民法院管辖", "违约金与违约金的上限", "电子邮件送达"]


def _bm25(word: str, number: int) -> float:
    """Lucene's BM25 (Kamphuis et al. 2020, table 1)."""
    rows = [segment(text) for text in TEXTS]
    having = sum(word in row for row in rows)
    idf = math.log(1 + (len(rows) - having + 0.5) / (having + 0.5))
    count, mean = rows[number].count(word), sum(map(len, rows)) / len(rows)
    return idf * count / (count + K1 * (1 - B + B * len(rows[number]) / mean))


def test_scores_are_those_of_the_formula() -> None:
    expected = [_bm25("违约金", n) + _bm25("违约", n) for n in range(4)]
    assert SparseIndex.build(TEXTS).scores("违约金") == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("query", ["", "的", "火星", "？"])
def test_without_a_shared_word_every_score_is_0(query: str) -> None:
    assert SparseIndex.build(TEXTS).scores(query).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("texts", [[], [""], ["的", "。"]])
def test_entries_without_words_score_0(texts: list[str]) -> None:
    assert SparseIndex.build(texts).scores("违约金").tolist() == [0] * len(texts)


def test_rare_words_weigh_more_and_unknown_ones_most() -> None:
    weights = SparseIndex.build(TEXTS).weights("违约金 送达 火星")
    assert weights["违约金"] < weights["送达"] < weights["火星"]


def test_a_selection_is_the_index_of_what_was_selected() -> None:
    selected = SparseIndex.build(TEXTS).select(np.array([1, 3]), ["新的违约金"])
    fresh = SparseIndex.build([TEXTS[1], TEXTS[3], "新的违约金"])
    assert selected.scores("违约金 送达") == pytest.approx(fresh.scores("违约金 送达"))


def test_bytes_give_the_same_index_and_nothing_else_does() -> None:
    index = SparseIndex.build(TEXTS)
    again = SparseIndex.from_bytes(index.to_bytes())
    assert again.scores("违约金 法院").tolist() == index.scores("违约金 法院").tolist()
    assert again.to_bytes() == index.to_bytes()
    with pytest.raises(IndexUnusable, match="词索引损坏"):
        SparseIndex.from_bytes(b"PK not an archive")
