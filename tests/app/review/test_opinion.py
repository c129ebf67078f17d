"""The second opinion: what it points to, what it never does, and that it can be fitted again."""

from __future__ import annotations

import json

import numpy as np

from app.cli.text.audit import render_report
from app.contract import audit_json
from app.review import audit
from app.review.decisions import Decided
from app.review.names import DEFAULT
from app.review.opinion import BUCKETS, NAME, RULE_ID, SIDES, buckets, load_weights, opinion_of, with_sides
from app.review.opinion_fitting import Row, fit, main, save
from app.review.reports.content import create_content
from app.web.render.badges import finding_badges
from corpus.loading import parse_bytes

POINTED = "因此导致的一切损失及责任，会由用户承受，平台就此免去责任。"
TERMS = "本条款由某某云计算有限公司（以下简称“云商”）与用户订立。\n\n1.1 {clause}\n\n1.2 云商按页面展示提供服务。\n"


def reviewed(clause):
    document = parse_bytes(TERMS.format(clause=clause).encode(), name="terms.md")
    return document, audit(document, rules=[])


def test_the_weights_that_ship_are_small_and_whole():
    """One weight a bucket, a byte each in the file, and a threshold between the halves."""
    weights = load_weights()
    assert weights.weights.shape == (BUCKETS,)
    assert np.isfinite(weights.weights).all()
    assert 0.5 <= weights.threshold < 1


def test_buckets_are_those_of_the_n_grams():
    """Each n-gram counts once, however often it stands there; an empty text has none."""
    assert len(buckets("甲乙")) == 3
    assert buckets("甲甲甲甲").tolist() == buckets("甲甲甲").tolist()
    assert len(buckets("")) == 0


def test_a_clause_that_reads_like_those_is_pointed_to():
    """Without any rule the model speaks on an exemption and keeps silent on a plain clause."""
    opinion = opinion_of(POINTED, names=DEFAULT)
    assert opinion is not None
    assert opinion.score >= load_weights().threshold
    assert POINTED[opinion.start : opinion.end] == POINTED
    assert opinion_of("本公司按页面展示提供服务。", names=DEFAULT) is None


def test_a_mutual_clause_is_none_of_its_business():
    """The same words about both sides are let be."""
    assert opinion_of("双方确认，" + POINTED, names=DEFAULT) is None
    assert opinion_of(POINTED, "有下列情形的，任何一方：", names=DEFAULT) is None


def test_roles_decide_who_is_limited():
    """The names of the sides are read as sides: the customer who is freed is no reason to point."""
    assert with_sides("您的损失与本公司无关。", DEFAULT) == f"{SIDES[0]}的损失与{SIDES[1]}无关。"
    assert opinion_of("因本公司原因造成损失的，您不承担责任。", names=DEFAULT) is None


def test_it_says_so_and_counts_nowhere():
    """A finding of its own: its id in the trigger, its name in the advice, no duty and no coverage lost."""
    document, report = reviewed(POINTED)
    finding = next(finding for finding in report.findings if finding.label == "1.1")
    assert [trigger.rule_id for trigger in finding.triggers] == [RULE_ID]
    assert document.source[finding.triggers[0].span.start : finding.triggers[0].span.end] == finding.triggers[0].text
    assert (finding.must_highlight, finding.categories, report.must, report.coverage) == (False, (), 0, 1.0)
    assert finding.advice.startswith(NAME)


def test_it_keeps_silent_where_a_rule_asks_for_prominence():
    """Rules are the backbone: a clause that must be prominent carries no second opinion."""
    document = parse_bytes(TERMS.format(clause="因此造成的损失，云商不承担任何责任。").encode(), name="terms.md")
    findings = [finding for finding in audit(document).findings if finding.must_highlight]
    assert [finding.label for finding in findings] == ["1.1"]
    assert all(trigger.rule_id != RULE_ID for trigger in findings[0].triggers)


def test_terminal_page_report_and_json_name_it():
    """Wherever it shows, it is named as the model's."""
    document, report = reviewed(POINTED)
    finding = next(finding for finding in report.findings if finding.label == "1.1")
    decided = Decided(report=report, decisions={}, outdated=())
    assert NAME in render_report(decided, document)
    assert NAME in finding_badges(finding, for_drafter=True)
    assert NAME not in finding_badges(finding)
    assert any(NAME in row.reasons for row in create_content(report, document).rows)
    row = next(row for row in audit_json(report)["findings"] if row["label"] == "1.1")
    assert (row["triggers"][0]["rule_id"], row["must_highlight"]) == (RULE_ID, False)


def test_fitting_learns_what_it_is_shown(tmp_path, capsys):
    """On a made batch the model tells the two kinds apart; the command writes weights that can be read."""
    clauses = [(f"平台不承担第{number}种责任。", number % 2 == 0) for number in range(4)]
    rows = [Row(f"由此产生的损失{number}由用户自负。", "", DEFAULT, must=True) for number in range(20)]
    rows += [Row(f"平台在第{number}个工作日开具发票。", "", DEFAULT, must=False) for number in range(20)]
    weights = fit(rows)

    def score(text):
        return weights.score(with_sides(text, DEFAULT))

    assert score("由此产生的损失由用户自负。") > 0.6 > 0.4 > score("平台开具发票。")
    save(weights, tmp_path / "weights.npz")
    assert (tmp_path / "weights.npz").stat().st_size < BUCKETS
    (tmp_path / "terms.md").write_text("\n\n".join(text for text, _ in clauses), encoding="utf-8")
    labels = [
        {"doc": "terms", "line": 2 * place + 1, "cats": [], "cats_either": [], "must": must}
        for place, (_, must) in enumerate(clauses)
    ]
    (tmp_path / "labels.jsonl").write_text("\n".join(map(json.dumps, labels)), encoding="utf-8")
    arguments = [str(tmp_path / "labels.jsonl"), str(tmp_path)]
    assert main([str(tmp_path / "own.npz"), *arguments, *arguments]) == 0
    assert "已用 8 条训练" in capsys.readouterr().out
    assert (tmp_path / "own.npz").exists()


def test_the_command_tells_its_use_on_wrong_arguments(capsys):
    """Two, one line, no traceback."""
    assert main(["weights.npz"]) == 2
    assert capsys.readouterr().err.startswith("用法：")
