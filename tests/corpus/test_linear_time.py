"""Twice the text takes about twice the time, whatever the text: ratios, because seconds depend on the machine."""

from __future__ import annotations

import time

import pytest

from corpus.loading import assemble
from corpus.readers.markdown import read_markdown

HOSTILE = (
    "*", "**a ", "a** ", "*a _b ", "**a**", "__a", "[", "](", "![a", "[a](", "1.", "1.\n", "1.1 \n\n", "（", "（（1）",
    "<", "<a ", "<b>", "<!--", "<!-- a\n", '<span style="', "`", "`a", "&", "&lt;", "#", "# \n", ">", "> a\n",
    "|a\n|-\n", "|", "1、：\n", "- a\n", "- ", "如下：\n\n", "（1）a：\n一、b：\n1、c：\n①d：\n", "\\", "\n",
    " ", "　", "\t", "=\n", "a\n", "**a**\n", "***\n", "甲方应当", "一、", "第", "第一条",
    "1.1.1.1.1.1.1.1", "１．", "“", "（以下简称“",
    "1.1 甲方（以下简称“乙方”）应当支付：\n\n", "“甲方”，", "乙方支付", "指", "见第3.2条", "《",
)  # fmt: skip
LENGTH = 10_000


def _seconds(source: str) -> float:
    start = time.process_time()
    assemble(read_markdown(source), doc_id="d", title="", sha256="")
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize("scrap", HOSTILE, ids=ascii)
def test_time_grows_with_the_text_and_no_faster(scrap: str) -> None:
    """Four times the text takes less than eight times as long (quadratic time would take sixteen times)."""
    short, long = ((scrap * LENGTH)[: LENGTH * factor] for factor in (1, 4))
    pairs = ((_seconds(long), _seconds(short)) for _ in range(3))  # a busy machine may spoil one measurement
    assert any(slow < 8 * quick + 0.05 for slow, quick in pairs)


@pytest.mark.slow
@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize("marked", ["{}\\x*", "a*{}b", "*{}\n乙"], ids=ascii)
def test_blanks_before_a_mark_are_passed_over_once(marked: str) -> None:
    """A long run of blanks before a backslash, a star or a line end is not gone over again for each blank."""
    short, long = (marked.format(" " * 4 * LENGTH * factor) for factor in (1, 4))
    pairs = ((_seconds(long), _seconds(short)) for _ in range(3))
    assert any(slow < 8 * quick + 0.05 for slow, quick in pairs)
