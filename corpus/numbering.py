"""The grammar of clause numbers.

A label is a number at the start of a block together with what marks it as one::

    label     = dotted | dashed | comma | bracket | half | circled | article | appendix | letter
    dotted    = digits { "." digits } [ "." | "、" ] , followed by a space or text      1  1.  1.1  3.1.3.11．
    mixed     = chinese "." digits { "." digits }                                      一.1  三.2.1
    dashed    = digits "-" digits { "-" digits }                                       1-1  2-3-1
    comma     = ( digits | chinese ) ( "、" | "，" )                                              1、  一、
    bracket   = ( "(" | "（" ) ( digits | chinese | letter | roman ) ( ")" | "）" )     （二）  (1)  (a)
              | ( "[" | "【" | "〔" ) ( digits | chinese ) ( "]" | "】" | "〕" )         【一】  [1]  〔1〕
    half      = ( digits | chinese | letter ) ( ")" | "）" )                            1)  一）
    circled   = one character of Unicode's enclosed numbers                            ①  ⑴  ㈠
    article   = "第" ( digits | chinese ) ( "编" | "章" | "节" | "条" … ) [ "之" chinese ] 第七条  第十二条之一
              | "第" digits "." digits … ( "条" | "款" | "项" )                          第1.1款
    appendix  = ( "附件" | "附录" | "附表" ) ( digits | chinese | letter )               附件一
    letter    = ( letter | roman ) ( "." | "、" )                                       a.  Ⅱ.
    annexed   = capital letter "." digits { "." digits }                               A.1  B.2.3

This module only says what *could* be a label; :mod:`corpus.sequence` decides whether it continues a sequence.
Full-width digits, letters, brackets and points count as their ASCII twins.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from string import ascii_lowercase
from typing import TypeAlias

from corpus.doubt import Doubt, doubt_list, doubt_quantity, doubt_reference
from corpus.numerals import chinese_digits, chinese_number, roman_number


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

    __hash__ = str.__hash__  # an Enum's own is written in Python, and the sequences ask for it all the time


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

RANKS = {Family.PART: 0, Family.APPENDIX: 0, Family.CHAPTER: 1, Family.SECTION: 2, Family.ARTICLE: 3}
"""Families that nest in a fixed order: 编, 章, 节, 条."""

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
    """Its value: one number, several for dotted labels, two for `第十二条之一`; `A.1` of an annex is 1001.1."""
    start: int
    """Offset of the first character of the label in the block's text."""
    end: int
    """Offset after the label."""
    separated: bool
    """Whether a space, point or comma stands between the label and the text (or nothing follows)."""
    rest: int
    """Offset of the first character after label and separator."""
    doubt: Doubt = Doubt.NONE
    """Whether what follows reads like a sentence that merely begins with a number (`3个工作日`, `第三条规定`)."""
    alternative: Label | None = None
    """Another reading: `(i)` is the ninth letter or the first Roman number."""
    dashed: bool = False
    """Whether dashes join its numbers: `2-3-1`, which is a label only where it goes on with others."""

    @property
    def value(self) -> int:
        """The last number: the one that counts on."""
        return self.numbers[-1]


FIRST_ANNEX = 1000
"""The letters of annexes count from here; no section has such a number."""

_C = "[零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟]"
_UNIT = "(?:编(?![号制辑码])|篇(?![章幅])|章(?!程)|节(?![能点目日省])|条(?!款|件|例|码|形|约[^定]))"
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
      第[ ]*(?P<article_dotted>[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{1,8}})[ ]*[条款项节](?!款|件|例|目)
    | 第[ ]*(?P<article>[0-9]{{1,4}}|{_C}{{1,7}})[ ]*(?P<unit>部分|{_UNIT})(?:之(?P<zhi>{_C}{{1,3}}))?
    | (?P<appendix>附件|附录|附表|附则)[ ]*
      (?P<appendix_number>[0-9]{{1,2}}(?![0-9])|{_C}{{1,3}}(?![\u4e00-\u9fff])|[A-Z](?![A-Za-z]))
    | \([ ]*(?:(?P<bracket_digit>[0-9]{{1,3}})|(?P<bracket_chinese>{_C}{{1,5}})
        |(?P<bracket_roman>{_R})|(?P<bracket_letter>[a-zA-Z]))[ ]*\)
    | [\[【〔][ ]*(?:(?P<square_digit>[0-9]{{1,3}})|(?P<square_chinese>{_C}{{1,5}}))[ ]*[\]】〕]
    | (?P<dotted>[0-9]{{1,3}}(?:[ ]?\.[ ]?[0-9]{{1,3}}){{1,9}})(?![0-9%])(?:(?P<typo>[ ][0-9]{{1,2}})(?=[ ][^0-9 ]))?
    | (?P<dashed>[0-9]{{1,2}}(?:-[0-9]{{1,2}}){{1,4}})(?![0-9%:/~-])
    | (?P<half_digit>[0-9]{{1,3}})\)
    | (?P<half_chinese>{_C}{{1,4}})\)
    | (?P<half_letter>[a-zA-Z])\)
    | (?P<comma_digit>[0-9]{{1,3}})(?:、|，(?![0-9]))
    | (?P<mixed>{_C}{{1,3}}(?:\.[0-9]{{1,2}}){{1,4}})(?![0-9%])
    | (?P<comma_chinese>{_C}{{1,5}})(?=[、，.:]|[ ](?![ ]*{_C}))
    | (?P<single>[0-9]{{1,3}})(?=\.(?![0-9])|[ ]|:|$|[\u4e00-\u9fff【《“])
    | (?P<circled>[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3251-\u325f\u3280-\u3289\u32b1-\u32bf])
    | (?P<annexed>[A-Z](?:\.[0-9]{{1,2}}){{1,4}})(?![0-9%.]?[0-9A-Za-z%])
    | (?P<letter>[a-zA-Z])(?=[.、])(?!\.[a-zA-Z0-9])
    | (?P<roman>{_R})(?=[.、])(?!\.[a-zA-Z])
    )
    """,
    re.VERBOSE,
)
_SEPARATOR = re.compile(r"[ ]*[.、，:)]?[ ]*")


_MAY_BEGIN = re.compile(
    r"[ \t\n\r\u3000\xa0\u2002\u2003\u2009\u200b\ufeff]*"
    rf"(?:[0-9０-９A-Za-zＡ-Ｚａ-ｚ第附(（\[［【〔Ⅰ-Ⅻⅰ-ⅻ\u2460-\u24ff\u2776-\u2793\u3220-\u32bf]|{_C})"
)
"""What a label can begin with; most paragraphs begin otherwise."""


def fold(text: str) -> str:
    """Full-width ASCII to ASCII and odd spaces to a space, length and offsets kept."""
    return text.translate(_FOLD)


_LABEL_WINDOW = 64
"""A label is found within this many characters: the grammar never looks further, whatever the length of a line."""


def read_label(text: str) -> Label | None:
    """Read the label at the start of a block's visible text; None when the grammar finds none."""
    return _read_label(text[: _LABEL_WINDOW + 64]) if _MAY_BEGIN.match(text) else None


@lru_cache(maxsize=4096)  # the reader, the tree and the references ask for the same ones
def _read_label(text: str) -> Label | None:
    folded = fold(text)
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
        separated=rest > end or family in _ENCLOSED or bool(match["circled"]) or not folded[rest:],
        rest=rest,
        doubt=_doubt(family, numbers, folded, end=end, rest=rest),
        dashed=match.lastgroup == "dashed",
    )
    letter = label.printed.strip("()（）").lower()
    if family in _LETTERS and letter in {"i", "v", "x"}:
        roman = Family.ROMAN if family is Family.LETTER else family
        return replace(label, alternative=replace(label, family=roman, numbers=(roman_number(letter),)))
    return label


_ENCLOSED = frozenset(
    {
        Family.CHINESE_BRACKET, Family.DIGIT_BRACKET, Family.LETTER_BRACKET, Family.CHINESE_HALF, Family.DIGIT_HALF,
        Family.LETTER_HALF, Family.CIRCLED, Family.DIGIT_COMMA, Family.CHINESE_COMMA,
    }
)  # fmt: skip
_LETTERS = frozenset({Family.LETTER, Family.LETTER_BRACKET, Family.LETTER_HALF})
_REFERRING = frozenset(
    {
        Family.DOTTED, Family.PART, Family.CHAPTER, Family.SECTION, Family.ARTICLE, Family.APPENDIX,
        Family.CHINESE_BRACKET, Family.DIGIT_BRACKET, Family.CIRCLED,
    }
)  # fmt: skip


def _doubt(family: Family, numbers: tuple[int, ...], folded: str, *, end: int, rest: int) -> Doubt:
    """How far the words after the number make it a quantity or a reference instead of a label."""
    separator = folded[end:rest]
    doubt = Doubt.NONE
    if family is Family.DOTTED:
        plain = len(numbers) == 1 or folded[end - len(str(numbers[-1])) - 1 : end].startswith("-")
        doubt = doubt_quantity(folded, end, separator=separator, single=plain)
    if family in _REFERRING:
        doubt = max(doubt, doubt_reference(folded, end, separator=separator))
    if family in {Family.CHINESE_COMMA, Family.DIGIT_COMMA}:
        doubt = doubt_list(folded, end)
        if folded[end : end + 1] == "，":
            doubt = Doubt.WEAK
    return doubt


_Reading: TypeAlias = tuple[Family, tuple[int, ...], int]
"""Family, value, and the offset where the label ends."""


def _interpret(match: re.Match[str]) -> _Reading | None:
    """Tell what the grammar matched; None where the digits make no number."""
    name = match.lastgroup or ""
    if name in _SIMPLE:
        digits = match[name]
        value = _simple_value(_SIMPLE[name], digits)
        family = _look_alike(digits) if name == "circled" else _SIMPLE[name]
        return None if value is None else (family, (value,), match.end() - (name == "comma_digit"))
    if name in {"unit", "zhi"}:
        return _interpret_article(match)
    if name == "appendix_number":
        digits = match[name]
        value = ord(digits) - ord("A") + 1 if digits.isalpha() and digits.isascii() else chinese_number(digits)
        return None if value is None else (Family.APPENDIX, (value,), match.end())
    return _interpret_dotted(match) if name in {"article_dotted", "dotted", "typo"} else _interpret_joined(match)


def _interpret_joined(match: re.Match[str]) -> _Reading | None:
    """`A.1` of an annex, `一.1` (Word shows `%1.%2` so below 第一条), `2-3-1`."""
    if match["dashed"]:
        return Family.DOTTED, tuple(map(int, match["dashed"].split("-"))), match.end()
    first, *digits = (match["annexed"] or match["mixed"]).split(".")
    number = annex_number(first) if match["annexed"] else chinese_number(first)
    return None if number is None else (Family.DOTTED, (number, *map(int, digits)), match.end())


def annex_number(letter: str) -> int:
    """Write the letter of an annex as a first number that no section has: `A.1` is clause 1001.1."""
    return FIRST_ANNEX + ord(letter.upper()) - ord("A") + 1


def _interpret_article(match: re.Match[str]) -> _Reading | None:
    number = chinese_number(match["article"])
    inserted = chinese_number(match["zhi"]) if match["zhi"] else None
    if number is None:
        return None
    return _ARTICLE_FAMILIES[match["unit"]], (number,) if inserted is None else (number, inserted), match.end()


def _interpret_dotted(match: re.Match[str]) -> _Reading | None:
    numbers = tuple(int(part) for part in (match["article_dotted"] or match["dotted"]).split("."))
    if match["typo"]:  # `7.2 1 双方…`: a lost point
        numbers = (*numbers, int(match["typo"]))
    return None if _is_address(numbers) else (Family.DOTTED, numbers, match.end())


_SIMPLE = {
    "bracket_digit": Family.DIGIT_BRACKET, "bracket_chinese": Family.CHINESE_BRACKET,
    "square_digit": Family.DIGIT_BRACKET, "square_chinese": Family.CHINESE_BRACKET,
    "bracket_roman": Family.LETTER_BRACKET, "bracket_letter": Family.LETTER_BRACKET,
    "half_digit": Family.DIGIT_HALF, "half_chinese": Family.CHINESE_HALF, "half_letter": Family.LETTER_HALF,
    "comma_digit": Family.DIGIT_COMMA, "comma_chinese": Family.CHINESE_COMMA, "single": Family.DOTTED,
    "circled": Family.CIRCLED, "letter": Family.LETTER, "roman": Family.ROMAN,
}  # fmt: skip


def _is_address(numbers: tuple[int, ...]) -> bool:
    """Whether it is an address of the network (RFC 791) or a version: `10.0.0.1`, `192.168.1.1`, `2.0.1`."""
    return len(numbers) > 2 and (0 in numbers or max(numbers) > 99)


def _look_alike(character: str) -> Family:
    """Family of what a single character shows: `⑴` looks like `(1)`, `㈠` like `（一）`, `⒈` like `1.`."""
    if "⑴" <= character <= "⒇":
        return Family.DIGIT_BRACKET
    if "⒈" <= character <= "⒛":
        return Family.DOTTED
    if "㈠" <= character <= "㈩":
        return Family.CHINESE_BRACKET
    return Family.CIRCLED


def _simple_value(family: Family, digits: str) -> int | None:
    if family is Family.CIRCLED:
        return int(unicodedata.numeric(digits))
    several_letters = family is Family.LETTER_BRACKET and len(digits) > 1
    if family is Family.ROMAN or several_letters or _ROMAN_FORM.match(digits):
        return roman_number(digits)
    if family in {Family.LETTER, Family.LETTER_BRACKET, Family.LETTER_HALF}:
        return ord(digits.lower()) - ord("a") + 1
    return chinese_number(digits)


_LAST_DIGITS = re.compile(r"[0-9]+(?=[^0-9]*$)")
_LETTER = re.compile("[a-zA-Z]")
_LAST_CHINESE = re.compile(rf"{_C}+(?=[^零一二三四五六七八九十百]*$)")


def spelled(label: Label, value: int) -> str:
    """Write another number the way this label is printed: `第七条` and 8 give `第八条`, `1.3` and 4 give `1.4`."""
    if len(label.numbers) > 1 and label.family is not Family.DOTTED:
        return ""
    if _LAST_DIGITS.search(label.printed):
        return _LAST_DIGITS.sub(str(value), label.printed)
    if _LAST_CHINESE.search(label.printed) and 0 < value < 1000:
        return _LAST_CHINESE.sub(chinese_digits(value), label.printed)
    if label.family in _LETTERS and 0 < value <= len(ascii_lowercase):
        letter = ascii_lowercase[value - 1]
        return _LETTER.sub(letter.upper() if label.printed.isupper() else letter, label.printed)
    if len(label.printed) == 1 and label.family is Family.CIRCLED and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    return ""
