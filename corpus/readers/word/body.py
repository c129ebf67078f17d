"""The body of a Word file as blocks: paragraphs with their numbers, tables, text boxes, footnotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.readers.word.content import LINE_BREAK, Content, ContentReader, Piece
from corpus.readers.word.names import number_of, value_of, w
from corpus.readers.word.printing import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

    from corpus.readers.word.numbering import Number, Numbering
    from corpus.readers.word.styles import ParagraphStyle, Styles

_CONTENTS = re.compile(r"[【\[]?目\s*录[】\]]?$")
_NEVER_FIRST = frozenset("，。、；：！？）》”’")
_LONG_CELL = 2_000
"""A cell with more characters than this holds a page, not a fact."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or a row of a table, before its print is compared with that of the whole document."""

    pieces: list[Piece]
    number: Piece | None = None
    """The automatic number before it."""
    bullet: bool = False
    indent: int = 0
    heading_level: int = 0
    is_title: bool = False
    table: int = 0
    place: int = 0
    """1-based place among the document's paragraphs."""

    @property
    def text(self) -> str:
        """Its words, without the automatic number."""
        return "".join(piece.text for piece in self.pieces)


class BodyReader:
    """Walks over the document once, in reading order."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: Mapping[str, etree._Element | None]) -> None:
        self.paragraphs: list[Paragraph] = []
        self.changes = self.hidden = self.pictures = self.contents = 0
        self.embedded = False
        """Whether the document includes other files, which are not read."""
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._reader = ContentReader(styles)
        self._place = 0
        self._tables = 0
        self._carried: list[Piece] = []  # words whose paragraph mark was deleted: they begin the next paragraph
        self._waiting: list[tuple[str, str]] = []  # notes that follow the paragraph or table
        self._note_count = 0
        self._seen_notes: set[tuple[str, str]] = set()

    def read(self, parent: etree._Element) -> None:
        """Read everything inside the body, a cell or a text box."""
        self._read(parent)
        self._end_carried()

    def _read(self, parent: etree._Element) -> None:
        for node in parent:
            if node.tag == w("p"):
                self._paragraph(node)
                self._read_notes()
            elif node.tag == w("tbl"):
                self._table(node)
                self._read_notes()
            elif node.tag == w("altChunk"):
                self.embedded = True
            elif isinstance(node.tag, str) and node.tag not in {w("sectPr"), w("sdtPr"), w("del"), w("moveFrom")}:
                self._read(node)

    def _paragraph(self, node: etree._Element) -> None:
        self._place += 1
        place = self._place
        properties = node.find(w("pPr"))
        style = self._styles.paragraph(value_of(properties, "pStyle"))
        content = self._content(node, style)
        if style.is_contents and content.pieces:
            self._leave_contents()
            return
        mark = None if properties is None else properties.find(w("rPr"))
        if mark is not None and (mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None):
            self.changes += 1
            self._carried += content.pieces
        else:
            paragraph = self._begin(properties, style, place)
            carried, self._carried = self._carried, []
            paragraph.pieces, *others = _lines(carried + content.pieces)
            self._emit(paragraph)
            for line in others:
                self._emit(replace(paragraph, pieces=line, number=None, bullet=False))
        for box in content.boxes:
            self.read(box)

    def _leave_contents(self) -> None:
        """Leave a line of the automatic table of contents out, and the word that stands over the first one."""
        if not self.contents and self.paragraphs and _CONTENTS.match(self.paragraphs[-1].text.strip()):
            self.paragraphs.pop()
        self.contents += 1

    def _begin(self, properties: etree._Element | None, style: ParagraphStyle, place: int) -> Paragraph:
        outline = number_of(properties, "outlineLvl")
        level = style.heading_level if outline is None else (outline + 1 if 0 <= outline < 9 else 0)
        paragraph = Paragraph([], heading_level=level, is_title=style.is_title, place=place)
        number = self._number(properties, style)  # an empty paragraph counts as well
        if number is not None:
            mark = None if properties is None else properties.find(w("rPr"))
            printed = number.printed.over(self._reader.printed(mark, style))
            paragraph.bullet = number.bullet
            paragraph.number = Piece(number.text, printed, generated=True) if number.text else None
            paragraph.indent = 2 * (number.depth + 1)
        return paragraph

    def _number(self, properties: etree._Element | None, style: ParagraphStyle) -> Number | None:
        """Count the paragraph in its list; the paragraph's own setting wins over the style's, list 0 is none."""
        own = None if properties is None else properties.find(w("numPr"))
        num_id, level = number_of(own, "numId"), number_of(own, "ilvl")
        if num_id is None:
            num_id, level = style.num_id, style.level if level is None else level
        return self._numbering.next_number(num_id, level, style.style_id) if num_id else None

    def _emit(self, paragraph: Paragraph) -> None:
        if paragraph.text.strip():
            self.paragraphs.append(paragraph)

    def _content(self, node: etree._Element, style: ParagraphStyle) -> Content:
        content = self._reader.read(node, style)
        self.changes += content.changes
        self.hidden += content.hidden
        self.pictures += content.pictures
        self._waiting += content.notes
        return content

    def _end_carried(self) -> None:
        """Emit words whose paragraph mark was deleted where no other paragraph follows."""
        carried, self._carried = self._carried, []
        self._emit(Paragraph(carried, place=self._place))

    def _table(self, table: etree._Element) -> None:
        self._end_carried()
        rows = [row for row in _inside(table, "tr") if not _is_deleted(row)]
        cells = [list(_inside(row, "tc")) for row in rows]
        if max(map(len, cells), default=0) < 2 or any(_holds_page(cell) for row in cells for cell in row):
            for row in cells:
                for cell in row:
                    self.read(cell)
            return
        self._tables += 1
        number = self._tables
        for row in cells:
            self._row(row, number)

    def _row(self, cells: list[etree._Element], table: int) -> None:
        """Read a row as one paragraph, its cells with a tab between them; what a merged cell hides is left out."""
        outer, self.paragraphs = self.paragraphs, []
        row = Paragraph([], table=table, place=self._place + 1)
        for cell in cells:
            properties = cell.find(w("tcPr"))
            merged = None if properties is None else properties.find(w("vMerge"))
            waiting, self._waiting = self._waiting, []
            before = len(self.paragraphs)
            self._cell(cell)
            self._waiting = waiting + self._waiting
            parts, self.paragraphs = self.paragraphs[before:], self.paragraphs[:before]
            if parts and not (merged is not None and merged.get(w("val"), "continue") == "continue"):
                row.pieces += _joined_cell(parts, first=not row.pieces)
        self.paragraphs = outer
        self._emit(row)

    def _cell(self, cell: etree._Element) -> None:
        for node in cell:
            if node.tag == w("p"):
                self._paragraph(node)
            elif isinstance(node.tag, str) and node.tag not in {w("tcPr"), w("del"), w("moveFrom"), w("sdtPr")}:
                self._cell(node)
        self._end_carried()

    def _read_notes(self) -> None:
        """Put footnotes behind the paragraph or table that refers to them."""
        waiting, self._waiting = self._waiting, []
        for kind, identity in waiting:
            part = self._notes.get(kind)
            if part is None or (kind, identity) in self._seen_notes:
                continue
            self._seen_notes.add((kind, identity))
            for note in part.iter(w("footnote"), w("endnote")):
                if note.get(w("id")) == identity and note.get(w("type"), "normal") == "normal":
                    self._note_count += 1
                    before = len(self.paragraphs)
                    self.read(note)
                    for paragraph in self.paragraphs[before : before + 1]:
                        printed = paragraph.pieces[0].printed if paragraph.pieces else NOTHING
                        paragraph.number = Piece(
                            f"注{self._note_count}：", replace(printed, bold=False), generated=True
                        )


def _joined_cell(parts: list[Paragraph], *, first: bool) -> list[Piece]:
    """Put the paragraphs of a cell one behind the other, their automatic numbers as text."""
    pieces: list[Piece] = [] if first else [Piece("\t", NOTHING)]
    for index, part in enumerate(parts):
        if index:
            pieces.append(Piece(" ", NOTHING))
        if part.number is not None:
            pieces.append(part.number)
        pieces += [Piece(piece.text.replace("\t", " "), piece.printed) for piece in part.pieces]
    return pieces


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Split at line breaks: people end a clause with Shift and Enter too; punctuation never begins one."""
    lines: list[list[Piece]] = [[]]
    for index, piece in enumerate(pieces):
        if piece.text != LINE_BREAK:
            lines[-1].append(piece)
        elif index + 1 == len(pieces) or pieces[index + 1].text[:1] not in _NEVER_FIRST:
            lines.append([])
    return lines


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield rows or cells, also those inside content controls."""
    for node in parent:
        if node.tag == w(name):
            yield node
        elif node.tag in {w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")}:
            yield from _inside(node, name)


def _is_deleted(row: etree._Element) -> bool:
    properties = row.find(w("trPr"))
    return properties is not None and properties.find(w("del")) is not None


def _holds_page(cell: etree._Element) -> bool:
    return sum(len(text.text or "") for text in cell.iter(w("t"))) > _LONG_CELL
