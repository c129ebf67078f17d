"""What readers hand over: shown as text for comparing, and checked for what must hold of any of them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.types import EmphasisKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus.types import Block, Extract, Mark, Run

_HARD_TO_SEE = {"\t": "→", "\u3000": "\\u{3000}", "\xa0": "\\u{A0}", "\u200b": "\\u{200B}"}


def show(blocks: Iterable[Block]) -> str:
    """One block a line: `h2`, `p`, `-` for a bullet or `row 1`, then its words.

    Bold words stand in ⟪…⟫, other emphasis names its kind, generated words stand in ‹…›.
    """
    return "\n".join(_line(block) for block in blocks)


def _line(block: Block) -> str:
    kind = "p"
    if block.heading_level:
        kind = f"h{block.heading_level}"
    elif block.table:
        kind = f"row {block.table}"
    elif block.bullet:
        kind = "-"
    text = "".join(_marked(block.runs))
    for character, shown in _HARD_TO_SEE.items():
        text = text.replace(character, shown)
    return f"{kind} {text}"


def _marked(runs: Iterable[Run]) -> Iterator[str]:
    open_marks: list[Mark] = []
    for run in runs:
        while any(mark not in run.marks for mark in open_marks):
            open_marks.pop()
            yield "⟫"
        for mark in sorted(run.marks.difference(open_marks)):
            name = "" if mark.kind is EmphasisKind.BOLD else f"{mark.kind}:"
            yield f"⟪{'' if mark.renders else '?'}{name}"
            open_marks.append(mark)
        generated = not len(run.span) and run.text.strip()
        yield f"‹{run.text}›" if generated else run.text
    yield "⟫" * len(open_marks)


def check(extract: Extract) -> None:
    """Spans ascend and are disjoint, runs are the source's own words, and no block is without words."""
    for before, after in pairwise(extract.blocks):
        assert before.span.end <= after.span.start
    for block in extract.blocks:
        assert 0 <= block.span.start < block.span.end <= len(extract.source)
        assert block.text.strip()
        assert (block.runs[0].span.start, block.runs[-1].span.end) == (block.span.start, block.span.end)
        for one, other in pairwise(block.runs):
            assert one.span.end <= other.span.start
        for run in block.runs:
            assert run.text
            if len(run.span) == len(run.text):
                assert extract.source[run.span.start : run.span.end] in {run.text, "\n", "\t", "\f", "\r"}
        assert 0 <= block.heading_level <= 6
        if block.lines is not None:
            first, last = block.lines
            assert 1 <= first <= last
