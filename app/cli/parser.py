"""The arguments of all commands, with help and messages in Chinese."""

from __future__ import annotations

import argparse
import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable

COMMANDS = ("parse", "ask", "search", "audit", "index", "evaluate", "serve")
"""In the order of the help; each is a module beside this one with `add_parser`."""
TERMS_HELP = "文件（.md .txt .html .docx .pdf）、文件夹、-（标准输入，Markdown）或语料库中的文档名"

_MESSAGES = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 不能是 \2，可选：\3"),
    (r"argument (.+?): invalid \w+ value: (.+)", r"\1 的值不对：\2"),
    (r"argument (.+?): expected one argument", r"\1 后面要有一个值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面至少要有一个值"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 不能与 \2 同用"),
    (r"one of the arguments (.+) is required", r"\1 要给出一个"),
    (r"argument (.+?): (.+)", r"\1：\2"),
)


class ChineseParser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and tells an error in one line."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, add_help=False, formatter_class=_Formatter, **kwargs)  # type: ignore[arg-type,misc]
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示帮助")

    def error(self, message: str) -> NoReturn:
        """Print one line and leave with status 2."""
        for pattern, chinese in _MESSAGES:
            translated, count = re.subn(f"^{pattern}$", chinese, message)
            if count:
                message = translated
                break
        sys.stderr.write(f"错误：{message}（用法见 {self.prog} --help）\n")
        sys.exit(2)


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


def build_parser() -> ChineseParser:
    """Build the parser of every command; imports nothing heavy."""
    parser = ChineseParser(
        prog="clauselight",
        description="明条：读懂服务条款。拆分条款、检索、问答，检查限制与免责条款是否按承诺醒目提示。全部在本机运行，不联网。",
    )
    parser.add_argument("--version", action="version", version=_version(), help="显示版本")
    parser.add_argument("--debug", action="store_true", help="内部错误时显示完整的调用栈")
    commands = parser.add_subparsers(title="命令", dest="command", metavar="命令", required=True, prog="clauselight")
    for name in COMMANDS:
        import_module(f"app.cli.{name}_command").add_parser(commands)
    return parser


def positive(text: str) -> int:
    """Read a whole number from 1 to 1000; for `--k`."""
    number = int(text)
    if not 1 <= number <= 1000:
        raise argparse.ArgumentTypeError("应是 1 到 1000 的整数")
    return number


def share(text: str) -> float:
    """Read a number from 0 to 1; for thresholds."""
    number = float(text)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError("应是 0 到 1 的小数")
    return number


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - twenty milliseconds

    try:
        return f"clauselight {version('clauselight')}"
    except PackageNotFoundError:
        return "clauselight（未安装）"
