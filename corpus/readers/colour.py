"""Colours as CSS writes them."""

from __future__ import annotations

import tinycss2.color4

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

BLACK: Colour = (0, 0, 0)
_STRONG = 60
"""Difference between the strongest and weakest of red, green and blue from which a colour is no grey."""
_APART = 100
"""Sum of differences from which two colours are told apart in running text: #333 and #000 are not (153 for greys)."""


def read_colour(value: str) -> Colour | None:
    """Read a CSS colour; None when it is no colour, or transparent."""
    value = value.strip()
    if value.startswith("#") and not all(character in "0123456789abcdefABCDEF" for character in value[1:]):
        return None
    try:
        colour = tinycss2.color4.parse_color(value)
        if colour is None or isinstance(colour, str) or colour.alpha is None or colour.alpha < 0.2:
            return None
        red, green, blue = (min(255, max(0, round((part or 0.0) * 255))) for part in colour.to("srgb").coordinates)
    except (ValueError, TypeError, OverflowError, ZeroDivisionError, NotImplementedError):
        return None
    return red, green, blue


def stands_out(colour: Colour, body: Colour) -> bool:
    """Whether words of this colour stand out from body text: a real colour, and not the body's; greys do not."""
    apart = sum(abs(one - other) for one, other in zip(colour, body, strict=True))
    return max(colour) - min(colour) >= _STRONG and apart >= _APART


def is_pale(colour: Colour) -> bool:
    """Whether a background is white or nearly so."""
    return min(colour) >= 245
