"""The measure itself, and what the shipped rules reach on labelled paragraphs."""

from __future__ import annotations

import json

import pytest

from app.review import audit
from app.review.evaluate import Counts, main, measure, read_labels
from app.types import Category
from corpus.loading import load, parse_bytes

TERMS = "1.1 本公司不承担责任。\n\n1.2 本公司按约提供服务。\n\n1.3 本公司有权修改本条款。\n\n1.4 本公司概不负责。\n"


def labels(path, *rows):
    path.write_text(
        "\n".join(
            json.dumps({"doc": doc, "line": line, "cats": cats, "cats_either": either, "must": must})
            for doc, line, cats, either, must in rows
        ),
        encoding="utf-8",
    )
    return read_labels(path)


def test_lines_are_compared_with_the_clauses_that_cover_them(tmp_path):
    """A hit, a miss, a false alarm; disputed rows and other documents' rows are left out."""
    document = parse_bytes(TERMS.encode(), name="terms.md")
    rows = labels(
        tmp_path / "labels.jsonl",
        ("terms", 1, ["exemption"], [], True),
        ("terms", 3, ["breach"], [], True),
        ("terms", 5, [], ["unilateral"], False),
        ("terms", 7, ["exemption"], [], None),
        ("other", 3, [], [], False),
    )
    result = measure(document, audit(document), rows)
    assert result.must == Counts(hits=1, false_alarms=1, misses=1)
    assert result.wrong_lines == (3, 5)
    assert result.categories[Category.EXEMPTION] == Counts(hits=2)
    assert result.categories[Category.BREACH] == Counts(misses=1)
    assert result.categories[Category.UNILATERAL] == Counts()


def test_figures():
    """Precision, recall, F1; nothing to find and nothing found is perfect; documents add up."""
    counts = Counts(hits=6, false_alarms=2, misses=4)
    assert (counts.precision, counts.recall, round(counts.f1, 4)) == (0.75, 0.6, 0.6667)
    assert (Counts().precision, Counts().recall, Counts().f1) == (1.0, 1.0, 1.0)
    assert counts + Counts(1, 1, 1) == Counts(7, 3, 5)


def test_the_command_prints_a_line_a_document(tmp_path, capsys):
    """And one for all of them; wrong use says how."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(TERMS, encoding="utf-8")
    path = tmp_path / "labels.jsonl"
    labels(path, ("one", 1, ["exemption"], [], True), ("two", 3, ["breach"], [], True))
    assert main([str(path), str(tmp_path)]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == [
        "文件",
        "准确率",
        "召回率",
        "F1",
        "免责",
        "责任限制",
        "违约",
        "管辖与送达",
        "单方权利",
        "权利限制",
    ]
    assert [row.split()[:4] for row in rows] == [
        ["one", "1.000", "1.000", "1.000"],
        ["two", "1.000", "0.000", "0.000"],
        ["合计", "1.000", "0.500", "0.667"],
    ]
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("用法：")


@pytest.mark.shared
@pytest.mark.parametrize(("doc_id", "floor"), [("weidianyun", 0.93), ("mongo", 0.96), ("ssl", 0.96)])
def test_the_shipped_rules_keep_their_level(shared, doc_id, floor):
    """F1 of must_highlight: the rows of mongo and ssl shaped the rules; of weidianyun only totals were seen."""
    document = load(shared / "terms" / f"{doc_id}.md")
    result = measure(document, audit(document), read_labels(shared / "eval" / "labels.jsonl"))
    assert result.must.f1 >= floor
