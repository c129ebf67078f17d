"""The benchmarks run, and memory keeps in step with the text."""

from benchmarks.parse import main, measure_memory
from corpus.library import read_terms


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
