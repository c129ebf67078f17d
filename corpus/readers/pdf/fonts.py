"""What the name of a font says about its weight."""

from __future__ import annotations

import re

from corpus.readers.pdf.types import Boldness

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_NAMELESS = re.compile(
    r"""^(?:
        (?:CIDFont\+)?(?:CIDFont|Font|F|T|R|TT|C\d_|T3_|Type3)[-_]?\d*(?:[-_]\d+)?   # F1, CIDFont+F2, T3_0
      | [0-9a-fA-F-]{16,}                                                 # a hash
      | Identity(?:-[HV])? | Unnamed.* | Untitled.*
    )?$""",
    re.VERBOSE,
)
_BOLD = re.compile(r"bold|black|heavy|demi|[-,_ ]bd\b|粗|[-_]W[6-9]$|[-_](?:B|EB|H)$|,B", re.IGNORECASE)
_GOTHIC = re.compile(r"SimHei|黑体|STHeiti|(?<!Sans)Heiti|FZHei|FZHT|HYHei|小标宋|XBSJW|大黑|超黑", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|[-,]it\b", re.IGNORECASE)
FORCE_BOLD = 1 << 18
"""Flag of a font descriptor (ISO 32000-1, table 123)."""


def font_name(raw: bytes) -> str:
    """Decode a font's name: UTF-8, or the GBK of older Chinese software; the subset tag is taken off."""
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("gb18030", errors="replace")
    return _SUBSET.sub("", name.strip("\x00/ "))


def boldness_of(name: str, flags: int) -> Boldness:
    """Tell a font's weight by its name and flags."""
    if flags >= 0 and flags & FORCE_BOLD:
        return Boldness.BOLD
    if _NAMELESS.match(name):
        return Boldness.UNKNOWN
    if _BOLD.search(name):
        return Boldness.BOLD
    return Boldness.GOTHIC if _GOTHIC.search(name) else Boldness.PLAIN


def is_italic(name: str) -> bool:
    """Whether a font is slanted."""
    return _ITALIC.search(name) is not None
