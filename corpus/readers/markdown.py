"""Markdown terms as blocks: headings, paragraphs, list items and table rows, each with its place in the file.

Terms are written by people who look at the page and not at CommonMark, so this reader keeps what an author meant
(`##标题` is a heading, five spaces before `1.1` are layout and no code block) and notes where a renderer would not
show it. Lines that only carry markup (`<br/>`, rules, fences) belong to the block before them, so that no line is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.readers.inline import TAG, read_inline
from corpus.readers.line_breaks import WINDOW, NumbersSoFar, begins_block
from corpus.readers.runs import between, trim
from corpus.readers.spanning_bold import Stretch, spanning_pairs
from corpus.types import Block, Extract, Run, Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_HEADING = re.compile(
    r"[\ufeff\u200b]{0,3}[ ]{0,3}(?P<marks>#{1,6})(?!#)(?P<gap>[ \t\u3000\xa0]*)(?P<text>.*?)[ \t]*(?:[ \t]#+[ \t]*)?$"
)
_ATTRIBUTES = re.compile(r"[ \t]*\{(?=[:#.])[^{}\r\n]{1,200}\}[ \t]*$")
"""What pandoc, kramdown and DITA write behind a heading, `{#refunds .concept}`: it names the place and is not shown."""
_HASH_TAG = re.compile(r"[^#\s]{1,30}#")
_SETEXT = re.compile(r"[ ]{0,3}(?:(=)+|(-){2,})[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})[^`]*$")
_TABLE_DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*){0,200}\|?[ \t]*$")
_EMPTY_QUOTE = re.compile(r"[ ]{0,3}(?:>[ \t]?)+[ \t]*$")
_QUOTE = re.compile(r"[ ]{0,3}(?:>[ ]?)+")
_BULLET = re.compile(r"(?P<indent>[ \t\u3000]*)(?P<mark>[-*+•●○◆■□▪·])(?:[ \t]+|(?<=[•●○◆■□▪·]))(?=[^ \t\r\n])")
_ORDERED = re.compile(r"[ ]*\d{1,9}[.)][ \t]+")
_MARKUP_ONLY = re.compile(rf"(?:\s|[\u200b-\u200d\u2060\ufeff]|&nbsp;|{TAG}|<!--.{{0,10000}}?-->)*$", re.DOTALL)
_HIDDEN = re.compile(r"[ ]{0,3}<(?:(!--)|(style|script)\b)", re.IGNORECASE)
_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*(?:\r\n|\r|\n)(?:[A-Za-z_][\w-]*[ \t]*:[^\r\n]*(?:\r\n|\r|\n)){1,50}---[ \t]*(?=[\r\n]|\Z)"
)
_MARKED_BULLET = re.compile(r"[ \t\u3000]*(?:\*\*|__|<b>|<strong>)[ \t]*[•●○◆■□▪·](?=[^ \t\r\n]|[ \t]+[^ \t\r\n])")


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
    indent: int = 0


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
        self._numbers = NumbersSoFar()
        self._paragraphs = 0  # CommonMark paragraphs so far
        self._stretches: list[Stretch] = []
        matter = _FRONT_MATTER.match(source)
        self._hidden_until = matter.end() if matter else 0  # offset after text that a renderer does not show
        self._unclosed: set[str] = set()

    def read(self) -> list[Block]:
        lines = _split_lines(self.source)
        for number, (start, end) in enumerate(lines, start=1):
            self._line(start, end, number, lines[number] if number < len(lines) else None)
        self._close()
        self._mend_bold()
        return self.blocks

    def _line(self, start: int, end: int, number: int, following: tuple[int, int] | None) -> None:
        text = self.source[start:end]
        words = text.lstrip()
        plain = words[:1].isalnum()  # most lines: none of the marks below begins so
        if start < self._hidden_until or (words and not plain and self._hides(text, start)):
            self._close()
            self._attach(number)
            return
        if not words:
            self._close()
            self._paragraphs += 1
            self._in_table = False
            self._after_blank = True
            return
        if plain:
            if self._fence is not None or not self._table_row(text, start, end, number, following):
                self._paragraph(text, start, end, number, plain=True)
            self._after_blank = False
            return
        if self._fenced(text, number):
            return
        if _EMPTY_QUOTE.match(text):
            self._close()
            self._attach(number)
            self._paragraphs += 1
            return
        if self._fence is None and self._structural(text, start, end, number, following):
            self._after_blank = False
            return
        self._paragraph(text, start, end, number, plain=False)
        self._after_blank = False

    def _hides(self, text: str, start: int) -> bool:
        """Whether a comment, a style sheet or a script begins here that ends on a later line (CommonMark 4.6)."""
        found = _HIDDEN.match(text) if self._fence is None else None
        if found is None:
            return False
        end = "-->" if found.group(1) else f"</{found.group(2).lower()}>"
        if end in text.lower() or end in self._unclosed:
            return False
        place = self.source.find(end, start)
        if place < 0:
            self._unclosed.add(end)
            return False
        self._hidden_until = place + len(end)
        return True

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
        if heading and not heading.group("gap") and _HASH_TAG.match(heading.group("text")):
            heading = None
        if heading and (heading.group("text") or len(heading.group("marks")) < 6):
            self._close()
            level = len(heading.group("marks"))
            attributes = _ATTRIBUTES.search(text, heading.start("text"), heading.end("text"))
            stop = attributes.start() if attributes else heading.end("text")
            self._begin(start + heading.start("text"), start + stop, number, level=level)
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

    def _paragraph(self, text: str, start: int, end: int, number: int, *, plain: bool) -> None:
        indent = _columns(text)
        content = start
        if not plain:
            quote = _QUOTE.match(text)
            content = start + (quote.end() if quote else 0)
            if self._bulleted(text, start, content, end, number=number, indent=indent):
                return
        leaves = self._leaves_list(text, indent)
        if self._open is not None and not leaves and not self._starts_block(self.source[content:end]):
            self._open.end, self._open.last = end, number
            return
        if self._open is not None and self.source[self._open.end - 1 : self._open.end] == "\\":
            self._open.end -= 1  # a hard line break (CommonMark 6.7)
        self._close()
        ordered = _ORDERED.match(text)
        code = self._after_blank and indent >= self._list_indent + 4
        if ordered and not code:
            self._list_indent = ordered.end()
        elif indent == 0 and self._after_blank:
            self._list_indent = 0
        self._begin(content, end, number, code=code, indent=indent)

    def _bulleted(  # noqa: PLR0913 - the facts of a line
        self, text: str, start: int, content: int, end: int, *, number: int, indent: int
    ) -> bool:
        """Begin an item where a bullet stands at `content`."""
        bullet = _BULLET.match(self.source, content, end)
        begins = content
        if bullet and not _RULE.match(text):
            begins = bullet.end() if bullet.group("mark") in "-*+" else bullet.start("mark")
        elif not _MARKED_BULLET.match(self.source, content, end):
            return False
        self._close()
        if bullet:
            self._list_indent = bullet.end() - start
        self._paragraphs += 1
        self._begin(begins, end, number, bullet=True, indent=indent)
        return True

    def _leaves_list(self, text: str, indent: int) -> bool:
        """Whether `2. ` stands under a bullet or further out than the block above: an item of the outer list."""
        opened = self._open
        return opened is not None and (opened.bullet or opened.indent > indent) and _ORDERED.match(text) is not None

    def _starts_block(self, text: str) -> bool:
        """Whether a line directly below another is a block of its own instead of its continuation."""
        opened = self._open
        assert opened is not None
        if self._fence is not None:
            return True
        above = self.source[opened.start : min(opened.end, opened.start + WINDOW)]
        if opened.end > opened.start + WINDOW:  # its two ends, so that a block of many lines is not copied for each
            above += self.source[max(opened.start + WINDOW, opened.end - WINDOW) : opened.end]
        return begins_block(text, above, single=opened.first == opened.last, numbers=self._numbers)

    def _begin(  # noqa: PLR0913 - the facts of a block
        self,
        start: int,
        end: int,
        number: int,
        *,
        level: int = 0,
        bullet: bool = False,
        code: bool = False,
        indent: int = 0,
    ) -> None:
        line = self.source[start:end]
        self._numbers.note(line)
        self._open = _Open(start, end, number, number, level=level, bullet=bullet, code=code, indent=indent)

    def _close(self) -> None:
        """End the open block and hand it over, or attach its lines to the block before when nothing is visible."""
        block, self._open = self._open, None
        if block is None:
            return
        runs = read_inline(self.source, block.start, block.end, code=block.code)
        plain = not (block.level or block.code)
        stretch = Stretch(len(self.blocks), block.start, block.end, self._paragraphs, plain)
        lines = (block.first, block.last)
        if self._emit(runs, lines, level=block.level, bullet=block.bullet, indent=block.indent):
            self._stretches.append(stretch)

    def _mend_bold(self) -> None:
        """Read again, together, the blocks that one pair of bold marks spans."""
        for first, last in spanning_pairs(self.source, self._stretches):
            opener, closer = self._stretches[first], self._stretches[last]
            seen = opener.paragraph == closer.paragraph
            together = read_inline(self.source, opener.start, closer.end, code=not seen)
            for stretch in self._stretches[first : last + 1]:
                runs = between(together, stretch.start, stretch.end)
                if runs:
                    span = Span(runs[0].span.start, runs[-1].span.end)
                    self.blocks[stretch.block] = replace(self.blocks[stretch.block], runs=runs, span=span)

    def _emit(  # noqa: PLR0913 - the facts of a block
        self,
        runs: tuple[Run, ...],
        lines: tuple[int, int],
        *,
        level: int = 0,
        table: int = 0,
        bullet: bool = False,
        indent: int = 0,
    ) -> bool:
        """Hand a block over; False when nothing of it is visible."""
        visible = trim(runs)
        if not visible:
            self._attach(*lines)
            return False
        first = lines[0] if self._orphans is None else self._orphans
        self._orphans = None
        self.blocks.append(
            Block(
                span=Span(visible[0].span.start, visible[-1].span.end),
                runs=visible,
                heading_level=level,
                table=table,
                bullet=bullet,
                indent=indent,
                lines=(first, lines[1]),
            )
        )
        return True

    def _attach(self, first: int, last: int | None = None) -> None:
        """Give lines that only carry markup to the block before them, or to the first block of the file."""
        last = first if last is None else last
        if not self.blocks:
            self._orphans = first if self._orphans is None else self._orphans
            return
        block = self.blocks[-1]
        assert block.lines is not None
        self.blocks[-1] = replace(block, lines=(block.lines[0], last))


def _columns(line: str) -> int:
    """Columns of white space before a line's first character; a tab goes to the next fourth (CommonMark 2.2)."""
    column = 0
    for character in line:
        if character not in " \t":
            break
        column += 4 - column % 4 if character == "\t" else 1
    return column


def _split_lines(source: str) -> list[tuple[int, int]]:
    """Offsets of each line without its end; CR, LF and CRLF end a line, nothing else does."""
    lines: list[tuple[int, int]] = []
    start = 0
    if "\r" not in source:
        while (stop := source.find("\n", start)) >= 0:
            lines.append((start, stop))
            start = stop + 1
    for end in _LINE_END.finditer(source, start):
        lines.append((start, end.start()))
        start = end.end()
    if start < len(source):
        lines.append((start, len(source)))
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
