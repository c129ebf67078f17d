"""Answer or abstain: named signals of a ranking, a logistic model over them, and the reason in words.

The model and the threshold are fitted by `app.qa.fit` on questions that documents do and do not answer (Platt 1999:
its output is the share of questions like this one that the terms answer).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from app.qa.details import asked_details
from app.qa.ranking import FEATURES, READ_FEATURES, kind_of
from index.segmentation import segment

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from numpy.typing import NDArray

    from app.qa.question import Question
    from app.qa.ranking import Ranking
    from index.types import Scores

SIGNALS = (
    "probability",
    "best_cosine",
    "first_cosine",
    "first_cosine_standardised",
    "first_bigrams",
    "first_words",
    "document_words",
    "concepts_absent",
    "concepts_all_absent",
    "concepts_missing_in_first",
    "details",
    "details_missing_in_first",
    "details_missing_in_three",
    "three_words",
    "entropy",
    "clauses",
    "first_sparse",
    "score",
    "joint_first",
    "joint_best",
    "joint_two",
    "joint_any",
)
"""Names of the signals, in order."""


UNSTATED = 0.2
"""Confidence at most for a look-up of a detail (`录音存多久`) that the first clause does not state."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a question after ranking."""

    question: Question
    """The question."""
    texts: Sequence[str]
    """Words of the clauses searched, in the order of the ranking's rows."""
    ranking: Ranking
    """The ranking."""
    scores: Scores
    """Cosines and BM25 scores, in the same order."""
    word_weights: Mapping[str, float]
    """Inverse document frequency of each word of the question."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer, how sure, and why not."""

    answer: bool
    """True to answer."""
    confidence: float
    """0 to 1: estimated share of such questions that the terms answer."""
    reason: str
    """In Chinese; empty when there is an answer."""


@dataclass(frozen=True, slots=True)
class _Model:
    means: NDArray[np.float64]
    spreads: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float
    threshold: float


@cache
def load_model(kind: str) -> _Model:
    """Read the model fitted for a kind of question."""
    table = json.loads(resources.files("app.qa").joinpath("weights.json").read_text(encoding="utf-8"))[kind]["decision"]
    columns = {key: np.array([table["signals"][name][key] for name in SIGNALS]) for key in ("mean", "spread", "weight")}
    return _Model(columns["mean"], columns["spread"], columns["weight"], table["bias"], table["threshold"])


def decide(evidence: Evidence) -> Decision:
    """Decide whether the terms answer the question."""
    if not evidence.texts:
        return Decision(answer=False, confidence=0.0, reason="没有可供查找的条款。")
    model = load_model(kind_of(evidence.word_weights))
    standardised = (signals_of(evidence) - model.means) / model.spreads
    confidence = 1 / (1 + math.exp(-float(np.clip(standardised @ model.weights + model.bias, -30, 30))))
    if kind_of(evidence.word_weights) == "look_up" and _lacks_detail(evidence):
        confidence = min(confidence, UNSTATED)
    if confidence >= model.threshold:
        return Decision(answer=True, confidence=confidence, reason="")
    return Decision(answer=False, confidence=confidence, reason=_reason(evidence))


def signals_of(evidence: Evidence) -> NDArray[np.float64]:
    """Compute the signals, (signals,); the ranking is one that the re-ranker has read for."""
    ranking, scores, question = evidence.ranking, evidence.scores, evidence.question
    first = int(ranking.order[0])
    text = evidence.texts[first]
    probabilities = ranking.probabilities
    spread = float(scores.dense.std()) or 1.0
    total = sum(evidence.word_weights.values()) or 1.0
    inside = set(segment(text))
    everywhere = "\n".join(evidence.texts)
    three = "\n".join(evidence.texts[row] for row in ranking.order[:3])
    inside_three = set(segment(three))
    details = asked_details(question.text)
    absent = sum(not concept.is_written(everywhere) for concept in question.concepts)
    signals = {
        "probability": probabilities[first],
        "best_cosine": scores.dense.max(),
        "first_cosine": scores.dense[first],
        "first_cosine_standardised": (scores.dense[first] - scores.dense.mean()) / spread,
        "first_bigrams": ranking.features[first, FEATURES.index("bigrams")],
        "first_words": _cover(evidence, text, inside) / total,
        "document_words": _cover(evidence, everywhere, everywhere) / total,
        "concepts_absent": absent,
        "concepts_all_absent": 0 < absent == len(question.concepts),
        "concepts_missing_in_first": sum(not concept.is_written(text) for concept in question.concepts),
        "details": bool(details),
        "details_missing_in_first": any(not detail.stated.search(text) for detail in details),
        "details_missing_in_three": any(not detail.stated.search(three) for detail in details),
        "three_words": _cover(evidence, three, inside_three) / total,
        "entropy": -(probabilities * np.log(probabilities + 1e-12)).sum(),
        "clauses": math.log(len(evidence.texts)),
        "first_sparse": scores.sparse[first] / total,
        "score": ranking.scores[first],
        "joint_first": ranking.features[first, READ_FEATURES.index("joint")],
        "joint_best": ranking.joint.max(),
        "joint_two": np.sort(ranking.joint)[-2:].mean(),
        "joint_any": np.log1p(np.exp(ranking.joint).sum()),
    }
    return np.array([float(signals[name]) for name in SIGNALS])


def _cover(evidence: Evidence, text: str, words: Container[str]) -> float:
    """Weight of the question's words that a text holds, or whose concept it writes in other words (打官司: 起诉)."""
    said = [
        said
        for concept in evidence.question.concepts
        if concept.is_written(text)
        for said in (*concept.said, concept.name)
    ]
    return sum(
        weight
        for word, weight in evidence.word_weights.items()
        if word in words or any(word in phrase or phrase in word for phrase in said)
    )


def _lacks_detail(evidence: Evidence) -> bool:
    first = evidence.texts[int(evidence.ranking.order[0])]
    return any(not detail.stated.search(first) for detail in asked_details(evidence.question.text))


def _reason(evidence: Evidence) -> str:
    everywhere = "\n".join(evidence.texts)
    absent = [concept for concept in evidence.question.concepts if not concept.is_written(everywhere)]
    if absent:
        words = "、".join(dict.fromkeys(word for concept in absent for word in concept.written[:4]))
        return f"全文没有写到{'、'.join(f'“{concept.name}”' for concept in absent)}（查过这些词：{words}）。"
    first = evidence.texts[int(evidence.ranking.order[0])]
    lacking = [detail.name for detail in asked_details(evidence.question.text) if not detail.stated.search(first)]
    if lacking:
        return f"最接近的条款没有写明{'、'.join(lacking)}。"
    return "没有找到能直接回答这个问题的条款，下面只是意思最接近的几条。"
