"""From bytes to blocks: the format is told by the content, then its reader takes over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import UnreadableTerms
from corpus.readers.decode import decode
from corpus.readers.formats import Format, format_of_bytes, format_of_text
from corpus.readers.limits import LIMITS
from corpus.readers.markdown import read_markdown
from corpus.readers.pdf.document import read_pdf
from corpus.readers.plain import read_plain
from corpus.readers.web.page import read_html
from corpus.readers.word.document import read_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.types import Extract

_READERS: dict[Format, Callable[[str], Extract]] = {
    Format.MARKDOWN: read_markdown,
    Format.HTML: read_html,
    Format.TEXT: read_plain,
}


def read(data: bytes, *, name: str) -> Extract:
    """Read the bytes of one file called `name`.

    Raises UnreadableTerms when the format is not known, or the file is empty, damaged, protected or too large.
    """
    if len(data) > LIMITS.file_bytes:
        raise UnreadableTerms(name, too_large())
    binary = format_of_bytes(data, name=name)
    if binary is Format.WORD:
        return read_word(data, name=name)
    if binary is Format.PDF:
        return read_pdf(data, name=name)
    text, notes = decode(data, place=name)
    extract = _READERS[format_of_text(text, name=name)](text)
    if not extract.blocks:
        raise UnreadableTerms(name, "文件里没有可读的文字（只有标记、空白或隐藏内容）")
    return replace(extract, notes=(*notes, *extract.notes))


def too_large() -> str:
    """Say in Chinese that a file is too large, and what to do."""
    return f"文件超过 {LIMITS.file_bytes // 1024 // 1024} MB，请拆成几份再读"
