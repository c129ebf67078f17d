"""Measuring the search alone on a large corpus: articles of law, and questions of lay people about them.

Articles are rows of `id, name, text`, questions rows of `qid, question, gold` with the ids of the articles that answer
(STARD, Su et al. 2024). No answer is written and nothing is refused: only the order of the articles counts.
"""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from app.evaluation import UnreadableQuestions
from index.fusion import mix
from index.metrics import bootstrap_interval, reciprocal_rank
from index.types import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from index.hybrid import HybridIndex
    from index.reranker import Reranker

FOUND = 100
"""Articles looked at for each question."""
TEN = 10
"""Of them those that a person would look at."""
READ = 20
"""First articles that the re-ranker reads."""
READ_SHARE = 0.5
"""Weight of its standardised log-odds beside the standardised mix."""
MOST_ROWS = 2_000_000
"""Bound on the rows of a file."""
MOST_CHARACTERS = 100_000
"""Bound on one row."""


@dataclass(frozen=True, slots=True)
class ArticleQuestion:
    """One row of a question file."""

    qid: str
    """Its id."""
    question: str
    """The words."""
    gold: frozenset[str]
    """Ids of the articles that answer it."""


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """Figures over all questions, with 95 % bootstrap intervals."""

    questions: int
    """How many."""
    articles: int
    """How many were searched."""
    mrr: float
    """Mean reciprocal rank of the first right article among ten."""
    mrr_interval: tuple[float, float]
    """Its interval."""
    recall: dict[int, float]
    """Mean share of a question's articles among the first k, by k."""
    recall_interval: dict[int, tuple[float, float]]
    """Its intervals."""


def read_articles(path: Path) -> tuple[Entry, ...]:
    """Read articles from JSON Lines, plain or gzip. Raises UnreadableQuestions with the line."""
    entries = []
    for number, row in _rows(path):
        try:
            name, text = str(row["name"]), str(row["text"])
            entries.append(Entry(str(row["id"]), name, f"{name}\n{text}"))
        except (KeyError, TypeError) as error:
            raise UnreadableQuestions(f"{path} 第 {number} 行：应是含 id、name、text 的 JSON 对象") from error
    if len({entry.clause_id for entry in entries}) != len(entries):
        raise UnreadableQuestions(f"{path}：有重复的 id")
    return tuple(entries)


def read_article_questions(path: Path) -> tuple[ArticleQuestion, ...]:
    """Read questions from JSON Lines. Raises UnreadableQuestions with the line."""
    rows = []
    for number, row in _rows(path):
        try:
            gold = frozenset(str(one) for one in row["gold"])
            rows.append(ArticleQuestion(str(row.get("qid", number)), str(row["question"]), gold))
        except (KeyError, TypeError, AttributeError) as error:
            raise UnreadableQuestions(f"{path} 第 {number} 行：应是含 question、gold 的 JSON 对象") from error
    return tuple(row for row in rows if row.gold)


def find_articles(index: HybridIndex, question: str, *, reranker: Reranker | None) -> list[str]:
    """Return the ids of the first `FOUND` articles for a question, best first."""
    scores = index.scores(question)
    fused = mix(scores.dense, scores.sparse)
    first = np.argsort(-fused, kind="stable")[:FOUND]
    order = list(first)
    if reranker is not None:
        read = first[:READ]
        joint = reranker.scores(question, [scores.entries[scores.positions[row]].text for row in read])
        again = _standardised(fused[read]) + READ_SHARE * _standardised(joint.astype(np.float64))
        order[:READ] = list(read[np.argsort(-again, kind="stable")])
    return [scores.entries[scores.positions[row]].clause_id for row in order]


def evaluate_articles(
    index: HybridIndex,
    questions: Sequence[ArticleQuestion],
    *,
    reranker: Reranker | None,
    progress: Callable[[int, int], None] | None = None,
) -> ArticleReport:
    """Search for every question and put the figures together."""
    ranks, shares = [], {TEN: [], FOUND: []}  # type: tuple[list[float], dict[int, list[float]]]
    for number, row in enumerate(questions, 1):
        found = find_articles(index, row.question, reranker=reranker)
        ranks.append(reciprocal_rank(found[:TEN], row.gold))
        for k, values in shares.items():
            values.append(len(row.gold.intersection(found[:k])) / len(row.gold))
        if progress:
            progress(number, len(questions))
    return ArticleReport(
        questions=len(questions),
        articles=len(index.entries),
        mrr=float(np.mean(ranks)),
        mrr_interval=bootstrap_interval(ranks),
        recall={k: float(np.mean(values)) for k, values in shares.items()},
        recall_interval={k: bootstrap_interval(values) for k, values in shares.items()},
    )


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number and the object of every line that is not blank."""
    number, any_row = 0, False
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            while line := lines.readline(MOST_CHARACTERS):
                number += 1
                if number > MOST_ROWS:
                    raise UnreadableQuestions(f"{path}：超过 {MOST_ROWS} 行")
                if not line.strip():
                    continue
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise UnreadableQuestions(f"{path} 第 {number} 行：应是 JSON 对象")
                any_row = True
                yield number, row
    except json.JSONDecodeError as error:
        raise UnreadableQuestions(f"{path} 第 {number} 行：应是 JSON 对象") from error
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise UnreadableQuestions(f"{path}：读不出，请确认它存在且是 UTF-8 编码的 JSONL（或其 gzip）") from error
    if not any_row:
        raise UnreadableQuestions(f"{path}：里面没有内容")


def _standardised(values: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    spread = float(values.std()) or 1.0
    return np.asarray((values - values.mean()) / spread)
