"""What the grammar of numbers reads at the start of a line, and what it doubts."""

from __future__ import annotations

import pytest

from corpus.doubt import Doubt
from corpus.numbering import Family, read_label, spelled
from corpus.numerals import chinese_digits, chinese_number, roman_number


@pytest.mark.parametrize(
    ("text", "printed", "family", "numbers", "body"),
    [
        ("1.1甲方", "1.1", Family.DOTTED, (1, 1), "甲方"),
        ("1.1 甲方", "1.1", Family.DOTTED, (1, 1), "甲方"),
        ("1.1. 甲方", "1.1", Family.DOTTED, (1, 1), "甲方"),
        ("3.1.3.11．如", "3.1.3.11", Family.DOTTED, (3, 1, 3, 11), "如"),
        ("1.2.3.4.5.6 甲", "1.2.3.4.5.6", Family.DOTTED, (1, 2, 3, 4, 5, 6), "甲"),
        ("１．２　甲方", "１．２", Family.DOTTED, (1, 2), "甲方"),
        ("　　1. 甲方", "1", Family.DOTTED, (1,), "甲方"),
        ("7.2 1 双方", "7.2 1", Family.DOTTED, (7, 2, 1), "双方"),
        ("⒈甲", "⒈", Family.DOTTED, (1,), "甲"),
        ("1、甲方", "1", Family.DIGIT_COMMA, (1,), "甲方"),
        ("一、甲方", "一", Family.CHINESE_COMMA, (1,), "甲方"),
        ("十二. 甲方", "十二", Family.CHINESE_COMMA, (12,), "甲方"),
        ("（一）甲方", "（一）", Family.CHINESE_BRACKET, (1,), "甲方"),
        ("(十) 甲方", "(十)", Family.CHINESE_BRACKET, (10,), "甲方"),
        ("㈡甲", "㈡", Family.CHINESE_BRACKET, (2,), "甲"),
        ("(1) 甲方", "(1)", Family.DIGIT_BRACKET, (1,), "甲方"),
        ("（ 2 ）甲方", "（ 2 ）", Family.DIGIT_BRACKET, (2,), "甲方"),
        ("⑵甲", "⑵", Family.DIGIT_BRACKET, (2,), "甲"),
        ("【一】甲方", "【一】", Family.CHINESE_BRACKET, (1,), "甲方"),
        ("[1] 甲方", "[1]", Family.DIGIT_BRACKET, (1,), "甲方"),
        ("〔2〕甲方", "〔2〕", Family.DIGIT_BRACKET, (2,), "甲方"),
        ("1.2）甲方", "1.2", Family.DOTTED, (1, 2), "甲方"),
        ("1)甲方", "1)", Family.DIGIT_HALF, (1,), "甲方"),
        ("1）甲方", "1）", Family.DIGIT_HALF, (1,), "甲方"),
        ("a) 甲方", "a)", Family.LETTER_HALF, (1,), "甲方"),
        ("(b) 甲方", "(b)", Family.LETTER_BRACKET, (2,), "甲方"),
        ("(iii) 甲方", "(iii)", Family.LETTER_BRACKET, (3,), "甲方"),
        ("c. 甲方", "c", Family.LETTER, (3,), "甲方"),
        ("Ⅱ. 甲方", "Ⅱ", Family.ROMAN, (2,), "甲方"),
        ("①甲方", "①", Family.CIRCLED, (1,), "甲方"),
        ("⑫ 甲方", "⑫", Family.CIRCLED, (12,), "甲方"),
        ("第1条 定义", "第1条", Family.ARTICLE, (1,), "定义"),
        ("第一条定义", "第一条", Family.ARTICLE, (1,), "定义"),
        ("第 十二 条：定义", "第 十二 条", Family.ARTICLE, (12,), "定义"),
        ("第十二条之一 甲", "第十二条之一", Family.ARTICLE, (12, 1), "甲"),
        ("第1.2款 甲", "第1.2款", Family.DOTTED, (1, 2), "甲"),
        ("第壹条 甲", "第壹条", Family.ARTICLE, (1,), "甲"),
        ("第二章 责任", "第二章", Family.CHAPTER, (2,), "责任"),
        ("第一节　定义", "第一节", Family.SECTION, (1,), "定义"),
        ("第三部分 附则", "第三部分", Family.PART, (3,), "附则"),
        ("附件一：价格", "附件一", Family.APPENDIX, (1,), "价格"),
        ("附录A 价格", "附录A", Family.APPENDIX, (1,), "价格"),
    ],
)  # fmt: skip
def test_labels(text: str, printed: str, family: Family, numbers: tuple[int, ...], body: str) -> None:
    """Each family with its value, its printed form and the words after it."""
    label = read_label(text)
    assert label is not None
    assert (label.printed, label.family, label.numbers, text[label.rest :]) == (printed, family, numbers, body)
    assert label.doubt is Doubt.NONE


@pytest.mark.parametrize(
    "text",
    [
        "", "甲方", "2016年", "2016.10.1起", "第三方不承担", "第一时间", "10000元", "192.168.1.1", "10.0.0.1 是地址",
        "2.0.1 版本", "99.9%", "1，000元", "400-100", "v1.2", "（以下简称", "（2019）京01", "i.e. 用户", "e.g. 主机",
        "一方", "一切", "第二天", "第一条件", "第一章程", "二十四小时", "7×24小时", "5G服务", "U.S. 法", "(含)",
        "1/3以上", "-1 度",
    ],
)  # fmt: skip
def test_no_labels(text: str) -> None:
    """Words, dates, addresses and large numbers are not even candidates."""
    label = read_label(text)
    assert label is None or label.doubt is not Doubt.NONE


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("3个工作日内", Doubt.STRONG), ("24小时内", Doubt.STRONG), ("5分钟", Doubt.STRONG),
        ("100元/月", Doubt.STRONG), ("9:00-18:00", Doubt.STRONG), ("1类服务", Doubt.STRONG),
        ("3 个工作日内", Doubt.WEAK), ("2.5元", Doubt.WEAK), ("1.0版本", Doubt.WEAK), ("1.5倍", Doubt.WEAK),
        ("第三条所述", Doubt.STRONG), ("第三条的规定", Doubt.STRONG), ("第二条至第四条", Doubt.STRONG),
        ("3.2款约定", Doubt.STRONG), ("3.2 款约定", Doubt.STRONG), ("1.2、1.3和1.4", Doubt.STRONG),
        ("（1）项所述", Doubt.STRONG), ("第四百九十六条规定，", Doubt.STRONG), ("第一条规定用途", Doubt.WEAK),
        ("第3.2条约定的", Doubt.STRONG),
        ("一、二、三等奖", Doubt.WEAK), ("1、2、3号机房", Doubt.WEAK), ("二、三款所述", Doubt.WEAK),
        ("1. 2016年", Doubt.NONE), ("1.1 个人信息", Doubt.NONE), ("1.1人员管理", Doubt.NONE), ("1.1条件", Doubt.NONE),
        ("2.1日志数据", Doubt.NONE), ("3.1元数据", Doubt.NONE), ("1.1 分三级", Doubt.NONE), ("1.1项目范围", Doubt.NONE),
        ("第二条 条件", Doubt.NONE), ("一、三方协议", Doubt.NONE), ("1.1中国法律", Doubt.NONE), ("1.1类型", Doubt.NONE),
    ],
)  # fmt: skip
def test_doubt(text: str, doubt: Doubt) -> None:
    """Units and references make a number doubtful; words that merely begin with a unit do not."""
    label = read_label(text)
    assert label is not None
    assert label.doubt is doubt


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("一百", 100), ("一百零三", 103),
        ("一百二十", 120),
        ("二〇", 20), ("四百九十六", 496), ("两", 2), ("拾壹", 11), ("12", 12), ("十十", None), ("一二十", None),
        ("百千", None), ("०", None), ("十०", None),
    ],
)  # fmt: skip
def test_chinese_numbers(digits: str, value: int | None) -> None:
    """Positional and place-value figures, financial ones too; None where they make no number."""
    assert chinese_number(digits) == value


def test_chinese_digits_are_read_back() -> None:
    """Every number up to 999 is written so that it reads the same."""
    assert all(chinese_number(chinese_digits(value)) == value for value in range(1, 1000))
    assert [chinese_digits(value) for value in (2, 10, 12, 20, 101, 110)] == [
        "二",
        "十",
        "十二",
        "二十",
        "一百零一",
        "一百一十",
    ]


def test_roman_numbers() -> None:
    """Letters and the characters of Unicode's number forms."""
    assert [roman_number(digits) for digits in ("i", "iv", "IX", "xii", "Ⅳ", "ⅻ")] == [1, 4, 9, 12, 4, 12]


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("1.3 甲", 4, "1.4"), ("第七条 甲", 8, "第八条"), ("第7条 甲", 8, "第8条"), ("（二）甲", 3, "（三）"),
        ("十、甲", 11, "十一"),
        ("①甲", 2, "②"), ("附件A 甲", 2, ""), ("第十二条之一 甲", 2, ""),
    ],
)  # fmt: skip
def test_another_number_in_the_same_print(text: str, value: int, written: str) -> None:
    """The label that was expected is written like the one that stands there; empty where that cannot be done."""
    label = read_label(text)
    assert label is not None
    assert spelled(label, value) == written


def test_only_the_start_of_a_line_is_read() -> None:
    """A label far in is none, and a long line costs no more than a short one."""
    assert read_label(" " * 100 + "1. 甲") is None
    assert read_label("1. " + "甲" * 1_000_000) == read_label("1. " + "甲" * 200)
