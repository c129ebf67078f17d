"""Help for people who read Chinese: argparse's own words translated, lines broken by their width on a screen."""

from __future__ import annotations

import argparse
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = 96
"""Width of the help, the same on every screen, so that the manual can hold it."""
NO_LINE_START = "，。；：、）》”？！"
"""Punctuation that never begins a line (GB/T 15834)."""

_ATOM = re.compile(r"[!-~]+|\s+|.", re.DOTALL)
"""What a line is never broken within: a run of ASCII, a run of spaces, any other character."""

_MESSAGES = tuple(
    (re.compile(pattern, re.DOTALL), chinese)
    for pattern, chinese in (
        (r"the following arguments are required: (.+)", r"缺少参数：\1"),
        (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
        (r"unexpected option string: (.+)", r"不认识的参数：\1"),
        (r"ambiguous option: (.+?) could match (.+)", r"\1 不明确，可能是 \2"),
        (
            r"argument (.+?): invalid choice: (.+?), maybe you meant (.+?)\? \(choose from (.+)\)",
            r"\1不能是 \2，是不是 \3？可选：\4",
        ),
        (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1不能是 \2，可选：\3"),
        (r"argument (.+?): invalid \w+ value: (.+)", r"\1 的值不对：\2"),
        (r"argument (.+?): expected one argument", r"\1 后面要有一个值"),
        (r"argument (.+?): expected at most one argument", r"\1 后面最多有一个值"),
        (r"argument (.+?): expected at least one argument", r"\1 后面至少要有一个值"),
        (r"argument (.+?): expected (\d+) arguments?", r"\1 后面要有 \2 个值"),
        (r"argument (.+?): not allowed with argument (.+)", r"\1 不能与 \2 同用"),
        (r"argument (.+?): ignored explicit argument (.+)", r"\1 后面不能有值：\2"),
        (r"one of the arguments (.+) is required", r"\1 要给出一个"),
        (r"argument (.+?): (.+)", r"\1：\2"),
    )
)


def translate(message: str) -> str:
    """Put one of argparse's messages (Python 3.11 to 3.14) into Chinese; any other message stays as it is."""
    for pattern, chinese in _MESSAGES:
        match = pattern.fullmatch(message)
        if match:
            return match.expand(chinese)
    return message


def width_of(text: str) -> int:
    """Columns on a screen: two for a wide character (UAX 11)."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrap(text: str, columns: int) -> list[str]:
    """Break text into lines of at most `columns`; punctuation that may not begin a line hangs over the edge."""
    return list(_lines(text, columns)) or [""]


def _lines(text: str, columns: int) -> Iterator[str]:
    line = ""
    for atom in _ATOM.findall(" ".join(text.split())):
        if line and width_of(line + atom.rstrip()) > columns and atom not in NO_LINE_START:
            yield line.rstrip()
            line = ""
        line += atom if line else atom.lstrip()
    if line.strip():
        yield line.rstrip()


class ChineseFormatter(argparse.HelpFormatter):
    """argparse's formatter, with Chinese headings and lines that fit the screen."""

    def __init__(self, prog: str, **kwargs: object) -> None:
        super().__init__(prog, **(kwargs | {"max_help_position": 26, "width": COLUMNS}))  # type: ignore[arg-type]

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Begin with 用法."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def _format_action(self, action: argparse.Action) -> str:
        # Groups of commands go without their own line, which would only say 命令 under the heading 命令.
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - argparse has no public name for it
            return self._join_parts([self._format_action(one) for one in action._get_subactions()])  # noqa: SLF001
        return super()._format_action(action)

    def format_help(self) -> str:
        """End headings with a Chinese colon."""
        return re.sub(r"^(\S+):$", r"\1：", super().format_help(), flags=re.MULTILINE)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrap(text, width - len(indent)))
