"""Whether a line directly below another one begins a block of its own, or goes on with a hard-wrapped sentence.

CommonMark joins such lines. Authors of terms do not know that: they write `1.1 …` under `1. 定义` and look at an editor
that shows lines. So a line begins a block when the one above has ended its sentence, or when it carries a number that
goes on with the numbers so far; a number that merely happens to stand at the start of a wrapped line does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.captions import is_caption, is_front_word, names_terms
from corpus.numbering import read_label
from corpus.readers.inline import TAG

if TYPE_CHECKING:
    from corpus.numbering import Family, Label

WINDOW = 400
"""Characters of a line that are looked at, from its start or before its end."""
_SHORT = 20
"""A caption directly above its text has at most this many characters; wrapped lines are longer."""

_MARKS = re.compile(rf"(?:[\s\u200b-\u200d\u2060\ufeff*_~\[]|{TAG}|&nbsp;|\\(?=[*_]))*")
_CLOSING_MARKS = re.compile(r"(?:[\s*_~]|</?[A-Za-z][^<>]{0,200}>)+$")
_ESCAPED = re.compile(r"\\([.、()（）])")
_ENDS_SENTENCE = re.compile(r"(?:[。；;：:！!？?…]|\.|[；;，,、](?:和|或|及|以及|并且|且|或者))[”’\"'）)》]*$")
_BREAK = re.compile(r"(?:<br\s*/?>|\\|[ ]{2,})\s*$", re.IGNORECASE)
_LONG = 25
"""Text directly below an unnumbered caption has at least this many characters."""
_OPEN_END = re.compile(
    r"(?:[和及与或至、的第每于]|(?<![行作认成])为|[含具]有|包[含括]|属于|涉及"
    r"|本协议|本条款|本合同|本规则|上述|前述|下述)$"
)
"""Words that no caption ends with."""
_SENTENCE = re.compile(r"(?<![响适供对反相效])应(?![用急答付收])|必须|不得|可以|均|在(?!线)")
"""Words that make a sentence of a short line."""
_DANGLING = re.compile(
    r"(?:根据|依照|依据|按照|遵守|违反|适用|参见|详见|见|符合|包含|本协议|本条款|本合同|本规则|上述|前述|下述|协议|条例|规定"
    r"|和|及|与|或|至|、|(?<!目)的|为|于|在|第|每|达|超过|高于|低于|不足|至少|收取|支付|共计|合计|版本)$"
)
"""Words that a reference or a quantity at the start of the next line completes."""
_WHOLE_BOLD = re.compile(r"\s*(?:\*\*[^*]+\*\*|__[^_]+__|<(b|strong)>[^<>]+</\1>)\s*$")
_FIELD = re.compile(r"[\u4e00-\u9fffA-Za-z（）()/、]{2,12}[：:]")


class NumbersSoFar:
    """The last value of each sequence of numbers, to tell whether another number goes on with one."""

    def __init__(self) -> None:
        self._last: dict[tuple[Family, tuple[int, ...]], int] = {}
        self._unread: list[str] = []  # most documents have blank lines between all blocks, and never ask

    def note(self, line: str) -> None:
        """Remember the number at the start of a block."""
        self._unread.append(line[:WINDOW])

    def go_on_with(self, label: Label) -> bool:
        """Whether the number begins a sequence, or follows the last one with at most two left out."""
        for line in self._unread:
            noted = read_label(plain(line))
            if noted is not None and not noted.doubt:
                self._last[noted.family, noted.numbers[:-1]] = noted.value
        self._unread.clear()
        last = self._last.get((label.family, label.numbers[:-1]))
        return label.value == 1 or (last is not None and 0 < label.value - last <= 3)


def plain(line: str) -> str:
    """Take off the marks and tags before the words of a line, as far as a label needs."""
    line = line[:WINDOW]
    if line[:1].isalnum() and "\\" not in line:
        return line
    found = _MARKS.match(line)
    return _ESCAPED.sub(r"\1", line[found.end() if found else 0 :])


def begins_block(line: str, above: str, *, single: bool, numbers: NumbersSoFar) -> bool:
    """Whether `line` begins a block although `above`, the block so far, has no blank line after it.

    `single` says that the block so far is one line.
    """
    if line.startswith("\u3000\u3000") or _BREAK.search(above[-WINDOW:]):
        return True
    end = _CLOSING_MARKS.sub("", above[-WINDOW:])
    if _ENDS_SENTENCE.search(end):
        return True
    words = plain(line)
    short = single and len(above) <= WINDOW
    if short and _stands_above(plain(above), end, below=words):
        return True
    if _is_numbered(words, plain(above), end=end, numbers=numbers):
        return True
    if _WHOLE_BOLD.match(line[:WINDOW]) or (single and _WHOLE_BOLD.match(above[:WINDOW])):
        return True
    return bool(short and _FIELD.match(words) and _FIELD.match(plain(above)))


def _is_numbered(words: str, above: str, *, end: str, numbers: NumbersSoFar) -> bool:
    """Whether a line begins with a number that goes on with others, or with 1.2.1 directly below 1.2."""
    label = read_label(words)
    if label is None or label.doubt:
        return False
    before = read_label(above)
    if before is not None and len(before.numbers) > 1 and label.numbers == (*before.numbers, 1):
        return True
    return numbers.go_on_with(label) and not _DANGLING.search(end)


def _stands_above(words: str, end: str, *, below: str) -> bool:
    """Whether a line is a caption or a title that the author set directly above its text."""
    words = _CLOSING_MARKS.sub("", words)
    if sum(map(words.count, "（(《“")) > sum(map(words.count, "）)》”")):
        return False  # the bracket closes on the next line
    if _OPEN_END.search(end) or _SENTENCE.search(words) or not is_caption(words):
        return False
    label = read_label(words)
    if label is None:
        named = is_front_word(words) or names_terms(words)
        return named or (len(words) <= _SHORT and len(below) >= _LONG and words[:1].isalnum())
    body = words[label.rest :]
    if body.isascii() and below[:1].isascii():
        return False  # 7.1 UCloud over UDisk 提供的功能: two words of a name
    return not label.doubt and 0 < len(body) <= _SHORT
