"""The tokens of an HTML page, with their places in the source (HTML Standard 13.2.5, simplified where terms need not).

`html.parser` of the standard library takes quadratic time on `<a <a <a …` and on unclosed comments, and gives no end
of a token; tree builders such as lxml give no offsets at all. So this is a tokeniser of its own: one pass, linear
whatever the text, and it never fails.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from enum import Enum, auto
from html.entities import html5
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG_START = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][^\s/>\x00]{0,200})")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+                                     # a stray slash separates attributes
        (?P<name>[^\s/>=][^\s/>=]*+)
        (?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"'][^\s>]*+|(?=>))))?""",
    re.VERBOSE,
)
_TAG_END = re.compile(r"[\s/]*+>")
_RAW_TEXT = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"})
"""Elements whose content holds no tags (HTML Standard 13.2.5.2 to 13.2.5.4)."""

_LEGACY = "|".join(sorted((name for name in html5 if not name.endswith(";")), key=len, reverse=True))
ENTITY = re.compile(rf"&(?:\#[0-9]{{1,7}};?|\#[xX][0-9a-fA-F]{{1,6}};?|[A-Za-z][A-Za-z0-9]{{1,31}};|(?:{_LEGACY}))")
"""A character reference; some names are known without their semicolon."""


class Kind(Enum):
    """What a token is."""

    TEXT = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A tag, or the text between two; comments and declarations give no token."""

    kind: Kind
    """Text, start tag or end tag."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    name: str = ""
    """Name of the element, lower case."""
    attributes: dict[str, str] = field(default_factory=dict)
    """Names in lower case, values decoded; the first of a name counts."""
    closed: bool = False
    """Whether a start tag ends in a slash."""


def tokens(source: str) -> Iterator[Token]:
    """Split a page into tags and text, in order."""
    position = text_start = 0
    while True:
        position = source.find("<", position)
        if position < 0:
            break
        end, token = _markup(source, position)
        if end == position:  # a `<` that opens nothing is text
            position += 1
            continue
        if text_start < position:
            yield Token(Kind.TEXT, text_start, position)
        if token is not None:
            yield token
            if token.kind is Kind.OPEN and token.name in _RAW_TEXT:
                close = _raw_text_end(source, end, token.name)
                if close > end:
                    yield Token(Kind.TEXT, end, close)
                end = close
        position = text_start = end
    if text_start < len(source):
        yield Token(Kind.TEXT, text_start, len(source))


def _markup(source: str, position: int) -> tuple[int, Token | None]:
    """End of the markup at `position`, and its token; the position itself when it is text."""
    if source.startswith("<!--", position):
        close = source.find("-->", position + 2)  # `<!-->` is a whole comment
        return (len(source), None) if close < 0 else (close + 3, None)
    if source.startswith(("<!", "<?"), position):
        close = source.find(">", position)
        return (len(source), None) if close < 0 else (close + 1, None)
    found = _TAG_START.match(source, position)
    if found is None:
        if source.startswith("</", position):
            close = source.find(">", position)
            return (len(source), None) if close < 0 else (close + 1, None)
        return position, None
    return _tag(source, position, found)


def _tag(source: str, position: int, found: re.Match[str]) -> tuple[int, Token | None]:
    attributes: dict[str, str] = {}
    end = found.end()
    while (attribute := _ATTRIBUTE.match(source, end)) is not None:
        name = attribute["name"].lower()
        value = attribute["double"] or attribute["single"] or attribute["bare"] or ""
        attributes.setdefault(name, html.unescape(value) if "&" in value else value)
        end = attribute.end()
    close = _TAG_END.match(source, end)
    if close is None:
        close_at = source.find(">", end)
        if close_at < 0:
            return len(source), None  # the page ends inside a tag
        stop, closed = close_at + 1, False
    else:
        stop, closed = close.end(), "/" in close.group()
    kind = Kind.CLOSE if found["close"] else Kind.OPEN
    return stop, Token(kind, position, stop, found["name"].lower(), attributes, closed)


def _raw_text_end(source: str, start: int, name: str) -> int:
    """Offset of the end tag of a script, a style sheet …; the end of the page when there is none."""
    found = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(source, start)
    return len(source) if found is None else found.start()
