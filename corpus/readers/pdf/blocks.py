"""The paragraphs of a tagged PDF, as the file itself divides its text."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from corpus.numbering import read_label
from corpus.readers.pdf.edges import set_edges
from corpus.readers.pdf.lines import arrange, gather
from corpus.readers.pdf.paragraphs import Paragraph, goes_on_below, joined, paragraphs_of
from corpus.readers.pdf.tags import LOOSE
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
    inside = outside = lost = 0
    for page in pages:
        for character in page.characters:
            if character.text == " ":
                continue
            if _tag(page, character) is not None:
                inside += 1
                continue
            outside += 1
            lost += _EDGE * page.height < character.base < (1 - _EDGE) * page.height
    return outside * 4 < inside and lost <= _LOST * inside


def tagged_paragraphs(pages: Sequence[Page]) -> tuple[list[Paragraph], int]:
    """Return paragraphs in the order of the file's structure, and how many characters stand outside it."""
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
            tag = groups[block][0][0]
            if tag.kind == LOOSE:
                own += _loose_paragraphs(groups[block], page)
            elif (paragraph := _paragraph(groups[block], page)) is not None:
                if tag.table:
                    tables += tag.table not in numbers
                    paragraph.table = numbers.setdefault(tag.table, tables)
                own.append(paragraph)
        set_edges([page], [[line for paragraph in own if not paragraph.table for line in paragraph.lines]])
        if own and paragraphs and _continues(paragraphs[-1], own[0]):
            paragraphs[-1].lines += own[0].lines
            paragraphs[-1].characters = joined(paragraphs[-1].lines)
            del own[0]
        paragraphs += own
    return paragraphs, outside


def divides_well(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the file's paragraphs are paragraphs: some programs tag every line as one."""
    text = [paragraph for paragraph in paragraphs if not paragraph.table and not paragraph.heading]
    cut = sum(_continues(above, below) for above, below in pairwise(text))
    return cut * 5 <= len(text)


def _continues(above: Paragraph, below: Paragraph) -> bool:
    """Whether a paragraph breaks off at the end of a full line, and the next one carries no number."""
    if above.table or below.table or above.heading or below.heading or below.bullet:
        return False
    return goes_on_below(above.lines[-1], below.lines[0]) and read_label(below.text) is None


def _tag(page: Page, character: Character) -> Tag | None:
    tag = page.tags.get(character.tag)
    return tag if tag is not None and tag.kind else None


def _loose_paragraphs(group: list[tuple[Tag, Character]], page: Page) -> list[Paragraph]:
    lines = arrange((character for _, character in group), page.number)
    set_edges([page], [lines])
    return paragraphs_of(lines)


def _paragraph(group: list[tuple[Tag, Character]], page: Page) -> Paragraph | None:
    kind = group[0][0].kind
    plain = (character for _, character in group)
    lines = _row(group, page) if kind == "TR" else gather(plain, page.number)
    if not lines:
        return None
    paragraph = Paragraph(lines, characters=joined(lines))
    if kind in {"H", "Title"}:
        paragraph.heading = 1
    elif kind[0] == "H" and kind[1:].isdigit():
        paragraph.heading = int(kind[1:])
    if kind == "LI":
        labels = {id(character) for tag, character in group if tag.label}
        first = paragraph.characters[0]
        paragraph.bullet = first.text in _BULLETS
        if paragraph.bullet and id(first) in labels:
            del paragraph.characters[0]
    return paragraph


def _row(group: list[tuple[Tag, Character]], page: Page) -> list[Line]:
    """Put a row's cells, each with its lines joined, one behind the other with a tab between them."""
    cells: list[list[Character]] = []
    for _, cell in groupby(sorted(group, key=lambda pair: pair[0].cell), key=lambda pair: pair[0].cell):
        lines = gather((character for _, character in cell), page.number)
        if lines:
            cells.append(joined(lines))
    if not cells:
        return []
    row = cells[0]
    for following in cells[1:]:
        last = row[-1]
        row = [*row, Character("\t", last.right, last.right, last.base, last.printed), *following]
    return [Line(row, page.number)]
