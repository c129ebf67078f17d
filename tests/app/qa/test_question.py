"""Questions are read for clause numbers and concepts, whatever they look like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.qa.lexicon import load_lexicon
from app.qa.question import MAX_QUESTION, find_numbered, is_missing, understand
from corpus.loading import parse_bytes

TERMS = """## 示例条款

### 1. 费用

1.1 用户应当按月支付费用。

1.2 发生下列情形的，公司可以暂停服务：

（1）逾期未付的；

（2）违法使用的。

### 2. 第三方

2.1 用户不得转让账户。
"""


def numbers(text: str) -> list[tuple[tuple[int, ...], int | None, bool]]:
    """Paths, items and certainty of the numbers in a question."""
    return [(number.path, number.item, number.certain) for number in understand(text, ()).numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13.5", [((13, 5), None, False)]),
        ("13.5条说了什么", [((13, 5), None, True)]),
        ("第３．２条", [((3, 2), None, True)]),
        ("第十三条第五款怎么讲", [((13, 5), None, True)]),
        ("12.2 第6项", [((12, 2), 6, False)]),
        ("12.2（6）", [((12, 2), 6, False)]),
        ("第七章讲什么", [((7,), None, True)]),
        ("13。5", [((13, 5), None, False)]),
        ("十三点五", [((13, 5), None, False)]),
        ("13-5条说了什么", [((13, 5), None, False)]),
        ("13·5", [((13, 5), None, False)]),
        ("三条五款", [((3, 5), None, True)]),
        ("第壹拾叁条", [((13,), None, True)]),
        ("12.2⑥", [((12, 2), 6, False)]),
        ("12.2之6", [((12, 2), 6, False)]),
        ("第十二条第二款第（六）项", [((12, 2), 6, True)]),
        ("what does clause 7 say", [((7,), None, True)]),
        ("我用了3-5天", []),
        ("九点五十关门吗", []),
        ("违约金是1.5倍吗", []),
        ("版本v2.0.1能用吗", []),
        ("可用性99.95%怎么算", []),
        ("按《民法典》第四百九十六条呢", []),
        ("消费者权益保护法第五十五条", []),
        ("多少钱", []),
    ],
)
def test_clause_numbers(text: str, expected: list[tuple[tuple[int, ...], int | None, bool]]) -> None:
    """Clause numbers are found however people write them; amounts, versions and statutes are not numbers."""
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("1.1", ["1.1"]),
        ("第一条第一款", ["1.1"]),
        ("1.2第2项", ["（2）"]),
        ("第1条", ["1.1", "1.2", "（1）", "（2）"]),
        ("第9条", []),
        ("1.7", []),
    ],
)
def test_find_numbered(text: str, labels: list[str]) -> None:
    """A number names a clause, an item, or all that stands under a heading."""
    document = parse_bytes(TERMS.encode(), name="t.md")
    (number,) = understand(text, ()).numbers
    assert [clause.label for clause in find_numbered(document, number)] == labels


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("1.9", True),
        ("1.1.3", True),
        ("9.9", False),
        ("1-9", False),
        ("第9条", True),
        ("1.2第3项", True),
        ("1.1", False),
    ],
)
def test_what_is_told_to_be_missing(text: str, missing: bool) -> None:  # noqa: FBT001 - an expectation
    """A number beside or below others that are there; one that may be something else is not told to be missing."""
    document = parse_bytes(TERMS.encode(), name="t.md")
    (number,) = understand(text, ()).numbers
    assert is_missing(document, number) is missing


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("how much is the penalty", "违约金多少"),
        ("who pays", "付费谁"),
        ("which court", "打官司哪个"),
        ("refund policy", "退款"),
        ("hello world", "hello world"),
        ("refund行不行", "refund行不行"),
    ],
)
def test_english_is_put_as_a_look_up(english: str, chinese: str) -> None:
    """A question wholly in English is searched by the concepts that it names; other texts are left as they are."""
    assert understand(english, load_lexicon()).text == chinese


def test_concepts_widen_the_words_searched() -> None:
    """Everyday words are followed by the words that terms write."""
    question = understand("能不能退钱", load_lexicon())
    assert question.text in question.expanded
    assert "退款" in question.expanded


@given(st.text(max_size=3000))
def test_any_text_is_understood(text: str) -> None:
    """No input fails, and what is searched is bounded and printable."""
    question = understand(text, load_lexicon())
    assert len(question.text) <= MAX_QUESTION
    assert "\x00" not in question.text
    question.text.encode()


def test_own_lexicon_adds_and_replaces(tmp_path) -> None:
    """A person's file adds concepts, and a concept of the same name replaces ours."""
    path = tmp_path / "mine.toml"
    path.write_text(
        '["宠物"]\nsaid = ["猫"]\nwritten = ["宠物"]\n["退款"]\nsaid = ["退"]\nwritten = ["退回"]\n', "utf-8"
    )
    concepts = {concept.name: concept for concept in load_lexicon(path)}
    assert concepts["宠物"].written == ("宠物",)
    assert concepts["退款"].written == ("退回",)
    assert "违约金" in concepts


def test_incomplete_lexicon_is_refused(tmp_path) -> None:
    """A concept without words of clauses is refused by name."""
    path = tmp_path / "mine.toml"
    path.write_text('["宠物"]\nsaid = ["猫"]\n', "utf-8")
    with pytest.raises(ValueError, match="宠物"):
        load_lexicon(path)


def test_traditional_is_searched_as_simplified_and_echoed_as_asked() -> None:
    """A question in Traditional characters finds what the same question in Simplified finds."""
    question = understand("發票怎麼開", load_lexicon())
    assert question.asked == "發票怎麼開"
    assert question.text == "发票怎么开"
    assert [concept.name for concept in question.concepts] == ["发票"]
