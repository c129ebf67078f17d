"""The review against paragraphs that people labelled: precision, recall and F1, in all and for each category.

A labelled line is compared with the clause that covers it. Rows whose `must` is null, where the annotators disagreed,
are not counted; in a category, rows that only one annotator gave it are not counted for that category.

`python -m app.review.evaluate LABELS.jsonl TERMS_DIR` prints the figures.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING

from app.review import audit
from app.review.wording import CATEGORIES
from app.types import Category
from corpus.loading import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.types import AuditReport, Finding
    from corpus.types import Document


@dataclass(frozen=True, slots=True)
class Label:
    """What two annotators say of one paragraph."""

    doc_id: str
    """The document."""
    line: int
    """Line in the unmodified file, 1-based."""
    categories: frozenset[Category]
    """Categories that both gave."""
    disputed: frozenset[Category]
    """Categories that only one gave."""
    must: bool | None
    """Whether it must be prominent; None where they disagreed."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Right and wrong decisions."""

    hits: int = 0
    """Flagged rightly."""
    false_alarms: int = 0
    """Flagged wrongly."""
    misses: int = 0
    """Not flagged, wrongly."""

    @property
    def precision(self) -> float:
        """Share of the flagged that is right; 1.0 when nothing is flagged."""
        flagged = self.hits + self.false_alarms
        return self.hits / flagged if flagged else 1.0

    @property
    def recall(self) -> float:
        """Share of the right that is flagged; 1.0 when there is nothing to flag."""
        wanted = self.hits + self.misses
        return self.hits / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both (van Rijsbergen 1979)."""
        counted = 2 * self.hits + self.false_alarms + self.misses
        return 2 * self.hits / counted if counted else 1.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.false_alarms + other.false_alarms, self.misses + other.misses)


@dataclass(frozen=True, slots=True)
class Measurement:
    """The figures of one document, or of several together."""

    must: Counts
    """Of `must_highlight`."""
    categories: Mapping[Category, Counts]
    """Of each category."""
    wrong_lines: tuple[int, ...] = ()
    """Lines decided wrongly on `must_highlight`."""

    def __add__(self, other: Measurement) -> Measurement:
        summed = {category: self.categories[category] + other.categories[category] for category in Category}
        return Measurement(self.must + other.must, summed)


def read_labels(path: Path) -> tuple[Label, ...]:
    """Read labelled paragraphs: `doc, line, cats, cats_either, must` in each line of a JSON Lines file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(
        Label(
            doc_id=row["doc"],
            line=row["line"],
            categories=frozenset(map(Category, row["cats"])),
            disputed=frozenset(map(Category, row["cats_either"])),
            must=row["must"],
        )
        for row in rows
    )


def measure(document: Document, report: AuditReport, labels: Iterable[Label]) -> Measurement:
    """Compare the findings with the labels of this document."""
    findings = _by_line(document, report)
    must: list[tuple[bool, bool]] = []
    categories: defaultdict[Category, list[tuple[bool, bool]]] = defaultdict(list)
    wrong: list[int] = []
    for label in labels:
        if label.doc_id != document.doc_id:
            continue
        found = findings.get(label.line, ())
        if label.must is not None:
            flagged = any(finding.must_highlight for finding in found)
            must.append((flagged, label.must))
            if flagged != label.must:
                wrong.append(label.line)
        for category in Category:
            if category not in label.disputed:
                given = any(category in finding.categories for finding in found)
                categories[category].append((given, category in label.categories))
    counted = {category: _count(categories[category]) for category in Category}
    return Measurement(_count(must), counted, tuple(wrong))


def _by_line(document: Document, report: AuditReport) -> dict[int, list[Finding]]:
    findings = {finding.clause_id: finding for finding in report.findings}
    lines: defaultdict[int, list[Finding]] = defaultdict(list)
    for clause in document.clauses:
        if clause.lines is not None and clause.clause_id in findings:
            for line in range(clause.lines[0], clause.lines[1] + 1):
                lines[line].append(findings[clause.clause_id])
    return lines


def _count(pairs: Sequence[tuple[bool, bool]]) -> Counts:
    return Counts(
        hits=sum(given and wanted for given, wanted in pairs),
        false_alarms=sum(given and not wanted for given, wanted in pairs),
        misses=sum(wanted and not given for given, wanted in pairs),
    )


def render(measurements: Mapping[str, Measurement]) -> str:
    """Write the figures as a table: a line a document and one for all, F1 of each category at the end."""
    total = {"合计": reduce(add, measurements.values())} if len(measurements) > 1 else {}
    lines = ["文件 准确率 召回率 F1 " + " ".join(CATEGORIES.values())]
    for name, figures in {**measurements, **total}.items():
        must = figures.must
        each = " ".join(f"{figures.categories[category].f1:.3f}" for category in Category)
        lines.append(f"{name} {must.precision:.3f} {must.recall:.3f} {must.f1:.3f} {each}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Measure the shipped rules on the labelled documents of a folder."""
    if len(arguments) != 2:
        sys.stderr.write("用法：python -m app.review.evaluate LABELS.jsonl TERMS_DIR\n")
        return 2
    labels = read_labels(Path(arguments[0]))
    measurements: dict[str, Measurement] = {}
    for name in dict.fromkeys(label.doc_id for label in labels):
        document = load(Path(arguments[1]) / f"{name}.md")
        measurements[name] = measure(document, audit(document), labels)
    sys.stdout.write(render(measurements) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
