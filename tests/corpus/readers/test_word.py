"""Word files as their readers see them: print, tables, boxes, notes, revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.errors import UnreadableTerms
from corpus.readers.word.document import read_word
from tests.corpus.readers.block_lines import block_lines
from tests.corpus.readers.checks import check_extract
from tests.corpus.readers.word_files import MAIN, p, r, row, table, word_file

if TYPE_CHECKING:
    from corpus.types import Extract

BOLD = "<w:b/>"
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="BP"><w:name w:val="免责"/><w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="BPP"><w:name w:val="免责二"/><w:basedOn w:val="BP"/></w:style>
<w:style w:type="paragraph" w:styleId="NP"><w:name w:val="非免责"/><w:basedOn w:val="BP"/>
  <w:rPr><w:b w:val="0"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="BC"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="V"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="圈"/><w:basedOn w:val="loop2"/></w:style>
<w:style w:type="paragraph" w:styleId="loop2"><w:name w:val="圈二"/><w:basedOn w:val="loop"/>
  <w:rPr><w:b/></w:rPr></w:style>
"""


def read(body: str, **parts: str) -> Extract:
    parts.setdefault("styles", STYLES)
    return check_extract(read_word(word_file(body, **parts), name="a.docx"))


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (p(runs=r("甲") + r("乙", BOLD)), "p 甲⟪乙⟫"),
        (p(runs=r("甲", '<w:b w:val="0"/>') + r("乙", '<w:b w:val="0"/>') + r("丙", '<w:b w:val="1"/>')), "p 甲乙⟪丙⟫"),
        (p("甲", style="BP"), "p ⟪甲⟫"),
        (p("甲", style="BPP"), "p ⟪甲⟫"),
        (p("甲", style="NP"), "p 甲"),
        (p("甲", style="loop"), "p ⟪甲⟫"),
        (p("甲", style="missing"), "p 甲"),
        (p(style="BP", runs=r("甲", '<w:b w:val="0"/>') + r("乙")), "p 甲⟪乙⟫"),
        (p(runs=r("甲", '<w:rStyle w:val="BC"/>')), "p ⟪甲⟫"),
        (p(style="BP", runs=r("甲", '<w:rStyle w:val="BC"/>')), "p 甲"),
        (p(style="BP", runs=r("甲", f'<w:rStyle w:val="BC"/>{BOLD}')), "p ⟪甲⟫"),
        (p(runs=r("甲", "<w:bCs/>")), "p 甲"),
        (p(runs=r("乙方不", BOLD) + r("承担", BOLD) + r("责任")), "p ⟪乙方不承担⟫责任"),
    ],
    ids=["run", "val", "style", "based on", "turned off", "circle", "missing", "run against style", "character style",
         "toggle twice is off", "direct wins over toggles", "complex script", "split mid-word"],
)  # fmt: skip
def test_bold_is_a_cascade(paragraph: str, expected: str) -> None:
    """Run, character style, paragraph style and their ancestors, toggles and `w:val` decide together (17.7)."""
    assert block_lines(read(paragraph)) == expected


def test_bold_in_the_document_defaults_cannot_be_toggled_off_by_styles() -> None:
    """What `w:docDefaults` turns on stays on under styles, and goes off by the run itself (17.7.3)."""
    styles = STYLES.replace('<w:rPr><w:sz w:val="21"/>', '<w:rPr><w:b/><w:sz w:val="21"/>')
    body = p("甲", style="BP") + p(runs=r("乙", '<w:b w:val="0"/>'))
    assert block_lines(read(body, styles=styles)) == "p ⟪甲⟫\np 乙"


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('<w:u w:val="single"/>', "⟪underline:乙⟫"),
        ('<w:u w:val="none"/>', "乙"),
        ('<w:em w:val="dot"/>', "⟪underline:乙⟫"),
        ('<w:color w:val="FF0000"/>', "⟪colour:乙⟫"),
        ('<w:color w:val="333333"/>', "乙"),
        ('<w:color w:val="auto"/>', "乙"),
        ('<w:highlight w:val="yellow"/>', "⟪highlight:乙⟫"),
        ('<w:highlight w:val="none"/>', "乙"),
        ('<w:shd w:val="clear" w:fill="FFFF00"/>', "⟪highlight:乙⟫"),
        ('<w:shd w:val="clear" w:fill="auto"/>', "乙"),
        ('<w:bdr w:val="single"/>', "⟪highlight:乙⟫"),
        ('<w:sz w:val="28"/>', "⟪size:乙⟫"),
        ('<w:sz w:val="24"/>', "乙"),
        ("<w:i/>", "⟪italic:乙⟫"),
        ('<w:rFonts w:eastAsia="黑体"/>', "⟪乙⟫"),
        ('<w:rFonts w:eastAsia="宋体"/>', "乙"),
    ],
)
def test_other_emphasis(properties: str, expected: str) -> None:
    """Underline, 着重号, colour, ground, frame, size and 黑体 stand out where the body is otherwise."""
    body = p("甲方应当按照约定支付费用。") + p(runs=r("甲") + r("乙", properties))
    assert block_lines(read(body)).splitlines()[1] == f"p 甲{expected}"


def test_headings_by_style_stand_below_the_title() -> None:
    """The title is the first level; a heading's own print is no emphasis, words inside it may be."""
    body = p("服务协议", style="T") + p("定义", style="1") + p(style="2", runs=r("甲") + r("乙", BOLD))
    assert block_lines(read(body)) == "h1 服务协议\nh2 定义\nh3 甲⟪乙⟫"


def test_outline_level_of_a_paragraph_makes_a_heading() -> None:
    """`w:outlineLvl` on the paragraph wins over its style; level 9 is body text."""
    body = p("甲", properties='<w:outlineLvl w:val="1"/>') + p("乙", style="1", properties='<w:outlineLvl w:val="9"/>')
    assert block_lines(read(body)) == "h2 甲\np 乙"


def test_rows_of_a_table() -> None:
    """Cells are parted by a tab, paragraphs of a cell by a space; what a merged cell covers is left out."""
    merged = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    covered = "<w:tcPr><w:vMerge/></w:tcPr>"
    body = table(
        row(p("可用性"), p("赔偿")),
        row(merged + p("99%"), p(runs=r("10%", BOLD)) + p("以下")),
        row(covered + p("99%"), p("25%")),
    )
    assert block_lines(read(body)) == "row1 可用性 ⇥ 赔偿\nrow1 99% ⇥ ⟪10%⟫ 以下\nrow1 25%"


def test_a_frame_around_text_is_no_table() -> None:
    """One column holds paragraphs: the box that terms put around a warning."""
    assert block_lines(read(table(row(p("甲") + p("乙"))))) == "p 甲\np 乙"


def test_a_table_inside_a_cell_is_read_with_it() -> None:
    """Nothing of a nested table is lost."""
    inner = table(row(p("子"), p("丑")))
    assert block_lines(read(table(row(p("甲"), inner + p("乙"))))) == "row1 甲 ⇥ 子 丑 乙"


def test_text_boxes_follow_their_paragraph_once() -> None:
    """The newer form of a text box counts, the older one beside it is the same box again."""
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
    assert block_lines(read(p("甲", runs=both) + p("乙", runs=old))) == "p 甲\np 框内\np 乙\np 框内"


def test_footnotes_follow_their_paragraph() -> None:
    """A footnote stands behind the paragraph that refers to it; its sign is no part of the sentence."""
    separator = '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    notes = f'{separator}<w:footnote w:id="2">{p("按自然月计算。")}</w:footnote>'
    body = p("可用性", runs='<w:r><w:footnoteReference w:id="2"/></w:r>' + r("不低于99%。")) + p("乙")
    assert block_lines(read(body, footnotes=notes)) == "p 可用性不低于99%。\np {注1：}按自然月计算。\np 乙"


def test_tracked_changes_are_read_as_accepted() -> None:
    """Insertions count, deletions do not, a deleted paragraph mark joins two paragraphs; people are told."""
    body = (
        p("甲方", runs=f"<w:ins>{r('应当')}</w:ins><w:del><w:r><w:delText>可以</w:delText></w:r></w:del>{r('付款')}")
        + p("乙方", mark="<w:del/>")
        + p("不承担责任。")
    )
    extract = read(body)
    assert block_lines(extract) == "p 甲方应当付款\np 乙方不承担责任。"
    assert extract.notes == ("文件含修订记录（3 处），已按接受全部修订后的文字读取。",)


def test_moved_text_stands_where_it_went() -> None:
    """`w:moveFrom` is gone, `w:moveTo` is there."""
    body = p(runs=f"<w:moveFrom>{r('甲')}</w:moveFrom>{r('乙')}<w:moveTo>{r('甲')}</w:moveTo>")
    assert block_lines(read(body)) == "p 乙甲"


def test_hidden_text_is_left_out_and_told() -> None:
    """Hidden by the run or by its style: a reader of the document does not see it."""
    extract = read(p(runs=r("甲") + r("隐藏", "<w:vanish/>") + r("隐", '<w:rStyle w:val="V"/>')))
    assert block_lines(extract) == "p 甲"
    assert extract.notes == ("文件里有 3 字隐藏文字，没有作为条款读取。",)


def test_fields_show_their_result() -> None:
    """The instruction of a field is no text; a comment's sign and a bookmark are none either."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF _1</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("第三条")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f'<w:fldSimple w:instr="REF">{r("第四条")}</w:fldSimple><w:r><w:commentReference w:id="0"/></w:r>'
    assert block_lines(read(p("见", runs=field + r("和") + simple))) == "p 见第三条和第四条"


def test_the_table_of_contents_is_left_out() -> None:
    """Its lines would be every number twice; people are told."""
    extract = read(p("目 录") + p("1. 定义\t1", style="toc") + p("1. 定义", style="1"))
    assert block_lines(extract) == "h1 1. 定义"
    assert extract.notes == ("自动目录没有作为条款读取。",)


def test_line_breaks_part_paragraphs_and_page_breaks_do_not() -> None:
    """Shift and Enter ends a clause for its reader; a page that ends in the middle of one does not."""
    body = p("1.1 甲", runs="<w:r><w:br/></w:r>" + r("1.2 乙") + '<w:r><w:br w:type="page"/></w:r>' + r("丙"))
    body += p("见《隐私政策》", runs="<w:r><w:br/></w:r>" + r("。完"))
    assert block_lines(read(body)) == "p 1.1 甲\np 1.2 乙丙\np 见《隐私政策》。完"


def test_signs_that_are_elements() -> None:
    """Tabs, hyphens and the check boxes of Wingdings are characters."""
    runs = '<w:r><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    assert block_lines(read(p("甲", runs=runs))) == "p 甲 ⇥ 乙-丙☑"


def test_content_controls_and_links_are_text() -> None:
    """`w:sdt`, `w:hyperlink`, `w:smartTag` only wrap what they hold."""
    linked = p("甲", runs=f"<w:hyperlink>{r('乙')}</w:hyperlink>")
    body = f"<w:sdt><w:sdtContent>{linked}</w:sdtContent></w:sdt>"
    assert block_lines(read(body + p(runs=f"<w:smartTag>{r('丙')}</w:smartTag>"))) == "p 甲乙\np 丙"


def test_paragraphs_are_counted_as_word_counts_them() -> None:
    """Empty paragraphs and those in cells count; lines and pages are not Word's to give."""
    extract = read(p("甲") + p() + p("乙") + table(row(p("一"), p("二"))) + p("丙"))
    assert [(block.text, block.paragraph) for block in extract.blocks] == [
        ("甲", 1),
        ("乙", 3),
        ("一\t二", 4),
        ("丙", 6),
    ]
    assert all(block.lines is None and block.page is None for block in extract.blocks)


def test_strict_open_xml_is_the_same() -> None:
    """Files saved as *Strict Open XML* use other namespaces."""
    document = f'<w:document xmlns:w="{MAIN}"><w:body>{p("甲", style="BP")}</w:body></w:document>'
    strict = document.replace(MAIN, "http://purl.oclc.org/ooxml/wordprocessingml/main").encode()
    data = word_file("", styles=STYLES, replace={"word/document.xml": strict})
    assert block_lines(read_word(data, name="a.docx")) == "p ⟪甲⟫"


PICTURE = '<w:r><w:drawing><a:blip r:embed="rId9"/></w:drawing></w:r>'


def test_pictures_are_told_or_refused() -> None:
    """Words in a picture cannot be read: beside text people are told, alone the file is refused."""
    assert read(p("甲", runs=PICTURE)).notes == ("文件里有 1 张图片，图片里的文字没有读到。",)
    with pytest.raises(UnreadableTerms) as refused:
        read(p(runs=PICTURE))
    assert str(refused.value) == "a.docx：Word 文件里只有图片，请先做文字识别（OCR），或提供原文件"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (word_file(""), "Word 文件里没有可读的文字"),
        (word_file(p("甲"))[:2000], "Word 文件不完整或已损坏，请重新下载，或用 Word 打开后另存一份"),
        (
            word_file("", replace={"word/document.xml": b"<w:document"}),
            "Word 文件不完整或已损坏，请重新下载，或用 Word 打开后另存一份",
        ),
        (
            word_file("", replace={"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "Word 文件不完整或已损坏，请重新下载，或用 Word 打开后另存一份",
        ),
        (
            word_file("", replace={"word/document.xml": b"<a>" + b" " * 3_000_000 + b"</a>"}),
            "Word 文件解压后过大（可能是压缩炸弹），已拒绝读取；请把正文另存为新文件",
        ),
        (
            word_file("", replace={"word/document.xml": f'<w:document xmlns:w="{MAIN}"/>'.encode()}),
            "Word 文件里没有正文，文件可能已损坏，请重新下载或另存一份",
        ),
    ],
    ids=["empty", "truncated", "no XML", "entities", "bomb", "no body"],
)
def test_unreadable_files_are_refused_with_the_cure(data: bytes, reason: str) -> None:
    """One clear line, and nothing else raised."""
    with pytest.raises(UnreadableTerms) as refused:
        read_word(data, name="a.docx")
    assert str(refused.value) == f"a.docx：{reason}"
