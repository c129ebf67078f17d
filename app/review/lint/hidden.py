"""Characters that hide words or fake them: what a reader sees is not what stands there.

Marks of writing direction (Unicode Annex 9; Boucher and Anderson 2021, "Trojan Source"), characters without width, and
characters that look like others (Unicode Technical Standard 39, mixed-script detection). Marks that a clause holds more
than once are told once, with their count.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from app.review.lint.types import Severity, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.types import Clause, Document

_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides, isolates: they change the order in which words are shown."""
_DIRECTION = re.compile(r"[\u200e\u200f\u061c]")
"""Marks of direction, which change the order of digits and signs beside them."""
_TAGS = re.compile(r"[\U000e0000-\U000e007f]+")
"""Tag characters: a whole sentence can be written in them and nothing is seen."""
_NO_WIDTH = re.compile(r"[\u200b-\u200d\u2060-\u2064\ufeff\xad\u180e]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]+")
_LOOK_ALIKE = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]+")
"""Radicals and compatibility ideographs that look like ordinary characters and are found by no search."""
_LETTERS = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{2,}")
_LIKE_LATIN = frozenset("АВЕЅІЈКМНОРСТУХаеорсухіјѕԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν")
"""Cyrillic and Greek letters whose shape is that of a Latin one (confusables of the technical standard)."""
_DIGITS = re.compile(r"\d{2,}")
_FAKED_DIGIT = re.compile(
    r"(?<![A-Za-z0-9])(?=[0-9OolI]*[0-9])(?=[0-9]*[OolI])[0-9OolI]{2,}(?=\s?(?:元|万|亿|日|天|个|小时|%|％))"
)
_KATAKANA = re.compile(r"(?<=[\u4e00-\u9fff])[\u30ab\u30bf\u30c8\u30cb\u30cf\u30ed\u30a8\u30fc](?=[\u4e00-\u9fff])")
"""カ タ ト ニ ハ ロ エ ー between Chinese characters, where 力 夕 卜 二 八 口 工 一 are meant."""
_MEANT = dict(zip("カタトニハロエー", "力夕卜二八口工一", strict=True))


def check_hidden(document: Document) -> Iterator[Slip]:
    """Report characters that are not seen, turn the order of words, or look like others."""
    for clause in document.clauses:
        if clause.text.isascii():
            continue
        yield from _unseen(clause)
        yield from _faked(clause)


def _unseen(clause: Clause) -> Iterator[Slip]:
    removal = "请删去这个字符；看到的文字要与实际的文字一致。"
    for pattern, severity, words in (
        (_TURNING, Severity.ERROR, "会颠倒文字的显示顺序，读者看到的与实际的文字不同"),
        (_TAGS, Severity.ERROR, "看不见，却能写进整句话"),
        (_CONTROL, Severity.ERROR, "是看不见的控制字符"),
        (_DIRECTION, Severity.WARNING, "会改变旁边数字和符号的显示顺序"),
    ):
        yield from _first_of(clause, list(pattern.finditer(clause.text)), severity, words, removal)
    found = list(_NO_WIDTH.finditer(clause.text))
    inside = [match for match in found if _splits_a_word(clause.text, match)]
    outside = [match for match in found if match not in inside]
    yield from _first_of(clause, inside, Severity.WARNING, "看不见，把一个词断开，搜索和比对都找不到它", removal)
    yield from _first_of(clause, outside, Severity.INFO, "看不见，多半是从网页复制来的", removal)


def _first_of(
    clause: Clause, found: list[re.Match[str]], severity: Severity, words: str, advice: str
) -> Iterator[Slip]:
    if found:
        first, times = found[0], f"（本条共 {len(found)} 处）" if len(found) > 1 else ""
        text = f"这里有字符 {_name(first[0])}，{words}{times}"
        yield Slip("hidden_character", severity, clause, first.start(), first.end(), text, advice)


def _splits_a_word(text: str, match: re.Match[str]) -> bool:
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return before.isalnum() and after.isalnum()


def _faked(clause: Clause) -> Iterator[Slip]:
    for match in _LETTERS.finditer(clause.text):
        odd = next((char for char in match[0] if char in _LIKE_LATIN), None)
        if odd is not None and any("a" <= char.lower() <= "z" for char in match[0]):
            yield _slip(clause, match, Severity.ERROR, f"“{match[0]}”里的 {_name(odd)} 不是拉丁字母，只是看起来像")
    for match in _DIGITS.finditer(clause.text):
        zeros = {ord(char) - unicodedata.digit(char) for char in match[0]}
        if len(zeros) > 1:
            plain = "".join(str(unicodedata.digit(char)) for char in match[0])
            yield _slip(clause, match, Severity.ERROR, f"“{match[0]}”混用了几套数字，应写作 {plain}")
        elif zeros - {ord("0"), ord("０")}:
            yield _slip(clause, match, Severity.WARNING, f"“{match[0]}”不是通常的阿拉伯数字（{_name(match[0][0])}）")
    for match in _FAKED_DIGIT.finditer(clause.text):
        yield _slip(clause, match, Severity.ERROR, f"“{match[0]}”里有字母冒充数字")
    for match in _LOOK_ALIKE.finditer(clause.text):
        meant = unicodedata.normalize("NFKC", match[0])
        if meant != match[0]:
            words = f"“{match[0]}”（{_name(match[0][0])}）不是通常的汉字“{meant}”，只是看起来一样，搜索找不到"
            yield _slip(clause, match, Severity.WARNING, words)
    for match in _KATAKANA.finditer(clause.text):
        words = f"“{match[0]}”（{_name(match[0])}）是日文假名，看起来像“{_MEANT[match[0]]}”"
        yield _slip(clause, match, Severity.WARNING, words)


def _slip(clause: Clause, match: re.Match[str], severity: Severity, text: str) -> Slip:
    advice = "请改用通常的字符。"
    return Slip("look_alike", severity, clause, match.start(), match.end(), text, advice)


def _name(chars: str) -> str:
    return f"U+{ord(chars[0]):04X}"
