"""Numbers as Chinese and Roman numerals."""

from __future__ import annotations

import unicodedata

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ROMAN = {"i": 1, "v": 5, "x": 10}


def chinese_number(digits: str) -> int | None:
    """Read a Chinese or ASCII number up to 9,999: `十二` is 12, `一百零三` 103, `二〇` 20; None if malformed."""
    if digits.isascii():
        return int(digits) if digits.isdigit() else None
    if not all(character in _DIGITS or character in _UNITS for character in digits):
        return None
    if not any(character in _UNITS for character in digits):
        value = 0
        for character in digits:
            value = value * 10 + _DIGITS[character]
        return value
    total, digit = 0, 0
    last_unit = 10_000
    for character in digits:
        unit = _UNITS.get(character)
        if unit is None:
            if digit:
                return None
            digit = _DIGITS[character]
            continue
        if unit >= last_unit:
            return None
        total += (digit or (1 if unit == 10 else 0)) * unit
        digit, last_unit = 0, unit
    return total + digit


def chinese_digits(value: int) -> str:
    """Write a number from 1 to 999 in Chinese: 12 is `十二`, 103 `一百零三`, 20 `二十`."""
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    written = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        written += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        written += "零"
    return written + (digits[ones] if ones else "")


def roman_number(digits: str) -> int:
    """Value of a Roman number made of I, V and X, of ASCII letters or one character of Unicode's number forms."""
    if not digits.isascii():
        return int(unicodedata.numeric(digits))
    values = [_ROMAN[character] for character in digits.lower()]
    return sum(
        -value if index + 1 < len(values) and values[index + 1] > value else value for index, value in enumerate(values)
    )
