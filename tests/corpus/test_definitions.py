"""Defined terms, with the place where they are defined."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import load
from corpus.loading import assemble
from corpus.readers.markdown import read_markdown

WEIDIANYUN = Path(__file__).resolve().parents[2] / "corpus/documents/weidianyun.md"


def terms(source: str) -> list[str]:
    document = assemble(read_markdown(source), doc_id="d", title="", sha256="")
    for definition in document.definitions:
        assert document.source[definition.span.start : definition.span.end] == definition.term
    return [definition.term for definition in document.definitions]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("乙方提供的产品（简称“项目产品”）归乙方所有。", ["项目产品"]),
        ("乙方提供的产品（以下简称“项目产品”或“产品”）归乙方所有。", ["项目产品", "产品"]),
        ("电子服务（以下合称：“服务”）按月收费。", ["服务"]),
        ("公司（下称平台）提供服务。", ["平台"]),
        ("产品（以下简称“\t”）归乙方所有。", []),
        ("“保密信息”是指一方提供的资料。", ["保密信息"]),
        ("1.1 “服务”指：云服务。", ["服务"]),
        ("1.1 甲方：指使用服务的用户。", ["甲方"]),
        ("用户：系指注册的人。", ["用户"]),
        ("上述资料都被认为是保密信息。", ["保密信息"]),
        ("以上统称为“个人信息”，受本政策保护。", ["个人信息"]),
        ("**用户**：指注册的人。", ["用户"]),
        ("“用户”：是指注册的人。", ["用户"]),
        ("出售商品的一方被称为“卖家”。", ["卖家"]),
        ("本网站（简称”本站“）由公司运营。", ["本站"]),
        ("1. 内容数据是指您上传的数据。", ["内容数据"]),
        ("使用公司名称（全称或简称）、商标的，应当取得同意。", []),
        ("本公司（以下简称“本公司或某某云”）负责运营。", ["本公司", "某某云"]),
        ("1. 本协议所称不可抗力是指地震。", ["不可抗力"]),
        ("1. 此类数据主要是指日志。", []),
        ("1. 产品与/或服务是指网站。", ["产品与/或服务"]),
        ("请见《隐私政策》。", []),
        ("双方应当遵守本协议（包括附件）。", []),
        ("（以下简称“您”）", ["您"]),
    ],
)
def test_terms_are_found_where_they_are_defined(source: str, expected: list[str]) -> None:
    """A term in quotation marks, in brackets, before 指 or after 被认为是; titles and asides are no terms."""
    assert terms(source) == expected


def test_weidianyun() -> None:
    """The terms of 微电云, in document order, each with its clause."""
    document = load(WEIDIANYUN)
    found = [(item.term, item.clause_id.removeprefix("weidianyun#")) for item in document.definitions]
    assert found == [
        ("京东云", "p1"), ("微电云", "p1"), ("甲方", "1.1"), ("您", "1.1"), ("乙方", "1.2"), ("项目产品", "7.2"),
        ("保密信息", "8.1"), ("其他相关人员", "9/p1"), ("不可抗力", "11.2"), ("意外事件", "11.2"),
    ]  # fmt: skip
