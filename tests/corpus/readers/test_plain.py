"""Plain text: every character is text, lines of one sentence are joined, numbers begin a new block."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.plain import read_plain
from tests.corpus.readers.blocks import check, show
from tests.corpus.terms_texts import any_text, markup_free_terms


def shown(source: str) -> str:
    extract = read_plain(source)
    check(extract)
    return show(extract.blocks)


def test_marks_are_literal() -> None:
    """Stars, hashes, tags and entities are read as they stand."""
    source = "# 一\n\n**二** <b>三</b> &lt;\n\n1.1 甲\\*乙"
    assert shown(source) == "p # 一\np **二** <b>三</b> &lt;\np 1.1 甲\\*乙"


def test_hard_wrapped_lines_are_joined() -> None:
    """A line that breaks off inside a sentence goes on in the next one, without a space between ideographs."""
    source = "1.1 甲方应当在本协议约定的期限内按照乙方公布的价\n格支付全部服务费用。\n1.2 乙方不承担责任。\n"
    assert shown(source) == (
        "p 1.1 甲方应当在本协议约定的期限内按照乙方公布的价格支付全部服务费用。\np 1.2 乙方不承担责任。"
    )


def test_latin_words_keep_a_space() -> None:
    """Between Latin words the line end is a space."""
    extract = read_plain("The customer shall pay all of the fees that are due under this\nagreement in full.")
    assert [block.text for block in extract.blocks] == [
        "The customer shall pay all of the fees that are due under this agreement in full."
    ]


def test_blank_lines_and_form_feeds_part_blocks() -> None:
    """A form feed ends a page, not a line."""
    extract = read_plain("甲方\n\n乙方\f丙方\r\n\r\n丁方")
    assert [(block.text, block.lines) for block in extract.blocks] == [
        ("甲方", (1, 1)), ("乙方", (3, 3)), ("丙方", (3, 3)), ("丁方", (5, 5)),
    ]  # fmt: skip


def test_bullets_and_rules() -> None:
    """A bullet begins a block, a line of dashes belongs to the one before."""
    extract = read_plain("服务协议\n====\n- 甲方\n● 乙方\n------\n")
    assert show(extract.blocks) == "p 服务协议\n- 甲方\n- ● 乙方"
    assert [block.lines for block in extract.blocks] == [(1, 2), (3, 3), (4, 5)]


def test_nothing_is_emphasised() -> None:
    """Plain text has no print of its own."""
    assert not any(run.marks for block in read_plain("**甲**\n__乙__").blocks for run in block.runs)


@given(st.one_of(st.text(), any_text(), markup_free_terms()))
def test_any_text_is_read_and_none_is_lost(source: str) -> None:
    """Spans ascend; every visible character that is not part of a rule or a dash stands in a block."""
    extract = read_plain(source)
    check(extract)
    assert extract.source == source
    kept = sum(len("".join(block.text.split())) for block in extract.blocks)
    ruled = sum(source.count(mark) for mark in "-=_*~—─━－＝·.–")
    assert kept >= len("".join(source.split())) - ruled - sum(map(source.count, "\u200b\u200c\u200d\u2060\ufeff"))
