"""`ask --profile` tells where the time went, and nothing else changes."""

from __future__ import annotations

import json
import re

import pytest

from app.cli import main
from app.cli.profile import NAMES, Profile
from app.stages import Run, running, stage


def test_the_stages_of_one_question_go_to_standard_error(capsys, tmp_path, monkeypatch) -> None:
    """Standard output stays the JSON of the contract; the rows add up to the last one."""
    monkeypatch.setenv("CLAUSELIGHT_INDEX_DIR", str(tmp_path))
    assert main(["ask", "违约金是多少", "--terms", "weidianyun", "--json", "--profile"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["status"] == "answered"
    rows = {name: float(took) for name, took in re.findall(r"^(\S+?)　* +(-?[\d.]+) 毫秒$", told.err, re.MULTILINE)}
    assert list(rows) == [*NAMES.values(), "其余", "合计"]
    assert abs(sum(rows.values()) - 2 * rows["合计"]) < 1
    assert min(rows.values()) >= 0


def test_a_profile_is_of_one_question(capsys, tmp_path) -> None:
    assert main(["ask", "--batch", str(tmp_path / "none.jsonl"), "--profile"]) == 2
    assert capsys.readouterr().err == "错误：--profile 只看一个问题，不与 --batch 同用\n"


def test_a_stage_counts_for_what_runs_around_it() -> None:
    seen: list[Run] = []
    with stage("search"):
        pass
    with running("ask", seen.append) as run:
        with stage("search"):
            pass
        with stage("search"):
            pass
        run.outcome = "answered"
    assert [(run.operation, list(run.stages), run.outcome) for run in seen] == [("ask", ["search"], "answered")]
    assert 0 <= seen[0].stages["search"] <= seen[0].seconds


def test_what_is_broken_off_is_an_error() -> None:
    seen: list[Run] = []
    with pytest.raises(KeyError), running("ask", seen.append), stage("search"):
        raise KeyError
    assert (seen[0].outcome, list(seen[0].stages)) == ("error", ["search"])


def test_a_profile_without_a_question_is_its_own_time() -> None:
    assert re.fullmatch(r"加载程序 +0\.0 毫秒\n其余　　 +\d+\.\d 毫秒\n合计　　 +\d+\.\d 毫秒\n", Profile().lines())
