"""PDF files written by hand: print, lines, paragraphs, columns, tables, running heads, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.errors import UnreadableTerms
from corpus.readers.pdf.document import read_pdf
from corpus.readers.pdf.unicode_forms import usual_form
from tests.corpus.readers.block_lines import block_lines
from tests.corpus.readers.checks import check_extract
from tests.corpus.readers.pdf_files import Words, column, locked, pdf_file, rule

if TYPE_CHECKING:
    from corpus.types import Extract

BODY = "甲方应当按照本协议的约定支付费用，乙方应当提供服务。"
FULL = "乙方应当按照本协议约定的标准向甲方提供服务并保证其连续稳定运行，除非"
"""Thirty-four characters: the column is as wide as they are."""


def full(start: str) -> str:
    """Fill a line that begins so."""
    return f"{start}{FULL}"[: len(FULL)]


def read(*pages: list[Words | str]) -> Extract:
    return check_extract(read_pdf(pdf_file(*pages), name="a.pdf"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (Words("免责条款", font="SimSun"), "免责条款"),
        (Words("免责条款", font="SimSun,Bold"), "⟪免责条款⟫"),
        (Words("免责条款", font="ABCDEF+SourceHanSerifSC-Bold"), "⟪免责条款⟫"),
        (Words("免责条款", font="FZXBSJW--GB1-0"), "⟪免责条款⟫"),
        (Words("免责条款", font="SimHei"), "⟪免责条款⟫"),
        (Words("免责条款", font="SourceHanSansCN-Regular"), "免责条款"),
        (Words("免责条款", mode=2), "⟪免责条款⟫"),
        (Words("免责条款", font="CIDFont+F1"), "⟪unknown:免责条款⟫"),
        (Words("免责条款", font="F1"), "⟪unknown:免责条款⟫"),
        (Words("免责条款", colour="0.9 0 0"), "⟪colour:免责条款⟫"),
        (Words("免责条款", colour="0.2 0.2 0.2"), "免责条款"),
        (Words("免责条款", font="KaiTi-Italic"), "⟪italic:免责条款⟫"),
    ],
    ids=lambda value: f"{value.font} {value.mode} {value.colour}" if isinstance(value, Words) else "",
)
def test_bold_by_the_font_and_other_print(words: Words, expected: str) -> None:
    """Weight comes from the font's name or a drawn outline; a font without a name says nothing, and that is said."""
    extract = read([Words(BODY, y=720), words])
    assert block_lines(extract).splitlines()[1] == f"p {expected}"
    unknown = ("PDF 的字体没有可辨认的名称，看不出哪些文字加粗，请与原件核对。",)
    assert extract.notes == (unknown if "unknown" in expected else ())


def test_a_nameless_font_whose_bold_is_drawn_is_known() -> None:
    """Printers that give fonts no name draw bold as an outline: what has none is plain then."""
    plain, bold = Words(BODY, y=720, font="CIDFont+F4"), Words("免责条款", font="CIDFont+F4", mode=2)
    extract = read([plain, bold])
    assert block_lines(extract) == f"p {BODY}\np ⟪免责条款⟫"
    assert extract.notes == ()


def test_in_a_text_set_in_gothic_type_gothic_is_not_bold() -> None:
    """黑体 stands out only from other type."""
    assert block_lines(read([Words(BODY, font="SimHei"), Words("免责", y=680, font="SimHei")])) == f"p {BODY}\np 免责"


def test_rules_below_words_and_grounds_behind_them() -> None:
    """A rule as long as the words underlines them, the border of a box does not; a coloured ground is a highlight."""
    page = [Words("下划线", y=700), rule(60, 697.5, 36), Words("边框线", y=660), rule(50, 657.5, 400),
            rule(60, 617, 36, 14, "1 1 0"), Words("高亮字", y=620)]  # fmt: skip
    assert block_lines(read([Words(BODY, y=740), *page])).splitlines()[1:] == [
        "p ⟪underline:下划线⟫", "p 边框线", "p ⟪highlight:高亮字⟫",
    ]  # fmt: skip


def test_larger_lines_are_headings() -> None:
    """Where the file does not say what is a heading, the size of the type does."""
    page = [Words("服务协议", y=780, size=24), Words("一、定义", y=740, size=16), *column([FULL] * 4, y=700)]
    assert [block.heading_level for block in read(page).blocks][:3] == [1, 2, 0]


def test_full_lines_go_on_and_short_ones_end() -> None:
    """Chinese breaks anywhere: a line that fills the column goes on, one that does not ends its paragraph."""
    extract = read(column([full("1.1 "), FULL, "另有约定。", full("1.2 "), FULL, "无效。"]))
    assert [block.text[:5] for block in extract.blocks] == ["1.1 乙", "1.2 乙"]
    assert extract.blocks[0].text.endswith("除非另有约定。")


def test_the_next_number_begins_a_paragraph_below_a_full_line() -> None:
    """A sentence may happen to end where the line does."""
    sentence = full("1.1 ")[:-1] + "。"
    extract = read(column([sentence, sentence.replace("1.1", "1.2"), sentence.replace("1.1", "1.3")]))
    assert [block.text[:3] for block in extract.blocks] == ["1.1", "1.2", "1.3"]


def test_a_number_that_continues_nothing_stays_in_its_sentence() -> None:
    """A line that begins with `2016年` or `3.2条` inside a sentence begins no paragraph."""
    extract = read(column([FULL, full("2016年"), full("3.2条"), "完。"]))
    assert len(extract.blocks) == 1


def test_first_line_indents_begin_paragraphs() -> None:
    """Two characters of white space at the left begin a paragraph below a full line that ends a sentence."""
    ended = f"{FULL[:33]}。"
    lines = [
        Words(ended, 60, 700),
        Words(ended[2:], 84, 682),
        Words(ended, 60, 664),
        Words(ended[2:], 84, 646),
        Words("完。", 60, 628),
    ]
    assert [block.text[-2:] for block in read(list(lines)).blocks] == [ended[-2:], ended[-2:], "完。"]


def test_paragraphs_go_on_over_pages() -> None:
    """A page ends where it ends; the block keeps the page on which it begins, counted from 1."""
    extract = read(column([full("1.1 "), FULL]), column(["另有约定。", full("1.2 "), FULL, FULL]))
    assert [(block.text[:3], block.page) for block in extract.blocks] == [("1.1", 1), ("1.2", 2)]


def test_running_heads_and_page_numbers_go_when_they_repeat() -> None:
    """The same head at the same height, page numbers that count, chapters that change: two stay, the rest goes."""
    pages = [
        [
            Words("某云服务协议", 250, 815, 9),
            *column([full(f"{number}.1 "), "约定。"]),
            Words(f"第 {number} 页 共 3 页", 260, 30, 9),
        ]
        for number in (1, 2, 3)
    ]
    extract = read(*pages)
    assert [block.text[:3] for block in extract.blocks] == ["1.1", "2.1", "3.1"]
    assert extract.notes == ("重复的页眉、页脚和页码没有作为条款读取。",)


def test_what_stands_once_at_an_edge_stays() -> None:
    """A single page has no running head, and a last line is not one because it stands low."""
    extract = read(
        [Words("某云服务协议", 250, 815, 9), *column([FULL, FULL, FULL, "约定。"]), Words("本页以下无正文", 260, 30, 9)]
    )
    assert [block.text for block in extract.blocks][::2] == ["某云服务协议", "本页以下无正文"]


def test_amounts_at_the_top_of_pages_are_no_page_numbers() -> None:
    """Lone numbers go only when they count with the pages."""
    pages = [[Words(amount, 60, 815), *column([FULL, "约定。"])] for amount in ("500", "80", "2000")]
    assert [block.text for block in read(*pages).blocks if block.text.isdigit()] == ["500", "80", "2000"]


def test_two_columns_are_read_one_after_the_other() -> None:
    """Left from top to bottom, then right, whatever the order in which the file draws them."""
    half = FULL[:18]
    left = [f"第{number}条{half}"[:18] for number in range(1, 10)]
    page = [words for index, line in enumerate(left) for words in (
        Words(line, 60, 780 - 20 * index), Words(line.replace("第", "附"), 320, 780 - 20 * index))]  # fmt: skip
    text = "".join(block.text for block in read(list(page)).blocks)
    assert text.index("第9条") < text.index("附1条")


def test_lines_of_the_table_of_contents_stand_alone() -> None:
    """Dots and page numbers are no words, and a full line of contents goes on with nothing."""
    lines = [f"一、定义{'.' * 20}1", f"二、服务{'…' * 10}12", "三、费用"]
    assert [block.text for block in read(column(lines)).blocks] == ["一、定义", "二、服务", "三、费用"]


def test_punctuation_that_hangs_over_the_edge_does_not_move_it() -> None:
    """A line without a hanging mark is full where its characters end."""
    lines = [f"{FULL}，", FULL, FULL, f"{FULL}。", FULL, "完。"]
    assert [block.text[-2:] for block in read(column(lines)).blocks] == ["完。"]


def test_a_bullet_of_another_size_and_a_wide_gap_behind_it() -> None:
    """The lines of a bullet are one paragraph, however the bullet is printed."""
    page = [Words("●", 60, 700, 18), Words(FULL[:-3], 96, 700), Words("约定。", 96, 682), *column([FULL] * 3, y=660)]
    first = read(list(page)).blocks[0]
    assert (first.bullet, first.text[:3], first.text[-3:]) == (True, "● 乙", "约定。")


def test_a_ruled_table_is_read_by_rows() -> None:
    """Cells are what the rules part; a merged cell belongs to its first row; text goes on behind the table."""
    grid = (
        [rule(60, y, 400) for y in (700, 670, 610)]
        + [rule(260, 640, 200)]
        + [rule(x, 610, 0.6, 90) for x in (60, 260, 460)]
    )
    words = [Words("可用性", 70, 680), Words("赔偿", 270, 680), Words("低于", 70, 650), Words("九九", 70, 632),
             Words("一成", 270, 650), Words("二成", 270, 620)]  # fmt: skip
    page = [*column([FULL, FULL, FULL, "如下："], y=790), *grid, *words, *column([FULL, FULL, FULL, "完。"], y=580)]
    lines = block_lines(read(page)).splitlines()
    assert lines[1:4] == ["row1 可用性 ⇥ 赔偿", "row1 低于九九 ⇥ 一成", "row1 二成"]
    assert lines[4].endswith("完。")


def test_words_between_latin_lines_are_parted() -> None:
    """A line end is a space between Latin words and nothing between ideographs."""
    lines = ["Cloud service terms and conditions", "apply to all users of the products"] * 3
    text = read(column([*lines, "end of it."], size=10)).blocks[0].text
    assert "conditions apply" in text


def test_watermarks_across_the_page_are_left_out() -> None:
    """Words at an angle are no part of the text."""
    mark = Words("机密文件", 200, 400, 40, matrix="0.7 0.7 -0.7 0.7")
    assert block_lines(read([Words(BODY), mark])) == f"p {BODY}"


def test_pages_printed_sideways_are_turned() -> None:
    """Where all words run upwards, upwards is forwards."""
    page = [
        Words(line, 100 + 20 * index, 60, matrix="0 1 -1 0") for index, line in enumerate(["第一条定义", "第二条服务"])
    ]
    assert block_lines(read(list(page))) == "p 第一条定义\np 第二条服务"


def test_look_alikes_are_the_characters_meant() -> None:
    """Fonts name Kangxi radicals and ligatures where they mean 方 and fi."""
    assert "".join(map(usual_form, "甲⽅⻓ﬁ\xad")) == "甲方长fi"


IMAGE = "q 100 0 0 100 60 600 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf_file([IMAGE]), "PDF 没有文字层（扫描件或图片），请先做文字识别（OCR），或提供原文件"),
        (
            pdf_file([rule(60, 10 * number, 30) for number in range(60)]),
            "PDF 没有文字层（扫描件或图片），请先做文字识别（OCR），或提供原文件",
        ),
        (pdf_file([]), "PDF 里没有文字，请检查文件"),
        (locked(pdf_file([Words(BODY)])), "PDF 设有打开密码，请去掉密码后再提供"),
        (b"%PDF-1.7\nabc", "PDF 文件不完整或已损坏，请重新下载，或重新导出一份"),
        (pdf_file([Words(BODY)])[:300], "PDF 文件不完整或已损坏，请重新下载，或重新导出一份"),
        (
            pdf_file([Words("\ue001\ue002\ue003\ue004" * 5)]),
            "PDF 的字体没有文字对照，读出来是乱码，请先做文字识别（OCR），或提供原文件",
        ),
    ],
    ids=["scan", "outlines", "empty", "locked", "no PDF", "truncated", "garbled"],
)
def test_unreadable_files_are_refused_with_the_cure(data: bytes, reason: str) -> None:
    """One clear line, and nothing else raised."""
    with pytest.raises(UnreadableTerms) as refused:
        read_pdf(data, name="a.pdf")
    assert str(refused.value) == f"a.pdf：{reason}"


def test_pages_without_text_are_told() -> None:
    """Where some pages are pictures the rest is read, and people are told which."""
    assert read([Words(BODY)], [IMAGE]).notes == ("第 2 页只有图片，图片里的文字没有读到。",)
