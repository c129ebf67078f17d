"""Blocks as lines of text, to compare whole readings at a glance.

    h2 heading · p paragraph · - bullet · row1 cell ⇥ cell (the table's number behind `row`)

Bold words stand in ⟪…⟫, other emphasis names its kind: ⟪underline:…⟫; a number that the format generates in {…}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.types import EmphasisKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.types import Block, Extract, Mark

_HARD_TO_SEE = {"\t": " ⇥ ", "\u3000": "\\u{3000}", "\xa0": "\\u{A0}", "\u200b": "\\u{200B}", "\ufeff": "\\u{FEFF}"}


def block_lines(extract: Extract) -> str:
    return "\n".join(f"{_kind(block)} {_text(block)}" for block in extract.blocks)


def _kind(block: Block) -> str:
    if block.table:
        return f"row{block.table}"
    if block.heading_level:
        return f"h{block.heading_level}"
    return "-" if block.bullet else "p"


def _text(block: Block) -> str:
    text = "".join(_marked(block))
    for character, shown in _HARD_TO_SEE.items():
        text = text.replace(character, shown)
    return text


def _marked(block: Block) -> Iterator[str]:
    open_marks: list[Mark] = []
    for run in block.runs:
        while any(mark not in run.marks for mark in open_marks):
            open_marks.pop()
            yield "⟫"
        for mark in sorted(run.marks.difference(open_marks)):
            yield "⟪" if mark.kind is EmphasisKind.BOLD else f"⟪{mark.kind}:"
            open_marks.append(mark)
        generated = run.span.start == run.span.end and not run.text.isspace()
        yield f"{{{run.text.rstrip()}}}{run.text[len(run.text.rstrip()) :]}" if generated else run.text
    yield "⟫" * len(open_marks)
