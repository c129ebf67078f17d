"""Lines put together to paragraphs, across columns and pages.

Chinese is broken between any two characters, so a line that ends early ends its paragraph, and one that fills its
column goes on, unless the next line stands apart, is set in from the margin, or carries the next clause number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from corpus.numbering import read_label
from corpus.readers.line_breaks import NumbersSoFar
from corpus.readers.pdf.types import Character

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.readers.pdf.types import Line

_ENDS = re.compile(r"[。；;：:！!？?…][”’\"'）)》]*\s*$")
_BULLET_ALONE = re.compile(r"[^\w\s（(《“]\s*$|[-–—]\s*$")
_LONGEST_NUMBER = 16
_LEADER = re.compile(r"(?:[.．·…⋯][ ]?){6,500}+[ \t]{0,9}(?:\d{1,4}|[ivxIVX]{1,6})?[ ]?$")
_PAUSES = re.compile(r"[，,、][”’\"'）)》]*\s*$")
_CLOSING = frozenset("，。、；：！？）》」』】〉”’…,.;:!?)]%\"'")
"""Marks that never begin a line: they are pulled to the character before."""
_OPENING = frozenset("（《“‘「『【〈([\"'")
"""Marks that never end a line; straight quotation marks do neither (Unicode Line Breaking, QU)."""
_BULLET = re.compile(r"[•●○◆■□▪◦·➢➤►▶⚫⬤◇★☆✓✔※\uf0b7\uf06c\uf06e\uf0d8]\s*\S|[-–—]\s+\S")
"""Bullets, those of Wingdings and Symbol too."""


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph."""

    lines: list[Line]
    heading: int = 0
    """Level that the file's own structure gives it; 0 for none."""
    table: int = 0
    bullet: bool = False
    indent: int = 0
    """Two columns for each list that a bullet stands in, where the file is tagged."""
    characters: list[Character] = field(default_factory=list)
    """All its characters, joined."""

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(character.text for character in self.characters)


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """Put lines together; they come in reading order."""
    numbers = NumbersSoFar()
    usual = _usual_distance(lines)
    tables: dict[tuple[int, int], int] = {}
    paragraphs: list[Paragraph] = []
    for line in lines:
        _close_gap(line)
        _cut_leader(line)
        if paragraphs and _goes_on(paragraphs[-1].lines, line, usual, numbers):
            paragraphs[-1].lines.append(line)
            continue
        numbers.note(line.text)
        paragraphs.append(Paragraph([line]))
        if line.table:
            paragraphs[-1].table = tables.setdefault((line.page, line.table), len(tables) + 1)
    return [_finished(paragraph) for paragraph in paragraphs]


def paragraph_of(lines: list[Line]) -> Paragraph:
    """Put lines together that the file itself calls one paragraph."""
    for line in lines:
        _close_gap(line)
    return _finished(Paragraph(lines))


def _finished(paragraph: Paragraph) -> Paragraph:
    """Join its lines; a bullet is told, and stays as the character that it is."""
    paragraph.characters = joined(paragraph.lines)
    paragraph.bullet = not paragraph.table and _BULLET.match(paragraph.text) is not None
    return paragraph


def _close_gap(line: Line) -> None:
    """Make the wide gap behind a number or bullet a space: it parts no cells."""
    text = line.text
    place = text.find("\t", 0, _LONGEST_NUMBER)
    if place < 0 or line.table:
        return
    number = read_label(text)
    if _BULLET_ALONE.match(text, 0, place) or (number is not None and number.end <= place <= number.rest):
        position = 0
        for character in line.characters:
            if position == place:
                character.text = " "
                return
            position += len(character.text)


def _cut_leader(line: Line) -> None:
    """Cut the dots and the page number off a line of the table of contents."""
    leader = None if line.table else _LEADER.search(line.text)
    if leader is not None and leader.start():
        line.listed = True
        kept = position = 0
        for character in line.characters:
            if position >= leader.start():
                break
            position += len(character.text)
            kept += 1
        del line.characters[kept:]


def joined(lines: Sequence[Line]) -> list[Character]:
    """Join lines: a space between Latin words, nothing beside ideographs; a soft hyphen is left out before."""
    characters: list[Character] = []
    for line in lines:
        if characters and _latin(characters[-1].text) and _latin(line.characters[0].text):
            last = characters[-1]
            characters.append(Character(" ", last.right, last.right, last.base, last.printed))
        characters += line.characters
    return characters


def goes_on_below(above: Line, line: Line) -> bool:
    """Whether a line that fills its column ends in the middle of a sentence, which the next one goes on with."""
    return is_full(above, line) and not _ENDS.search(above.text)


def ends_early(above: Line, line: Line) -> bool:
    """Whether a line ends with its sentence although the next word had room on it."""
    return not is_full(above, line) and _ENDS.search(above.text) is not None


def _goes_on(lines: Sequence[Line], line: Line, usual: float, numbers: NumbersSoFar) -> bool:
    above = lines[-1]
    size = above.size
    if (
        above.listed
        or line.listed
        or above.table
        or line.table
        or abs(size - line.size) > 0.15 * size
        or _BULLET.match(line.text)
        or not is_full(above, line)
    ):
        return False
    if "\t" in above.text or "\t" in line.text:
        return False
    ended = _ENDS.search(above.text) is not None
    below = above.base - line.base
    same_column = above.page == line.page and below > 0
    if same_column and below > 1.35 * usual + 0.1 * size:
        return False
    if _next_number(above, line, numbers, ended=ended):
        return False
    first = lines[0]
    indented = line.left - line.column_left > 1.2 * size
    if indented and (first.left - first.column_left) <= (line.left - line.column_left) + 0.5 * size:
        hanging = len(lines) > 1 and abs(lines[-1].left - line.left) < 0.5 * size
        return hanging or not ended
    return True


def _next_number(above: Line, line: Line, numbers: NumbersSoFar, *, ended: bool) -> bool:
    """Whether a line carries a number that goes on with those so far."""
    label = read_label(line.text)
    if label is None or label.doubt:
        return False
    pauses = ended or _PAUSES.search(above.text) is not None
    return pauses and numbers.go_on_with(label)


def is_full(above: Line, line: Line) -> bool:
    """Whether the first word of `line` had no room left on the line above."""
    room = above.column_right - above.right
    return room < _first_word(line) + 0.6 * above.size


def _first_word(line: Line) -> float:
    """Width of what cannot be broken at the start of a line: a character with the marks behind it, or a Latin word."""
    characters = line.characters
    end = 1
    while end < len(characters) and end < 60:
        before, text = characters[end - 1].text, characters[end].text
        latin = before.isascii() and text.isascii() and text != " " and before != " "
        kept = before in _CLOSING and text.isascii() and text.isalnum()  # LibreOffice breaks no line between ， and A
        narrow = any(map(_is_narrow_quote, characters[end - 1 : end + 1]))
        if not latin and not kept and not narrow and text not in _CLOSING and before not in _OPENING:
            break
        end += 1
    return characters[end - 1].right - characters[0].left


def _is_narrow_quote(character: Character) -> bool:
    """Whether it is a quotation mark of a Latin font, beside which no line breaks (Unicode Line Breaking, LB19)."""
    return character.text in "“”‘’" and character.right - character.left < 0.75 * character.printed.size


def _usual_distance(lines: Sequence[Line]) -> float:
    """Distance between the base lines of neighbours, where one goes on with the other."""
    distances = [
        above.base - line.base
        for above, line in pairwise(lines)
        if above.page == line.page and 0 < above.base - line.base < 4 * above.size and is_full(above, line)
    ]
    return median(distances) if distances else 1e9


def _latin(text: str) -> bool:
    return text.isascii() and text.isalnum()
