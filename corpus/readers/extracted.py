"""The text of a format that has none of its own: `source` for Word and PDF, built block by block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.types import Block, Mark, Run, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACE = " \t\r\n\u3000\xa0"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a block alike in print."""

    text: str
    marks: frozenset[Mark] = frozenset()
    generated: bool = False
    """Whether the format makes it (an automatic number): shown, but no part of the source."""


class ExtractedText:
    """Collects blocks and writes the source that their offsets refer to: one line a block."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self.length = 0
        """Characters so far."""

    @property
    def source(self) -> str:
        """Everything written so far."""
        return "".join(self._parts)

    def add(  # noqa: PLR0913 - the facts of a block
        self,
        words: Sequence[Words],
        *,
        heading_level: int = 0,
        table: int = 0,
        bullet: bool = False,
        indent: int = 0,
        page: int | None = None,
        paragraph: int | None = None,
    ) -> bool:
        """Write a block on a line of its own; False when nothing of it is visible."""
        words = _trimmed(words)
        if not any(each.text.strip(_SPACE) for each in words if not each.generated):
            return False
        runs: list[Run] = []
        for each in words:
            start = self.length
            text = each.text
            if not each.generated:
                text = text.replace("\r", " ").replace("\n", " ")
                self._write(text)
            last = runs[-1] if runs else None
            if (
                last is not None
                and not each.generated
                and last.marks == each.marks
                and len(last.span) == len(last.text)
            ):
                runs[-1] = Run(Span(last.span.start, self.length), last.text + text, last.marks)
            elif text:
                runs.append(Run(Span(start, self.length), text, each.marks))
        self.blocks.append(
            Block(
                span=Span(runs[0].span.start, runs[-1].span.end),
                runs=tuple(runs),
                heading_level=heading_level,
                table=table,
                bullet=bullet,
                indent=indent,
                page=page,
                paragraph=paragraph,
            )
        )
        self._write("\n")
        return True

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)


def _trimmed(words: Sequence[Words]) -> list[Words]:
    """Take white space off both ends."""
    kept = [each for each in words if each.text]
    while kept and not kept[-1].text.strip(_SPACE):
        kept.pop()
    if kept:
        last = kept[-1]
        kept[-1] = Words(last.text.rstrip(_SPACE), last.marks, last.generated)
    first = 0
    while first < len(kept) and (kept[first].generated or not kept[first].text.strip(_SPACE)):
        first += 1
    front = [each for each in kept[:first] if each.generated]
    rest = kept[first:]
    if rest:
        rest[0] = Words(rest[0].text.lstrip(_SPACE), rest[0].marks)
    return front + rest
