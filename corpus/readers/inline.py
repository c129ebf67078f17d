"""Visible text and emphasis of one Markdown block, with every character's place in the source.

Two questions are kept apart. What the *author* meant: stars pair up in the order in which they stand. What a
*reader* sees: CommonMark 0.31 section 6.2, whose flanking rule leaves `**乙方不承担责任。**甲方应` with its stars
because the closing run stands between punctuation and a letter (commonmark-spec issue 650). Words are bold when
either says so; `renders` is the second answer.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.readers.delimiters import Delimiter, author_pairs, rendered_pairs
from corpus.types import EmphasisKind, Mark, Run, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

TAG = (
    r"</?[A-Za-z][A-Za-z0-9-]{0,30}"
    r"(?:\s{1,50}[A-Za-z_:@][A-Za-z0-9_.:@-]{0,60}(?:\s{0,5}=\s{0,5}"
    r"(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'|[^\s\"'=<>`]{1,2000}))?){0,30}\s{0,50}/?>"
)
"""An HTML tag, as CommonMark 6.6 has it: `a<b 且 b>c` holds none."""

_TOKEN = re.compile(
    rf"""
      (?P<escape>\\[!-/:-@\[-`{{-~])                                   # CommonMark 2.4
    | (?P<newline>\\?(?:\r\n|\r|\n)[ \t>]*)
    | (?P<code>`{{1,64}})
    | (?P<comment><!--)
    | (?P<autolink><(?:https?|ftp|mailto):[^\s<>]{{1,2000}}>)
    | (?P<tag>{TAG})
    | (?P<entity>&(?:\#[0-9]{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
    | (?P<open>!?\[)
    | (?P<close>\](?:\((?:[^()\r\n\\]|\\.|\([^()\r\n]{{0,500}}\)){{0,2000}}\)|\[[^\[\]\r\n]{{0,200}}\])?)
    | (?P<delimiter>\*+|_+|~~)
    """,
    re.VERBOSE,
)
_SPECIAL = re.compile(r"[\\*_~`<&\[\]\r\n]")
"""Every token begins with one of these, or with an exclamation mark directly before one."""
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_TAG_MARKS = {
    "b": EmphasisKind.BOLD,
    "strong": EmphasisKind.BOLD,
    "u": EmphasisKind.UNDERLINE,
    "ins": EmphasisKind.UNDERLINE,
    "i": EmphasisKind.ITALIC,
    "em": EmphasisKind.ITALIC,
    "mark": EmphasisKind.HIGHLIGHT,
}
_STYLE_MARKS = (
    (re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE), EmphasisKind.BOLD),
    (re.compile(r"text-decoration[a-z-]*\s*:[^;\"']{0,80}underline", re.IGNORECASE), EmphasisKind.UNDERLINE),
    (
        re.compile(r"(?:^|[\s;\"'])color\s*+[:=]\s*+[\"']?+(?!#000|#333|black|inherit|initial)", re.IGNORECASE),
        EmphasisKind.COLOUR,
    ),
    (re.compile(r"background(?:-color)?\s*:", re.IGNORECASE), EmphasisKind.HIGHLIGHT),
)


@dataclass(slots=True)
class _Piece:
    """A stretch of the block: visible text, or markup when `text` is empty."""

    start: int
    end: int
    text: str
    marks: frozenset[Mark] = frozenset()


def read_inline(source: str, start: int, end: int, *, code: bool = False) -> tuple[Run, ...]:
    """Read `source[start:end]` as the inline content of one block.

    `code` says that a renderer shows the block as indented code: its emphasis is meant but not seen.
    Linear in the length of the block.
    """
    if _SPECIAL.search(source, start, end) is None:
        return (Run(Span(start, end), source[start:end]),) if end > start else ()
    scanner = _Scanner(source, start, end)
    scanner.scan()
    pieces = _emphasise(scanner.pieces, scanner.delimiters, code=code)
    return _runs(pieces)


class _Scanner:
    """One pass over the block: splits it into pieces and collects the delimiter runs."""

    def __init__(self, source: str, start: int, end: int) -> None:
        self.source, self.position, self.end = source, start, end
        self.start = start
        self.pieces: list[_Piece] = []
        self.delimiters: list[Delimiter] = []
        self._brackets: list[int] = []  # indexes of pieces that hold an open bracket
        self._tags: list[tuple[str, frozenset[Mark]]] = []
        self._marks: frozenset[Mark] = frozenset()
        self._code_ends: dict[int, list[int]] | None = None
        self._unclosed_comment = False

    def scan(self) -> None:
        while self.position < self.end:
            match = _TOKEN.search(self.source, self._next_special(), self.end)
            if match is None:
                self._visible(self.position, self.end)
                return
            start = match.start()
            while match["newline"] and start > self.position and self.source[start - 1] in " \t":
                start -= 1  # blanks before a line end are no text
            if start > self.position:
                self._visible(self.position, start)
            self.position = match.end()
            if match["newline"]:
                self._line_end(start, match.end())
            else:
                getattr(self, f"_on_{match.lastgroup}")(match)

    def _next_special(self) -> int:
        """Offset from where the next token can begin: most characters of a block begin none."""
        special = _SPECIAL.search(self.source, self.position, self.end)
        start = self.end if special is None else special.start()
        return start - 1 if start > self.position and self.source[start - 1] == "!" else start  # `![`

    def _visible(self, start: int, end: int, text: str | None = None) -> None:
        self.pieces.append(_Piece(start, end, self.source[start:end] if text is None else text, self._marks))

    def _hidden(self, start: int, end: int) -> None:
        self.pieces.append(_Piece(start, end, ""))

    def _on_escape(self, match: re.Match[str]) -> None:
        self._hidden(match.start(), match.start() + 1)
        self._visible(match.start() + 1, match.end())

    def _line_end(self, start: int, end: int) -> None:
        """Between ideographs a line end is nothing, between words of letters a space."""
        before = self.source[start - 1] if start > self.start else " "
        after = self.source[end] if end < self.end else " "
        latin = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        self._visible(start, end, " ") if latin else self._hidden(start, end)

    def _on_code(self, match: re.Match[str]) -> None:
        """CommonMark 6.1: a code span ends at the next run of as many backticks."""
        close = self._closing_backticks(match.end(), len(match.group()))
        if close is None:
            self._visible(*match.span())
            return
        self._hidden(*match.span())
        words = self.source[match.end() : close].replace("\r", " ").replace("\n", " ")
        self._visible(match.end(), close, words)
        self.position = close + len(match.group())
        self._hidden(close, self.position)

    def _closing_backticks(self, after: int, length: int) -> int | None:
        if self._code_ends is None:  # one pass for the whole block keeps unmatched backticks linear
            self._code_ends = {}
            for run in re.finditer(r"`+", self.source[self.start : self.end]):
                self._code_ends.setdefault(len(run.group()), []).append(self.start + run.start())
            for places in self._code_ends.values():
                places.reverse()
        places = self._code_ends.get(length, [])
        while places and places[-1] < after:
            places.pop()
        return places[-1] if places else None

    def _on_comment(self, match: re.Match[str]) -> None:
        close = -1 if self._unclosed_comment else self.source.find("-->", match.end(), self.end)
        if close < 0:
            self._unclosed_comment = True  # nor does any later one close: this keeps them linear
            self._visible(*match.span())
            return
        self.position = close + 3
        self._hidden(match.start(), self.position)

    def _on_autolink(self, match: re.Match[str]) -> None:
        self._hidden(match.start(), match.start() + 1)
        self._visible(match.start() + 1, match.end() - 1)
        self._hidden(match.end() - 1, match.end())

    def _on_tag(self, match: re.Match[str]) -> None:
        self._hidden(*match.span())
        tag = match.group()
        name_match = _TAG_NAME.match(tag)
        assert name_match is not None
        name = name_match.group(1).lower()
        if name == "br":
            self.pieces[-1].text = ""
            return
        if tag.startswith("</"):
            for index in range(len(self._tags) - 1, max(-1, len(self._tags) - 65), -1):
                if self._tags[index][0] == name:
                    del self._tags[index]
                    break
            else:
                return
        elif not tag.endswith("/>"):
            self._tags.append((name, _marks_of_tag(name, tag)))
        self._marks = frozenset().union(*(marks for _, marks in self._tags[-64:]))

    def _on_entity(self, match: re.Match[str]) -> None:
        decoded = html.unescape(match.group())
        self._visible(*match.span(), None if decoded == match.group() else decoded)

    def _on_open(self, match: re.Match[str]) -> None:
        self._brackets.append(len(self.pieces))
        self._visible(*match.span())

    def _on_close(self, match: re.Match[str]) -> None:
        opened = self._brackets.pop() if self._brackets else None
        if opened is None or len(match.group()) == 1:
            self._visible(match.start(), match.start() + 1)
            self.position = match.start() + 1
            return
        self.pieces[opened].text = ""  # the text of a link is visible, its address is not
        self._hidden(*match.span())

    def _on_delimiter(self, match: re.Match[str]) -> None:
        start, end = match.span()
        before = self.source[start - 1] if start > self.start else "\n"
        after = self.source[end] if end < self.end else "\n"
        self.delimiters.append(Delimiter(len(self.pieces), match.group()[0], end - start, before, after))
        self._visible(start, end)


def _marks_of_tag(name: str, tag: str) -> frozenset[Mark]:
    marks = {Mark(_TAG_MARKS[name])} if name in _TAG_MARKS else set()
    if len(tag) > len(name) + 2:
        marks |= {Mark(kind) for pattern, kind in _STYLE_MARKS if pattern.search(tag)}
    return frozenset(marks)


def _emphasise(pieces: list[_Piece], delimiters: list[Delimiter], *, code: bool) -> Iterator[_Piece]:
    """Turn paired delimiter runs into marks; what no pairing used up stays visible."""
    if not delimiters:
        return iter(pieces)
    _hide_strikes(pieces, delimiters)
    rendered = rendered_pairs(delimiters)
    meant = author_pairs(delimiters)
    consumed = [0] * len(delimiters)
    for pairs in (rendered, meant):
        used = [0] * len(delimiters)
        for pair in pairs:
            used[pair.opener] += pair.width
            used[pair.closer] += pair.width
        consumed = [max(both) for both in zip(consumed, used, strict=True)]
    depth = _Depths(len(pieces))
    for pair in rendered:
        depth.add(delimiters[pair.opener].piece, delimiters[pair.closer].piece, pair.kind, seen=True)
    for pair in meant:
        depth.add(delimiters[pair.opener].piece, delimiters[pair.closer].piece, pair.kind, seen=False)
    for delimiter, width in zip(delimiters, consumed, strict=True):
        piece = pieces[delimiter.piece]
        left = max(0, len(piece.text) - width)
        piece.text = piece.text[:left]
        piece.end = piece.start + left if left else piece.end
    return depth.apply(pieces, code=code)


def _hide_strikes(pieces: list[_Piece], delimiters: list[Delimiter]) -> None:
    """Take off the marks of `~~struck~~` words (GitHub Flavored Markdown 6.5); the words are still part of the text."""
    opener: Delimiter | None = None
    for delimiter in delimiters:
        if delimiter.character != "~":
            continue
        if opener is not None and delimiter.can_close:
            pieces[opener.piece].text = pieces[delimiter.piece].text = ""
            opener = None
        elif delimiter.can_open:
            opener = delimiter


class _Depths:
    """How many pairs of each kind are open at each piece."""

    def __init__(self, count: int) -> None:
        self._steps: dict[tuple[EmphasisKind, bool], dict[int, int]] = {}
        self._count = count

    def add(self, opener: int, closer: int, kind: EmphasisKind, *, seen: bool) -> None:
        steps = self._steps.setdefault((kind, seen), {})
        steps[opener + 1] = steps.get(opener + 1, 0) + 1
        steps[closer] = steps.get(closer, 0) - 1

    def apply(self, pieces: list[_Piece], *, code: bool) -> Iterator[_Piece]:
        level = dict.fromkeys(self._steps, 0)
        for index, piece in enumerate(pieces):
            for key, steps in self._steps.items():
                level[key] += steps.get(index, 0)
            kinds = {kind for (kind, _), depth in level.items() if depth > 0}
            if not (kinds or piece.marks):
                yield piece
                continue
            marks = {Mark(kind, renders=level.get((kind, True), 0) > 0 and not code) for kind in kinds}
            if code:
                marks |= {Mark(mark.kind, renders=False) for mark in piece.marks}
            else:
                marks = {mark for mark in marks if Mark(mark.kind) not in piece.marks} | piece.marks
            piece.marks = frozenset(marks)
            yield piece


def _runs(pieces: Iterator[_Piece]) -> tuple[Run, ...]:
    """Join neighbouring pieces that are verbatim, adjacent and alike."""
    runs: list[Run] = []
    for piece in pieces:
        if not piece.text:
            continue
        last = runs[-1] if runs else None
        verbatim = len(piece.text) == piece.end - piece.start
        if (
            last is not None
            and verbatim
            and last.span.end == piece.start
            and len(last.span) == len(last.text)
            and last.marks == piece.marks
        ):
            runs[-1] = Run(Span(last.span.start, piece.end), last.text + piece.text, last.marks)
        else:
            runs.append(Run(Span(piece.start, piece.end), piece.text, piece.marks))
    return tuple(runs)
