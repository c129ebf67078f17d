"""The index finds by meaning and by words, and changes as a whole."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.fusion import mix
from index.hybrid import HybridIndex, hash_entries, rank
from index.types import Entry

if TYPE_CHECKING:
    from pathlib import Path

    from index.encoder import Encoder
    from tests.index.conftest import LetterEncoder


def test_scores_cover_every_entry_in_order(letters: LetterEncoder, two_documents: tuple[Entry, ...]) -> None:
    scores = HybridIndex.build(two_documents, letters).scores("违约金怎么算")
    assert scores.entries == two_documents
    assert scores.positions.tolist() == [0, 1, 2, 3]
    assert scores.sparse.argmax() == 1
    assert scores.sparse[[0, 2, 3]].tolist() == [0, 0, 0]
    assert np.abs(scores.dense).max() <= 1 + 1e-6


def test_only_the_documents_asked_for_are_searched(letters: LetterEncoder, two_documents: tuple[Entry, ...]) -> None:
    index = HybridIndex.build(two_documents, letters)
    everywhere, there = index.scores("违约金送达"), index.scores("违约金送达", doc_ids={"court"})
    assert there.positions.tolist() == [2, 3]
    assert there.dense == pytest.approx(everywhere.dense[2:], abs=1e-6)
    assert there.sparse.tolist() == everywhere.sparse[2:].tolist()
    assert {hit.doc_id for hit in index.search("违约金", k=9, doc_ids={"court"})} == {"court"}
    assert index.search("违约金", k=3, doc_ids=set()) == ()


def test_the_words_may_be_searched_with_another_query(letters: LetterEncoder, two_documents: tuple[Entry, ...]) -> None:
    index = HybridIndex.build(two_documents, letters)
    plain, expanded = index.scores("打官司"), index.scores("打官司", sparse_query="打官司 管辖 人民法院")
    assert plain.sparse.max() == 0
    assert expanded.sparse.argmax() == 2
    assert expanded.dense.tolist() == plain.dense.tolist()


def test_hits_are_ranked_and_explain_themselves(letters: LetterEncoder, two_documents: tuple[Entry, ...]) -> None:
    index = HybridIndex.build(two_documents, letters)
    hits = index.search("法院管辖", k=3)
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].clause_id == "court#1"
    scores = index.scores("法院管辖")
    assert (hits[0].dense, hits[0].sparse) == (float(scores.dense[2]), float(scores.sparse[2]))


def test_equal_entries_keep_their_order(letters: LetterEncoder) -> None:
    entries = [Entry(f"a#{n}", "a", "同样的话") for n in range(5)]
    hits = HybridIndex.build(entries, letters).search("同样", k=5)
    assert [hit.clause_id for hit in hits] == ["a#0", "a#1", "a#2", "a#3", "a#4"]


@pytest.mark.parametrize("query", ["", "\0", "\ud800", "。。。", "的", "x" * 20_000])
def test_any_query_is_answered(letters: LetterEncoder, two_documents: tuple[Entry, ...], query: str) -> None:
    assert len(HybridIndex.build(two_documents, letters).search(query, k=2)) == 2


def test_an_empty_index_finds_nothing(letters: LetterEncoder) -> None:
    index = HybridIndex.build((), letters)
    assert index.search("违约金", k=3) == ()
    assert index.corpus == {}


def test_clause_ids_are_unique(letters: LetterEncoder) -> None:
    with pytest.raises(ValueError, match="a#1"):
        HybridIndex.build([Entry("a#1", "a", "甲"), Entry("a#1", "a", "乙")], letters)


def test_adding_gives_the_index_of_a_fresh_build(letters: LetterEncoder, two_documents: tuple[Entry, ...]) -> None:
    grown = HybridIndex.build(two_documents[:2], letters)
    grown.add(two_documents[2:])
    fresh = HybridIndex.build(two_documents, letters)
    assert grown.search("法院管辖违约金", k=4) == fresh.search("法院管辖违约金", k=4)
    assert grown.corpus == fresh.corpus == hash_entries(two_documents)


def test_a_document_added_again_is_replaced(letters: LetterEncoder, two_documents: tuple[Entry, ...]) -> None:
    index = HybridIndex.build(two_documents, letters)
    before = index.corpus
    index.add([Entry("pay#1", "pay", "后付费服务。")])
    assert [entry.clause_id for entry in index.entries] == ["court#1", "court#2", "pay#1"]
    assert index.corpus["court"] == before["court"]
    assert index.corpus["pay"] != before["pay"]


def test_adding_encodes_only_what_is_new(letters: LetterEncoder, two_documents: tuple[Entry, ...]) -> None:
    index = HybridIndex.build(two_documents, letters)
    letters.encoded.clear()
    index.add([Entry("new#1", "new", "新的一条。")])
    assert letters.encoded == ["新的一条。"]


def test_removing_leaves_the_other_documents(letters: LetterEncoder, two_documents: tuple[Entry, ...]) -> None:
    index = HybridIndex.build(two_documents, letters)
    index.remove("pay")
    assert index.search("法院", k=9) == HybridIndex.build(two_documents[2:], letters).search("法院", k=9)
    with pytest.raises(KeyError):
        index.remove("pay")


def test_searches_run_while_documents_come_and_go(letters: LetterEncoder, two_documents: tuple[Entry, ...]) -> None:
    """Every search sees one state: its positions fit its entries, and the document that stays is always found."""
    index = HybridIndex.build(two_documents, letters)
    stop = threading.Event()

    def change() -> None:
        while not stop.is_set():
            index.add([Entry(f"new#{n}", "new", f"第{n}条违约金") for n in range(5)])
            index.remove("new")

    def search(_: int) -> bool:
        scores = index.scores("违约金")
        hits = rank(scores, mix(scores.dense, scores.sparse), k=9)
        return len(hits) == len(scores.entries) and {"pay", "court"} <= {hit.doc_id for hit in hits}

    writer = threading.Thread(target=change)
    writer.start()
    try:
        with ThreadPoolExecutor(4) as pool:
            assert all(pool.map(search, range(200)))
    finally:
        stop.set()
        writer.join()


def test_threads_get_what_one_thread_gets(shipped: Encoder, weidianyun: tuple[Entry, ...]) -> None:
    index = HybridIndex.build(weidianyun[:20], shipped)
    queries = ["谁付费？", "发票", "逾期付款", "微电云是什么"] * 5
    expected = [[hit.clause_id for hit in index.search(query, k=3)] for query in queries]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda query: [hit.clause_id for hit in index.search(query, k=3)], queries))
    assert found == expected


def test_similar_clauses_are_the_nearest_others(letters: LetterEncoder) -> None:
    entries = [
        Entry("a#1", "a", "违约金百分之五"),
        Entry("b#1", "b", "违约金百分之六"),
        Entry("b#2", "b", "电子邮件送达"),
    ]
    index = HybridIndex.build(entries, letters)
    assert [clause_id for clause_id, _ in index.similar("a#1", k=5)] == ["b#1", "b#2"]
    assert index.similar("b#1", k=1, doc_ids={"b"})[0][0] == "b#2"
    with pytest.raises(KeyError):
        index.similar("c#1", k=1)


def test_progress_counts_what_is_encoded(letters: LetterEncoder, tmp_path: Path) -> None:
    entries = [Entry(f"a#{n}", "a", f"第{n}条") for n in range(150)]
    steps: list[tuple[int, int]] = []
    HybridIndex.build(entries, letters, cache_dir=tmp_path, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(64, 150), (128, 150), (150, 150)]
