"""Bytes to text: UTF-8, UTF-16 with its mark, GB18030; binary and empty files are refused.

The text keeps every character of the file, line ends included; only the byte order mark is left out.
"""

from __future__ import annotations

import codecs
import re

from corpus.errors import UnreadableTerms

MAX_BYTES = 64 * 1024 * 1024
"""Bytes of one file that are read at most."""
GB18030_NOTE = "文件不是 UTF-8 编码，已按 GB18030（GBK）读取。"
"""Told with a document that was read so."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd]")
"""Private use and replacement characters: what GB18030 makes of bytes that are no text."""


def decode(data: bytes, *, place: str) -> tuple[str, tuple[str, ...]]:
    """Return the text and what a person should know of the reading.

    Raises UnreadableTerms for empty and binary data, and for more than `MAX_BYTES`.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableTerms(place, f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请拆成几份再读")
    text, notes = _decoded(data, place)
    if not text.strip("\ufeff\u200b \t\r\n\u3000\xa0"):
        raise UnreadableTerms(place, "文件是空的，里面没有文字")
    odd = len(_CONTROL.findall(text)) + len(_ODD.findall(text))
    if "\x00" in text or odd * 100 > len(text):
        raise UnreadableTerms(place, "这不是文本文件（二进制内容），请提供 .md .txt .html .docx 或 .pdf")
    return text, notes


def _decoded(data: bytes, place: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), ()
            except UnicodeDecodeError as error:
                raise UnreadableTerms(place, f"文件开头标明是 {encoding}，内容却不是，文件可能已损坏") from error
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030"), (GB18030_NOTE,)
    except UnicodeDecodeError as error:
        raise UnreadableTerms(place, "文字编码无法识别（不是 UTF-8，也不是 GB18030），请另存为 UTF-8") from error
