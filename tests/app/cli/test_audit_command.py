"""`clauselight audit` as lawyers and build systems use it: decisions, thresholds, several files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from app.cli import main

if TYPE_CHECKING:
    from pathlib import Path

FIRST = "因线路故障造成的损失，本公司不承担任何责任。"
SECOND = "本公司有权随时单方调整费用，无需您同意。"


@pytest.fixture(autouse=True, scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One index for all tests of this file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAUSELIGHT_INDEX_DIR", str(tmp_path_factory.mktemp("home")))
        patch.setenv("LOGNAME", "法务甲")
        yield


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    path = tmp_path / "terms.md"
    path.write_text(f"1. {FIRST}\n\n2. {SECOND}\n", "utf-8")
    return path


def audited(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Status, standard output and standard error."""
    capsys.readouterr()
    status = main(["audit", *map(str, arguments)])
    return status, *capsys.readouterr()


def test_a_decision_is_kept_beside_the_file_and_shown(capsys: pytest.CaptureFixture[str], terms: Path) -> None:
    """Dismissed with a reason: it counts no more, in the terminal, in JSON, in the report and in the mended copy."""
    status, text, told = audited(capsys, terms, "--dismiss", "1", "--reason", "已在签约页加粗", "--accept", "2")
    assert status == 0
    assert "terms.review.toml" in told
    assert "应突出 1 条，已突出 0 条；另有 1 条经法务决定不要求突出" in text
    assert "已决定不要求突出（法务甲 " in text
    assert "）：已在签约页加粗" in text
    report = json.loads(audited(capsys, terms, "--json")[1])
    first, second = report["findings"]
    assert (report["must"], first["must_highlight"], second["must_highlight"]) == (1, False, True)
    assert first["advice"].endswith("：已在签约页加粗")
    assert second["advice"].startswith("已确认（法务甲 ")
    fixed, page = terms.with_name("fixed.md"), terms.with_name("report.html")
    audited(capsys, terms, "--fix", fixed, "--report", page)
    assert fixed.read_text("utf-8") == f"1. {FIRST}\n\n2. **{SECOND}**\n"
    assert "已在签约页加粗" in page.read_text("utf-8")


def test_decisions_follow_the_words(capsys: pytest.CaptureFixture[str], terms: Path) -> None:
    """A renumbered clause keeps its decision; a reworded one loses it, and that is told; it can be taken back."""
    audited(capsys, terms, "--dismiss", "1", "--reason", "另有约定", "--by", "李律师")
    terms.write_text(f"1. 您按月付款。\n\n2. {SECOND}\n\n3. {FIRST}\n", "utf-8")
    assert "terms#3（第 5 行） 已决定不要求突出（李律师 " in audited(capsys, terms)[1]
    terms.write_text(f"1. {FIRST.replace('线路', '任何')}\n\n2. {SECOND}\n", "utf-8")
    text = audited(capsys, terms)[1]
    assert "应突出 2 条" in text
    assert f"原文“{FIRST}”，条文已改为 terms#1，请重新决定" in text
    assert "法务决定" not in audited(capsys, terms, "--withdraw", "1")[1]


def test_decisions_on_what_ships_lie_in_the_collection(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The product's own folder is not written to; another file can be named, and standard input needs one."""
    audited(capsys, "weidianyun", "--dismiss", "7.2", "--reason", "线下另签")
    assert "另有 1 条经法务决定" in audited(capsys, "weidianyun")[1]
    other = tmp_path / "other.toml"
    audited(capsys, "weidianyun", "--dismiss", "7.3", "--reason", "线下另签", "--decisions", other)
    assert "weidianyun#7.3" in audited(capsys, "weidianyun", "--decisions", other)[1].partition("法务决定：")[2]
    assert "weidianyun#7.3" not in audited(capsys, "weidianyun")[1].partition("法务决定：")[2]
    audited(capsys, "weidianyun", "--withdraw", "7.2")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--dismiss", "1"), "--dismiss 须用 --reason 写明理由"),
        (("--reason", "甲"), "要与 --accept、--dismiss 或 --withdraw 同用"),
        (("--accept", "9"), "9：《terms》里没有这一条"),
        (("--withdraw", "1"), "1：这一条没有决定可以撤回"),
    ],
)
def test_what_cannot_be_decided_is_one_line(
    capsys: pytest.CaptureFixture[str], terms: Path, arguments: tuple[str, ...], message: str
) -> None:
    """Status 2, nothing written."""
    status, out, told = audited(capsys, terms, *arguments)
    assert (status, out, told.count("\n")) == (2, "", 1)
    assert message in told
    assert not terms.with_name("terms.review.toml").exists()


def test_a_broken_file_of_decisions_is_one_line(capsys: pytest.CaptureFixture[str], terms: Path) -> None:
    """Nothing is reviewed as if nobody had decided."""
    terms.with_name("terms.review.toml").write_text("= =", "utf-8")
    status, out, told = audited(capsys, terms)
    assert (status, out) == (2, "")
    assert "terms.review.toml：不是有效的 TOML 文件" in told


def test_fail_under_sums_up_in_one_line_for_github(capsys: pytest.CaptureFixture[str], terms: Path) -> None:
    """A workflow command with file and line on standard error; standard output stays JSON."""
    status, out, told = audited(capsys, terms, "--json", "--fail-under", "0.95")
    assert (status, json.loads(out)["coverage"]) == (1, 0)
    assert told == (
        f"::error file={terms.as_posix()},line=1,title=提示覆盖率::"
        "覆盖率 0.0000，低于 0.95：应突出 2 条，已突出 0 条，未突出或未完全突出 2 条\n"
    )
    terms.write_text(f"1. **{FIRST}**\n", "utf-8")
    status, _, told = audited(capsys, terms, "--json", "--fail-under", "0.95")
    assert (status, told.startswith("::notice file=")) == (0, True)


def test_several_files_are_reviewed_at_once(capsys: pytest.CaptureFixture[str], terms: Path) -> None:
    """A line of JSON each; one below the threshold fails all; what belongs to one document is refused."""
    good = terms.with_name("a,b%.md")
    good.write_text(f"1. **{FIRST}**\n", "utf-8")
    status, out, told = audited(capsys, good, terms, "--json", "--fail-under", "1")
    assert status == 1
    assert [json.loads(line)["coverage"] for line in out.splitlines()] == [1, 0]
    assert [line.partition(" ")[0] for line in told.splitlines()] == ["::notice", "::error"]
    assert "a%2Cb%25.md" in told
    assert "逐个文件" in audited(capsys, good, terms, "--accept", "1")[2]


def test_several_files_make_a_matrix(capsys: pytest.CaptureFixture[str], terms: Path) -> None:
    """The same clause bold here and plain there comes first; the second sheet has each file's coverage."""
    terms.with_name("good.md").write_text(f"1. **{FIRST}**\n", "utf-8")
    matrix = terms.with_name("matrix.xlsx")
    status, _, told = audited(capsys, terms.parent, "--report", matrix)
    assert (status, "matrix.xlsx" in told) == (0, True)
    book = load_workbook(matrix)
    assert [row[2] for row in book["条款矩阵"].values] == ["版式是否一致", "不一致"]
    assert [(row[0], row[2], row[4]) for row in book["覆盖率"].values][1:] == [("good", 1, 1), ("terms", 2, 0)]
    assert "逐个文件" in audited(capsys, terms.parent, "--report", matrix.with_suffix(".md"))[2]
