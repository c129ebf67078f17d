"""Amounts, times, shares and dates in words: what they are and how much, however they are written.

Grammar of a figure: number, unit. A number without a unit is a sum when it ends
in 万 or 亿. A number is `1,000`, `0.5`, `三十万`, `两百`, `叁拾`, `半`, or digits with 万 or 亿
(`20万`); one repeated in brackets is one number (`10（十）日`, `【30】日`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import chinese_number

_DIGITS = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN = r"[零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+"
_NUMBER = rf"(?:(?:{_DIGITS}|{_HAN})\s*[万萬亿]{{0,2}}(?:{_HAN})?|半)"
_REPEATED = r"[】\]]?\s*(?:[（(][^（()）]{1,8}[)）])?\s*"
_UNITS = (
    ("money", 1.0, r"元|块钱?|圆|人民币|RMB|CNY"),
    ("percent", 1.0, r"[%％]|个百分点"),
    ("permille", 1.0, r"‰"),
    ("times", 1.0, r"倍"),
    ("working_days", 1.0, r"个?(?:工作日|营业日)"),
    ("days", 7.0, r"个?(?:周(?!岁)|星期|礼拜)"),
    ("months", 1.0, r"个(?:自然)?月"),
    ("months", 12.0, r"年(?!月)"),
    ("days", 1.0, r"个?(?:自然日|日历日|[日天](?!然))"),
    ("hours", 1.0, r"个?(?:小时|钟头)"),
    ("hours", 1 / 60, r"分钟"),
    ("years_of_age", 1.0, r"周?岁"),
    ("pieces", 1.0, r"[次份台名张条项家套](?!款)"),
)
"""Kind, how many of the kind's own unit one makes, the unit as written."""
_FIGURE = re.compile(
    rf"(?P<share>百分之|千分之|[¥￥])?[【\[]?(?P<number>{_NUMBER}){_REPEATED}"
    rf"(?:{'|'.join(f'(?P<u{place}>{unit})' for place, (_, _, unit) in enumerate(_UNITS))})?"
)
_DATE = re.compile(
    r"(?P<year>[12]\d{3})\s*(?:年|[-/.](?=\d{1,2}[-/.]\d))\s*(?:(?P<month>\d{1,2})\s*(?:月|[-/.])\s*(?:(?P<day>\d{1,2})\s*日?)?)?"
)
_SHARES = {"百分之": "percent", "千分之": "permille", "¥": "money", "￥": "money"}
_SUM = re.compile(r"[万萬亿]$")
_COUNTED = re.compile(r"[\u4e00-\u9fff](?<![对是吧吗么呢啊呀的了够以之内])")
"""A noun: 三十万人 is no sum, 三十万对吧 is."""
_ORDINAL = re.compile(r"第\s*$")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in a text."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""
    text: str
    """As written."""
    kind: str
    """`money`, `percent`, `days`, `working_days`, `months`, `hours`, `date` …: figures of one kind can be compared."""
    value: float
    """In the kind's own unit (yuan, days, months, hours); a date as 20230501."""


def figures_of(text: str) -> tuple[Figure, ...]:
    """Find the figures of a text, in order; ordinals (第三日) and bare numbers are none."""
    found = [_date(match) for match in _DATE.finditer(text)]
    taken = [(figure.start, figure.end) for figure in found]
    for match in _FIGURE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        figure = None if _ORDINAL.search(text, 0, match.start()) else _figure(match)
        if figure is not None:
            found.append(figure)
    return tuple(sorted(found, key=lambda figure: figure.start))


def number_value(written: str) -> float | None:
    """Read a number: `1,000`, `三十万`, `20万`, `1.5亿`, `半`; None when it is none."""
    written = written.strip().replace(",", "").replace("，", "").replace("萬", "万")
    if written == "半":
        return 0.5
    total = 0.0
    for mark, scale in (("亿", 1e8), ("万", 1e4)):
        before, found, after = written.partition(mark)
        if found:
            value = number_value(before)
            if value is None:
                return None
            total += value * scale
            written = after
    if not written:
        return total
    if re.fullmatch(r"\d+(?:\.\d+)?", written):
        return total + float(written)
    value = chinese_number(written.strip())
    return None if value is None else total + value


def _figure(match: re.Match[str]) -> Figure | None:
    value = number_value(match["number"])
    kind = _SHARES.get(match["share"] or "")
    scale = 1.0
    for place, (unit_kind, unit_scale, _) in enumerate(_UNITS):
        if match[f"u{place}"]:
            kind, scale = kind or unit_kind, unit_scale
    if kind is None and _SUM.search(match["number"]) and not _COUNTED.match(match.string, match.end()):
        kind = "money"
    if value is None or kind is None:
        return None
    return Figure(match.start(), match.end(), match.group(), kind, value * scale)


def _date(match: re.Match[str]) -> Figure:
    value = int(match["year"]) * 10_000 + int(match["month"] or 0) * 100 + int(match["day"] or 0)
    return Figure(match.start(), match.end(), match.group(), "date", float(value))
