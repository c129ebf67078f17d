"""Ranking the clauses for a question: each signal is a named feature, their weights are fitted and read from a file.

The score of a clause is the dot product of its features with `weights.json`; the probability that it is the best one
is the softmax of the scores over the clauses searched (a conditional logit model, McFadden 1974). `app.qa.fit` fits
the weights and says on what.

`rank` looks at every clause. `reread` ranks once more after the re-ranker has read the first of them together with
the question, with weights of its own.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from app.qa.details import asked_details
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from app.qa.question import Question
    from corpus.types import Clause
    from index.types import Scores

FEW_WORDS = 3
"""Words up to which a question looks a term up (`违约金多少`): then the term itself must be in the clause."""
TERSE = 14
"""Characters up to which a question is a look-up (`违约金 多少`) rather than a sentence."""

_NOT_WORDS = re.compile(r"[^\u4e00-\u9fffa-z0-9]")

FEATURES = (
    "dense",
    "sparse",
    "sparse_lexicon",
    "bigrams",
    "concepts",
    "rare_concepts",
    "details",
    "lead_in_alone",
    "length",
    "dense_terse",
    "sparse_terse",
    "dense_gap",
    "item",
    "words",
)
"""Names of the columns of a feature matrix, in order."""
READ_FEATURES = (*FEATURES, "joint", "joint_bounded")
"""The same after the re-ranker has read: its log-odds, and those within `BOUND`, where they tell most."""
BOUND = 4.0
READ = 5
"""Clauses that the re-ranker reads: the first of the ranking,"""
READ_NEAREST = 2
"""and so many of the nearest in meaning that are not among them."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Clauses in order, with what ranked them."""

    order: NDArray[np.intp]
    """Rows of `features`, best first."""
    features: NDArray[np.float64]
    """(clauses, features), columns as `FEATURES`."""
    scores: NDArray[np.float64]
    """(clauses,), higher is better."""
    read: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))
    """Rows that the re-ranker has read."""
    joint: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    """Its log-odds that they answer the question, (read,)."""

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """Softmax of the scores, (clauses,)."""
        shifted = np.exp(self.scores - self.scores.max())
        return np.asarray(shifted / shifted.sum())


def kind_of(word_weights: Mapping[str, float]) -> str:
    """Tell the kind of a question, each of which has weights of its own: `sentence` or `look_up`."""
    return "look_up" if len(word_weights) <= FEW_WORDS else "sentence"


@cache
def load_weights(kind: str) -> NDArray[np.float64]:
    """Read the weights fitted for a kind of question, (features,)."""
    return np.array([_table(kind)["ranking"][name] for name in FEATURES])


@cache
def load_read_weights(kind: str) -> NDArray[np.float64]:
    """Read the weights fitted for a kind of question after the re-ranker has read, (features,)."""
    return np.array([_table(kind)["reading"][name] for name in READ_FEATURES])


def _table(kind: str) -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = json.loads(
        resources.files("app.qa").joinpath("weights.json").read_text(encoding="utf-8")
    )[kind]
    return table


def rank(  # noqa: PLR0913 - everything that is known of the question
    question: Question,
    clauses: Sequence[Clause],
    texts: Sequence[str],
    scores: Scores,
    *,
    lexicon_sparse: NDArray[np.float32],
    word_weights: Mapping[str, float],
) -> Ranking:
    """Rank `clauses`; `texts` are the words they were indexed with, `scores` has one row for each."""
    matrix = features_of(question, clauses, texts, scores, lexicon_sparse=lexicon_sparse, word_weights=word_weights)
    values = matrix @ load_weights(kind_of(word_weights))
    return Ranking(np.argsort(-values, kind="stable"), matrix, values)


def worth_reading(ranking: Ranking, dense: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the rows that the re-ranker should read; `dense` are the cosines of the rows."""
    nearest = np.argsort(-dense, kind="stable")[:READ_NEAREST]
    return np.array(list(dict.fromkeys([*ranking.order[:READ], *nearest])), np.intp)


def reread(
    ranking: Ranking, read: NDArray[np.intp], joint: NDArray[np.float64], weights: NDArray[np.float64]
) -> Ranking:
    """Rank once more: `joint` are the re-ranker's log-odds of the rows `read`, `weights` those of `READ_FEATURES`.

    Clauses that were not read count as the worst of those that were.
    """
    column = np.full(len(ranking.features), joint.min(initial=0.0))
    column[read] = joint
    features = np.column_stack([ranking.features[:, : len(FEATURES)], column, column.clip(-BOUND, BOUND)])
    values = features @ weights
    return Ranking(np.argsort(-values, kind="stable"), features, values, read, joint)


def features_of(  # noqa: PLR0913
    question: Question,
    clauses: Sequence[Clause],
    texts: Sequence[str],
    scores: Scores,
    *,
    lexicon_sparse: NDArray[np.float32],
    word_weights: Mapping[str, float],
) -> NDArray[np.float64]:
    """Compute the feature matrix, (clauses, features)."""
    dense, sparse = _standardised(scores.dense), _standardised(scores.sparse)
    terse = float(len(question.text) <= TERSE)
    written = np.array([[concept.is_written(text) for concept in question.concepts] for text in texts], dtype=float)
    written = written.reshape(len(texts), len(question.concepts))
    rarity = np.log1p(len(texts) / np.maximum(written.sum(axis=0), 1)) * (written.sum(axis=0) > 0)
    details = asked_details(question.text)
    columns = {
        "dense": dense,
        "sparse": sparse,
        "sparse_lexicon": _standardised(lexicon_sparse),
        "bigrams": _standardised(bigram_overlap(question.text, texts)),
        "concepts": written.sum(axis=1) / max(1, len(question.concepts)),
        "rare_concepts": written @ rarity / 3,
        "details": np.array([sum(bool(detail.stated.search(text)) for detail in details) for text in texts], float),
        "lead_in_alone": np.array([clause.text.rstrip().endswith(("：", ":")) for clause in clauses], dtype=float),
        "length": np.log([max(5, len(text)) for text in texts]) - 3.5,
        "dense_terse": dense * terse,
        "sparse_terse": sparse * terse,
        "dense_gap": (scores.dense - scores.dense.max(initial=-1.0)).astype(float) * 10,
        "words": word_cover(texts, word_weights),
        "item": np.array([clause.kind is ClauseKind.ITEM for clause in clauses], dtype=float),
    }
    return np.stack([columns[name] for name in FEATURES], axis=1)


def word_cover(texts: Sequence[str], word_weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Share of the question's words that each text holds, weighted by how few clauses have them, (texts,)."""
    total = sum(word_weights.values()) or 1.0
    return np.array([sum(weight for word, weight in word_weights.items() if word in text) / total for text in texts])


def bigram_overlap(question: str, texts: Sequence[str]) -> NDArray[np.float64]:
    """Share of the question's character bigrams that each text has, weighted by how few texts have them."""
    asked = _bigrams(question)
    held = np.array([[bigram in text for bigram in asked] for text in map(_plain, texts)], dtype=float)
    held = held.reshape(len(texts), len(asked))
    weights = np.log1p(len(texts) / (1 + held.sum(axis=0)))
    return np.asarray(held @ weights / max(weights.sum(), 1e-9))


def _plain(text: str) -> str:
    return _NOT_WORDS.sub("", text.lower())


def _bigrams(text: str) -> tuple[str, ...]:
    plain = _plain(text)
    return tuple(dict.fromkeys(plain[start : start + 2] for start in range(len(plain) - 1)))


def _standardised(values: NDArray[np.floating]) -> NDArray[np.float64]:
    spread = float(values.std()) if len(values) else 0.0
    return np.asarray((values - values.mean()) / spread if spread > 1e-9 else np.zeros(len(values)), dtype=float)
