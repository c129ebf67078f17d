"""Plain text as blocks: every character is text, lines of one sentence are joined.

Nothing in plain text says bold or heading, and nothing is markup: stars, hashes and tags are read as they stand.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.readers.line_breaks import NumbersSoFar, begins_block
from corpus.readers.runs import trim
from corpus.types import Block, Extract, Run, Span

_LINE = re.compile(r"[^\r\n\f]*(?:\r\n|[\r\n\f]|\Z)")
_BULLET = re.compile(r"[ \t\u3000]*(?:(?P<dash>[-–—*][ \t]+)|[•●○◆■□▪·][ \t]*)(?=[^\s*·-])")
_WINDOW = 1_000
"""Characters before a line that tell whether it goes on: a bound keeps a long paragraph linear."""
_RULE = re.compile(r"[\s\-=_*~—─━－＝·.]+$")


def read_plain(source: str) -> Extract:
    """Read plain text; never fails, whatever the text. Linear in its length."""
    reader = _Reader(source)
    reader.read()
    return Extract(source=source, blocks=tuple(reader.blocks))


class _Reader:
    """Walks over the lines once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self._lines: list[tuple[int, int]] = []  # lines of the open block
        self._first = 0
        self._orphan = 0  # first line of dashes before any text
        self._numbers = NumbersSoFar()

    def read(self) -> None:
        position, number = 0, 0
        while position < len(self.source):
            found = _LINE.match(self.source, position)
            assert found is not None
            number += not (number and self.source[position - 1] == "\f")  # a form feed ends a page, not a line
            self._line(position, position + len(found.group().rstrip("\r\n\f")), number)
            position = found.end()
        self._close()

    def _line(self, start: int, end: int, number: int) -> None:
        text = self.source[start:end]
        if not text.strip():
            self._close()
            return
        if _RULE.match(text):
            self._close()
            self._attach(number)
            return
        if self._lines and not self._begins(text, start):
            self._lines.append((start, end))
            return
        self._close()
        self._lines, self._first = [(start, end)], number

    def _begins(self, text: str, start: int) -> bool:
        if _BULLET.match(text) or self.source[start - 1 : start] == "\f":
            return True
        end = self._lines[-1][1]
        above = self.source[max(self._lines[0][0], end - _WINDOW) : end]
        return begins_block(text, above, single=len(self._lines) == 1, numbers=self._numbers)

    def _attach(self, number: int) -> None:
        """Give a line of dashes to the block before it, or to the first one."""
        if not self.blocks:
            self._orphan = self._orphan or number
        elif (lines := self.blocks[-1].lines) is not None:
            self.blocks[-1] = replace(self.blocks[-1], lines=(lines[0], number))

    def _close(self) -> None:
        if not self._lines:
            return
        start, end = self._lines[0][0], self._lines[-1][1]
        text = self.source[start:end]
        self._numbers.note(text)
        bullet = _BULLET.match(text)
        if bullet and bullet["dash"]:
            self._lines[0] = (start + bullet.end(), self._lines[0][1])
        runs = trim(tuple(self._runs()))
        if runs:
            span = Span(runs[0].span.start, runs[-1].span.end)
            indent = len(text) - len(text.lstrip(" \t\u3000"))
            lines = self._orphan or self._first, self._first + len(self._lines) - 1
            self._orphan = 0
            self.blocks.append(Block(span, runs, bullet=bool(bullet), indent=indent, lines=lines))
        self._lines = []

    def _runs(self) -> list[Run]:
        """Each line verbatim; a space where a line end stands between Latin words, nothing between ideographs."""
        runs: list[Run] = []
        for start, end in self._lines:
            words = self.source[start:end]
            left = start + len(words) - len(words.lstrip())
            right = start + len(words.rstrip())
            if runs:
                before = runs[-1].span.end
                latin = _latin(self.source[before - 1]) and _latin(self.source[left])
                if latin:
                    runs.append(Run(Span(before, before), " "))
            runs.append(Run(Span(left, right), self.source[left:right]))
        return runs


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
