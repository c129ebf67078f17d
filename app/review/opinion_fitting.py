"""Fit the second opinion on labelled paragraphs, and tell how it does on documents that were left out.

`python -m app.review.opinion_fitting WEIGHTS.npz LABELS.jsonl TERMS_DIR [LABELS.jsonl TERMS_DIR ...]`

Labels are those of `evaluate`; rows on which annotators disagree are left out. Each pair of arguments is one batch.
Printed is, for each batch, the model alone when it was fitted on the other batches only; written are the weights fitted
on all. Needs scipy (the extra `encoders`).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.review.evaluate import Counts, read_labels
from app.review.names import names_of
from app.review.opinion import BUCKETS, LEAD_IN, WEIGHT, Weights, buckets, opinion_of, with_sides
from corpus.loading import load
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from app.review.names import Names

THRESHOLD = 0.7
"""Least score at which the model speaks: the best of 0.5, 0.6 … 0.9 on batches that were left out."""
REGULARISATION = 1.0
"""Weight of half the squared length of the weights, against the sum of the rows' losses."""


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled clause."""

    text: str
    """The clause."""
    lead_in: str
    """The clause that leads it in, or empty."""
    names: Names
    """Names of the sides in it."""
    must: bool
    """Whether it must be prominent."""


def read_rows(labels: Path, folder: Path) -> Iterator[Row]:
    """Give the labelled clauses of one batch: those whose first line has a label that annotators agree on."""
    said = {(label.doc_id, label.line): label.must for label in read_labels(labels)}
    for name in dict.fromkeys(doc_id for doc_id, _ in said):
        document = load(folder / f"{name}.md")
        texts = {clause.clause_id: clause.text for clause in document.clauses}
        for clause in document.clauses:
            must = said.get((name, clause.lines[0])) if clause.lines else None
            if must is not None and clause.kind is not ClauseKind.HEADING:
                names = names_of(document, clause.clause_id)
                yield Row(clause.text, texts.get(clause.lead_in_id or "", ""), names, must)


def fit(rows: Sequence[Row]) -> Weights:
    """Fit by maximum likelihood with a penalty on the squared weights (L-BFGS)."""
    from scipy.optimize import minimize  # noqa: PLC0415 - an extra that a review does without

    marks = [buckets(with_sides(row.lead_in, row.names)[-LEAD_IN:] + with_sides(row.text, row.names)) for row in rows]
    owner = np.repeat(np.arange(len(rows)), [len(one) for one in marks])
    mark = np.concatenate(marks)
    scale = np.array([WEIGHT / max(1.0, len(one) ** 0.5) for one in marks])
    wanted = np.array([row.must for row in rows], dtype=float)

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, bias = point[:-1], point[-1]
        logits = np.bincount(owner, weights[mark], len(rows)) * scale + bias
        off = 1 / (1 + np.exp(-logits)) - wanted
        total = float((np.logaddexp(0, logits) - wanted * logits).sum() + REGULARISATION * (weights @ weights) / 2)
        slope = np.bincount(mark, (off * scale)[owner], BUCKETS) + REGULARISATION * weights
        return total, np.append(slope, off.sum())

    point = minimize(loss, np.zeros(BUCKETS + 1), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return Weights(point[:-1].astype(np.float32), float(point[-1]), THRESHOLD)


def measure(weights: Weights, rows: Sequence[Row]) -> Counts:
    """Count the model's decisions, no rule asked."""
    counts = Counts()
    for row in rows:
        given = opinion_of(row.text, row.lead_in, names=row.names, weights=weights) is not None
        counts += Counts(given and row.must, given and not row.must, row.must and not given)
    return counts


def save(weights: Weights, path: Path) -> None:
    """Write the weights, a byte each."""
    scale = float(np.abs(weights.weights).max()) / 127
    stored = np.round(weights.weights / scale).astype(np.int8)
    np.savez_compressed(path, weights=stored, scale=scale, bias=weights.bias, threshold=weights.threshold)


def main(arguments: Sequence[str]) -> int:
    """Fit, measure, write."""
    if len(arguments) < 3 or len(arguments) % 2 == 0:
        sys.stderr.write(
            "用法：python -m app.review.opinion_fitting WEIGHTS.npz LABELS.jsonl TERMS_DIR [LABELS.jsonl TERMS_DIR …]\n"
        )
        return 2
    pairs = list(zip(arguments[1::2], arguments[2::2], strict=True))
    batches = [tuple(read_rows(Path(labels), Path(folder))) for labels, folder in pairs]
    for number, (pair, batch) in enumerate(zip(pairs, batches, strict=True)):
        seen = {row.text for row in batch}
        others = [row for other in (*batches[:number], *batches[number + 1 :]) for row in other if row.text not in seen]
        if others:
            counts = measure(fit(others), batch)
            said = f"准确率 {counts.precision:.3f} 召回率 {counts.recall:.3f} F1 {counts.f1:.3f}"
            sys.stdout.write(f"{Path(pair[0]).name}（{len(batch)} 条，未参与训练）{said}\n")
    rows = [row for batch in batches for row in batch]
    save(fit(rows), Path(arguments[0]))
    sys.stdout.write(f"已用 {len(rows)} 条训练，写入 {arguments[0]}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
