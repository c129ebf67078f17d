"""The paragraphs of a tagged PDF, as the file itself divides its text."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from corpus.numbering import read_label
from corpus.readers.pdf.edges import set_edges
from corpus.readers.pdf.furniture import without_furniture
from corpus.readers.pdf.lines import arrange, gather
from corpus.readers.pdf.paragraphs import (
    Paragraph,
    ends_early,
    goes_on_below,
    joined,
    paragraph_of,
    paragraphs_of,
)
from corpus.readers.pdf.tags import LOOSE
from corpus.readers.pdf.types import Character, Line, Page, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_EDGE = 0.12
"""Share of the page's height where running heads stand, which are outside the structure."""
_LOST = 0.005
"""Share of the characters that may stand outside the structure and away from the edges; more, and it is not trusted."""

_LEVELS = {"H": 1, "Title": 1, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}


def is_tagged(pages: Sequence[Page]) -> bool:
    """Whether the file's structure covers its text, running heads left aside."""
    inside = outside = lost = 0
    for page in pages:
        for character, tag in _tagged(page):
            if character.text == " ":
                continue
            if tag is not None:
                inside += 1
                continue
            outside += 1
            lost += _EDGE * page.height < character.base < (1 - _EDGE) * page.height
    return outside * 4 < inside and lost <= _LOST * inside


def tagged_paragraphs(pages: Sequence[Page]) -> tuple[list[Paragraph], int]:
    """Return paragraphs in the order of the file's structure, and how many running heads went.

    Words outside the structure are running heads where they repeat; else they are kept, for programs forget to tag.
    """
    outside = [arrange((each for each, tag in _tagged(page) if tag is None), page.number) for page in pages]
    outside, furniture = without_furniture(pages, outside, may_take_all=True)
    paragraphs: list[Paragraph] = []
    tables = 0
    for page, loose in zip(pages, outside, strict=True):
        own = _of_page(page, tables)
        tables = max([tables, *(paragraph.table for paragraph in own)])
        top = max((paragraph.lines[0].base for paragraph in own), default=0.0)
        own = [
            *paragraphs_of([line for line in loose if line.base > top]),
            *own,
            *paragraphs_of([line for line in loose if line.base <= top]),
        ]
        set_edges([page], [[line for paragraph in own if not paragraph.table for line in paragraph.lines]])
        own = [part for paragraph in own for part in _parts(paragraph)]
        if own and paragraphs and _continues(paragraphs[-1], own[0]):
            paragraphs[-1].lines += own[0].lines
            paragraphs[-1].characters = joined(paragraphs[-1].lines)
            del own[0]
        paragraphs += own
    return paragraphs, furniture


def divides_well(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the file's paragraphs are paragraphs: some programs tag every line as one."""
    text = [paragraph for paragraph in paragraphs if not paragraph.table and not paragraph.heading]
    cut = sum(_continues(above, below) for above, below in pairwise(text))
    return cut * 5 <= len(text)


def _of_page(page: Page, tables: int) -> list[Paragraph]:
    """Paragraphs of one page; its tables are counted on from `tables`."""
    groups: dict[int, list[tuple[Tag, Character]]] = {}
    for character, tag in _tagged(page):
        if tag is not None:
            groups.setdefault(tag.block, []).append((tag, character))
    found: list[Paragraph] = []
    for block in sorted(groups):
        group = groups[block]
        tag = group[0][0]
        if tag.kind == LOOSE or _is_contents(group):
            found += _loose_paragraphs(group, page)
        elif (paragraph := _paragraph(group, page)) is not None:
            paragraph.table = tables + tag.table if tag.table else 0
            found.append(paragraph)
    return found


def _continues(above: Paragraph, below: Paragraph) -> bool:
    """Whether a paragraph breaks off at the end of a full line, and the next one carries no number."""
    if above.table or below.table or above.heading or below.heading or below.bullet:
        return False
    return goes_on_below(above.lines[-1], below.lines[0]) and read_label(below.text) is None


def _parts(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Split a paragraph where a line ends early after a sentence: a line break that its author set."""
    if paragraph.table or paragraph.heading:
        yield paragraph
        return
    lines = paragraph.lines
    ends = [index for index in range(1, len(lines)) if ends_early(lines[index - 1], lines[index])]
    if not ends:
        yield paragraph
        return
    for start, end in pairwise([0, *ends, len(lines)]):
        own = lines[start:end]
        yield replace(paragraph, lines=own, characters=joined(own), bullet=paragraph.bullet and not start)


def _tagged(page: Page) -> Iterator[tuple[Character, Tag | None]]:
    """Characters with the block that they belong to.

    Where a paragraph goes over the page some programs tag its first words alone: the rest of their line, and the lines
    right below it, belong to it.
    """
    before: Character | None = None
    current: Tag | None = None
    inherited = False
    for character in page.characters:
        tag = page.tags.get(character.tag)
        if tag is not None and tag.kind:
            current, inherited = tag, False
        elif before is None or current is None or not _follows(before, character, next_line=inherited):
            current = None
        else:
            inherited = True
        yield character, current
        before = character


def _follows(before: Character, character: Character, *, next_line: bool) -> bool:
    """Whether a character stands on the line of the one before, or right below it."""
    size = max(before.printed.size, 1.0)
    below = before.base - character.base
    return abs(below) <= 0.4 * size or (next_line and 0 < below <= 2.0 * size and character.left < before.right)


def _is_contents(group: list[tuple[Tag, Character]]) -> bool:
    """Whether a block is the table of contents, which is tagged as one paragraph or as many: it is full of dots."""
    dots = sum(character.text in ".·…" for _, character in group)
    return group[0][0].kind != "TR" and dots > 20 and dots * 3 > len(group)


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
    if kind in _LEVELS or kind == "TR":
        return Paragraph(lines, heading=_LEVELS.get(kind, 0), characters=joined(lines))
    paragraph = paragraph_of(lines)
    if paragraph.bullet and group[0][0].label:  # the file itself says that it is no word
        while paragraph.characters[0] is group[0][1] or paragraph.characters[0].text == " ":
            del paragraph.characters[0]
    elif kind == "LI" and group[0][0].marked and not any(tag.label for tag, _ in group):
        paragraph.bullet = True  # a browser draws it as a disc, not as a character
    paragraph.indent = 2 * group[0][0].nesting if paragraph.bullet else 0
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
