"""`python -m app.review.diff.benchmark`: how many made edits a comparison recovers, and how long it takes.

Times are of this process alone (`time.process_time`), both reviews that a comparison makes included.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass, replace

from app.review.diff.compare import diff
from app.review.diff.made import Sections, edit, found, make, write

SCRIPTS = 250
"""Edit scripts."""
SIZES = ((60, 6), (2000, 40))
"""Clauses and sections of the comparisons that are timed."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """Edits over all scripts."""

    wanted: int
    """That were made, renumbering included."""
    said: int
    """That the comparisons told."""
    hits: int
    """Both."""

    @property
    def recall(self) -> float:
        """Share of the made edits that are told."""
        return self.hits / self.wanted

    @property
    def precision(self) -> float:
        """Share of the told edits that were made."""
        return self.hits / self.said


def recover(scripts: int = SCRIPTS) -> Recovery:
    """Compare made versions; script n is made from the seed n."""
    wanted = said = hits = 0
    for seed in range(scripts):
        rng = random.Random(seed)  # noqa: S311 - made examples, no secrets
        old = make(rng, clauses=rng.randint(12, 60), sections=rng.randint(1, 6))
        new, answer = edit(rng, old)
        told = found(diff(write(old, "old"), write(new, "new")))
        wanted, said, hits = wanted + len(answer), said + len(told), hits + len(answer & told)
    return Recovery(wanted, said, hits)


def seconds(clauses: int, sections: int) -> float:
    """Time of one comparison with every clause reworded a little."""
    rng = random.Random(3)  # noqa: S311 - as above
    old = make(rng, clauses=clauses, sections=sections)
    new: Sections = [[replace(line, text=line.text.replace("应", "可", 1)) for line in lines] for lines in old]
    before, after = write(old, "old"), write(new, "new")
    begun = time.process_time()
    diff(before, after)
    return time.process_time() - begun


def main() -> None:
    """Print the figures."""
    recovery = recover()
    right = f"recovered {recovery.recall:.4f}, of what was said right {recovery.precision:.4f}"
    lines = [f"edit scripts {SCRIPTS}, edits {recovery.wanted}: {right}"]
    seconds(*SIZES[0])  # loads the dictionary and the rules
    lines += [f"{clauses} x {clauses} clauses: {seconds(clauses, parts):.2f} s" for clauses, parts in SIZES]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
