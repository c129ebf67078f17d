"""HTML terms as blocks: headings, paragraphs, list items and table rows, each with its place in the page's source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from corpus.readers.colour import BLACK, Colour
from corpus.readers.runs import trim
from corpus.readers.web.chrome import page_chrome
from corpus.readers.web.css import StyleSheets
from corpus.readers.web.flow import Flow, Paragraph, Piece
from corpus.readers.web.tree import Element, Text, build_tree
from corpus.types import Block, Extract, Mark, Run, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.readers.web.style import Style

_LINE_END = re.compile(r"\r\n|\r|\n")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…\U00020000-\U0003ffff]")
_HIDDEN_WORTH_TELLING = 50
_EXTERNAL = "网页的样式表不在文件里：由它加粗、加色的文字看不出来，请以网页显示为准。"
_COUNTERS = "网页用样式表生成编号（counter），这些编号没有读到，请核对条款编号。"


def read_html(source: str) -> Extract:
    """Read a web page or a fragment of one; never fails, whatever the text. Linear in its length."""
    root = build_tree(source)
    css = list(_style_texts(root, source))
    flow = Flow(source, StyleSheets(css), page_chrome(root, source))
    flow.read(root)
    notes = []
    if any(_is_external_sheet(element) for element in _elements(root)):
        notes.append(_EXTERNAL)
    if any("counter(" in text or "counters(" in text for text in css):
        notes.append(_COUNTERS)
    if flow.hidden >= _HIDDEN_WORTH_TELLING:
        notes.append(f"网页里有 {flow.hidden} 字不显示的内容，没有作为条款读取。")
    return Extract(source=source, blocks=tuple(_blocks(flow.paragraphs, source)), notes=tuple(notes))


def _elements(root: Element) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [child for child in reversed(element.children) if isinstance(child, Element)]


def _style_texts(root: Element, source: str) -> Iterator[str]:
    for element in _elements(root):
        if element.name == "style" and element.attributes.get("media", "all").lower() in {"", "all", "screen"}:
            for child in element.children:
                if isinstance(child, Text):
                    yield source[child.start : child.end]


def _is_external_sheet(element: Element) -> bool:
    return element.name == "link" and "stylesheet" in element.attributes.get("rel", "").lower().split()


def _blocks(paragraphs: Sequence[Paragraph], source: str) -> Iterator[Block]:
    colour, size = _body_style(paragraphs)
    line_starts = [0, *(found.end() for found in _LINE_END.finditer(source))]
    marks: dict[Style, frozenset[Mark]] = {}
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            if piece.style not in marks:
                kinds = piece.style.kinds(body_colour=colour, body_size=size)
                marks[piece.style] = frozenset(Mark(kind) for kind in kinds)
        runs = trim(tuple(_runs(paragraph.pieces, marks)))
        if runs:
            span = Span(runs[0].span.start, runs[-1].span.end)
            lines = bisect_right(line_starts, span.start), bisect_right(line_starts, span.end - 1)
            yield Block(
                span=span,
                runs=runs,
                heading_level=paragraph.heading_level,
                table=paragraph.table,
                bullet=paragraph.bullet,
                indent=paragraph.indent,
                lines=lines,
            )


def _body_style(paragraphs: Sequence[Paragraph]) -> tuple[Colour, float]:
    """Colour and size of most of the text: what stands out does so against them."""
    colours: Counter[Colour] = Counter()
    sizes: Counter[float] = Counter()
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            colours[piece.style.colour] += len(piece.text)
            if not paragraph.heading_level:
                sizes[piece.style.size] += len(piece.text)
    colour = colours.most_common(1)[0][0] if colours else BLACK
    return colour, sizes.most_common(1)[0][0] if sizes else 16.0


def _runs(pieces: Sequence[Piece], marks: dict[Style, frozenset[Mark]]) -> Iterator[Run]:
    """Join neighbours that are verbatim, adjacent and alike; drop line ends between ideographs."""
    last: Run | None = None
    for index, piece in enumerate(pieces):
        if piece.line_end and _between_wide(pieces, index):
            continue
        run = Run(Span(piece.start, piece.end), piece.text, marks[piece.style])
        verbatim = len(run.span) == len(run.text)
        if (
            last is not None
            and verbatim
            and len(last.span) == len(last.text)
            and last.span.end == run.span.start
            and last.marks == run.marks
        ):
            last = Run(Span(last.span.start, run.span.end), last.text + run.text, run.marks)
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _between_wide(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a line end stands beside an ideograph or a full-width mark, where no space is meant."""
    before = pieces[index - 1].text[-1:] if index else ""
    after = pieces[index + 1].text[:1] if index + 1 < len(pieces) else ""
    return bool(_WIDE.match(before) or _WIDE.match(after))
