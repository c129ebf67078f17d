"""The words people say and the words terms write: concepts read from a table that a person can extend."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class LexiconUnusable(ValueError):  # noqa: N818 - said of the file, as people read it
    """A person's own concepts that cannot be read; the message is one Chinese line."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One matter that terms may settle."""

    name: str
    """Its name in the table."""
    said: tuple[str, ...]
    """Words of questions, in lower case."""
    written: tuple[str, ...]
    """Words of clauses."""

    def is_asked(self, question: str) -> bool:
        """Whether a question (in lower case) is about it."""
        return any(word in question for word in self.said) or self.name in question

    def is_written(self, text: str) -> bool:
        """Whether a text uses any of its words."""
        return any(word in text for word in self.written)


@cache
def load_lexicon(extra: Path | None = None) -> tuple[Concept, ...]:
    """Read the built-in concepts and, over them, those of a person's own file.

    Raises LexiconUnusable when the file cannot be read, or with the name of a concept that lacks `said` or `written`.
    """
    table = tomllib.loads(resources.files("app.qa").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    if extra is not None:
        try:
            table |= tomllib.loads(extra.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise LexiconUnusable(f"{extra}：读不出词表，应是 UTF-8 编码的 TOML 文件") from error
    return tuple(_concept(name, row) for name, row in table.items())


def _concept(name: str, row: object) -> Concept:
    if not isinstance(row, dict) or not all(_are_words(row.get(key)) for key in ("said", "written")):
        raise LexiconUnusable(f"词表中的“{name}”缺少 said 或 written（都应是词的列表）")
    return Concept(name, tuple(word.lower() for word in row["said"]), tuple(row["written"]))


def _are_words(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(word, str) and word for word in value)
