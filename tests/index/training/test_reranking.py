"""The re-ranker's training, and that the files made of it compute what was trained."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file
from safetensors.torch import save_file

from index.encoder import SHIPPED
from index.preparation.reranker import compact
from index.reranker import LOWER_LAYERS, Reranker
from index.training.joint import Joint, States, asked, said
from index.training.mean import mean
from index.training.model import open_model
from index.training.pairs import WRITTEN, Pair, TrainingSet, read_pairs
from index.training.reranking import Recipe, train

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = tuple(f"第{number}条 {what}" for number, what in enumerate((
    "用户应当按月支付服务费。", "争议由北京的法院管辖。", "因不可抗力造成的损失，公司不承担责任。", "账号不得转让。",
    "公司可以提前三十日通知后终止服务。", "用户应当保守秘密。", "本条款适用中国法律。", "发票由公司开具。",
), 1))  # fmt: skip
QUESTIONS = ("怎么付钱", "去哪打官司", "地震了谁赔", "号能卖给别人吗", "你们能随时停掉吗", "能把合同给别人看吗")
DATA = TrainingSet(
    TEXTS,
    {"d": tuple(range(len(TEXTS)))},
    (
        *(Pair(question, "d", (row,)) for row, question in enumerate(QUESTIONS)),
        Pair("有免费试用吗", "d", ()),
        Pair("发票几天能开出来", "d", (), near=(7,)),
        Pair("晚交一天罚多少", "d", (), near=(0,)),
    ),
)


@pytest.fixture(scope="module")
def model() -> Any:
    return open_model(SHIPPED).train(mode=False)


@pytest.mark.slow
def test_files_compute_what_was_trained(model: Any, tmp_path: Path) -> None:
    """Eight-bit arithmetic moves a score by a fraction of what tells two clauses apart."""
    torch.manual_seed(1)
    joint = Joint(model.encoder.layer[LOWER_LAYERS:], 384, heads=12)
    torch.nn.init.normal_(joint.head.weight, std=0.05)
    folder = tmp_path / "made"
    shutil.copytree(SHIPPED, folder)
    save_file(joint.named(), tmp_path / "joint.safetensors")
    compact(tmp_path / "joint.safetensors", folder)
    made = Reranker(folder)
    questions = States(model, SHIPPED, [asked(question) for question in QUESTIONS])
    clauses = States(model, SHIPPED, [said(text) for text in TEXTS])
    with torch.no_grad():
        trained = [joint([questions.states[row]] * len(TEXTS), clauses.states).numpy() for row in range(len(QUESTIONS))]
    computed = np.array([made.scores(question, TEXTS) for question in QUESTIONS])
    assert np.corrcoef(computed.ravel(), np.ravel(trained))[0, 1] > 0.99
    assert np.abs(computed - trained).mean() < 0.2 * np.std(trained)


@pytest.mark.slow
def test_training_learns_which_and_whether(tmp_path: Path) -> None:
    """A few steps on few questions: the right clauses rise above zero, and the frozen layers are not written."""
    recipe = Recipe(steps=12, answered=4, unanswered=2, rivals=2, near=4, warm_up=2)
    train(DATA, tmp_path / "joint.safetensors", recipe=recipe)
    written = load_file(tmp_path / "joint.safetensors")
    assert {name.split(".")[2] for name in written if name.startswith("encoder")} == set(map(str, range(6, 12)))
    folder = tmp_path / "made"
    shutil.copytree(SHIPPED, folder)
    compact(tmp_path / "joint.safetensors", folder)
    made = Reranker(folder)
    right = [made.scores(question, TEXTS)[row] for row, question in enumerate(QUESTIONS)]
    wrong = [made.scores(pair.question, TEXTS).max() for pair in DATA.pairs if not pair.gold]
    assert np.mean(right) > np.mean(wrong)


def test_too_few_questions_for_a_step(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a step needs 3 questions"):
        train(
            TrainingSet(TEXTS, DATA.rows, DATA.pairs[:7]),
            tmp_path / "joint.safetensors",
            recipe=Recipe(answered=2, unanswered=3),
        )


def test_written_questions_join_the_others(tmp_path: Path) -> None:
    """Invented terms have clauses, near misses know the clause that they come near; documents can be left out."""
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms/own.md").write_text("1.1 用户应付款。\n\n1.2 用户应守法。\n", "utf-8")
    (tmp_path / "questions.jsonl").write_text('{"doc": "own", "line": 1, "questions": ["怎么付钱"]}\n', "utf-8")
    data = read_pairs(tmp_path / "questions.jsonl", tmp_path / "terms", written=WRITTEN)
    assert Pair("怎么付钱", "own", (0,)) in data.pairs
    near = [pair for pair in data.pairs if pair.near]
    assert len(near) > 1000
    assert all(set(pair.near) <= set(data.rows[pair.doc_id]) for pair in near)
    assert not any(pair.near and pair.gold for pair in data.pairs)
    fewer = read_pairs(tmp_path / "questions.jsonl", tmp_path / "terms", written=WRITTEN, left_out=["own", "gym"])
    assert {pair.doc_id for pair in data.pairs} - {pair.doc_id for pair in fewer.pairs} == {"own", "gym"}


def test_mean_of_weights(tmp_path: Path) -> None:
    """Value by value; weights of different models are refused."""
    save_file({"a": torch.tensor([1.0, 2.0])}, tmp_path / "one.safetensors")
    save_file({"a": torch.tensor([3.0, 6.0])}, tmp_path / "other.safetensors")
    mean(tmp_path / "mean.safetensors", [tmp_path / "one.safetensors", tmp_path / "other.safetensors"])
    assert load_file(tmp_path / "mean.safetensors")["a"].tolist() == [2.0, 4.0]
    save_file({"a": torch.zeros(3)}, tmp_path / "third.safetensors")
    with pytest.raises(ValueError, match="one model"):
        mean(tmp_path / "mean.safetensors", [tmp_path / "one.safetensors", tmp_path / "third.safetensors"])
