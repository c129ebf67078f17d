"""The paragraphs of a tagged PDF, as the file itself divides its text."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from corpus.readers.pdf.lines import gather
from corpus.numbering import read_label
from corpus.readers.pdf.paragraphs import Paragraph, goes_on_below, joined
from corpus.readers.pdf.types import Character, Line, Page, Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

_EDGE = 0.12
"""Share of the page's height where running heads stand, which are outside the structure."""
_LOST = 0.005
"""Share of the characters that may stand outside the structure and away from the edges; more, and it is not trusted."""
_BULLETS = frozenset("•◦▪●○■□◆·-–—")


def is_tagged(pages: Sequence[Page]) -> bool:
    """Whether the file's structure covers its text, running heads left aside."""
    total = lost = 0
    for page in pages:
        for character in page.characters:
            if character.text == " ":
                continue
            total += 1
            if _tag(page, character) is None:
                lost += _EDGE * page.height < character.base < (1 - _EDGE) * page.height
    return total > 0 and lost <= _LOST * total


def tagged_paragraphs(pages: Sequence[Page]) -> tuple[list[Paragraph], int]:
    """Paragraphs in the order of the file's structure, and how many characters stand outside it."""
    paragraphs: list[Paragraph] = []
    tables = outside = 0
    for page in pages:
        groups: dict[int, list[tuple[Tag, Character]]] = {}
        for character in page.characters:
            tag = _tag(page, character)
            if tag is None:
                outside += character.text != " "
            else:
                groups.setdefault(tag.block, []).append((tag, character))
        own: list[Paragraph] = []
        numbers: dict[int, int] = {}
        for block in sorted(groups):
            paragraph = _paragraph(groups[block], page)
            table = groups[block][0][0].table
            if paragraph is None:
                continue
            if table:
                tables += table not in numbers
                paragraph.table = numbers.setdefault(table, tables)
            own.append(paragraph)
        _set_columns(own)
        if own and paragraphs and _continues(paragraphs[-1], own[0]):
            paragraphs[-1].lines += own[0].lines
            paragraphs[-1].characters = joined(paragraphs[-1].lines)
            del own[0]
        paragraphs += own
    return paragraphs, outside


def divides_well(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the file's paragraphs are paragraphs: some programs tag every line as one."""
    text = [paragraph for paragraph in paragraphs if not paragraph.table and not paragraph.heading]
    pairs = list(zip(text, text[1:], strict=False))
    cut = sum(_continues(above, below) for above, below in pairs)
    return cut * 5 <= len(pairs)


def _continues(above: Paragraph, below: Paragraph) -> bool:
    """Whether a paragraph breaks off at the end of a full line, and the next one carries no number."""
    if above.table or below.table or above.heading or below.heading or below.bullet:
        return False
    return goes_on_below(above.lines[-1], below.lines[0]) and read_label(below.text) is None


def _set_columns(paragraphs: Sequence[Paragraph]) -> None:
    """Give all lines of a page the edges of its text."""
    lines = [line for paragraph in paragraphs if not paragraph.table for line in paragraph.lines]
    left, right = min((line.left for line in lines), default=0.0), max((line.right for line in lines), default=0.0)
    for line in lines:
        line.column_left, line.column_right = left, right


def _tag(page: Page, character: Character) -> Tag | None:
    tag = page.tags.get(character.tag)
    return tag if tag is not None and tag.kind else None


def _paragraph(group: list[tuple[Tag, Character]], page: Page) -> Paragraph | None:
    kind = group[0][0].kind
    if kind == "TR":
        lines = _row(group, page)
    else:
        lines = gather((character for _, character in group), page.number)
    if not lines:
        return None
    paragraph = Paragraph(lines, characters=joined(lines))
    if kind in {"H", "Title"}:
        paragraph.heading = 1
    elif kind[0] == "H" and kind[1:].isdigit():
        paragraph.heading = int(kind[1:])
    if kind == "LI" and paragraph.characters[0].text in _BULLETS:
        paragraph.bullet = True
        del paragraph.characters[0]
    return paragraph


def _row(group: list[tuple[Tag, Character]], page: Page) -> list[Line]:
    """A row's cells, each with its lines joined, one behind the other with a tab between them."""
    cells: list[list[Character]] = []
    for _, cell in groupby(sorted(group, key=lambda pair: pair[0].cell), key=lambda pair: pair[0].cell):
        lines = gather((character for _, character in cell), page.number)
        if lines:
            cells.append(joined(lines))
    if not cells:
        return []
    row = cells[0]
    for cell in cells[1:]:
        last = row[-1]
        row = [*row, Character("\t", last.right, last.right, last.base, last.printed), *cell]
    return [Line(row, page.number)]
