"""The benchmarks run, and memory keeps in step with the text."""

import re

from benchmarks import __main__ as runner
from benchmarks.parse import main, measure_memory
from benchmarks.table import Row, percentile, ratio, write_markdown, write_text
from corpus.library import read_terms


def test_the_runner_prints_a_row_for_each_figure(capfd, tmp_path):
    """Every part that is quick enough for the suite runs, and its table is written too; no figure is asserted."""
    table = tmp_path / "table.md"
    assert runner.main(["--quick", "--markdown", str(table)]) == 0
    machine, *rows, minutes = capfd.readouterr().out.splitlines()
    assert re.search(r"\d+ cores, \d+ GB, load .*onnxruntime", machine)
    assert re.fullmatch(r"\d\.\d minutes", minutes)
    assert [row.startswith(("yes ", "short ", " ")) for row in rows] == [True] * 9
    assert table.read_text("utf-8").startswith(f"{machine}\n\n| what | reach | measured | |\n|---|---|---|---|\n")


def test_a_row_says_whether_it_falls_short():
    rows = [Row("a", "≤ 1 s", "2 s", met=False), Row("b", "≤ 1 s", "1 s", met=True), Row("c", "", "3 s")]
    assert write_text(rows) == "short  a: 2 s (reach: ≤ 1 s)\nyes    b: 1 s (reach: ≤ 1 s)\n       c: 3 s\n"
    assert write_markdown(rows).splitlines()[2:] == [
        "| a | ≤ 1 s | 2 s | short |",
        "| b | ≤ 1 s | 1 s | yes |",
        "| c |  | 3 s |  |",
    ]


def test_medians_are_of_the_rounds():
    """One round that the machine disturbed does not move a ratio."""
    assert ratio([2, 4, 90], [1, 2, 3]) == 2
    assert percentile(range(100), 0.95) == 95
    assert percentile([7], 0.95) == 7


def test_the_parse_benchmark_prints_its_figures(capsys):
    """One round on the terms that ship: every figure has its line."""
    assert main(["--rounds", "1"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in printed] == ["1", "whole", printed[2].split()[0], "peak"]
    assert float(printed[1].split()[2]) > 0


def test_memory_grows_no_faster_than_the_text():
    """Four times the text needs at most about four times the memory."""
    source = read_terms(["weidianyun"]).documents[0].source
    once, _, four_times = measure_memory(source)
    assert four_times < 2 * once
