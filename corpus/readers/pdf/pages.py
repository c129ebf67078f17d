"""The pages of a PDF file as PDFium sees them: characters with their places and print, shapes, tags."""

from __future__ import annotations

import ctypes
import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.errors import UnreadableTerms
from corpus.readers.colour import BLACK, Colour
from corpus.readers.limits import limits
from corpus.readers.pdf.fonts import boldness_of, font_name, is_italic
from corpus.readers.pdf.named_fonts import NamedFonts
from corpus.readers.pdf.tags import page_tags
from corpus.readers.pdf.types import Boldness, Character, Page, Print, Rectangle
from corpus.readers.pdf.unicode_forms import usual_form

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME_BYTES = 256
_FILL_AND_STROKE = 2
_INVISIBLE = 3
"""Text render modes (ISO 32000-1, table 106); invisible text lies under scans that were read by machine."""
_STRAIGHT = math.radians(3)
_FORM_DEPTH = 5
_MOST_SHAPES = 20_000


def read_pages(data: bytes, *, name: str) -> Iterator[Page]:
    """Read one page after the other.

    Raises UnreadableTerms when the file is damaged, protected by a password, or has too many pages.
    """
    document = _open(data, name)
    try:
        if len(document) > limits().pages:
            raise UnreadableTerms(name, f"PDF 超过 {limits().pages} 页，请拆成几份再读")
        fonts = NamedFonts(data)
        deadline = time.monotonic() + limits().seconds
        for index in range(len(document)):
            if time.monotonic() > deadline:
                raise UnreadableTerms(name, f"PDF 读取超过 {limits().seconds:.0f} 秒，请拆成几份再读")
            yield _PageReader(document, index, fonts).read(name)
    finally:
        document.close()


def _open(data: bytes, name: str) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise UnreadableTerms(name, "PDF 设有打开密码，请去掉密码后再提供") from error
        raise UnreadableTerms(name, "PDF 文件不完整或已损坏，请重新下载，或重新导出一份") from error


@dataclass(frozen=True, slots=True)
class _Object:
    """What one text object of a page says about its characters."""

    printed: Print
    tag: int
    visible: bool


class _PageReader:
    """Reads one page."""

    def __init__(self, document: Any, index: int, fonts: NamedFonts) -> None:
        self._document = document
        self._index = index
        self._fonts = fonts
        self._objects: dict[int, _Object] = {}
        self._invisible = 0

    def read(self, name: str) -> Page:
        try:
            page = self._document[self._index]
            text = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise UnreadableTerms(name, f"PDF 第 {self._index + 1} 页已损坏，请重新导出一份") from error
        try:
            width, height = page.get_size()
            result = Page(self._index + 1, width, height)
            self._read_objects(page, result)
            count = pdfium.FPDFText_CountChars(text)
            if count > limits().page_characters:
                raise UnreadableTerms(name, f"PDF 第 {self._index + 1} 页文字过多，请检查文件")
            self._read_characters(text, count, result)
            result.tags = page_tags(page)
        finally:
            text.close()
            page.close()
        return result

    def _read_objects(self, page: Any, result: Page) -> None:
        texts: list[Any] = []
        for each in page.get_objects(max_depth=_FORM_DEPTH):
            if each.type == pdfium.FPDF_PAGEOBJ_TEXT:
                texts.append(each.raw)
            elif each.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                result.pictures += 1
            elif each.type == pdfium.FPDF_PAGEOBJ_PATH and len(result.shapes) < _MOST_SHAPES:
                shape = _shape(each.raw)
                if shape is not None:
                    result.shapes.append(shape)
        names = [_name_of(raw) for raw in texts]
        if any(boldness_of(*each) is Boldness.UNKNOWN for each in set(names)):
            found = self._fonts.of_page(self._index, len(texts))
            names = [
                (font_name(other[0].encode()), other[1]) if boldness_of(*own) is Boldness.UNKNOWN else own
                for own, other in zip(names, found or names, strict=True)
            ]
        for raw, (font, flags) in zip(texts, names, strict=True):
            self._objects[_address(raw)] = _text_object(raw, font, flags)

    def _read_characters(self, text: Any, count: int, page: Page) -> None:
        angles = [pdfium.FPDFText_GetCharAngle(text, index) for index in range(0, count, max(1, count // 50))]
        turn = _usual_turn(angles)
        x, y = ctypes.c_double(), ctypes.c_double()
        box = pdfium.FS_RECTF()
        last: Character | None = None
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(text, index)
            if pdfium.FPDFText_IsGenerated(text, index):
                if code == 0x20 and last is not None and last.text != " ":
                    last = Character(" ", last.right, last.right, last.base, last.printed, last.tag)
                    page.characters.append(last)
                continue
            raw = pdfium.FPDFText_GetTextObject(text, index)
            told = self._objects.get(_address(raw)) if raw else None
            if told is None or not told.visible:
                continue
            if abs(_difference(pdfium.FPDFText_GetCharAngle(text, index), turn)) > _STRAIGHT:
                continue  # a watermark across the page
            if pdfium.FPDFText_HasUnicodeMapError(text, index) == 1 or code in {0, 0xFFFD} or 0xE000 <= code <= 0xF8FF:
                page.unmapped += 1
            shown = usual_form(chr(code)) if code < 0x110000 else ""
            if not shown or 0xD800 <= code < 0xE000:
                continue
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            pdfium.FPDFText_GetLooseCharBox(text, index, box)
            left, right, base = _turned(turn, x.value, y.value, box)
            last = Character(shown, left, max(left, right), base, told.printed, told.tag)
            page.characters.append(last)


def _address(raw: Any) -> int:
    return ctypes.cast(raw, ctypes.c_void_p).value or 0


def _name_of(raw: Any) -> tuple[str, int]:
    font = pdfium.FPDFTextObj_GetFont(raw)
    if not font:
        return "", -1
    buffer = ctypes.create_string_buffer(_NAME_BYTES)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, _NAME_BYTES)
    return font_name(buffer.value), int(pdfium.FPDFFont_GetFlags(font))


def _text_object(raw: Any, font: str, flags: int) -> _Object:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(raw)
    boldness = Boldness.BOLD if mode == _FILL_AND_STROKE else boldness_of(font, flags)
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(raw, size)
    scale = 1.0
    if pdfium.FPDFPageObj_GetMatrix(raw, matrix):
        scale = math.hypot(matrix.c, matrix.d)
    printed = Print(font, boldness, is_italic(font), round(size.value * scale, 1), _fill(raw))
    return _Object(printed, int(pdfium.FPDFPageObj_GetMarkedContentID(raw)), mode != _INVISIBLE)


def _fill(raw: Any) -> Colour:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(raw, *parts):
        return BLACK
    return parts[0].value, parts[1].value, parts[2].value


def _shape(raw: Any) -> Rectangle | None:
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(raw, *edges):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(raw, mode, stroke)
    return Rectangle(left, bottom, right, top, _fill(raw), filled=mode.value != 0, stroked=stroke.value != 0)


def _usual_turn(angles: list[float]) -> float:
    """Angle of most characters, to the nearest quarter of a turn: pages are scanned and printed sideways."""
    quarters = [round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0]
    return max(set(quarters), key=quarters.count) * math.pi / 2 if quarters else 0.0


def _difference(one: float, other: float) -> float:
    return (one - other + math.pi) % (2 * math.pi) - math.pi


def _turned(turn: float, x: float, y: float, box: Any) -> tuple[float, float, float]:
    """Left, right and base line of a character as they are when the page is turned upright."""
    quarter = round(turn / (math.pi / 2)) % 4
    if quarter == 0:
        return box.left, box.right, y
    if quarter == 3:  # runs upwards: PDFium counts clockwise
        return box.bottom, box.top, -x
    if quarter == 2:
        return -box.right, -box.left, -y
    return -box.top, -box.bottom, x
