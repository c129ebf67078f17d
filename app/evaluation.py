"""Measuring answers on labelled questions: retrieval, refusal, calibration and verbatim quotes.

A question row has `qid, doc, group, question, answerable, gold_lines`; gold lines are 1-based lines of the unmodified
file. hit@k is the share of the answerable questions whose first k cited clauses include one that covers a gold line;
for a refused question the nearest clauses take the place of the cited ones, so that ranking and refusing are
measured apart.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.metrics import auc, bootstrap_interval, expected_calibration_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from app.types import Answer
    from corpus.types import Document

CUTOFFS = (1, 3, 5)
"""Ranks at which hits are counted."""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """One row of a question file."""

    qid: str
    """Its id."""
    doc_id: str
    """The document it is asked of."""
    group: str
    """Kind of question: customer, support_legal, adversarial."""
    question: str
    """The words."""
    answerable: bool
    """Whether the document answers it."""
    gold_lines: tuple[int, ...]
    """Lines whose clause answers it, best first."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with its answer and how good it is."""

    row: LabelledQuestion
    """The question."""
    answer: Answer
    """The answer."""
    rank: int | None
    """0-based rank of the first cited clause that covers a gold line; None when none does."""
    verbatim: bool
    """Whether every quote is cut from the source at its span."""

    @property
    def refused(self) -> bool:
        """Whether the answer says that the terms do not answer."""
        return self.answer.status == "not_found"


@dataclass(frozen=True, slots=True)
class Measures:
    """Figures over a set of questions."""

    questions: int
    """How many."""
    answerable: int
    """How many of them the documents answer."""
    hit: dict[int, float]
    """Share of the answerable ones with a gold clause in the first k, by k."""
    hit_interval: dict[int, tuple[float, float]]
    """95 % bootstrap intervals of `hit`."""
    mrr: float
    """Mean reciprocal rank."""
    false_answers: float
    """Share of the unanswerable ones that were answered."""
    false_refusals: float
    """Share of the answerable ones that were refused."""
    auc: float | None
    """Area under the curve of `confidence` for answerability; None when one side is empty."""
    calibration_error: float
    """Expected calibration error of `confidence` against answerability, ten bins."""
    verbatim: float
    """Share of answers whose quotes are all verbatim."""


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """Figures over all, by group and by document, and the questions that went wrong."""

    overall: Measures
    """Over all questions."""
    groups: dict[str, Measures]
    """By group."""
    documents: dict[str, Measures]
    """By document."""
    failures: tuple[Judged, ...]
    """Questions with a wrong first clause, a false answer or a false refusal."""


class UnreadableQuestions(ValueError):  # noqa: N818 - said of the file, as people read it
    """A question file that cannot be read; the message is one Chinese line."""


def read_questions(path: Path) -> tuple[LabelledQuestion, ...]:
    """Read a JSON Lines file of labelled questions.

    Raises UnreadableQuestions with the line.
    """
    rows: list[LabelledQuestion] = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableQuestions(f"{path}：读不出问题文件，请确认它存在且是 UTF-8 编码的 JSONL") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.append(
                LabelledQuestion(
                    qid=str(row.get("qid", number)),
                    doc_id=str(row["doc"]),
                    group=str(row.get("group", "all")),
                    question=str(row["question"]),
                    answerable=bool(row["answerable"]),
                    gold_lines=tuple(int(line) for line in row.get("gold_lines", ())),
                )
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"{path} 第 {number} 行：应是含 doc、question、answerable、gold_lines 的 JSON 对象"
            raise UnreadableQuestions(message) from error
    if not rows:
        raise UnreadableQuestions(f"{path}：里面没有问题")
    return tuple(rows)


def judge(row: LabelledQuestion, answer: Answer, document: Document) -> Judged:
    """Compare an answer with the labels."""
    cited = answer.citations or answer.nearest
    gold = set(row.gold_lines)
    rank = next(
        (
            position
            for position, citation in enumerate(cited)
            if citation.lines and gold.intersection(range(citation.lines[0], citation.lines[1] + 1))
        ),
        None,
    )
    verbatim = all(document.source[cited.span.start : cited.span.end] == cited.quote for cited in cited)
    return Judged(row, answer, rank, verbatim)


def report(judged: Sequence[Judged]) -> EvaluationReport:
    """Put the figures together."""
    return EvaluationReport(
        overall=measure(judged),
        groups=_by(judged, lambda one: one.row.group),
        documents=_by(judged, lambda one: one.row.doc_id),
        failures=tuple(one for one in judged if _failed(one)),
    )


def measure(judged: Sequence[Judged]) -> Measures:
    """Compute the figures over some questions."""
    answerable = [one for one in judged if one.row.answerable]
    unanswerable = [one for one in judged if not one.row.answerable]
    ranks = [one.rank for one in answerable]
    hits = {k: [float(rank is not None and rank < k) for rank in ranks] for k in CUTOFFS}
    truth = [one.row.answerable for one in judged]
    confidence = [one.answer.confidence for one in judged]
    return Measures(
        questions=len(judged),
        answerable=len(answerable),
        hit={k: _mean(values) for k, values in hits.items()},
        hit_interval={k: bootstrap_interval(values) for k, values in hits.items()},
        mrr=_mean([0.0 if rank is None else 1 / (rank + 1) for rank in ranks]),
        false_answers=_mean([float(not one.refused) for one in unanswerable]),
        false_refusals=_mean([float(one.refused) for one in answerable]),
        auc=auc(confidence, truth) if answerable and unanswerable else None,
        calibration_error=expected_calibration_error(confidence, truth),
        verbatim=_mean([float(one.verbatim) for one in judged]),
    )


def _by(judged: Iterable[Judged], key: Callable[[Judged], str]) -> dict[str, Measures]:
    parts: dict[str, list[Judged]] = {}
    for one in judged:
        parts.setdefault(key(one), []).append(one)
    return {name: measure(part) for name, part in sorted(parts.items())}


def _failed(one: Judged) -> bool:
    return one.refused == one.row.answerable or (one.row.answerable and one.rank != 0)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
