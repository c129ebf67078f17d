"""Automatic numbers of Word: formats, levels, restarts, overrides, styles."""

from __future__ import annotations

import pytest

from corpus.loading import parse_bytes
from corpus.readers.word.document import read_word
from tests.corpus.readers.block_lines import block_lines
from tests.corpus.readers.checks import check_extract
from tests.corpus.readers.word_files import level, lists, numbered, p, r, word_file

LEGAL = (level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "decimal", "（%3）"))


def printed(numbering: str, *paragraphs: str, styles: str = "") -> list[str]:
    """Give the numbers before the paragraphs, as a reader sees them."""
    data = word_file("".join(paragraphs), numbering=numbering, styles=styles)
    lines = block_lines(check_extract(read_word(data, name="a.docx"))).splitlines()
    return [line.removeprefix("p ").removesuffix("甲").strip() for line in lines]


@pytest.mark.parametrize(
    ("form", "values", "expected"),
    [
        ("decimal", (1, 12), ["1", "12"]),
        ("decimalZero", (1, 12), ["01", "12"]),
        ("decimalFullWidth", (1, 12), ["１", "１２"]),
        ("upperRoman", (4, 1990), ["IV", "MCMXC"]),
        ("lowerRoman", (9, 40), ["ix", "xl"]),
        ("upperLetter", (1, 27), ["A", "AA"]),
        ("lowerLetter", (26, 28), ["z", "bb"]),
        ("chineseCounting", (1, 10, 11, 20, 21), ["一", "十", "十一", "二十", "二十一"]),
        ("chineseCountingThousand", (10, 101, 110, 1002), ["十", "一百零一", "一百一十", "一千零二"]),
        ("chineseLegalSimplified", (2, 10, 12), ["贰", "壹拾", "壹拾贰"]),
        ("ideographDigital", (1, 10, 23), ["一", "一〇", "二三"]),
        ("ideographTraditional", (1, 10, 11), ["甲", "癸", "11"]),
        ("ideographZodiac", (1, 12), ["子", "亥"]),
        ("decimalEnclosedCircle", (1, 20, 21, 50, 51), ["①", "⑳", "㉑", "㊿", "51"]),
        ("decimalEnclosedCircleChinese", (2,), ["②"]),
        ("decimalEnclosedParen", (1, 20, 21), ["⑴", "⒇", "(21)"]),
        ("decimalEnclosedFullstop", (1, 21), ["⒈", "21."]),
        ("ideographEnclosedCircle", (1, 10, 11), ["㈠", "㈩", "(十一)"]),
        ("none", (1,), [""]),
        ("unheardOf", (3,), ["3"]),
    ],
)
def test_formats(form: str, values: tuple[int, ...], expected: list[str]) -> None:
    """Each format prints the numbers that Word prints (17.18.59)."""
    for value, number in zip(values, expected, strict=True):
        shown = f"{{{number}}}" if number else ""
        assert printed(lists(level(0, form, "%1", start=value)), numbered("甲")) == [shown]


def test_text_around_the_number() -> None:
    """`w:lvlText` puts the number into words; `w:suff` says what follows."""
    chapter = level(0, "chineseCounting", "第%1条", more='<w:suff w:val="nothing"/>')
    item = level(1, "decimal", "（%2）", more='<w:suff w:val="space"/>')
    data = word_file(numbered("定义") + numbered("甲", 1), numbering=lists(chapter, item))
    assert [block.text for block in read_word(data, name="a.docx").blocks] == ["第一条定义", "（1） 甲"]


def test_deeper_levels_begin_again() -> None:
    """A level restarts when a higher one goes on."""
    depths = (0, 1, 1, 2, 2, 1, 2, 0, 1, 2)
    assert printed(lists(*LEGAL), *(numbered("甲", depth) for depth in depths)) == [
        "{1.}", "{1.1}", "{1.2}", "{（1）}", "{（2）}", "{1.3}", "{（1）}", "{2.}", "{2.1}", "{（1）}",
    ]  # fmt: skip


def test_a_level_that_never_begins_again() -> None:
    """`w:lvlRestart` 0 counts articles through all chapters."""
    chapter = level(0, "chineseCounting", "第%1章")
    article = level(1, "chineseCounting", "第%2条", more='<w:lvlRestart w:val="0"/>')
    assert printed(lists(chapter, article), *(numbered("甲", depth) for depth in (0, 1, 1, 0, 1))) == [
        "{第一章}", "{第一条}", "{第二条}", "{第二章}", "{第三条}",
    ]  # fmt: skip


def test_a_level_that_begins_again_after_a_named_one() -> None:
    """`w:lvlRestart` 1 goes on when the second level does, and restarts with the first."""
    third = level(2, "decimal", "%3)", more='<w:lvlRestart w:val="1"/>')
    found = printed(lists(*LEGAL[:2], third), *(numbered("甲", depth) for depth in (0, 1, 2, 1, 2, 0, 1, 2)))
    assert [number for number in found if number.endswith(")}")] == ["{1)}", "{2)}", "{1)}"]


def test_legal_numbering_is_in_arabic_digits() -> None:
    """`w:isLgl` prints the numbers of all levels in digits."""
    first = level(0, "chineseCounting", "%1、")
    second = level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    assert printed(lists(first, second), numbered("甲"), numbered("甲", 1)) == ["{一、}", "{1.1}"]


def test_a_level_whose_parent_was_never_used() -> None:
    """Word prints the start of a level that has no paragraph yet."""
    assert printed(lists(*LEGAL), numbered("甲", 1)) == ["{1.1}"]


def test_two_lists_on_one_abstract_list_go_on() -> None:
    """Without an override the second list takes up where the first stands."""
    nums = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/></w:num>' for number in (1, 2))
    assert printed(lists(*LEGAL, nums=nums), numbered("甲"), numbered("甲", 0, 2), numbered("甲")) == [
        "{1.}",
        "{2.}",
        "{3.}",
    ]


def test_an_override_begins_again_once() -> None:
    """`w:startOverride` counts where the list is first used, and only there."""
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{override}</w:num>'
    )
    paragraphs = (numbered("甲"), numbered("甲"), numbered("甲", 0, 2), numbered("甲", 0, 2))
    assert printed(lists(*LEGAL, nums=nums), *paragraphs) == ["{1.}", "{2.}", "{1.}", "{2.}"]


def test_an_override_of_a_level() -> None:
    """A list can print a level in its own way."""
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    nums = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{other}</w:num>'
    assert printed(lists(*LEGAL, nums=nums), numbered("甲")) == ["{A)}"]


def test_numbers_that_come_with_a_style() -> None:
    """A style brings its list, the list's level names the style; list 0 on the paragraph takes the number off."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="条"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="K"><w:name w:val="款"/><w:basedOn w:val="H"/></w:style>'
    )
    numbering = lists(
        level(0, "decimal", "第%1条", more='<w:pStyle w:val="H"/>'),
        level(1, "decimal", "%1.%2", more='<w:pStyle w:val="K"/>'),
    )
    off = p("甲", style="H", properties='<w:numPr><w:numId w:val="0"/></w:numPr>')
    found = printed(numbering, p("甲", style="H"), p("甲", style="K"), off, p("甲", style="H"), styles=styles)
    assert found == ["{第1条}", "{1.1}", "", "{第2条}"]


def test_a_list_that_takes_its_levels_from_a_list_style() -> None:
    """`w:numStyleLink` points to the abstract list that carries the levels."""
    abstract = (
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>{level(0, "decimal", "%1)")}</w:abstractNum>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>'
        + abstract
        + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert printed(numbering, numbered("甲")) == ["{1)}"]


def test_bullets_have_no_number() -> None:
    """A bullet is no label."""
    data = word_file(numbered("甲"), numbering=lists(level(0, "bullet", "\uf0b7")))
    assert block_lines(read_word(data, name="a.docx")) == "- 甲"


def test_empty_paragraphs_count() -> None:
    """Word draws the number of an empty paragraph: no clause, but the next number is one higher."""
    assert printed(lists(*LEGAL), numbered("甲"), numbered(""), numbered("甲")) == ["{1.}", "{3.}"]


def test_a_deleted_paragraph_does_not_count() -> None:
    """When the revisions are accepted the paragraph is gone, its number with it."""
    num = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = p(properties=num, mark="<w:del/>", runs="<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>")
    assert printed(lists(*LEGAL), numbered("甲"), gone, numbered("甲")) == ["{1.}", "{2.}"]


def test_a_number_is_printed_like_its_paragraph_mark() -> None:
    """The print of a number comes from its level and from the paragraph mark, not from the words."""
    numbering = lists(level(0, "decimal", "%1.", more="<w:rPr><w:b/></w:rPr>"))
    assert printed(numbering, numbered("甲")) == ["⟪{1.} ⟫"]
    num = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    assert printed(lists(*LEGAL), p(properties=num, mark="<w:b/>", runs=r("乙"))) == ["⟪{1.} ⟫乙"]


def test_automatic_numbers_become_labels() -> None:
    """The numbers that Word draws are the labels of the clauses, at depths that follow them."""
    body = (
        numbered("定义")
        + numbered("甲方：用户。", 1)
        + numbered("乙方应当：", 1)
        + numbered("付款；", 2)
        + numbered("费用")
    )
    document = parse_bytes(word_file(body, numbering=lists(*LEGAL)), name="a.docx")
    assert [(clause.label, clause.level) for clause in document.clauses] == [
        ("1", 1), ("1.1", 2), ("1.2", 2), ("（1）", 3), ("2", 1),
    ]  # fmt: skip
    clause = document.clauses[1]
    assert clause.text == "1.1 甲方：用户。"
    assert document.source[clause.span.start : clause.span.end] == "甲方：用户。"
