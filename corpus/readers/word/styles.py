"""The styles of a Word file, each with what it inherits (17.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.readers.word.names import number_of, value_of, w
from corpus.readers.word.printing import NOTHING, Properties, read_properties

if TYPE_CHECKING:
    from lxml import etree

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|标题)$", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading)$|toc标题|目录标题", re.IGNORECASE)
_LONGEST_CHAIN = 50


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style together with what it is based on."""

    printed: Properties = NOTHING
    heading_level: int = 0
    """1 to 9; 0 for body text."""
    is_title: bool = False
    is_contents: bool = False
    """Whether it prints a line of the table of contents."""
    num_id: int | None = None
    """Automatic numbering that comes with the style."""
    level: int | None = None
    style_id: str = ""


class Styles:
    """The style part, read on demand."""

    def __init__(self, part: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._default = ""
        self.defaults = NOTHING
        """What `w:docDefaults` says."""
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._characters: dict[str, Properties] = {}
        if part is not None:
            self._index(part)

    def _index(self, part: etree._Element) -> None:
        self.defaults = read_properties(part.find("/".join(map(w, ("docDefaults", "rPrDefault", "rPr")))))
        for style in part.iter(w("style")):
            name = style.get(w("styleId"), "")
            self._elements.setdefault(name, style)
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true", "on"}:
                self._default = name

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """Return a paragraph style; the default one for None and for a style that is not there."""
        style_id = style_id if style_id in self._elements else self._default
        assert style_id is not None
        if style_id not in self._paragraphs:
            self._paragraphs[style_id] = self._read_paragraph(style_id)
        return self._paragraphs[style_id]

    def character(self, style_id: str | None) -> Properties:
        """Return what a character style says; nothing for None."""
        if style_id is None or style_id not in self._elements:
            return NOTHING
        if style_id not in self._characters:
            printed = NOTHING
            for style in reversed(self._chain(style_id)):
                printed = read_properties(style.find(w("rPr"))).over(printed)
            self._characters[style_id] = printed
        return self._characters[style_id]

    def _chain(self, style_id: str) -> list[etree._Element]:
        """List a style and what it is based on; a circle is cut."""
        chain: list[etree._Element] = []
        seen: set[str] = set()
        name: str | None = style_id
        while name and name in self._elements and name not in seen and len(chain) < _LONGEST_CHAIN:
            seen.add(name)
            chain.append(self._elements[name])
            name = value_of(self._elements[name], "basedOn")
        return chain

    def _read_paragraph(self, style_id: str) -> ParagraphStyle:
        printed = NOTHING
        level = num_id = ilvl = None
        names: list[str] = []
        for style in reversed(self._chain(style_id)):
            printed = read_properties(style.find(w("rPr"))).over(printed)
            properties = style.find(w("pPr"))
            numbering = None if properties is None else properties.find(w("numPr"))
            outline = number_of(properties, "outlineLvl")
            level = level if outline is None else outline
            num_id = num_id if number_of(numbering, "numId") is None else number_of(numbering, "numId")
            ilvl = ilvl if number_of(numbering, "ilvl") is None else number_of(numbering, "ilvl")
            names.append((value_of(style, "name") or "").strip())
        heading = next((int(found[1]) for name in reversed(names) if (found := _HEADING.match(name))), 0)
        if level is not None:
            heading = level + 1 if 0 <= level < 9 else 0
        own = names[-1] if names else ""
        return ParagraphStyle(
            printed=printed,
            heading_level=heading,
            is_title=bool(_TITLE.match(own)),
            is_contents=bool(_CONTENTS.match(own)),
            num_id=num_id,
            level=ilvl,
            style_id=style_id,
        )
