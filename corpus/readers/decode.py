"""Bytes to text: UTF-8, UTF-16 with its mark, GB18030, Big5; binary and empty files are refused.

The text keeps every character of the file, line ends included; only the byte order mark is left out.
"""

from __future__ import annotations

import codecs
import re

from corpus.errors import UnreadableTerms

GB18030_NOTE = "文件不是 UTF-8 编码，已按 GB18030（GBK）读取。"
"""Told with a document that was read so."""
BIG5_NOTE = "文件不是 UTF-8 编码，已按 Big5（繁体中文）读取。"
"""Told with a document that was read so."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd]")
"""Private use and replacement characters: what GB18030 makes of bytes that are no text."""
_COMMON = re.compile(
    "[的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對能而得于於下自之年"
    "服务務条條款用户戶方协協议議本网網您将將应應责責任权權利法律]"
)
"""Frequent characters, simplified and traditional: text read in the right encoding is full of them."""
_SAMPLE = 200_000
"""Characters that the choice of an encoding looks at."""


def decode(data: bytes, *, place: str) -> tuple[str, tuple[str, ...]]:
    """Return the text and what a person should know of the reading.

    Raises UnreadableTerms for empty and binary data.
    """
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
        return _decoded_without_mark(data, place)


def _decoded_without_mark(data: bytes, place: str) -> tuple[str, tuple[str, ...]]:
    """Choose among UTF-8 with a few damaged bytes, GB18030 and Big5 by how familiar the text looks."""
    damaged = data.decode("utf-8", errors="replace")
    lost = damaged.count("\ufffd")
    readings = [
        (text, (note,))
        for encoding, note in (("gb18030", GB18030_NOTE), ("cp950", BIG5_NOTE))
        if (text := _strictly(data, encoding)) is not None
    ]
    if lost <= max(2, len(damaged) // 200):
        readings.append((damaged, (f"文件有 {lost} 处损坏的字节，读成了“\ufffd”，请与原件核对。",)))
    if not readings:
        raise UnreadableTerms(place, "文字编码无法识别（不是 UTF-8，也不是 GB18030），请另存为 UTF-8")
    first, *others = readings
    for other in others:  # a later reading must be clearly the better one
        if _familiarity(other[0]) > max(0.05, 2 * _familiarity(first[0])):
            first = other
    return first


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _familiarity(text: str) -> float:
    """Share of frequent characters among those that are not ASCII."""
    sample = re.sub(r"[\x00-\x7f]+", "", text[:_SAMPLE])
    return len(_COMMON.findall(sample)) / len(sample) if sample else 0.0
