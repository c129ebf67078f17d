"""The grammar of clause numbers.

A label is a number at the start of a block together with what marks it as one::

    label     = dotted | comma | bracket | half | circled | article | appendix | letter
    dotted    = digits { "." digits } [ "." | "、" ] , followed by a space or text      1  1.  1.1  3.1.3.11．
    comma     = ( digits | chinese ) "、"                                               1、  一、
    bracket   = ( "(" | "（" ) ( digits | chinese | letter | roman ) ( ")" | "）" )     （二）  (1)  (a)
    half      = ( digits | chinese | letter ) ( ")" | "）" )                            1)  一）
    circled   = one character of Unicode's enclosed numbers                            ①  ⑴  ㈠
    article   = "第" ( digits | chinese ) ( "编" | "章" | "节" | "条" … ) [ "之" chinese ] 第七条  第十二条之一
    appendix  = ( "附件" | "附录" | "附表" ) ( digits | chinese | letter )               附件一
    letter    = ( letter | roman ) ( "." | "、" )                                       a.  Ⅱ.

This module only says what *could* be a label; :mod:`corpus.sequence` decides whether it continues a sequence.
Full-width digits, letters, brackets and points count as their ASCII twins.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum


class Family(StrEnum):
    """A way of numbering; several can be in force at once."""

    PART = "part"
    CHAPTER = "chapter"
    SECTION = "section"
    ARTICLE = "article"
    APPENDIX = "appendix"
    CHINESE_COMMA = "chinese_comma"
    DOTTED = "dotted"
    DIGIT_COMMA = "digit_comma"
    CHINESE_BRACKET = "chinese_bracket"
    DIGIT_BRACKET = "digit_bracket"
    LETTER_BRACKET = "letter_bracket"
    CHINESE_HALF = "chinese_half"
    DIGIT_HALF = "digit_half"
    LETTER_HALF = "letter_half"
    CIRCLED = "circled"
    LETTER = "letter"
    ROMAN = "roman"


LIST_FAMILIES = frozenset(
    {
        Family.DIGIT_COMMA,
        Family.CHINESE_BRACKET,
        Family.DIGIT_BRACKET,
        Family.LETTER_BRACKET,
        Family.CHINESE_HALF,
        Family.DIGIT_HALF,
        Family.LETTER_HALF,
        Family.CIRCLED,
        Family.LETTER,
        Family.ROMAN,
    }
)
"""Families whose numbers mean something only under the clause that introduces them."""

SELF_SUFFICIENT = frozenset({Family.DOTTED, Family.ARTICLE, Family.APPENDIX})
"""Families whose labels name a clause without its parent's."""


@dataclass(frozen=True, slots=True)
class Label:
    """A possible clause number at the start of a block."""

    family: Family
    """The way of numbering."""
    printed: str
    """As printed, without the separator after it."""
    numbers: tuple[int, ...]
    """Its value: one number, several for dotted labels, two for `第十二条之一`."""
    start: int
    """Offset of the first character of the label in the block's text."""
    end: int
    """Offset after the label."""
    separated: bool
    """Whether a space, point or comma stands between the label and the text (or nothing follows)."""
    rest: int
    """Offset of the first character after label and separator."""
    doubtful: bool = False
    """Whether what follows reads like a sentence that merely begins with a number (`3个工作日`, `第三条规定`)."""
    alternative: Label | None = None
    """Another reading: `(i)` is the ninth letter or the first Roman number."""

    @property
    def value(self) -> int:
        """The last number: the one that counts on."""
        return self.numbers[-1]


_CHINESE_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_CHINESE_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_C = "[零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟]"
_R = "[ivxIVX]{1,6}|[Ⅰ-Ⅻⅰ-ⅻ]"
_ROMAN_FORM = re.compile("[Ⅰ-Ⅻⅰ-ⅻ]")
_ARTICLE_FAMILIES = {
    "编": Family.PART, "部分": Family.PART, "篇": Family.PART,
    "章": Family.CHAPTER, "节": Family.SECTION, "条": Family.ARTICLE,
}  # fmt: skip

# Full-width ASCII becomes ASCII, one character for one, so that offsets stay true; odd spaces become spaces.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    (0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x200B, 0xFEFF, 0x09, 0x0A, 0x0D), 0x20
)
_FOLD.pop(0xFF0C)  # the full-width comma is no decimal point and no separator of labels
_FOLD.pop(0xFF1B)

_GRAMMAR = re.compile(
    rf"""
    (?P<lead>[ ]*)
    (?:
      第[ ]*(?P<article>\d{{1,4}}|{_C}{{1,7}})[ ]*(?P<unit>部分|[编篇章节条])(?:之(?P<zhi>{_C}{{1,3}}))?
    | (?P<appendix>附件|附录|附表|附则)[ ]*
      (?P<appendix_number>\d{{1,2}}(?!\d)|{_C}{{1,3}}(?![\u4e00-\u9fff])|[A-Z](?![A-Za-z]))
    | \([ ]*(?:(?P<bracket_digit>\d{{1,3}})|(?P<bracket_chinese>{_C}{{1,5}})
        |(?P<bracket_roman>{_R})|(?P<bracket_letter>[a-zA-Z]))[ ]*\)
    | (?P<dotted>\d{{1,3}}(?:[ ]?\.[ ]?\d{{1,3}}){{1,9}})(?![\d%])(?:(?P<typo>[ ]\d{{1,2}})(?=[ ][^\d ]))?
    | (?P<half_digit>\d{{1,3}})\)
    | (?P<half_chinese>{_C}{{1,4}})\)
    | (?P<half_letter>[a-zA-Z])\)
    | (?P<comma_digit>\d{{1,3}})、
    | (?P<comma_chinese>{_C}{{1,5}})(?=[、.:]|[ ](?![ ]*{_C}))
    | (?P<single>\d{{1,3}})(?=\.(?!\d)|[ ]|:|$|[\u4e00-\u9fff【《“])
    | (?P<circled>[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3251-\u325f\u3280-\u3289\u32b1-\u32bf])
    | (?P<letter>[a-zA-Z])(?=[.、])(?!\.[a-zA-Z])
    | (?P<roman>{_R})(?=[.、])
    )
    """,
    re.VERBOSE,
)
_SEPARATOR = re.compile(r"[ ]*[.、:]?[ ]*")

# What follows a number that counts things instead of clauses: units, times, money, ranges (no space between) …
_MEASURE = re.compile(
    r"""
    [ ]*(?:
      [%‰℃°×✕*/+=~～<>≥≤—-] | [xX][ ]?\d | [至到][ ]?\d
    | 年(?!度|费|龄) | 个(?:工作|自然|日历|月|小时|星期|年|人账|以上|以下|\d|[百千万亿]) | (?:工作|自然|日历)日
    | 日(?!志|常|期|程|历) | 天(?!猫|气) | 小时 | 分钟 | 秒 | 周(?!期|边|年) | 月(?!度|结|付) | 季度
    | 元 | 美元 | 人民币 | [万亿][^\u4e00-\u9fff]?[元个次条]? | 倍 | 次(?!要|序|生|日) | 折 | 号(?!码|段) | 岁
    | 位(?!置|于)
    | 条(?!款|件|例|形|码) | 款(?!项|式) | 名(?!称|誉|义|单) | 家(?!庭|长|居) | 份(?!额) | 种(?!类|子) | 台(?!账)
    | 套(?!餐) | 人(?!员|工|脸|身|民|力|格|物|机)
    | 分(?![别类配期享公拆支成级享包布析享手歧发销]) | 级(?!别) | 类(?!型|别|似)
    | (?:[KMGTP]i?[Bb]|[KMG]bps|QPS|ms|s|h|km|kg|cm|mm|px|USD|RMB|CNY)\b
    )
    """,
    re.VERBOSE,
)
# … and a reference to a clause at the start of a sentence.
_REFERENCE = re.compile(
    r"[ ]*(?:的|之|所|项|款|条|中|内|规定|约定|所述|所列|至|和|与|及|或|以及|适用|第"
    r"|[、，,][ ]?第|[、，,][ ]?\d)"
)


def chinese_number(digits: str) -> int | None:
    """Read a Chinese or ASCII number up to 9,999: `十二` is 12, `一百零三` 103, `二〇` 20; None if malformed."""
    if digits.isascii():
        return int(digits) if digits.isdigit() else None
    if not any(character in _CHINESE_UNITS for character in digits):
        value = 0
        for character in digits:
            value = value * 10 + _CHINESE_DIGITS[character]
        return value
    total, digit = 0, 0
    last_unit = 10_000
    for character in digits:
        unit = _CHINESE_UNITS.get(character)
        if unit is None:
            if digit:
                return None
            digit = _CHINESE_DIGITS[character]
            continue
        if unit >= last_unit:
            return None
        total += (digit or (1 if unit == 10 else 0)) * unit
        digit, last_unit = 0, unit
    return total + digit


_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


def roman_number(digits: str) -> int:
    """Value of a Roman number made of I, V and X, of ASCII letters or one character of Unicode's number forms."""
    if not digits.isascii():
        return int(unicodedata.numeric(digits))
    values = [_ROMAN_VALUES[character] for character in digits.lower()]
    return sum(
        -value if index + 1 < len(values) and values[index + 1] > value else value for index, value in enumerate(values)
    )


def fold(text: str) -> str:
    """Full-width ASCII to ASCII and odd spaces to a space, length and offsets kept."""
    return text.translate(_FOLD)


_LABEL_WINDOW = 64
"""A label is found within this many characters: the grammar never looks further, whatever the length of a line."""


def read_label(text: str) -> Label | None:
    """Read the label at the start of a block's visible text; None when the grammar finds none."""
    folded = fold(text[: _LABEL_WINDOW + 64])
    stripped = len(folded) - len(folded.lstrip(" "))
    if stripped > _LABEL_WINDOW:
        return None
    match = _GRAMMAR.match(folded)
    if match is None:
        return None
    found = _interpret(match)
    if found is None:
        return None
    family, numbers, end = found
    start = match.end("lead")
    separator = _SEPARATOR.match(folded, end)
    assert separator is not None
    rest = separator.end()
    label = Label(
        family=family,
        printed=text[start:end].strip(),
        numbers=numbers,
        start=start,
        end=end,
        separated=rest > end or family in _ENCLOSED or not folded[rest:],
        rest=rest,
        doubtful=_is_doubtful(family, folded, end=end, rest=rest),
    )
    letter = label.printed.strip("()（）").lower()
    if family in _LETTERS and letter in _ROMAN_VALUES:
        roman = Family.ROMAN if family is Family.LETTER else family
        return replace(label, alternative=replace(label, family=roman, numbers=(_ROMAN_VALUES[letter],)))
    return label


_ENCLOSED = frozenset(
    {
        Family.CHINESE_BRACKET, Family.DIGIT_BRACKET, Family.LETTER_BRACKET, Family.CHINESE_HALF, Family.DIGIT_HALF,
        Family.LETTER_HALF, Family.CIRCLED, Family.DIGIT_COMMA, Family.CHINESE_COMMA,
    }
)  # fmt: skip
_LETTERS = frozenset({Family.LETTER, Family.LETTER_BRACKET, Family.LETTER_HALF})
_COUNTING = frozenset({Family.DOTTED})
_REFERRING = frozenset(
    {
        Family.DOTTED, Family.PART, Family.CHAPTER, Family.SECTION, Family.ARTICLE, Family.APPENDIX,
        Family.CHINESE_BRACKET, Family.DIGIT_BRACKET, Family.CIRCLED,
    }
)  # fmt: skip


def _is_doubtful(family: Family, folded: str, *, end: int, rest: int) -> bool:
    """Whether the words after the number make it a quantity or a reference instead of a label."""
    separator = folded[end:rest]
    if family in _COUNTING and not set(".、:") & set(separator) and _MEASURE.match(folded, end):
        return True
    if family in _REFERRING and rest == end and _REFERENCE.match(folded, end):
        return True
    if family is Family.CHINESE_COMMA:  # 一、二、三等奖: an enumeration, no label
        return re.match(rf"、{_C}{{1,3}}[、等]", folded[end:]) is not None
    if family is Family.DIGIT_COMMA:
        return re.match(r"\d{1,3}[、等]", folded[rest:]) is not None
    return False


def _interpret(match: re.Match[str]) -> tuple[Family, tuple[int, ...], int] | None:
    """Family, value and end of what the grammar matched."""
    kind = match.lastgroup
    group = match.groupdict()
    end = match.end()
    if group["article"]:
        number = chinese_number(group["article"])
        inserted = chinese_number(group["zhi"]) if group["zhi"] else None
        if number is None:
            return None
        return _ARTICLE_FAMILIES[group["unit"]], (number,) if inserted is None else (number, inserted), end
    if group["appendix"]:
        digits = group["appendix_number"]
        value = ord(digits) - ord("A") + 1 if digits.isalpha() and digits.isascii() else chinese_number(digits)
        return None if value is None else (Family.APPENDIX, (value,), end)
    if group["dotted"]:
        numbers = tuple(int(part) for part in group["dotted"].split("."))
        if group["typo"]:  # `7.2 1 双方…`: a lost point
            numbers = (*numbers, int(group["typo"]))
        return Family.DOTTED, numbers, end
    for name, family in _SIMPLE.items():
        digits = group[name]
        if digits is None:
            continue
        if name == "comma_digit":
            end -= 1
        value = _simple_value(family, digits)
        return None if value is None else (family, (value,), end)
    raise AssertionError(kind)


_SIMPLE = {
    "bracket_digit": Family.DIGIT_BRACKET, "bracket_chinese": Family.CHINESE_BRACKET,
    "bracket_roman": Family.LETTER_BRACKET, "bracket_letter": Family.LETTER_BRACKET,
    "half_digit": Family.DIGIT_HALF, "half_chinese": Family.CHINESE_HALF, "half_letter": Family.LETTER_HALF,
    "comma_digit": Family.DIGIT_COMMA, "comma_chinese": Family.CHINESE_COMMA, "single": Family.DOTTED,
    "circled": Family.CIRCLED, "letter": Family.LETTER, "roman": Family.ROMAN,
}  # fmt: skip


def _simple_value(family: Family, digits: str) -> int | None:
    if family is Family.CIRCLED:
        return int(unicodedata.numeric(digits))
    several_letters = family is Family.LETTER_BRACKET and len(digits) > 1
    if family is Family.ROMAN or several_letters or _ROMAN_FORM.match(digits):
        return roman_number(digits)
    if family in {Family.LETTER, Family.LETTER_BRACKET, Family.LETTER_HALF}:
        return ord(digits.lower()) - ord("a") + 1
    return chinese_number(digits)
