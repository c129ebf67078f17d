"""Numbers as automatic lists print them: `12`, `十二`, `l`, `xii`, `⑫`, `１２`, `贰`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.numerals import chinese_digits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
_EARTHLY_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_POSITIONAL = str.maketrans("0123456789", "〇一二三四五六七八九")
_MOST = 9_999


def chinese(value: int) -> str:
    """`一`, `十二`, `一百零三`, up to 9,999; ASCII digits beyond."""
    if not 0 < value <= _MOST:
        return "零" if value == 0 else str(value)
    thousands, rest = divmod(value, 1000)
    if not thousands:
        return chinese_digits(value)
    written = f"{chinese_digits(thousands)}千"
    if 0 < rest < 100:
        written += "零"
    if 10 <= rest < 20:
        written += "一"
    return written + (chinese_digits(rest) if rest else "")


def chinese_legal(value: int) -> str:
    """`壹`, `壹拾贰`: the forms of cheques and contracts."""
    plain = chinese(value)
    return (f"一{plain}" if plain.startswith("十") else plain).translate(_LEGAL)


def chinese_positional(value: int) -> str:
    """`一`, `一〇`, `二三`: digit for digit."""
    return str(value).translate(_POSITIONAL)


def full_width(value: int) -> str:
    """`１２`."""
    return str(value).translate(_FULL_WIDTH)


def circled(value: int) -> str:
    """`①` to `㊿`; plain digits beyond, as Word prints them."""
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= value <= last:
            return chr(code + value - first)
    return str(value)


def bracketed(value: int) -> str:
    """`⑴` to `⒇`; `(21)` beyond."""
    return chr(0x2474 + value - 1) if 1 <= value <= 20 else f"({value})"


def pointed(value: int) -> str:
    """`⒈` to `⒛`; `21.` beyond."""
    return chr(0x2488 + value - 1) if 1 <= value <= 20 else f"{value}."


def bracketed_chinese(value: int) -> str:
    """`㈠` to `㈩`; `(十一)` beyond."""
    return chr(0x3220 + value - 1) if 1 <= value <= 10 else f"({chinese(value)})"


def roman(value: int) -> str:
    """`iv`; ASCII digits outside 1 to 3,999, as CSS Counter Styles 3 has it."""
    if not 0 < value < 4_000:
        return str(value)
    written = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        written += letters * count
    return written


def letters(value: int) -> str:
    """Count as web pages do: `a` … `z`, `aa`, `ab`."""
    if value <= 0:
        return str(value)
    written = ""
    while value:
        value, digit = divmod(value - 1, 26)
        written = chr(ord("a") + digit) + written
    return written


def repeated_letters(value: int) -> str:
    """Count as Word does: `a` … `z`, `aa`, `bb` (ECMA-376 part 1, 17.18.59)."""
    if not 0 < value <= 780:
        return str(value)
    times, digit = divmod(value - 1, 26)
    return chr(ord("a") + digit) * (times + 1)


def stem(value: int) -> str:
    """`甲` to `癸`."""
    return _HEAVENLY_STEMS[value - 1] if 1 <= value <= len(_HEAVENLY_STEMS) else str(value)


def branch(value: int) -> str:
    """`子` to `亥`."""
    return _EARTHLY_BRANCHES[value - 1] if 1 <= value <= len(_EARTHLY_BRANCHES) else str(value)


def padded(value: int) -> str:
    """`01`, `12`."""
    return f"{value:02d}"


def upper(written: Callable[[int], str]) -> Callable[[int], str]:
    """Write in capitals."""
    return lambda value: written(value).upper()


def spell(value: int, style: str, table: Mapping[str, Callable[[int], str]]) -> str:
    """Write a number in a named style of a format; plain digits for a style that the table lacks."""
    return table.get(style, str)(value)
