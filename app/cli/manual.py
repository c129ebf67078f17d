"""The manual of the command line: the help of every command, as Markdown (`python -m app.cli.manual`)."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from app.cli.parser import build_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo


def all_parsers() -> Iterator[argparse.ArgumentParser]:
    """Give the parser of the program, then those of the commands and their actions, in the order of the help."""
    return _with_commands(build_parser())


def render_manual() -> str:
    """Give a heading and the help for every command."""
    return "\n".join(
        f"### `{parser.prog}`\n\n```text\n{parser.format_help().rstrip()}\n```\n" for parser in all_parsers()
    )


def render_settings() -> str:
    """Give a table row for every setting: its variable, its key in the file, its default, what it is."""
    from app.settings import FILE, NAMED, PREFIX, Settings  # noqa: PLC0415 - pydantic takes a moment

    rows = [
        f"| `{PREFIX}{name.upper()}` | `{name}` | {_default(field)} | {' '.join((field.description or '').split())} |"
        for name, field in Settings.model_fields.items()
    ]
    about = "File of settings (TOML) with the keys below; variables go before it."
    file = f"| `{NAMED}` | | `{FILE}` in the working directory | {about} |"
    return "\n".join(["| environment variable | key | default | what |", "|---|---|---|---|", file, *rows]) + "\n"


def _default(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "the user's data folder"
    if field.default in (None, (), ""):
        return "none"
    return f"`{field.default}`"


def _with_commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to its commands
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for command in action.choices.values():
                yield from _with_commands(command)


if __name__ == "__main__":
    sys.stdout.write(render_manual())
