"""What stands in a paragraph: text in order, with its print, text boxes and notes that hang on it.

Tracked changes are read as accepted: what was inserted counts, what was deleted does not (17.13.5).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.readers.word.names import ALTERNATE, CHOICE, FALLBACK, MATH_TEXT, PICTURE, value_of, w
from corpus.readers.word.printing import Properties, combine, read_properties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from corpus.readers.word.styles import ParagraphStyle, Styles

LINE_BREAK = "\n"
"""Text of a piece that begins a new line."""

_INSERTED = frozenset({w("ins"), w("moveTo")})
_DELETED = frozenset({w("del"), w("moveFrom")})
_SILENT = frozenset(
    map(w, ("pPr", "rPr", "delText", "instrText", "delInstrText", "annotationRef", "sdtPr", "sdtEndPr", "rt", "tblPr"))
)
_CHARACTERS = {w("tab"): "\t", w("ptab"): "\t", w("noBreakHyphen"): "-", w("cr"): LINE_BREAK}
_CHECK_BOXES = {"F06F": "□", "F0A8": "□", "F071": "□", "F0FE": "☑", "F052": "☑", "F0FC": "✓", "F0FB": "✗", "F0B7": "•"}
"""Characters of Wingdings and Symbol that terms use (17.3.3.30)."""


@dataclass(slots=True)
class Piece:
    """Text printed alike."""

    text: str
    printed: Properties
    generated: bool = False
    """Whether it is an automatic number, which the file does not hold as text."""


@dataclass(slots=True)
class Content:
    """What a paragraph holds."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    """Contents of text boxes that are anchored in it."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """`footnotes` or `endnotes`, and the id."""
    changes: int = 0
    """Tracked insertions and deletions."""
    hidden: int = 0
    """Characters of hidden text."""
    pictures: int = 0


class ContentReader:
    """Reads the runs of paragraphs."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[bool] = []  # for each open field whether its result has begun
        self._content = Content()

    def read(self, paragraph: etree._Element, style: ParagraphStyle) -> Content:
        """Read one paragraph; a field that is left open goes on in the next one."""
        self._content = Content()
        self._read(paragraph, style)
        return self._content

    def printed(self, properties: etree._Element | None, style: ParagraphStyle) -> Properties:
        """How a run with these `w:rPr` is printed in a paragraph of this style.

        A heading stands out by being one: of its print only what is set on the words themselves counts.
        """
        character = self._styles.character(value_of(properties, "rStyle"))
        if style.heading_level or style.is_title:
            return read_properties(properties).over(character.over(Properties(hidden=style.printed.hidden)))
        return read_properties(properties).over(combine(self._styles.defaults, style.printed, character))

    def _read(self, parent: etree._Element, style: ParagraphStyle) -> None:
        for node in parent:
            tag = node.tag
            if tag in _DELETED:
                self._content.changes += 1
            elif tag in _SILENT or not isinstance(tag, str):
                continue
            elif tag == w("r"):
                self._run(node, style)
            elif tag in (ALTERNATE, w("drawing"), w("pict"), w("object")):
                self._drawing(node)
            elif tag == MATH_TEXT:
                self._add(node.text or "", self.printed(None, style))
            else:
                self._content.changes += tag in _INSERTED
                self._read(node, style)

    def _run(self, run: etree._Element, style: ParagraphStyle) -> None:
        printed = self.printed(run.find(w("rPr")), style)
        for node in run:
            tag = node.tag
            text = _text_of(node)
            if text is not None:
                self._add(text, printed)
            elif tag == w("fldChar"):
                self._field(node.get(w("fldCharType"), ""))
            elif tag in {w("footnoteReference"), w("endnoteReference")}:
                kind = "footnotes" if tag == w("footnoteReference") else "endnotes"
                self._content.notes.append((kind, node.get(w("id"), "")))
            elif tag == w("ruby"):
                self._read(node, style)
            elif tag in (ALTERNATE, w("drawing"), w("pict"), w("object")):
                self._drawing(node)

    def _add(self, text: str, printed: Properties) -> None:
        if not text or not all(self._fields):
            return
        if printed.hidden:
            self._content.hidden += len(text.strip())
            return
        self._content.pieces.append(Piece(text, printed))

    def _field(self, kind: str) -> None:
        """Leave a field's instruction out; its result is text (17.16.18)."""
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawing(self, node: etree._Element) -> None:
        boxes = list(_boxes(node))
        self._content.boxes += boxes
        if not boxes:
            self._content.pictures += any(True for _ in node.iter(PICTURE, "{urn:schemas-microsoft-com:vml}imagedata"))


def _text_of(node: etree._Element) -> str | None:
    """Text that an element of a run stands for; None when it is no text."""
    tag = node.tag
    if tag == w("t"):
        return node.text or ""
    if tag == w("br"):
        return "" if node.get(w("type")) in {"page", "column"} else LINE_BREAK
    if tag == w("sym"):
        return _CHECK_BOXES.get(node.get(w("char"), "").upper(), "")
    return _CHARACTERS.get(tag)


def _boxes(node: etree._Element) -> Iterator[etree._Element]:
    """Contents of the text boxes of a drawing, those of the older form only where there is no newer one."""
    if node.tag == w("txbxContent"):
        yield node
        return
    if node.tag == ALTERNATE:
        choices = [child for child in node if child.tag == CHOICE]
        found = [box for choice in choices for box in _boxes(choice)]
        if not found:
            found = [box for child in node if child.tag == FALLBACK for box in _boxes(child)]
        yield from found
        return
    for child in node:
        yield from _boxes(child)
