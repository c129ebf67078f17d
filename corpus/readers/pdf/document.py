"""PDF terms as blocks, with what a person should know of the reading."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from corpus.errors import UnreadableTerms
from corpus.readers.colour import BLACK, Colour, stands_out
from corpus.readers.extracted import ExtractedText, Words
from corpus.readers.limits import limits
from corpus.readers.pdf.blocks import divides_well, is_tagged, tagged_paragraphs
from corpus.readers.pdf.drawn import mark_drawn
from corpus.readers.pdf.edges import set_edges
from corpus.readers.pdf.furniture import without_furniture
from corpus.readers.pdf.pages import read_pages
from corpus.readers.pdf.paragraphs import Paragraph, paragraphs_of
from corpus.readers.pdf.tables import lines_and_rows
from corpus.readers.pdf.types import Boldness, Character, Page
from corpus.types import EmphasisKind, Extract, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCAN = "PDF 没有文字层（扫描件或图片），请先做文字识别（OCR），或提供原文件"
_GARBLED = "PDF 的字体没有文字对照，读出来是乱码，请先做文字识别（OCR），或提供原文件"
_UNKNOWN_BOLD = "PDF 的字体没有可辨认的名称，看不出哪些文字加粗，请与原件核对。"
_FEWEST_CHARACTERS = 5
"""A page of text has more characters than this; a scan with a stamp does not."""
_OUTLINES = 50
"""A page without text and with more shapes than this shows words as drawings."""
_BIGGER = 1.2
_HEADING = 1.15
"""Type larger than the body's by this factor is a heading where it is short."""
_LONGEST_HEADING = 60
_LEVELS = 6


@dataclass(frozen=True, slots=True)
class _Body:
    """How most of the text is printed."""

    size: float
    colour: Colour
    gothic: bool
    """Whether it is set in 黑体, which then says nothing."""
    unnamed: bool
    """Whether so much of it is set in nameless fonts that bold cannot be told."""
    drawn: frozenset[str]
    """Nameless fonts whose bold is drawn with an outline: without one their words are plain."""


def read_pdf(data: bytes, *, name: str) -> Extract:
    """Read a PDF file; UnreadableTerms when it is damaged, protected, too large, a scan, or its fonts are garbled."""
    pages = list(read_pages(data, name=name))
    _refuse_without_text(pages, name)
    for page in pages:
        mark_drawn(page)
    paragraphs, furniture = _paragraphs(pages)
    body = _body([character for page in pages for character in page.characters])
    text = _write(paragraphs, body, name)
    if not text.blocks:
        raise UnreadableTerms(name, _SCAN)
    notes = [_UNKNOWN_BOLD] if body.unnamed else []
    if furniture:
        notes.append("重复的页眉、页脚和页码没有作为条款读取。")
    empty = [page.number for page in pages if page.pictures and len(page.characters) < _FEWEST_CHARACTERS]
    if empty:
        numbers = "、".join(map(str, empty[:20]))
        notes.append(f"第 {numbers} 页只有图片，图片里的文字没有读到。")
    return Extract(source=text.source, blocks=tuple(text.blocks), notes=tuple(notes))


def _refuse_without_text(pages: Sequence[Page], name: str) -> None:
    characters = sum(len(page.characters) for page in pages)
    unmapped = sum(page.unmapped for page in pages)
    if characters > limits().characters:
        raise UnreadableTerms(name, f"文字超过 {limits().characters // 10_000} 万字，请拆成几份再读")
    if unmapped > 0.3 * max(1, characters):
        raise UnreadableTerms(name, _GARBLED)
    pictures = sum(page.pictures + (len(page.shapes) > _OUTLINES) for page in pages)
    if not characters or (pictures and characters < _FEWEST_CHARACTERS * len(pages)):
        raise UnreadableTerms(name, _SCAN if pictures else "PDF 里没有文字，请检查文件")


def _paragraphs(pages: list[Page]) -> tuple[list[Paragraph], int]:
    """Paragraphs by the file's own structure where it has a good one, else by the places of the lines."""
    if is_tagged(pages):
        paragraphs, outside = tagged_paragraphs(pages)
        if divides_well(paragraphs):
            return paragraphs, outside
    lines, furniture = without_furniture(pages, [lines_and_rows(page) for page in pages])
    set_edges(pages, lines)
    return paragraphs_of([line for own in lines for line in own]), furniture


def _body(characters: Sequence[Character]) -> _Body:
    drawn = {each.printed.font for each in characters if each.printed.boldness is Boldness.BOLD}
    sizes: Counter[float] = Counter()
    colours: Counter[Colour] = Counter()
    weights: Counter[Boldness] = Counter()
    for character in characters:
        sizes[character.printed.size] += 1
        colours[character.printed.colour] += 1
        if _is_ideograph(character.text) and character.printed.font not in drawn:
            weights[character.printed.boldness] += 1
    total = sum(_is_ideograph(character.text) for character in characters)
    return _Body(
        size=sizes.most_common(1)[0][0] if sizes else 12.0,
        colour=colours.most_common(1)[0][0] if colours else BLACK,
        gothic=weights[Boldness.GOTHIC] * 2 > total,
        unnamed=weights[Boldness.UNKNOWN] * 50 > total,
        drawn=frozenset(drawn),
    )


def _write(paragraphs: Sequence[Paragraph], body: _Body, name: str) -> ExtractedText:
    text = ExtractedText()
    levels = _heading_levels(paragraphs, body)
    for paragraph in paragraphs:
        level = paragraph.heading or (levels.get(_size(paragraph), 0) if _is_short(paragraph) else 0)
        words = [
            Words("".join(character.text for character in alike), marks)
            for marks, alike in groupby(paragraph.characters, key=lambda character: _marks(character, body, level))
        ]
        text.add(
            words,
            heading_level=min(level, _LEVELS),
            table=paragraph.table,
            bullet=paragraph.bullet,
            indent=paragraph.indent,
            page=paragraph.lines[0].page,
        )
        if text.length > limits().characters:
            raise UnreadableTerms(name, f"文字超过 {limits().characters // 10_000} 万字，请拆成几份再读")
    return text


def _marks(character: Character, body: _Body, level: int) -> frozenset[Mark]:
    """How a character stands out; the weight, size and colour of a heading say nothing about its words."""
    printed = character.printed
    gothic = printed.boldness is Boldness.GOTHIC and not body.gothic
    unknown = printed.boldness is Boldness.UNKNOWN and printed.font not in body.drawn
    unknown = unknown and body.unnamed and character.text.strip() != ""
    found = {
        EmphasisKind.BOLD: (printed.boldness is Boldness.BOLD or gothic) and not level,
        EmphasisKind.UNKNOWN: unknown and not level,
        EmphasisKind.ITALIC: printed.italic,
        EmphasisKind.UNDERLINE: character.underlined,
        EmphasisKind.HIGHLIGHT: character.highlighted,
        EmphasisKind.COLOUR: stands_out(printed.colour, body.colour) and not level,
        EmphasisKind.SIZE: printed.size >= _BIGGER * body.size and not level,
    }
    return frozenset(Mark(kind) for kind, holds in found.items() if holds)


def _heading_levels(paragraphs: Sequence[Paragraph], body: _Body) -> dict[float, int]:
    """Level of each size of type larger than the body's, where the file does not say what is a heading."""
    if any(paragraph.heading for paragraph in paragraphs):
        return {}
    sizes = {_size(paragraph) for paragraph in paragraphs if _is_short(paragraph)}
    larger = sorted((size for size in sizes if size >= _HEADING * body.size), reverse=True)
    return {size: min(level, _LEVELS) for level, size in enumerate(larger, start=1)}


def _size(paragraph: Paragraph) -> float:
    sizes = Counter(character.printed.size for character in paragraph.characters if character.text.strip())
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_short(paragraph: Paragraph) -> bool:
    return not paragraph.table and len(paragraph.text) <= _LONGEST_HEADING


def _is_ideograph(text: str) -> bool:
    return "\u3400" <= text[:1] <= "\u9fff" or text[:1] >= "\U00020000"
