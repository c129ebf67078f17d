"""Trained weights in eight bits, and the training itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from index.encoder import BASE, load_encoder
from index.expand import bert_name
from index.preparation.compact import quantise, read_values, widen
from index.preparation.tuned import compact
from index.training.pairs import Pair, TrainingSet, read_pairs
from index.training.recipe import Recipe, train

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ("用户应当按月支付服务费。", "争议由北京的法院管辖。", "因不可抗力造成的损失，公司不承担责任。")


def test_eight_bits_are_within_half_a_step() -> None:
    """No weight moves by more than half of its block's step; zeros stay zeros."""
    matrix = np.random.default_rng(1).normal(size=(6, 96)).astype(np.float32)
    matrix[2] = 0
    integers, scales = quantise(matrix)
    error = np.abs(widen(integers, scales) - matrix).reshape(6, -1, 32)
    assert (error <= scales.astype(np.float32)[..., None] * 0.51).all()
    assert not widen(integers, scales)[2].any()


@pytest.fixture(scope="module")
def base_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the base's own weights by transformers' names, as training would."""
    path = tmp_path_factory.mktemp("weights") / "base.safetensors"
    save_file({bert_name(name): np.ascontiguousarray(values) for name, values in read_values(BASE).items()}, path)
    return path


@pytest.mark.slow
def test_compact_keeps_the_vectors(base_weights: Path, tmp_path: Path) -> None:
    """The base through the eight-bit form gives the base's vectors, and reads headings from then on."""
    compact(base_weights, tmp_path / "made", name="made")
    made, base = load_encoder(str(tmp_path / "made")), load_encoder(str(BASE))
    assert made.reads_headings
    assert made.fingerprint != base.fingerprint
    assert (made.encode_query(TEXTS) * base.encode_query(TEXTS)).sum(axis=1).min() > 0.999


@pytest.mark.slow
def test_training_brings_question_and_clause_together(tmp_path: Path) -> None:
    """After a few steps a question is nearer to its clause, relative to the others, than before."""
    pairs = tuple(Pair(question, "d", (row,)) for row, question in enumerate(("怎么付钱", "去哪打官司", "地震了谁赔")))
    data = TrainingSet(TEXTS, {"d": (0, 1, 2)}, (*pairs, Pair("有免费试用吗", "d", ())))
    train(data, tmp_path / "trained.safetensors", recipe=Recipe(steps=6, batch=3, unanswered=1, warm_up=1))
    compact(tmp_path / "trained.safetensors", tmp_path / "made", name="made")
    words = "embeddings.word_embeddings.weight"
    assert np.array_equal(load_file(tmp_path / "trained.safetensors")[words], read_values(BASE)["emb.word"])

    def margin(name: str) -> float:
        encoder = load_encoder(name)
        cosines = encoder.encode_query([pair.question for pair in pairs]) @ encoder.encode_document(TEXTS).T
        return float(np.diag(cosines).mean() - cosines.mean())

    assert margin(str(tmp_path / "made")) > margin(str(BASE))


def test_pairs_leave_documents_out(tmp_path: Path) -> None:
    """Questions of a document that is left out are not read; its clauses still are."""
    (tmp_path / "terms").mkdir()
    for name in ("a", "b"):
        (tmp_path / "terms" / f"{name}.md").write_text("1.1 用户应付款。\n\n1.2 公司应开票。\n", "utf-8")
    rows = [
        '{"doc": "a", "line": 3, "questions": ["开票吗", "发票呢"]}',
        '{"doc": "a", "line": null, "questions": ["能试用吗"]}',
        '{"doc": "b", "line": 1, "questions": ["谁付款"]}',
    ]
    (tmp_path / "q.jsonl").write_text("\n".join(rows), "utf-8")
    data = read_pairs(tmp_path / "q.jsonl", tmp_path / "terms", left_out=["b"])
    assert [(pair.question, pair.gold) for pair in data.pairs] == [("开票吗", (1,)), ("发票呢", (1,)), ("能试用吗", ())]
    assert len(data.texts) == 4
