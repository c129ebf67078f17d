"""The encoder goes on learning from articles of law: its upper layers alone, and one question in five stays unseen."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from index.encoder import SHIPPED, load_encoder
from index.preparation.tuned import compact
from index.training.articles import ARTICLES, Recipe, read_articles, train
from index.training.model import open_model
from index.training.pairs import Pair, joined

from .test_reranking import DATA, TEXTS

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE_ROWS = (
    (40, "虚构法第一条", "饲养的动物造成他人损害的，动物饲养人承担侵权责任。"),
    (41, "虚构法第二条", "监护人不得处分被监护人的财产，为维护其利益的除外。"),
    (42, "虚构法第三条", "劳动者加班的，用人单位应当支付加班费。"),
    (43, "虚构法第四条", "继承从被继承人死亡时开始。"),
    (44, "虚构法第五条", "租赁期限不得超过二十年。"),
    (45, "虚构法第六条", "借款的利息不得预先在本金中扣除。"),
    (46, "虚构法第七条", "承运人应当在约定期限内将旅客运到约定地点。"),
    (47, "虚构法第八条", "保证合同是主债权债务合同的从合同。"),
)
QUESTIONS = (
    ("没有人学这一句", 47),
    ("狗咬人谁赔", 40),
    ("爸妈能卖我的房吗", 41),
    ("加班没给钱", 42),
    ("人走了遗产什么时候分", 43),
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    rows = [{"id": number, "name": name, "text": text} for number, name, text in ARTICLE_ROWS]
    articles, questions = tmp_path / "articles.jsonl.gz", tmp_path / "questions.jsonl"
    articles.write_bytes(gzip.compress("\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()))
    asked = [{"qid": n, "question": words, "gold": [gold]} for n, (words, gold) in enumerate(QUESTIONS)]
    questions.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in asked), encoding="utf-8")
    return articles, questions


def test_every_fifth_question_is_left_out(files: tuple[Path, Path]) -> None:
    """Starting with the first; gold articles are rows, whatever their ids."""
    data = read_articles(*files)
    assert data.texts[0] == "虚构法第一条\n饲养的动物造成他人损害的，动物饲养人承担侵权责任。"
    assert data.pairs == tuple(Pair(words, ARTICLES, (gold - 40,)) for words, gold in QUESTIONS[1:])


def test_articles_join_the_terms(files: tuple[Path, Path]) -> None:
    """Their rows follow those of the terms."""
    both = joined(DATA, read_articles(*files))
    assert len(both.texts) == len(TEXTS) + len(ARTICLE_ROWS)
    assert both.pairs[len(DATA.pairs)].gold == (len(TEXTS),)
    assert both.rows[ARTICLES][0] == len(TEXTS)


@pytest.mark.slow
def test_only_the_upper_layers_learn(files: tuple[Path, Path], tmp_path: Path) -> None:
    """The lower ones are the re-ranker's too; what was trained is an encoder again, and surer of the articles."""
    recipe = Recipe(steps=6, articles=4, rivals=2, near=3, far=6, terms=4, term_near=5, warm_up=2, rate=1e-4)
    laws = read_articles(*files)
    train(laws, DATA, tmp_path / "trained.safetensors", recipe=recipe)
    trained = load_file(tmp_path / "trained.safetensors")
    before = open_model(SHIPPED).state_dict()
    changed = {name for name, values in trained.items() if not np.array_equal(values, before[name].numpy())}
    assert {name.split(".")[2] for name in changed} == set(map(str, range(6, 12)))
    compact(tmp_path / "trained.safetensors", tmp_path / "made", name="made")
    margins = []
    for encoder in (load_encoder(), load_encoder(str(tmp_path / "made"))):
        questions = torch.from_numpy(encoder.encode_query([pair.question for pair in laws.pairs]))
        scores = questions @ torch.from_numpy(encoder.encode_document(list(laws.texts))).T
        right = torch.tensor([pair.gold[0] for pair in laws.pairs])
        margins.append(float(scores[torch.arange(len(right)), right].mean() - scores.mean()))
    assert margins[1] > margins[0]
