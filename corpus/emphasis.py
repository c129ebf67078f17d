"""Emphasis of a clause: which words stand out, and how much of what the clause says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.types import Emphasis, EmphasisKind, Mark, Run, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PROMINENT = frozenset(
    {EmphasisKind.BOLD, EmphasisKind.UNDERLINE, EmphasisKind.COLOUR, EmphasisKind.SIZE, EmphasisKind.HIGHLIGHT}
)
"""Kinds that catch the eye (合同编通则解释第十条: 文字、符号、字体等明显标识); italics do not, in Chinese type."""


def emphasis_of(runs: Sequence[Run]) -> tuple[Emphasis, ...]:
    """Emphasised words of a block, one span for each unbroken stretch of one kind, in order of their start."""
    if not any(run.marks for run in runs):
        return ()
    found: list[Emphasis] = []
    marks = sorted({mark for run in runs for mark in run.marks})
    for mark in marks:
        found.extend(_stretches(runs, mark))
    return tuple(sorted(found, key=lambda emphasis: (emphasis.span, emphasis.kind)))


def _stretches(runs: Iterable[Run], mark: Mark) -> list[Emphasis]:
    stretches: list[Emphasis] = []
    start = end = -1
    for run in runs:
        inside = mark in run.marks
        if inside and run.text.strip():
            start = run.span.start if start < 0 else start
            end = run.span.end
        elif not inside and start >= 0:
            stretches.append(Emphasis(Span(start, end), mark.kind, mark.renders))
            start = -1
    if start >= 0:
        stretches.append(Emphasis(Span(start, end), mark.kind, mark.renders))
    return stretches


def carries_meaning(character: str) -> bool:
    """Letters, ideographs and digits; not punctuation, symbols or spaces."""
    return character.isalnum()


def emphasised_share(runs: Sequence[Run], body_start: int) -> float:
    """Share (0 to 1) of the characters that carry meaning, after the label, that stand out and render so."""
    counted = prominent = position = 0
    for run in runs:
        text = run.text[max(0, body_start - position) :]
        position += len(run.text)
        meaning = sum(map(str.isalnum, text))
        counted += meaning
        if any(mark.kind in PROMINENT and mark.renders for mark in run.marks):
            prominent += meaning
    return prominent / counted if counted else 0.0
