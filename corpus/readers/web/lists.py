"""The numbers and bullets that a browser draws before list items (CSS Lists 3, CSS Counter Styles 3)."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.numbering import read_label
from corpus.readers import ordinals
from corpus.readers.web.tree import Element, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_STYLES: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimal-leading-zero": ordinals.padded,
    "lower-alpha": ordinals.letters,
    "lower-latin": ordinals.letters,
    "upper-alpha": ordinals.upper(ordinals.letters),
    "upper-latin": ordinals.upper(ordinals.letters),
    "lower-roman": ordinals.roman,
    "upper-roman": ordinals.upper(ordinals.roman),
    "cjk-ideographic": ordinals.chinese,
    "simp-chinese-informal": ordinals.chinese,
    "trad-chinese-informal": ordinals.chinese,
    "simp-chinese-formal": ordinals.chinese_legal,
    "trad-chinese-formal": ordinals.chinese_legal,
    "cjk-decimal": ordinals.chinese_positional,
    "cjk-heavenly-stem": ordinals.stem,
    "cjk-earthly-branch": ordinals.branch,
}
_IDEOGRAPHIC = frozenset(name for name in _STYLES if "cjk" in name or "chinese" in name)
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_BULLETS = frozenset({"disc", "circle", "square", "disclosure-open", "disclosure-closed"})
_START = 24
"""Characters of an item that tell whether it carries a number of its own."""
_LOOKED_AT = 200
"""Nodes of an item that are looked through for them."""


@dataclass(slots=True)
class Counting:
    """One list while it is being read."""

    numbered: bool
    step: int
    next: int
    own_numbers: bool
    """Whether the items carry numbers in their text: drawn numbers beside them would be doubled."""
    type: str
    """What the list's own `type` says, as a `list-style-type`."""

    def marker(self, item: Element, list_type: str) -> str:
        """Count an item and return the number before it with its separator; empty for bullets and for nothing."""
        value = _integer(item.attributes.get("value", ""))
        if value is not None:
            self.next = value
        value = self.next
        self.next += self.step
        style = list_type or _TYPES.get(item.attributes.get("type", ""), "") or self.type
        if self.own_numbers or not self.numbered_by(style) or abs(value) > 100_000:
            return ""
        suffix = "、" if style in _IDEOGRAPHIC else ". "
        return ordinals.spell(value, style, _STYLES) + suffix

    def numbered_by(self, style: str) -> bool:
        """Whether items of this `list-style-type` are numbered."""
        if style in _BULLETS or style == "none":
            return False
        return self.numbered or style in _STYLES

    def is_bullet(self, list_type: str) -> bool:
        """Whether the items are drawn with a bullet."""
        style = list_type or self.type
        return not self.own_numbers and style != "none" and not self.numbered_by(style)


def begin_counting(element: Element, source: str) -> Counting:
    """Begin a list: `start`, `reversed` and `type` of `<ol>` (HTML Standard 4.4.5)."""
    numbered = element.name == "ol"
    items = [child for child in element.children if isinstance(child, Element) and child.name == "li"]
    backwards = numbered and "reversed" in element.attributes
    first = _integer(element.attributes.get("start", ""))
    if first is None:
        first = len(items) if backwards else 1
    own = sum(_has_number(item, source) for item in items[:_LOOKED_AT])
    kind = element.attributes.get("type", "")
    return Counting(
        numbered=numbered,
        step=-1 if backwards else 1,
        next=first,
        own_numbers=bool(items) and own * 2 > min(len(items), _LOOKED_AT),
        type=_TYPES.get(kind, kind.lower() if kind.lower() in _BULLETS else ""),
    )


def _has_number(item: Element, source: str) -> bool:
    """Whether the words of an item begin with a clause number."""
    words = ""
    waiting: list[Element | Text] = [item]
    for _ in range(_LOOKED_AT):
        if not waiting or len(words) >= _START:
            break
        node = waiting.pop()
        if isinstance(node, Text):
            words = (words + html.unescape(source[node.start : min(node.end, node.start + 200)])).lstrip()
        elif node.name not in {"script", "style"}:
            waiting += reversed(node.children)
    label = read_label(words[:_START])
    return label is not None and not label.doubt


def _integer(text: str) -> int | None:
    found = re.match(r"\s*([+-]?[0-9]{1,9})", text)
    return None if found is None else int(found[1])
