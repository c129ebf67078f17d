"""The re-ranker reads question and clause together; it is the trained model, and its files are whole."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index import reranker
from index.encoder import SHIPPED
from index.errors import EncoderUnusable
from index.reranker import DESCRIPTION, LOWER, UPPER, UPPER_WEIGHTS, Reranker

if TYPE_CHECKING:
    from pathlib import Path

CLAUSES = (
    "如乙方逾期付款，每逾期一日应按未支付金额的万分之五支付违约金。",
    "本条款的订立、执行和解释适用中华人民共和国法律；争议由北京市有管辖权的人民法院管辖。",
    "因不可抗力造成的损失，双方互不承担责任。",
    "您应妥善保管账号和密码。",
)


@pytest.fixture(scope="module")
def ours() -> Reranker:
    return Reranker()


@pytest.mark.parametrize(("question", "right"), [("晚交钱要罚多少", 0), ("打官司去哪个法院", 1), ("地震了算谁的", 2)])
def test_the_answering_clause_comes_first(ours: Reranker, question: str, right: int) -> None:
    scores = ours.scores(question, CLAUSES)
    assert scores.shape == (len(CLAUSES),)
    assert scores.argmax() == right


def test_a_matter_that_no_clause_speaks_of(ours: Reranker) -> None:
    """Not only which clause, also whether any: what nothing answers scores far below what a clause answers."""
    answered = ours.scores("晚交钱要罚多少", CLAUSES).max()
    for question in ("有学生优惠吗", "能不能开视频会议", "支持几国语言"):
        assert ours.scores(question, CLAUSES).max() < answered - 2


def test_a_clause_scores_alone_as_beside_others(ours: Reranker) -> None:
    """Padding must not show, and remembered states are those that were read."""
    together = ours.scores("晚交钱要罚多少", CLAUSES)
    alone = np.concatenate([Reranker().scores("晚交钱要罚多少", [clause]) for clause in CLAUSES])
    assert np.abs(together - alone).max() < 1e-3
    assert np.array_equal(ours.scores("晚交钱要罚多少", CLAUSES), together)


def test_nothing_to_read(ours: Reranker) -> None:
    assert ours.scores("谁付费", []).shape == (0,)


@pytest.mark.parametrize("question", ["", " ", "\x00", "费" * 100_000, "𠮷\ud800"])
def test_any_question_is_read(ours: Reranker, question: str) -> None:
    assert np.isfinite(ours.scores(question, [*CLAUSES, "", "款" * 10_000])).all()


def test_threads_share_it_and_it_forgets_what_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reranker, "KEPT", 2)
    shared = Reranker()
    expected = shared.scores("谁付费", CLAUSES)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: shared.scores("谁付费", CLAUSES), range(8)))
    assert np.abs(np.stack(found) - expected).max() < 1e-4
    assert len(shared._states) == 2


def test_it_needs_neither_network_nor_torch() -> None:
    script = """
import socket, sys
def refuse(*arguments, **keywords):
    raise OSError("no network in this test")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
from index.reranker import Reranker
assert Reranker().scores("谁付费？", ["乙方应支付费用。"]).shape == (1,)
assert not {"torch", "transformers", "sentence_transformers", "onnx"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=SHIPPED.parents[2], timeout=120)


def test_files_are_those_that_were_made() -> None:
    """Hashes in the description are true, and the encoder whose first layers it shares is the one beside it."""
    said = json.loads((SHIPPED / DESCRIPTION).read_text(encoding="utf-8"))
    found = {name: hashlib.sha256((SHIPPED / name).read_bytes()).hexdigest() for name in said["files"]}
    assert found == said["files"]
    assert set(found) == {UPPER_WEIGHTS, LOWER, UPPER}
    assert said["encoder"] == hashlib.sha256((SHIPPED / "model.safetensors").read_bytes()).hexdigest()


@pytest.mark.parametrize("harm", ["missing", "cut", "changed", "version"])
def test_damaged_files_are_told_in_one_line(tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    if harm == "missing":
        (folder / UPPER).unlink()
    elif harm == "changed":
        data = bytearray((folder / UPPER_WEIGHTS).read_bytes())
        data[-2] ^= 1
        (folder / UPPER_WEIGHTS).write_bytes(data)
    elif harm == "cut":
        (folder / LOWER).write_bytes((folder / LOWER).read_bytes()[:1000])
    else:
        said = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
        (folder / DESCRIPTION).write_text(json.dumps({**said, "format": 99}), encoding="utf-8")
    with pytest.raises(EncoderUnusable, match="重排模型"):
        Reranker(folder)
