"""Word terms as blocks, with what a person should know of the reading."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from corpus.errors import UnreadableTerms
from corpus.readers.extracted import ExtractedText, Words
from corpus.readers.limits import limits
from corpus.readers.word.body import BodyReader, Paragraph
from corpus.readers.word.names import w
from corpus.readers.word.numbering import Numbering
from corpus.readers.word.package import Package
from corpus.readers.word.printing import NOTHING, Properties, kinds_of
from corpus.readers.word.styles import Styles
from corpus.types import Extract, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.readers.colour import Colour
    from corpus.readers.word.content import Piece


def read_word(data: bytes, *, name: str) -> Extract:
    """Read a .docx file; UnreadableTerms when it is damaged, protected, too large or without text."""
    package = Package(data, place=name)
    document = package.document()
    notes = {kind: package.part(kind) for kind in ("footnotes", "endnotes")}
    reader = BodyReader(Styles(package.part("styles")), Numbering(package.part("numbering")), notes)
    body = document.find(w("body"))
    if body is None:
        raise UnreadableTerms(name, "Word 文件里没有正文，文件可能已损坏，请重新下载或另存一份")
    try:
        reader.read(body)
    except RecursionError as error:
        raise UnreadableTerms(name, "Word 文件嵌套过深，无法读取；请把正文复制到新文件再试") from error
    text = _write(reader.paragraphs, name)
    if not text.blocks:
        cause = "只有图片，请先做文字识别（OCR），或提供原文件" if reader.pictures else "没有可读的文字"
        raise UnreadableTerms(name, f"Word 文件里{cause}")
    return Extract(source=text.source, blocks=tuple(text.blocks), notes=_notes(reader))


def _write(paragraphs: Sequence[Paragraph], name: str) -> ExtractedText:
    text = ExtractedText()
    body = _body_print(paragraphs)
    titled = int(any(paragraph.is_title for paragraph in paragraphs))  # headings stand below the title
    for paragraph in paragraphs:
        pieces = paragraph.pieces if paragraph.number is None else [paragraph.number, *paragraph.pieces]
        level = paragraph.heading_level + titled if paragraph.heading_level else 0
        text.add(
            [Words(piece.text, _marks(piece, body), piece.generated) for piece in pieces],
            heading_level=1 if paragraph.is_title else min(level, 6),
            table=paragraph.table,
            bullet=paragraph.bullet,
            indent=paragraph.indent,
            paragraph=paragraph.place,
        )
        if text.length > limits().characters:
            raise UnreadableTerms(name, f"文字超过 {limits().characters // 10_000} 万字，请拆成几份再读")
    return text


def _marks(piece: Piece, body: Properties) -> frozenset[Mark]:
    return frozenset(Mark(kind) for kind in kinds_of(piece.printed, body))


def _body_print(paragraphs: Sequence[Paragraph]) -> Properties:
    """How most of the body is printed, property by property, counted in characters."""
    colours: Counter[Colour | None] = Counter()
    sizes: Counter[int | None] = Counter()
    fonts: Counter[str | None] = Counter()
    for paragraph in paragraphs:
        if not paragraph.heading_level and not paragraph.is_title:
            for piece in paragraph.pieces:
                colours[piece.printed.colour] += len(piece.text)
                sizes[piece.printed.size] += len(piece.text)
                fonts[piece.printed.font] += len(piece.text)
    if not colours:
        return NOTHING
    return Properties(
        colour=colours.most_common(1)[0][0], size=sizes.most_common(1)[0][0], font=fonts.most_common(1)[0][0]
    )


def _notes(reader: BodyReader) -> tuple[str, ...]:
    notes = {
        f"文件含修订记录（{reader.changes} 处），已按接受全部修订后的文字读取。": reader.changes,
        f"文件里有 {reader.hidden} 字隐藏文字，没有作为条款读取。": reader.hidden,
        f"文件里有 {reader.pictures} 张图片，图片里的文字没有读到。": reader.pictures,
        "自动目录没有作为条款读取。": reader.contents,
        "文件嵌入了其他文件，嵌入的内容没有读到。": reader.embedded,
    }
    return tuple(note for note, holds in notes.items() if holds)
