"""Help and messages in Chinese, whatever argparse says, in lines that fit a screen."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from app.cli.help_text import COLUMNS, NO_LINE_START, translate, width_of, wrap
from app.cli.manual import all_parsers, render_manual
from app.cli.parser import COMMANDS, ChineseParser, build_parser

CHINESE = re.compile("[\u4e00-\u9fff]")
TOLD = re.compile(r"(?:self\.error\(|msg = |None: |OPTIONAL: |ONE_OR_MORE: )_\('([^']+)'")
"""How argparse's source names what it tells people, and programmers."""
TO_PROGRAMMERS = (
    ".__call__() not", "conflicting ", "cannot have multiple", "cannot merge", "mutually exclusive", "is not callable",
    "invalid conflict_resolution", "invalid option string", "dest= is required", "unknown parser", "with mode",
)  # fmt: skip
"""Beginnings and parts of messages that this program's parser cannot cause."""


ACTIONS = {"index": ("build", "add", "list", "remove", "verify"), "receipt": ("verify",), "users": ("add",)}
"""Commands with commands of their own."""


def test_every_message_to_a_person_is_translated() -> None:
    """Each message of the installed argparse that reaches `error` has its Chinese form."""
    told = TOLD.findall(Path(argparse.__file__).read_text("utf-8"))
    to_people = [message for message in told if not any(part in message for part in TO_PROGRAMMERS)]
    assert len(to_people) > 8
    for message in to_people:
        said = re.sub(r"%(\(\w+\))?[sr]", "x", message)
        assert CHINESE.search(translate(said)) or CHINESE.search(translate(f"argument --k: {said}")), message


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        ("the following arguments are required: TERMS", "缺少参数：TERMS"),
        ("unrecognized arguments: --x y", "不认识的参数：--x y"),
        ("argument 命令: invalid choice: 'x' (choose from 'parse', 'ask')", "命令不能是 'x'，可选：'parse', 'ask'"),
        (
            "argument 命令: invalid choice: 'askk', maybe you meant 'ask'? (choose from parse, ask)",
            "命令不能是 'askk'，是不是 'ask'？可选：parse, ask",
        ),
        ("argument --k: expected one argument", "--k 后面要有一个值"),
        ("argument --tree: not allowed with argument --json", "--tree 不能与 --json 同用"),
        ("argument --k: 应是 1 到 1000 的整数，不能是 0", "--k：应是 1 到 1000 的整数，不能是 0"),
        ("not one of argparse's", "not one of argparse's"),
    ],
)
def test_translate(message: str, chinese: str) -> None:
    """Whole lines."""
    assert translate(message) == chinese


def test_help_fits_and_is_chinese() -> None:
    """No help has a line wider than the screen, a word of argparse's English, or a heading with an English colon."""
    texts = [parser.format_help() for parser in all_parsers()]
    assert len(texts) == 1 + len(COMMANDS) + sum(map(len, ACTIONS.values()))
    for text in texts:
        assert text.startswith("用法：clauselight")
        assert not re.search(r"usage|optional|positional|show this|options:", text)
        assert not re.search(r"^\S+:$", text, re.MULTILINE)
        assert all(width_of(line) <= COLUMNS + 2 for line in text.splitlines())
        assert all(line.strip()[:1] not in set(NO_LINE_START) for line in text.splitlines() if line.strip())


def test_wrap_by_the_width_on_a_screen() -> None:
    """A Chinese character takes two columns; punctuation hangs over; ASCII words stay whole."""
    assert width_of("条款 ab，") == 9
    assert wrap("条款条款，条款", 8) == ["条款条款，", "条款"]
    assert wrap("见 clauselight index list", 14) == ["见 clauselight", "index list"]
    assert wrap("", 8) == [""]


def test_abbreviations_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """`--js` would change its meaning with the next option."""
    with pytest.raises(SystemExit) as left:
        build_parser().parse_args(["parse", "a", "--js"])
    assert left.value.code == 2
    assert capsys.readouterr().err == "错误：不认识的参数：--js（用法见 clauselight --help）\n"


def test_an_error_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Even when an argument holds line breaks."""
    with pytest.raises(SystemExit):
        ChineseParser(prog="x").parse_args(["a\nb\n\nc"])
    assert capsys.readouterr().err == "错误：不认识的参数：a b c（用法见 x --help）\n"


def test_the_manual_has_every_command() -> None:
    """A heading and the help of each, in the order of the program's own help."""
    headings = re.findall(r"^### `clauselight ?(.*)`$", render_manual(), re.MULTILINE)
    named = [[name, *(f"{name} {action}" for action in ACTIONS.get(name, ()))] for name in COMMANDS]
    assert headings == ["", *(heading for headings in named for heading in headings)]
