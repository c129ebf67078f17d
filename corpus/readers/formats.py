"""Which format a file has: by its content first, by its ending where the content does not say."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from corpus.errors import UnreadableTerms


class Format(StrEnum):
    """A format that a reader knows."""

    MARKDOWN = "markdown"
    HTML = "html"
    TEXT = "text"
    WORD = "word"
    PDF = "pdf"


WORD_DOCUMENT = "word/document.xml"
"""The part that makes a package a Word file (ISO/IEC 29500-2, as Word and WPS write it)."""

_SAVE_AS_DOCX = "请用 Word 或 WPS 打开后另存为 .docx"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = (
    (b"{\\rtf", f"这是 RTF 文件，{_SAVE_AS_DOCX}"),
    (b"\x89PNG", "这是图片，里面没有文字，请先做文字识别（OCR），或提供原文件"),
    (b"\xff\xd8\xff", "这是图片，里面没有文字，请先做文字识别（OCR），或提供原文件"),
    (b"GIF8", "这是图片，里面没有文字，请先做文字识别（OCR），或提供原文件"),
    (b"Rar!\x1a\x07", "这是压缩包，请先解压，再提供里面的条款文件"),
    (b"7z\xbc\xaf\x27\x1c", "这是压缩包，请先解压，再提供里面的条款文件"),
    (b"\x1f\x8b", "这是压缩包，请先解压，再提供里面的条款文件"),
)
_PACKAGES = (
    ("xl/workbook.xml", "这是 Excel 表格，请把条款另存为 .docx、.pdf 或 .txt"),
    ("ppt/presentation.xml", "这是 PowerPoint 演示文稿，请把条款另存为 .docx、.pdf 或 .txt"),
    ("content.xml", f"这是 OpenDocument 文件，{_SAVE_AS_DOCX}"),
    ("META-INF/container.xml", "这是 EPUB 电子书，请把条款另存为 .html 或 .docx"),
)
_BY_ENDING = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
}
_HTML_START = re.compile(
    r"[\s\ufeff]*(?:<\?xml[^>]{0,200}\?>\s*|(?><!--.{0,5000}?-->)\s*){0,20}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAG = re.compile(r"</(?:p|div|span|li|h[1-6]|table|td|body|html|b|strong|font|section)\s*>|<br\b", re.IGNORECASE)
_HTML_FRAGMENT = re.compile(
    r"[\s\ufeff]*<(?:p|div|table|ul|ol|h[1-6]|section|article|meta|title|style|span)\b", re.IGNORECASE
)
_MARKDOWN_SIGN = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+\S|\*\*[^*\r\n]+\*\*|^\|?[ ]*:?-{3,}:?[ ]*\|", re.MULTILINE)
_WEB_ARCHIVE = re.compile(
    r"(?:[A-Za-z-]{1,40}:[^\r\n]{0,2000}\r?\n[ \t]*){0,30}Content-Type:\s*multipart/related", re.IGNORECASE
)
_SIGNS = 2
"""So many Markdown headings, bold words or table rules make a text file Markdown."""


def format_of_bytes(data: bytes, *, name: str) -> Format | None:
    """Tell Word and PDF by their first bytes; None for what can only be text.

    Raises UnreadableTerms for formats that no reader knows, with the cure.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _format_of_package(data, name)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableTerms(name, "Word 文件设有打开密码，请去掉密码后再提供")
        raise UnreadableTerms(name, f"这是旧版 Office 文件（.doc），{_SAVE_AS_DOCX}")
    for start, reason in _FOREIGN:
        if data.startswith(start):
            raise UnreadableTerms(name, reason)
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if head.startswith(b"%PDF-") or (ending_of(name) == ".pdf" and b"%PDF-" in head):
        return Format.PDF
    return None


def format_of_text(text: str, *, name: str) -> Format:
    """Tell Markdown, HTML and plain text apart; a wrong ending is survived."""
    if _WEB_ARCHIVE.match(text):
        raise UnreadableTerms(name, "这是 MHT 网页存档，请在浏览器里另存为“网页，仅 HTML”")
    if "<?mso-application" in text[:1000]:
        raise UnreadableTerms(name, f"这是 Word XML 文件，{_SAVE_AS_DOCX}")
    if ending_of(name) == ".pdf" and "endobj" in text:
        raise UnreadableTerms(name, "PDF 文件不完整或已损坏，请重新下载，或重新导出一份")
    if _HTML_START.match(text):
        return Format.HTML
    named = _BY_ENDING.get(ending_of(name))
    if named is Format.MARKDOWN:
        return named
    tags = len(_HTML_TAG.findall(text))
    if named is Format.HTML and tags:
        return Format.HTML
    if tags >= _SIGNS and _HTML_FRAGMENT.match(text):
        return Format.HTML
    signs = tags + sum(1 for _ in zip(_MARKDOWN_SIGN.finditer(text), range(_SIGNS), strict=False))
    if signs >= _SIGNS or named is None:
        return Format.MARKDOWN
    return Format.TEXT


def ending_of(name: str) -> str:
    """Return the ending of a file name, lower case, with its point; empty when there is none."""
    stem, point, ending = name.rpartition(".")
    return f".{ending.lower()}" if point and stem else ""


def _format_of_package(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError) as error:
        raise UnreadableTerms(name, "文件不完整或已损坏（压缩结构读不出来），请重新下载或另存一份") from error
    if WORD_DOCUMENT in members:
        return Format.WORD
    for member, reason in _PACKAGES:
        if member in members:
            raise UnreadableTerms(name, reason)
    raise UnreadableTerms(name, "这是压缩包，请先解压，再提供里面的条款文件")
