"""`python -m benchmarks`: the table of figures, what was to be reached beside what was measured.

All figures come from one run on one machine, which is named above them; `--quick` takes fewer rounds and a small corpus
and shows that the runner works, not how fast the product is. `--markdown FILE` writes the table too.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.environment import prepare_environment
from benchmarks import asking, building, cold, encoding, parse, searching, serving
from benchmarks.machine import describe, run
from benchmarks.material import CLAUSES
from benchmarks.table import Row, write_markdown, write_text
from corpus.library import read_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

QUICK = {"cold", "warm", "search", "parse"}
"""Parts that take a few seconds when they are small."""


def parts(*, quick: bool) -> dict[str, Callable[[], list[Row]]]:
    """Name what is measured, in order."""
    return {
        "cold": lambda: cold.measure(1 if quick else 7),
        "warm": lambda: asking.measure(5 if quick else 200),
        "encode": lambda: encoding.measure(1 if quick else 5, 4 if quick else 50),
        "search": lambda: _search(500 if quick else CLAUSES, 1 if quick else 5),
        "build": lambda: building.measure(20 if quick else 2000),
        "serve": serving.measure,
        "parse": lambda: _parse(1 if quick else parse.ROUNDS),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; a row that falls short is said, and is no failure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small and unreliable, for the suite")
    parser.add_argument("--only", nargs="+", metavar="PART", choices=[*parts(quick=True)], help="these parts alone")
    parser.add_argument("--markdown", metavar="FILE", type=Path, help="write the table there too")
    options = parser.parse_args(arguments)
    prepare_environment()
    machine, start = describe(), time.perf_counter()
    print(machine, flush=True)
    rows: list[Row] = []
    for name, measure in parts(quick=options.quick).items():
        if name in (options.only or ([*QUICK] if options.quick else [name])):
            found = measure()
            rows += found
            sys.stdout.write(write_text(found))
            sys.stdout.flush()
    print(f"{(time.perf_counter() - start) / 60:.1f} minutes", flush=True)
    if options.markdown:
        options.markdown.write_text(f"{machine}\n\n{write_markdown(rows)}", encoding="utf-8")
    return 0


def _search(count: int, rounds: int) -> list[Row]:
    """Search in a process of its own, whose memory holds nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        _, _, said = run(("-m", "benchmarks.searching", str(count), str(rounds)), index_dir=Path(folder))
    return searching.rows_of(json.loads(said))


def _parse(rounds: int) -> list[Row]:
    """Parse the terms that ship."""
    speed = parse.measure_speed([document.source for document in read_terms(["weidianyun"]).documents], rounds=rounds)
    said = f"{speed.ratio:.1f} times ({speed.characters / speed.parse_seconds:,.0f} characters a second)"
    return [Row("whole parse beside markdown-it-py's tokenising", "≤ 3 times", said, speed.ratio <= 3)]


if __name__ == "__main__":
    raise SystemExit(main())
