"""The format is told by the content, then by the ending; what no reader knows is refused with the cure."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus.errors import UnreadableTerms
from corpus.readers.formats import Format, ending_of, format_of_bytes, format_of_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def package(*members: str) -> bytes:
    """Make a ZIP with empty members of these names."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for member in members:
            archive.writestr(member, "")
    return written.getvalue()


@pytest.mark.parametrize("name", ["a.docx", "a.md", "a.pdf", "a"])
def test_word_is_told_by_its_main_part(name: str) -> None:
    """A package with `word/document.xml` is a Word file under any name."""
    assert format_of_bytes(package("[Content_Types].xml", "word/document.xml"), name=name) is Format.WORD


@pytest.mark.parametrize("start", [b"", b"\r\n", b"\xef\xbb\xbf", b"\x00"])
def test_pdf_is_told_by_its_first_bytes(start: bytes) -> None:
    """White space and a byte order mark before `%PDF-` do not matter."""
    assert format_of_bytes(start + b"%PDF-1.7\n", name="a.md") is Format.PDF


def test_text_about_pdf_is_text() -> None:
    """Only at the start does `%PDF-` say PDF."""
    assert format_of_bytes("说明：%PDF-1.7".encode(), name="a.txt") is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (OLE + b"\x00" * 512, "旧版 Office 文件（.doc），请用 Word 或 WPS 打开后另存为 .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码，请去掉密码"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "OCR"),
        (b"\xff\xd8\xff\xe0", "OCR"),
        (b"Rar!\x1a\x07\x00", "解压"),
        (b"\x1f\x8b\x08", "解压"),
        (package("Index/Document.iwa"), "解压"),
        (package("xl/workbook.xml"), "Excel"),
        (package("ppt/presentation.xml"), "PowerPoint"),
        (package("mimetype", "content.xml"), "OpenDocument"),
        (b"PK\x03\x04 and no directory", "不完整或已损坏"),
    ],
)
def test_foreign_formats_are_refused_with_the_cure(data: bytes, words: str) -> None:
    """The one line says what the file is and what to do."""
    with pytest.raises(UnreadableTerms) as refused:
        format_of_bytes(data, name="条款.doc")
    assert words in refused.value.reason
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("<!DOCTYPE html><p>甲</p>", "a.md", Format.HTML),
        ("\ufeff\n<?xml version='1.0'?><!-- 存 --><html>甲", "a.txt", Format.HTML),
        ("<p>甲</p><p>乙</p>", "a", Format.HTML),
        ("<p>甲</p>", "a.html", Format.HTML),
        ("# 协议\n\n<p>甲</p><p>乙</p>", "a.md", Format.MARKDOWN),
        ("**一、定义**\n\n**二、服务**", "a.txt", Format.MARKDOWN),
        ("# 协议\n\n## 定义", "a.html", Format.MARKDOWN),
        ("一、定义\n\n二、服务 2*3*4", "a.txt", Format.TEXT),
        ("一、定义", "a", Format.MARKDOWN),
        ("一、定义", "a.MD", Format.MARKDOWN),
    ],
)
def test_text_formats(text: str, name: str, expected: Format) -> None:
    """Tags, headings and bold words outweigh a wrong ending."""
    assert format_of_text(text, name=name) is expected


def test_web_archives_are_refused() -> None:
    """MHT holds its page encoded; browsers can save the page alone."""
    text = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"\r\n'
    with pytest.raises(UnreadableTerms, match="MHT"):
        format_of_text(text, name="a.mht")


@pytest.mark.parametrize(
    ("name", "ending"), [("a.MD", ".md"), ("a.b.docx", ".docx"), ("a", ""), (".txt", ""), ("", ""), ("a.", ".")]
)
def test_endings(name: str, ending: str) -> None:
    """The ending is what follows the last point of a name that has something before it."""
    assert ending_of(name) == ending
