"""The drafting check tells of characters that hide words or fake them, and of no ordinary ones."""

from __future__ import annotations

import pytest

from app.review.lint import lint
from corpus import parse_bytes

TAGS = "".join(chr(0xE0000 + ord(char)) for char in "no liability")
"""A sentence in tag characters."""
LONG = "本条是为了让文件足够长。" * 20


def found(words: str) -> list[tuple[str, str]]:
    """Kind and severity of what is told of one clause."""
    document = parse_bytes(f"1.1 {words}\n\n1.2 {LONG}\n".encode("utf-8", "surrogatepass"), name="a.md")
    return [
        (one.kind, one.severity.value)
        for one in lint(document).findings
        if one.kind in {"hidden_character", "look_alike"}
    ]


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("乙方\u202e不承担\u202c责任。", ("hidden_character", "error")),
        ("乙方\u2066承担\u2069责任。", ("hidden_character", "error")),
        ("退款\u200f100元。", ("hidden_character", "warning")),
        (
            "乙方承担责任。" + "".join(chr(0xE0000 + ord(char)) for char in "no liability"),
            ("hidden_character", "error"),
        ),
        ("乙方承担\x07责任。", ("hidden_character", "error")),
        ("违\u200b约金一万元。", ("hidden_character", "warning")),
        ("违\u2060约金一万元。", ("hidden_character", "warning")),
        ("违\xad约金一万元。", ("hidden_character", "warning")),
        ("违约金一万元。\u200b 另付。", ("hidden_character", "info")),
        ("请访问 \u0430pple.com 查看。", ("look_alike", "error")),
        ("\u0391PI 由乙方提供。", ("look_alike", "error")),
        ("违约金１0０元。", ("look_alike", "error")),
        ("违约金1\u0660\u0660元。", ("look_alike", "error")),
        ("违约金\U0001d7cf\U0001d7ce元。", ("look_alike", "warning")),
        ("违约金1O0元。", ("look_alike", "error")),
        ("应在l0日内付款。", ("look_alike", "error")),
        ("乙方\u2f00概不负责。", ("look_alike", "warning")),
        ("\uf9be方不负责。", ("look_alike", "warning")),
        ("按二者中的ー项计算。", ("look_alike", "warning")),
    ],
)
def test_what_is_told(words: str, finding: tuple[str, str] | None) -> None:
    """Each kind once, at its severity."""
    if finding is None:
        return
    assert found(words) == [finding]


@pytest.mark.parametrize(
    "words",
    [
        "乙方不承担责任，违约金100元，税率６％，见 https://example.com/A10。",
        "使用 OpenAPI、IPv6、OAuth2.0、SQL 与 O2O 平台；CPU 为 Intel i10 个。",
        "第①项、№5、㎡、Ⅲ级、α 版、β 测试、μs、Ω。",
        "サーバー与カード由乙方提供，コピー一份。",
        "naïve、café、Zürich、ＡＰＩ、Ａ座。",
        "二〇二六年，二○二六年，O 型，l 升，10 GB，1Gbps。",
        "Привет 一词为俄文；Ελλάδα 为希腊文。",
        "面积 10㎡，温度 20℃，👨‍👩‍👧 为表情。",
    ],
)
def test_ordinary_words_are_not(words: str) -> None:
    """Other languages, units, names of products, enumerations."""
    assert [one for one in found(words) if one != ("hidden_character", "info")] == []


def test_many_in_one_clause_are_told_once() -> None:
    """With their count, at the first of them."""
    document = parse_bytes("1.1 违\u200b约\u200b金\u200b一万元。\n".encode(), name="a.md")
    (one,) = [one for one in lint(document).findings if one.kind == "hidden_character"]
    assert "共 3 处" in one.text
    assert document.source[one.span.start : one.span.end] == "\u200b"
