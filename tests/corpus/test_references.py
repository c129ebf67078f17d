"""Where clauses speak of others: resolved to the clause, left to the law, or dangling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus import load
from corpus.loading import assemble
from corpus.readers.markdown import read_markdown
from corpus.types import Reference, ReferenceKind

if TYPE_CHECKING:
    from pathlib import Path

DOTTED = """## 3. 费用

3.1 甲方付费。

3.2 有下列情形的，不退费：

（1）违约的；

（2）逾期的。

前款情形以通知为准。

## 4. 其他

4.1 {words}
"""
ARTICLES = """第一章 总则

第一条　甲方应当付费。

第二条　甲方享有下列权利：

　　（一）使用；

　　（二）查询。

　　甲方不得转让前款规定的权利。

第二章 附则

第三条　乙方应当服务。

第四条　{words}

附件一 价格

第一条　每月一百元。
"""


def references(source: str) -> list[Reference]:
    document = assemble(read_markdown(source), doc_id="d", title="", sha256="")
    for reference in document.references:
        words = document.source[reference.span.start : reference.span.end]
        assert words == reference.text
    return [item for item in document.references if item.clause_id in {"d#4.1", "d#第四条"}]


def resolved(source: str) -> list[tuple[str, list[str]]]:
    return [(item.text, [target.removeprefix("d#") for target in item.target_ids]) for item in references(source)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("违反第3.2条的，承担责任。", [("第3.2条", ["3.2"])]),
        ("3.1款和3.2款适用。", [("3.1款", ["3.1"]), ("3.2款", ["3.2"])]),
        ("见本协议第3条。", [("本协议第3条", ["3"])]),
        ("违反第三条的，承担责任。", [("第三条", ["3"])]),
        ("违反第3.2条第（2）项的。", [("第3.2条第（2）项", ["3.2（2）"])]),
        ("违反第3.2条第（9）项的。", [("第3.2条第（9）项", [])]),
        ("见第3章。", [("第3章", ["3"])]),
        ("见第七章。", [("第七章", [])]),
        ("违反第9.9条的。", [("第9.9条", [])]),
        ("根据《民法典》第四百九十六条，应当提示。", [("《民法典》第四百九十六条", [])]),
        ("根据电子商务法第三条处理。", [("根据电子商务法第三条", [])]),
        ("请阅读《隐私政策》。", [("《隐私政策》", [])]),
        ("甲方应当在收到通知后付费，上述费用不退。", [("上述", ["4.1"])]),
        ("本条继续有效。", [("本条", ["4.1"])]),
        ("价格为3.2元，版本为3.2.1。", []),
        ("第三方、第一时间、第三条件均非所指。", []),
    ],
)
def test_numbers_with_points(words: str, expected: list[tuple[str, list[str]]]) -> None:
    """`第3.2条` and `3.2款` are clauses; laws, other documents, prices and 第三方 are not."""
    assert resolved(DOTTED.format(words=words)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("违反第二条的，承担责任。", [("第二条", ["第二条"])]),
        ("违反本协议第二条第二款的。", [("本协议第二条第二款", ["第二条/p1"])]),
        ("违反第二条第一款第（二）项的。", [("第二条第一款第（二）项", ["第二条（二）"])]),
        ("违反第二条第（一）项的。", [("第二条第（一）项", ["第二条（一）"])]),
        ("第一章不适用。", [("第一章", ["第一章"])]),
        ("价格见附件一。", [("附件一", ["附件一"])]),
        ("价格见附件三。", [("附件三", [])]),
        ("前条规定不适用。", [("前条", ["第三条"])]),
        ("见第九章。", [("第九章", [])]),
        ("第三章不适用。", [("第三章", [])]),
        ("依照本条处理。", [("本条", ["第四条"])]),
        ("见第九条。", [("第九条", [])]),
        (
            "第一条与第三条冲突的，以第三条为准。",
            [("第一条", ["第一条"]), ("第三条", ["第三条"]), ("第三条", ["第三条"])],
        ),
        ("见第一条至第三条。", [("第一条", ["第一条"]), ("第一条至第三条", ["第二条"]), ("第三条", ["第三条"])]),
    ],
)
def test_articles(words: str, expected: list[tuple[str, list[str]]]) -> None:
    """`第二条第一款第（二）项` goes down to the item; an attachment's 第一条 is not the agreement's."""
    assert resolved(ARTICLES.format(words=words)) == expected


def test_items_of_the_clause_before() -> None:
    """`前款第（二）项` is the item, `本条第（一）项` the article's own."""
    document = assemble(
        read_markdown(
            "第一条　有下列情形的，合同终止：\n\n（一）破产；\n\n（二）解散。\n\n依照前款第（二）项终止的，应当清算。"
            "\n\n有本条第（一）项情形的除外。\n\n第二条　略。"
        ),
        doc_id="d",
        title="",
        sha256="",
    )
    found = [(item.text, item.target_ids) for item in document.references]
    assert found == [("前款第（二）项", ("d#第一条（二）",)), ("本条第（一）项", ("d#第一条（一）",))]


def test_preceding_paragraph_with_items() -> None:
    """前款 after a list means its lead-in, not its last item."""
    for source, clause, target in (
        (DOTTED.format(words="完。"), "d#3.2/p1", "d#3.2"),
        (ARTICLES.format(words="完。"), "d#第二条/p1", "d#第二条"),
    ):
        document = assemble(read_markdown(source), doc_id="d", title="", sha256="")
        (reference,) = [item for item in document.references if item.clause_id == clause]
        assert (reference.text, reference.target_ids) == ("前款", (target,))


def test_first_words_of_a_section_speak_of_the_one_before() -> None:
    """`上述` in the first paragraph below a heading means what stands before the heading, if anything does."""
    document = assemble(
        read_markdown("## 一、权利\n\n### 1. 查询\n\n您可以查询。\n\n### 2. 响应\n\n就上述权利，请联系我们。"),
        doc_id="d",
        title="",
        sha256="",
    )
    assert [reference.target_ids for reference in document.references] == [("d#一/1",)]
    alone = assemble(read_markdown("## 一、权利\n\n就上述权利，请联系我们。"), doc_id="d", title="", sha256="")
    assert [reference.dangling for reference in alone.references] == [True]


def test_sections_come_before_the_items_of_others() -> None:
    """Without articles, `第二条` is section 二、 and no item 2. of some section; `第二条第1款` is its clause 1."""
    document = assemble(
        read_markdown(
            "一、服务\n\n1．部署；\n\n2．支持。\n\n二、费用\n\n1．总价一万元。\n\n三、违约\n\n1．按第二条第1款的金额赔偿，见第二条。"
        ),
        doc_id="d",
        title="",
        sha256="",
    )
    assert [reference.target_ids for reference in document.references] == [("d#二/1",), ("d#二",)]


SECTIONS = """一、义务

（一）您保证：

1. 守法；

2. 付费。

（二）{words}
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("您违反本条第（一）款第2项的，终止服务。", [("本条第（一）款第2项", ["一（一）/2"])]),
        ("您违反第（一）款的，终止服务。", [("第（一）款", ["一（一）"])]),
        ("您违反第一条第（一）款的，终止服务。", [("第一条第（一）款", ["一（一）"])]),
        ("您违反第（九）款的，终止服务。", [("第（九）款", [])]),
        ("第（二）项目除外。", []),
    ],
)
def test_paragraphs_in_brackets(words: str, expected: list[tuple[str, list[str]]]) -> None:
    """`第（一）款` is the clause numbered so, in the section that the words stand in or in the one named."""
    document = assemble(read_markdown(SECTIONS.format(words=words)), doc_id="d", title="", sha256="")
    found = [(each.text, [target.removeprefix("d#") for target in each.target_ids]) for each in document.references]
    assert found == expected


def test_kinds_and_dangling() -> None:
    """A number that no clause has is dangling; a law never is."""
    source = DOTTED.format(words="违反第9.9条、前款或者《民法典》第五条的，承担责任。")
    found = [(item.kind, item.dangling) for item in references(source)]
    assert found == [
        (ReferenceKind.NUMBER, True), (ReferenceKind.RELATIVE, True), (ReferenceKind.DOCUMENT, False),
    ]  # fmt: skip


def test_name_of_an_attachment_is_its_heading() -> None:
    """《注销须知》 is the attachment where the document has one of that name."""
    document = assemble(
        read_markdown("# 协议\n\n1. 请阅读《注销须知》。\n\n**附件：《注销须知》**\n\n1. 备份。"),
        doc_id="d", title="", sha256="",
    )  # fmt: skip
    (reference,) = document.references
    (target,) = reference.target_ids
    assert document.clause(target).text == "附件：《注销须知》"


@pytest.mark.shared
def test_references_of_real_terms(shared: Path) -> None:
    """11.3 of shuzhi names four sections, and means those of the agreement, not those of its special terms."""
    document = load(shared / "terms/shuzhi.md")
    found = [item.target_ids for item in document.references if item.clause_id == "shuzhi#11.3"]
    assert found == [("shuzhi#3.1.3",), ("shuzhi#6",), ("shuzhi#5",), ("shuzhi#10",)]
