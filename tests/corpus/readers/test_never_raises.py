"""Whatever the bytes: a document whose parts stand where they say, or one clear refusal; nothing else is raised."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableTerms
from corpus.loading import load, parse_bytes
from corpus.readers.read import read
from tests.corpus.readers.checks import check_extract
from tests.corpus.readers.pdf_files import Words, column, pdf_file, rule
from tests.corpus.readers.word_files import level, lists, numbered, p, r, row, table, word_file

CALM = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=150)
NAMES = st.sampled_from(["a.md", "a.txt", "a.html", "a.docx", "a.pdf", "a.doc", "a", ".md", "条款.MD"])
WORD = word_file(
    numbered("定义") + numbered("甲方：用户。", 1)
    + p(runs=r("乙方", "<w:b/>") + f"<w:ins>{r('不')}</w:ins>" + r("承担责任。"))
    + table(row(p("可用性"), p("赔偿")), row(p("99%"), p("10%"))) + p("完", style="Heading1"),
    numbering=lists(level(0, "chineseCounting", "第%1条"), level(1, "decimal", "%1.%2")),
)  # fmt: skip
PDF = pdf_file(
    [
        Words("服务协议", 200, 800, 20),
        *column(["第一条 甲方应付款。", "第二条 乙方不承担责任。"], y=740),
        rule(60, 737, 60),
    ],
    [*column(["第三条 免责。"], font="SimHei")],
)
HEADS = (
    b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<!doctype html>", b"\xff\xfe", b"{\\rtf1", b"",
)  # fmt: skip


def check_read(data: bytes, name: str) -> None:
    """Read, check what was read, or check the refusal."""
    refused: UnreadableTerms | None = None
    try:
        check_extract(read(data, name=name))
    except UnreadableTerms as error:
        refused = error
    assert refused is None or re.fullmatch(f"{re.escape(name)}：.*[\u4e00-\u9fff].*", str(refused))


@CALM
@given(st.sampled_from(HEADS), st.binary(max_size=400), NAMES)
@example(b"", b"", "a")
@example(b"", b"\x00", "a.docx")
@example(b"\xff\xfe", b"f\t\x000", "a.md")  # a digit of another script
def test_any_bytes(head: bytes, tail: bytes, name: str) -> None:
    """Random bytes behind the first bytes of every format."""
    check_read(head + tail, name)


@CALM
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030", "cp950"]), NAMES)
def test_any_text_in_any_encoding(text: str, encoding: str, name: str) -> None:
    """Any text under any name."""
    check_read(text.encode(encoding, errors="ignore"), name)


@CALM
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=20), st.integers(1, 10**6))
def test_damaged_pdf_files(changes: list[tuple[int, int]], keep: int) -> None:
    """Bytes changed anywhere, and the end cut off."""
    data = bytearray(PDF)
    for place, value in changes:
        data[place % len(data)] = value
    check_read(bytes(data[: max(keep, len(data) // 2)]), "a.pdf")


@CALM
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=20), st.integers(1, 10**6))
def test_damaged_word_files(changes: list[tuple[int, int]], keep: int) -> None:
    """Bytes of the package changed anywhere, and the end cut off."""
    data = bytearray(WORD)
    for place, value in changes:
        data[place % len(data)] = value
    check_read(bytes(data[: max(keep, len(data) // 2)]), "a.docx")


def _parts(member: str) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(WORD)) as package:
        return re.split(rb"(<[^>]*>)", package.read(member))


MEMBERS = {member: _parts(member) for member in ("word/document.xml", "word/numbering.xml", "word/styles.xml")}


@CALM
@given(st.sampled_from(sorted(MEMBERS)), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=8))
def test_word_files_with_parts_in_the_wrong_place(member: str, moves: list[tuple[int, int]]) -> None:
    """Tags and words copied over others: broken XML, and sound XML that no Word would write."""
    parts = list(MEMBERS[member])
    for source, target in moves:
        parts[target % len(parts)] = parts[source % len(parts)]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as package, zipfile.ZipFile(out, "w") as written:
        for name in package.namelist():
            written.writestr(name, b"".join(parts) if name == member else package.read(name))
    check_read(out.getvalue(), "a.docx")


def test_deep_nesting_is_refused_or_read() -> None:
    """A thousand tables inside one another, ten thousand divisions."""
    deep = "<w:tbl><w:tr><w:tc>" * 300 + p("甲") + "</w:tc></w:tr></w:tbl>" * 300
    check_read(word_file(deep), "a.docx")
    check_read(("<div>" * 10_000 + "甲").encode(), "a.html")
    check_read(("<table><tr><td>" * 3_000 + "甲").encode(), "a.html")


def test_a_wrong_ending_is_survived() -> None:
    """The content says what a file is, whatever its name."""
    for name in ("a.md", "a.txt", "a.html", "a.pdf", "a.docx", "a"):
        assert [clause.label for clause in parse_bytes(PDF, name=name).clauses][1:3] == ["第一条", "第二条"]
        assert parse_bytes(WORD, name=name).clauses[0].label == "第一条"
        page = b"<!doctype html><h1>\xe5\x8d\x8f\xe8\xae\xae</h1>"
        assert parse_bytes(page, name=name).clauses[0].text == "协议"
        assert parse_bytes("# 协议\n\n**1.** 甲方\n\n## 费用".encode(), name=name).clauses[0].text == "协议"


@pytest.mark.parametrize("name", ["missing.md", "folder"])
def test_what_cannot_be_opened_is_refused(tmp_path, name: str) -> None:
    """A missing file and a folder are refused like any other."""
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnreadableTerms):
        load(tmp_path / name)
