"""From bytes to blocks: the format is told by the content, then its reader takes over.

The readers of Word, PDF and HTML are imported when such a file comes: their libraries load for 0.2 seconds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import UnreadableTerms
from corpus.readers.decode import decode
from corpus.readers.formats import Format, ending_of, format_of_bytes, format_of_text
from corpus.readers.limits import limits
from corpus.readers.markdown import read_markdown
from corpus.readers.plain import read_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.types import Extract


def read(data: bytes, *, name: str) -> Extract:
    """Read the bytes of one file called `name`.

    Raises UnreadableTerms when the format is not known, or the file is empty, damaged, protected or too large.
    """
    if len(data) > limits().file_bytes:
        raise UnreadableTerms(name, too_large())
    binary = format_of_bytes(data, name=name)
    if binary is Format.WORD:
        from corpus.readers.word.document import read_word  # noqa: PLC0415

        return read_word(data, name=name)
    if binary is Format.PDF:
        from corpus.readers.pdf.document import read_pdf  # noqa: PLC0415

        return read_pdf(data, name=name)
    text, notes = _decoded(data, name)
    extract = _reader_of(format_of_text(text, name=name))(text)
    if not extract.blocks:
        raise UnreadableTerms(name, "文件里没有可读的文字（只有标记、空白或隐藏内容）")
    return replace(extract, notes=(*notes, *extract.notes))


def _reader_of(kind: Format) -> Callable[[str], Extract]:
    """Choose the reader of a text; that of pages is imported when one comes."""
    if kind is Format.HTML:
        from corpus.readers.web.page import read_html  # noqa: PLC0415

        return read_html
    return read_markdown if kind is Format.MARKDOWN else read_plain


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Decode what is neither Word nor PDF; where the ending promised one of them, that is the complaint."""
    try:
        return decode(data, place=name)
    except UnreadableTerms as error:
        promised = {".docx": "Word", ".doc": "Word", ".pdf": "PDF"}.get(ending_of(name))
        if promised is None or not data:
            raise
        reason = f"内容不是 {promised} 文件（扩展名写错，或文件已损坏），请重新下载或另存一份"
        raise UnreadableTerms(name, reason) from error


def too_large() -> str:
    """Say in Chinese that a file is too large, and what to do."""
    return f"文件超过 {limits().file_bytes // 1024 // 1024} MB，请拆成几份再读"
