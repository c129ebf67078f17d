"""Markdown terms as blocks: headings, paragraphs, list items and table rows, each with its place in the file.

Terms are written by people who look at the page and not at CommonMark, so this reader keeps what an author meant
(`##标题` is a heading, five spaces before `1.1` are layout and no code block) and notes where a renderer would not
show it. Lines that only carry markup (`<br/>`, rules, fences) belong to the block before them, so that no line is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.numbering import read_label
from corpus.readers.inline import read_inline
from corpus.types import Block, Extract, Run, Span

_INVISIBLE = " \t\r\n\u200b\u200c\u200d\u2060\ufeff\xa0\u3000\u2002\u2003\u2009"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_HEADING = re.compile(r"[ ]{0,3}(?P<marks>#{1,6})(?!#)[ \t]*(?P<text>.*?)[ \t]*(?:[ \t]#+[ \t]*)?$")
_SETEXT = re.compile(r"[ ]{0,3}(?:(=)+|(-){2,})[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})[^`]*$")
_TABLE_DELIMITER = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*){0,200}\|?[ \t]*$")
_QUOTE = re.compile(r"[ ]{0,3}(?:>[ ]?)+")
_BULLET = re.compile(r"(?P<indent>[ \t\u3000]*)(?P<mark>[-*+•●○◆■□▪·])(?:[ \t]+|(?<=[•●○◆■□▪·]))(?=[^ \t\r\n])")
_ORDERED = re.compile(r"[ ]*\d{1,9}[.)][ \t]+")
_ENDS_SENTENCE = re.compile(r"(?:[。；;：:！!？?…]|\.)[”’\"'）)》*_~\s]*$|(?:<br\s*/?>|\\|[ ]{2,})\s*$", re.IGNORECASE)
_MARKUP_ONLY = re.compile(
    r"(?:\s|[\u200b-\u200d\u2060\ufeff]|&nbsp;|</?[A-Za-z][^<>]{0,1000}>|<!--.{0,10000}?-->)*$", re.DOTALL
)
_WHOLE_BOLD = re.compile(r"\s*\*\*[^*]+\*\*\s*$")


@dataclass(slots=True)
class _Open:
    """A block that is being read."""

    start: int
    end: int
    first: int
    last: int
    level: int = 0
    bullet: bool = False
    code: bool = False


def read_markdown(source: str) -> Extract:
    """Read Markdown; never fails, whatever the text. Linear in its length."""
    return Extract(source=source, blocks=tuple(_Reader(source).read()))


class _Reader:
    """Walks over the lines once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self._open: _Open | None = None
        self._orphans: int | None = None  # first markup-only line before any block
        self._tables = 0
        self._in_table = False
        self._fence: str | None = None
        self._list_indent = 0
        self._after_blank = True

    def read(self) -> list[Block]:
        lines = _split_lines(self.source)
        for number, (start, end) in enumerate(lines, start=1):
            self._line(start, end, number, lines[number] if number < len(lines) else None)
        self._close()
        return self.blocks

    def _line(self, start: int, end: int, number: int, following: tuple[int, int] | None) -> None:
        text = self.source[start:end]
        if not text.strip():
            self._close()
            self._in_table = False
            self._after_blank = True
            return
        if self._fenced(text, number):
            return
        if self._fence is None and self._structural(text, start, end, number, following):
            self._after_blank = False
            return
        self._paragraph(text, start, end, number)
        self._after_blank = False

    def _fenced(self, text: str, number: int) -> bool:
        match = _FENCE.match(text)
        if match is None or (self._fence is not None and not match.group(1).startswith(self._fence)):
            return False
        self._close()
        self._fence = match.group(1) if self._fence is None else None
        self._attach(number)
        return True

    def _structural(self, text: str, start: int, end: int, number: int, following: tuple[int, int] | None) -> bool:
        """Headings, rules, tables and lines without visible text; False for anything else."""
        if self._table_row(text, start, end, number, following):
            return True
        if self._open is not None and self._open.level == 0 and (setext := _SETEXT.match(text)):
            if self._open.first == self._open.last and not self._in_table:
                self._open.level = 1 if setext.group(1) else 2
            self._open.last = number
            self._close()
            return True
        if _RULE.match(text) or _MARKUP_ONLY.match(text):
            self._close()
            self._attach(number)
            return True
        heading = _HEADING.match(text)
        if heading and (heading.group("text") or len(heading.group("marks")) < 6):
            self._close()
            level = len(heading.group("marks"))
            self._begin(start + heading.start("text"), start + heading.end("text"), number, level=level)
            self._close()
            return True
        return False

    def _table_row(self, text: str, start: int, end: int, number: int, following: tuple[int, int] | None) -> bool:
        if "|" not in text:
            self._in_table = False
            return False
        if self._in_table:
            if _TABLE_DELIMITER.match(text):
                self._attach(number)
            else:
                self._row(start, end, number)
            return True
        below = self.source[following[0] : following[1]] if following else ""
        if "|" not in below or "-" not in below or not _TABLE_DELIMITER.match(below.rstrip("\r\n")):
            return False
        self._close()
        self._in_table = True
        self._tables += 1
        self._row(start, end, number)
        return True

    def _row(self, start: int, end: int, number: int) -> None:
        """One row: cells joined by a tab, the pipes themselves are markup."""
        runs: list[Run] = []
        for cell_start, cell_end in _cells(self.source, start, end):
            cell = trim(read_inline(self.source, cell_start, cell_end))
            if not cell:
                continue
            if runs:
                runs.append(Run(Span(cell_start, cell_start), "\t"))
            runs.extend(cell)
        self._emit(tuple(runs), (number, number), table=self._tables)

    def _paragraph(self, text: str, start: int, end: int, number: int) -> None:
        indent = len(text) - len(text.lstrip(" "))
        quote = _QUOTE.match(text)
        content = start + (quote.end() if quote else 0)
        bullet = _BULLET.match(self.source, content, end)
        if bullet and not _RULE.match(text):
            self._close()
            self._list_indent = bullet.end() - start
            hidden = bullet.group("mark") in "-*+"
            self._begin(bullet.end() if hidden else bullet.start("mark"), end, number, bullet=True)
            return
        if self._open is not None and not self._starts_block(self.source[content:end]):
            self._open.end, self._open.last = end, number
            return
        self._close()
        ordered = _ORDERED.match(text)
        code = self._after_blank and indent >= self._list_indent + 4
        if ordered and not code:
            self._list_indent = ordered.end()
        elif indent == 0 and self._after_blank:
            self._list_indent = 0
        self._begin(content, end, number, code=code)

    def _starts_block(self, text: str) -> bool:
        """Whether a line directly below another is a paragraph of its own instead of its continuation."""
        assert self._open is not None
        if self._fence is not None:
            return True
        above = self.source[max(self._open.start, self._open.end - 200) : self._open.end].rstrip("\r\n")
        if _ENDS_SENTENCE.search(above):
            return True
        plain = text.lstrip(_INVISIBLE + "*_").lstrip(_INVISIBLE)
        label = read_label(plain)
        if label is not None and not label.doubtful:
            return True
        before = self.source[self._open.start : self._open.end][:400]
        return bool(_WHOLE_BOLD.match(text[:400]) or _WHOLE_BOLD.match(before))

    def _begin(  # noqa: PLR0913 - the facts of a block
        self, start: int, end: int, number: int, *, level: int = 0, bullet: bool = False, code: bool = False
    ) -> None:
        self._open = _Open(start, end, number, number, level=level, bullet=bullet, code=code)

    def _close(self) -> None:
        """End the open block and hand it over, or attach its lines to the block before when nothing is visible."""
        block, self._open = self._open, None
        if block is None:
            return
        runs = read_inline(self.source, block.start, block.end, code=block.code)
        self._emit(runs, (block.first, block.last), level=block.level, bullet=block.bullet)

    def _emit(
        self, runs: tuple[Run, ...], lines: tuple[int, int], *, level: int = 0, table: int = 0, bullet: bool = False
    ) -> None:
        visible = trim(runs)
        if not visible:
            self._attach(*lines)
            return
        first = lines[0] if self._orphans is None else self._orphans
        self._orphans = None
        self.blocks.append(
            Block(
                span=Span(visible[0].span.start, visible[-1].span.end),
                runs=visible,
                heading_level=level,
                table=table,
                bullet=bullet,
                lines=(first, lines[1]),
            )
        )

    def _attach(self, first: int, last: int | None = None) -> None:
        """Give lines that only carry markup to the block before them, or to the first block of the file."""
        last = first if last is None else last
        if not self.blocks:
            self._orphans = first if self._orphans is None else self._orphans
            return
        block = self.blocks[-1]
        assert block.lines is not None
        self.blocks[-1] = replace(block, lines=(block.lines[0], last))


def _split_lines(source: str) -> list[tuple[int, int]]:
    """Offsets of each line without its end; CR, LF and CRLF end a line, nothing else does."""
    lines: list[tuple[int, int]] = []
    position = 0
    while position < len(source):
        match = _LINE.match(source, position)
        assert match is not None
        text = match.group()
        lines.append((position, position + len(text.rstrip("\r\n") if text.endswith(("\r", "\n")) else text)))
        position = match.end()
    return lines


def _cells(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of a row's cells; a pipe after a backslash is a character of the cell."""
    cells: list[tuple[int, int]] = []
    cell = start
    for position in range(start, end):
        if source[position] == "|" and source[position - 1] != "\\":
            cells.append((cell, position))
            cell = position + 1
    cells.append((cell, end))
    return cells


def trim(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Take invisible characters off both ends."""
    kept = list(runs)
    while kept and not kept[0].text.strip(_INVISIBLE):
        kept.pop(0)
    while kept and not kept[-1].text.strip(_INVISIBLE):
        kept.pop()
    if not kept:
        return ()
    first = kept[0]
    cut = len(first.text) - len(first.text.lstrip(_INVISIBLE))
    if cut and len(first.span) == len(first.text):
        kept[0] = Run(Span(first.span.start + cut, first.span.end), first.text[cut:], first.marks)
    last = kept[-1]
    keep = len(last.text.rstrip(_INVISIBLE))
    if keep < len(last.text) and len(last.span) == len(last.text):
        kept[-1] = Run(Span(last.span.start, last.span.start + keep), last.text[:keep], last.marks)
    return tuple(kept)
