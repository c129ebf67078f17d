"""Names of fonts that PDFium does not give: those of Type 3 fonts, which browsers use when they print Chinese.

The descriptor of such a font carries its name (ISO 32000-1, table 112). pypdf reads the page's text operators in the
order in which PDFium lists its text objects, so the n-th object is set in the n-th operator's font; where the two
counts differ nothing is said.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

import pypdf
from pypdf.errors import PyPdfError
from pypdf.generic import ContentStream

from corpus.readers.pdf.fonts import FORCE_BOLD

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWS_TEXT = frozenset({b"Tj", b"TJ", b"'", b'"'})
_DEEPEST_FORM = 5
_BOLD_WEIGHT = 600
_MOST_OPERATIONS = 500_000
_FAILURES = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    OverflowError,
    OSError,
    AssertionError,
    NotImplementedError,
    ZeroDivisionError,
    UnicodeError,
)
"""What pypdf raises on damaged files; a name that cannot be read is a name that is not known."""


class NamedFonts:
    """Looks up font names, page by page."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._reader: pypdf.PdfReader | None = None
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)

    def of_page(self, index: int, count: int) -> list[tuple[str, int]]:
        """Name and flags of the font of each of the page's `count` text objects; empty when that cannot be told."""
        try:
            if self._reader is None:
                self._reader = pypdf.PdfReader(io.BytesIO(self._data))
            page = self._reader.pages[index]
            fonts = list(self._fonts(page.get_contents(), page.get("/Resources"), 0))
        except _FAILURES:
            return []
        return fonts if len(fonts) == count else []

    def _fonts(self, contents: Any, resources: Any, depth: int) -> Iterator[tuple[str, int]]:
        if contents is None or resources is None or depth > _DEEPEST_FORM:
            return
        resources = resources.get_object()
        fonts = resources.get("/Font", {})
        fonts = fonts.get_object() if hasattr(fonts, "get_object") else fonts
        names: dict[str, tuple[str, int]] = {}
        current = ("", -1)
        stack: list[tuple[str, int]] = []
        for operands, operator in ContentStream(contents, self._reader).operations[:_MOST_OPERATIONS]:
            if operator == b"Tf":
                key = str(operands[0])
                if key not in names:
                    names[key] = _named(fonts.get(key))
                current = names[key]
            elif operator == b"q":
                stack.append(current)
            elif operator == b"Q" and stack:
                current = stack.pop()
            elif operator in _SHOWS_TEXT:
                yield current
            elif operator == b"Do":
                yield from self._form(resources, str(operands[0]), depth)

    def _form(self, resources: Any, name: str, depth: int) -> Iterator[tuple[str, int]]:
        objects = resources.get("/XObject", {})
        form = objects.get_object().get(name) if objects else None
        form = form.get_object() if form is not None else None
        if form is not None and form.get("/Subtype") == "/Form":
            yield from self._fonts(form, form.get("/Resources", resources), depth + 1)


def _named(font: Any) -> tuple[str, int]:
    """Name in the descriptor of a font, and its flags; a weight of 600 and more counts as a flag."""
    if font is None:
        return "", -1
    font = font.get_object()
    descriptor = font.get("/FontDescriptor")
    if descriptor is None:
        return str(font.get("/BaseFont", "")).lstrip("/"), -1
    descriptor = descriptor.get_object()
    name = str(descriptor.get("/FontName", "")).lstrip("/")
    flags = int(descriptor.get("/Flags", 0))
    if int(descriptor.get("/FontWeight", 400)) >= _BOLD_WEIGHT:
        flags |= FORCE_BOLD
    return name, flags
