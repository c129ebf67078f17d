"""Names of WordprocessingML and how its values are read (ISO/IEC 29500-1, 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"


def w(name: str) -> str:
    """Full name of an element or attribute: `w("p")`."""
    return f"{{{_MAIN}}}{name}"


VAL = w("val")


def value_of(parent: etree._Element | None, name: str) -> str | None:
    """`w:val` of a child; None when there is no such child, empty when it has no value."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else str(child.get(VAL, ""))


def number_of(parent: etree._Element | None, name: str) -> int | None:
    """`w:val` of a child as a number; None when there is none, or it is not one."""
    return integer(value_of(parent, name))


def integer(value: str | None) -> int | None:
    """Read a decimal number, of nine digits at most."""
    if value is None or len(value) > 10:
        return None
    digits = value.removeprefix("-").removeprefix("+")
    return int(value) if digits.isascii() and digits.isdigit() else None


def switch_of(parent: etree._Element | None, name: str) -> bool | None:
    """Whether a property that can be on or off is on; None when it is not given (17.17.4)."""
    value = value_of(parent, name)
    return None if value is None else value.lower() not in {"0", "false", "off", "none"}
