"""The arguments of all commands, with help and messages in Chinese."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn, TypeVar

from app.cli.help_text import ChineseFormatter, translate

COMMANDS = ("parse", "ask", "search", "audit", "lint", "diff", "index", "evaluate", "receipt", "users", "serve")
"""In the order of the help; each is a module beside this one with `add_parser`."""
Parser = TypeVar("Parser", bound=argparse.ArgumentParser)
TERMS_HELP = "文件（.md .txt .html .docx .pdf）、文件夹、-（标准输入，Markdown）或语料库中的文档名"


class ChineseParser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and tells an error in one line."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        # Whole names only: an abbreviation that a script uses would change its meaning with a new option.
        kwargs |= {"add_help": False, "allow_abbrev": False, "formatter_class": ChineseFormatter}
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # handed through
        self.color = False  # Python 3.14 would colour the help by argparse's English headings
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示帮助")

    def error(self, message: str) -> NoReturn:
        """Print one line and leave with status 2."""
        line = " ".join(translate(message).split())
        sys.stderr.write(f"错误：{line}（用法见 {self.prog} --help）\n")
        sys.exit(2)


def build_parser() -> ChineseParser:
    """Build the parser of every command; imports nothing heavy."""
    parser = ChineseParser(
        prog="clauselight",
        description="明条：读懂服务条款。拆分条款、检索、问答，检查限制与免责条款是否按承诺突出提示。全部在本机运行，不联网。",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="显示版本")
    parser.add_argument("--debug", action="store_true", help="内部错误时显示完整的调用栈")
    commands = parser.add_subparsers(title="命令", dest="command", metavar="命令", required=True, prog="clauselight")
    for name in COMMANDS:
        import_module(f"app.cli.{name}_command").add_parser(commands)
    return parser


def add_command(commands: argparse._SubParsersAction[Parser], name: str, what: str, *, more: str = "") -> Parser:
    """Add a command that says what it does in the list of commands, and, with `more`, in its own help."""
    return commands.add_parser(name, help=what, description=f"{what}。{more}")


def is_folder(terms: str) -> bool:
    """Whether TERMS is a folder, which gives one JSON document a line."""
    return terms != "-" and Path(terms).is_dir()


def positive(text: str) -> int:
    """Read a whole number from 1 to 1000; for `--k`."""
    return _number(text, 1, 1000)


def port(text: str) -> int:
    """Read a TCP port."""
    return _number(text, 1, 65535)


def share(text: str) -> float:
    """Read a number from 0 to 1; for thresholds."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"应是 0 到 1 的小数，不能是 {text}")
    return number


def _number(text: str, least: int, most: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else least - 1
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"应是 {least} 到 {most} 的整数，不能是 {text}")
    return number


class _Version(argparse.Action):
    """Look the version up when it is asked for: that takes as long as all the rest of the parser."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - twenty milliseconds

        try:
            found = version("clauselight")
        except PackageNotFoundError:
            found = "（未安装）"
        sys.stdout.write(f"clauselight {found}\n")
        parser.exit()
