"""How long reading terms takes, beside markdown-it-py's plain tokenising of the same files.

`python -m benchmarks.parse [TERMS]...` prints one line a figure. Both sides read the same decoded Markdown in turns, so
that a busy machine slows both; times are of the processor, in seconds, the median over the rounds. Memory is the peak
that Python allocates while one document is parsed, for the text once, twice and four times over.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from corpus import parse_bytes
from corpus.library import read_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 7
TIMES = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Speed:
    """What one run measured."""

    characters: int
    """Length of all documents together."""
    parse_seconds: float
    """Processor time of the whole parse of all of them, median."""
    ratio: float
    """Parse time over tokenising time, median over the rounds."""


def measure_speed(sources: Sequence[str], *, rounds: int = ROUNDS) -> Speed:
    """Parse and tokenise in turns; the first round warms up and does not count."""
    markdown = MarkdownIt("commonmark")
    encoded = [source.encode() for source in sources]
    parses: list[float] = []
    ratios: list[float] = []
    for counted in range(rounds + 1):
        tokenising = _seconds(lambda: [markdown.parse(data.decode()) for data in encoded])
        parsing = _seconds(lambda: [parse_bytes(data, name="terms.md") for data in encoded])
        if counted:
            parses.append(parsing)
            ratios.append(parsing / tokenising)
    return Speed(sum(map(len, sources)), median(parses), median(ratios))


def measure_memory(source: str) -> list[float]:
    """Peak bytes a character while the text is parsed, for each of `TIMES`; level when memory is linear."""
    peaks: list[float] = []
    for times in TIMES:
        data = "\n\n".join([source] * times).encode()
        tracemalloc.start()
        try:
            parse_bytes(data, name="terms.md")
            peaks.append(tracemalloc.get_traced_memory()[1] / (len(source) * times))
        finally:
            tracemalloc.stop()
    return peaks


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; without arguments, of the terms that ship."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.parse", description=__doc__)
    parser.add_argument("terms", nargs="*", default=["weidianyun"], help="Markdown files or folders")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args(arguments)
    sources = [document.source for document in read_terms(options.terms).documents]
    speed = measure_speed(sources, rounds=max(1, options.rounds))
    peaks = measure_memory(max(sources, key=len))
    print(f"{len(sources)} documents, {speed.characters} characters")
    print(f"whole parse: {speed.ratio:.1f} times markdown-it-py's tokenising")
    print(f"{speed.characters / speed.parse_seconds:,.0f} characters a second")
    print("peak memory, bytes a character: " + ", ".join(f"{p:.0f} (x{t})" for t, p in zip(TIMES, peaks, strict=True)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
