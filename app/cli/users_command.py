"""`clauselight users add`: who may use the pages."""

from __future__ import annotations

import re
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.failure import WrongInput
from app.cli.parser import add_command

if TYPE_CHECKING:
    import argparse

SHORTEST = 8
"""Characters of a password."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what it does."""
    parser = add_command(commands, "users", "网页的用户和密码")
    actions = parser.add_subparsers(title="操作", dest="action", metavar="操作", required=True)
    add = add_command(actions, "add", "加入用户，或为已有的用户换密码", more="密码从终端或标准输入读一行。")
    add.add_argument("name", metavar="NAME", help="用户名")
    add.add_argument("--file", metavar="FILE", type=Path, help="用户文件（默认为 CLAUSELIGHT_USERS）")
    add.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Hash and write."""
    from app.cli.settings import read_settings  # noqa: PLC0415 - heavy imports stay inside the command
    from app.web.accounts import write_user  # noqa: PLC0415

    path = options.file or read_settings().users
    if path is None:
        raise WrongInput("请用 --file 指明用户文件，或先设 CLAUSELIGHT_USERS")
    if not re.fullmatch(r"[^\s:#][^\s:]{0,63}", options.name):
        raise WrongInput("用户名应为 1 到 64 个字符，不含空白和冒号")
    password = getpass("密码：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if len(password) < SHORTEST:
        raise WrongInput(f"密码至少要 {SHORTEST} 个字符")
    write_user(path, options.name, password)
    sys.stderr.write(f"已写入 {path}：{options.name}\n")
    return 0
