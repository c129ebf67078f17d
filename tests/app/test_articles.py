"""Searching articles of law, measured: rows are read or refused, and the figures are those of the order found."""

from __future__ import annotations

import gzip
import json

import pytest

from app.articles import evaluate_articles, find_articles, read_article_questions, read_articles
from app.cli import main
from app.evaluation import UnreadableQuestions
from index.encoder import load_encoder
from index.hybrid import HybridIndex

ARTICLES = (
    ("a", "虚构法第一条", "当事人一方不履行合同义务的，应当承担继续履行、采取补救措施或者赔偿损失等违约责任。"),
    ("b", "虚构法第二条", "未成年人的监护人依法行使职责，除为维护其利益外，不得处分其财产。"),
    ("c", "虚构法第三条", "饲养的动物造成他人损害的，动物饲养人或者管理人应当承担侵权责任。"),
)
QUESTIONS = (("1", "邻居家的狗咬了人，谁来赔？", ["c"]), ("2", "父母能卖孩子名下的房子吗", ["b"]))


def write(path, rows, *, packed=False):
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    return path


@pytest.fixture
def files(tmp_path):
    articles = [{"id": key, "name": name, "text": text} for key, name, text in ARTICLES]
    questions = [{"qid": key, "question": words, "gold": gold} for key, words, gold in QUESTIONS]
    return (
        write(tmp_path / "articles.jsonl.gz", articles, packed=True),
        write(tmp_path / "questions.jsonl", questions),
    )


def test_the_right_article_comes_first(files):
    """By meaning: no word of the second question stands in its article but `不`."""
    index = HybridIndex.build(read_articles(files[0]), load_encoder())
    for row in read_article_questions(files[1]):
        found = find_articles(index, row.question, reranker=None)
        assert sorted(found) == ["a", "b", "c"]
        assert found[0] in row.gold


def test_figures_follow_from_the_order(files):
    """A question whose articles are not there counts as missed; one of two found is a half."""
    index = HybridIndex.build(read_articles(files[0]), load_encoder())
    rows = [
        {"question": QUESTIONS[0][1], "gold": ["c", "elsewhere"]},
        {"question": QUESTIONS[1][1], "gold": ["nowhere"]},
        {"question": "没有答案", "gold": []},
    ]
    asked = read_article_questions(write(files[1], rows))
    seen = []
    report = evaluate_articles(index, asked, reranker=None, progress=lambda *at: seen.append(at))
    assert (report.questions, report.articles) == (2, 3)
    assert report.mrr == 0.5
    assert report.recall == {10: 0.25, 100: 0.25}
    assert report.mrr_interval == (0.0, 1.0)
    assert seen == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "里面没有内容"),
        (b"{}", "第 1 行：应是含 id、name、text"),
        (b"[1]", "第 1 行：应是 JSON 对象"),
        (b'{"id": 1, "name": "a", "text": "b"}\n{', "第 2 行：应是 JSON 对象"),
        (b'{"id": 1, "name": "a", "text": "b"}\n' * 2, "有重复的 id"),
        (b"\xff\xfe", "读不出"),
    ],
)
def test_what_are_no_articles_is_refused(tmp_path, content, said):
    """In one line that names the place."""
    path = tmp_path / "articles.jsonl"
    path.write_bytes(content)
    with pytest.raises(UnreadableQuestions, match=said):
        read_articles(path)


def test_a_broken_archive_is_refused(tmp_path):
    """Cut off, or no archive at all."""
    path = tmp_path / "articles.jsonl.gz"
    for content in (gzip.compress(b'{"id": 1, "name": "a", "text": "b"}')[:-9], b"plain"):
        path.write_bytes(content)
        with pytest.raises(UnreadableQuestions, match="读不出"):
            read_articles(path)


def test_the_command_prints_the_figures(files, capsys, monkeypatch, tmp_path):
    """As JSON and as lines."""
    monkeypatch.setenv("CLAUSELIGHT_INDEX_DIR", str(tmp_path / "index"))
    command = ["evaluate", str(files[1]), "--articles", str(files[0])]
    assert main([*command, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["questions"] == 2
    assert figures["recall@100"] == 1.0
    assert figures["mrr@10"] == 1.0
    assert main(command) == 0
    assert "2 个问题，3 条法条" in capsys.readouterr().out
