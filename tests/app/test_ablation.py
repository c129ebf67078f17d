"""Parts of the answering can be left out one by one, and what is left still answers."""

from __future__ import annotations

import json

import pytest

from app.ablation import PARTS, WithoutLexicon, WithoutReranker, WithoutSpelling, WithoutWords, main
from app.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(index_dir=tmp_path)


def test_each_part_is_really_left_out(settings):
    """No log-odds, no BM25, no concepts, no corrections; a plain question is answered all the same."""
    opened = {kind: kind.open(["weidianyun"], settings=settings) for kind in {kind for _, kind, _ in PARTS}}
    for engine in opened.values():
        assert engine.ask("谁付费？").citations[0].clause_id.startswith("weidianyun#3.")
    without = opened[WithoutReranker]
    evidence, _ = without.evidence(without._read("谁付费？", None), None)
    assert not without._reread(evidence).ranking.joint.any()
    evidence, _ = opened[WithoutWords].evidence(opened[WithoutWords]._read("谁付费？", None), None)
    assert not evidence.scores.sparse.any()
    assert opened[WithoutLexicon]._read("打官司去哪里", None).concepts == ()
    assert opened[WithoutSpelling]._read("违约斤是多少", None).corrections == ()


def test_the_table_has_a_row_for_each_part(tmp_path, capsys, monkeypatch):
    """On one question about one document."""
    monkeypatch.setenv("CLAUSELIGHT_INDEX_DIR", str(tmp_path / "index"))
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "a.md").write_text("#### 1. 费用\n\n1.1 费用由客户支付。\n", encoding="utf-8")
    row = {"qid": "1", "doc": "a", "question": "谁付费？", "answerable": True, "gold_lines": [3]}
    (tmp_path / "questions.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert main([str(tmp_path / "questions.jsonl"), str(tmp_path / "terms")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 + len(PARTS)
    assert all("| 1.000 | 1.000 | 1.000 |" in line for line in lines[2:])
