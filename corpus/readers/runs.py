"""Runs of a block: taking invisible characters off its ends, and sharing out runs that were read together."""

from __future__ import annotations

from corpus.types import Run, Span

INVISIBLE = " \t\r\n\u200b\u200c\u200d\u2060\ufeff\xa0\u3000\u2002\u2003\u2009"

_INVISIBLE = frozenset(INVISIBLE) | {""}


def trim(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Take invisible characters off both ends."""
    if runs and runs[0].text[:1] not in _INVISIBLE and runs[-1].text[-1:] not in _INVISIBLE:
        return runs
    kept = list(runs)
    while kept and not kept[0].text.strip(INVISIBLE):
        kept.pop(0)
    while kept and not kept[-1].text.strip(INVISIBLE):
        kept.pop()
    if not kept:
        return ()
    first = kept[0]
    cut = len(first.text) - len(first.text.lstrip(INVISIBLE))
    if cut and len(first.span) == len(first.text):
        kept[0] = Run(Span(first.span.start + cut, first.span.end), first.text[cut:], first.marks)
    last = kept[-1]
    keep = len(last.text.rstrip(INVISIBLE))
    if keep < len(last.text) and len(last.span) == len(last.text):
        kept[-1] = Run(Span(last.span.start, last.span.start + keep), last.text[:keep], last.marks)
    return tuple(kept)


def between(runs: tuple[Run, ...], start: int, end: int) -> tuple[Run, ...]:
    """Take the runs, or parts of them, that stand in `source[start:end]`; invisible ends are cut off."""
    kept: list[Run] = []
    for run in runs:
        if run.span.end <= start or run.span.start >= end:
            continue
        if len(run.span) != len(run.text):
            kept.append(run)
            continue
        first, last = max(start, run.span.start), min(end, run.span.end)
        offset = run.span.start
        kept.append(Run(Span(first, last), run.text[first - offset : last - offset], run.marks))
    return trim(tuple(kept))
