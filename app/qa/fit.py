"""Fit the weights of the ranking and of the decision: `python -m app.qa.fit QUESTIONS.jsonl TERMS_DIR`.

QUESTIONS is a file of training rows (`doc, line, questions`; `line` null for questions that the document does not
answer), TERMS_DIR the folder with the documents. Figures are printed for documents that were left out of the fit
(five folds over documents); the weights written are fitted on all rows. Rows that results are reported on must not be
in the file.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from app.engine import Engine
from app.qa.decision import SIGNALS, Evidence, signals_of
from app.qa.lexicon import load_lexicon
from app.qa.question import understand
from app.qa.ranking import FEATURES, Ranking, kind_of
from app.settings import Settings
from corpus.types import ClauseKind
from index.metrics import auc
from index.segmentation import dictionary

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from app.qa.lexicon import Concept

    Vector = NDArray[np.float64]

FOLDS = 5
RIDGE_RANKING = 1e-3
"""L2 penalty of the ranking's weights."""
RIDGE_DECISION = 3e-3
"""L2 penalty of the decision's weights, over standardised signals."""
SHARE_UNANSWERABLE = 0.25
"""Share of questions that terms do not answer which the confidence is calibrated for; a guess about people."""
FALSE_REFUSALS = 0.05
"""The threshold refuses this share of the answerable questions, on documents left out of the fit."""
MAX_ANSWERABLE = 4000
"""Answerable questions used, drawn with the seed: more do not change the second digit of a weight."""
LOOK_UPS = ("{}", "{}？", "{}多少？", "{}是怎么规定的？", "{}怎么算", "有{}吗", "{}由谁承担", "关于{}")
"""Ways of looking a term up. People do it often, the training questions hardly ever."""
HELD, ABSENT = 24, 8
"""Terms looked up in every document that it holds, and that it does not."""
RARE = 4
"""A term is looked up where at most so many clauses hold it: else any of them would do."""
SEED = 7


@dataclass(frozen=True, slots=True)
class Sample:
    """One training question, searched."""

    doc_id: str
    evidence: Evidence
    gold: tuple[int, ...]
    """Rows of the clauses that answer; empty when none does."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print the figures, write `weights.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("terms", type=Path)
    parser.add_argument("--encoder", default=None)
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("weights.json"))
    options = parser.parse_args(arguments)
    samples = read_samples(options.questions, options.terms, options.encoder)
    table: dict[str, Any] = {"about": "fitted by python -m app.qa.fit; figures are for documents left out of the fit"}
    for kind in ("sentence", "look_up"):
        table[kind] = fit_kind([sample for sample in samples if kind_of(sample.evidence.word_weights) == kind])
        # No look-up of the training asks for a detail; a clause that states it counts as it does for sentences.
        table[kind]["ranking"]["details"] = table["sentence"]["ranking"]["details"]
        sys.stderr.write(f"{kind} {json.dumps(table[kind]['figures'])}\n")
    options.output.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    return 0


def fit_kind(samples: Sequence[Sample]) -> dict[str, Any]:
    """Fit both models for one kind of question, and measure them on documents left out of the fit."""
    documents = sorted({sample.doc_id for sample in samples})
    ranks: list[int] = []
    confidence: list[float] = []
    truth: list[bool] = []
    for fold in (set(documents[number::FOLDS]) for number in range(FOLDS)):
        kept = [sample for sample in samples if sample.doc_id not in fold]
        weights = fit_ranking(kept)
        model = fit_decision(kept, weights)
        for sample in (sample for sample in samples if sample.doc_id in fold):
            ranking = reranked(sample, weights)
            if sample.gold:
                ranks.append(min(int(np.flatnonzero(ranking.order == row)[0]) for row in sample.gold))
            confidence.append(_confidence(model, sample, ranking))
            truth.append(bool(sample.gold))
    threshold = float(np.quantile([value for value, yes in zip(confidence, truth, strict=True) if yes], FALSE_REFUSALS))
    refused = [value < threshold for value, yes in zip(confidence, truth, strict=True) if not yes]
    found = np.array(ranks)
    figures = {
        "questions": len(samples),
        **{f"hit@{k}": round(float((found < k).mean()), 3) for k in (1, 3, 5)},
        "auc": round(auc(confidence, truth), 3),
        "false_refusals": FALSE_REFUSALS,
        "false_answers": round(1 - float(np.mean(refused)), 3),
    }
    weights = fit_ranking(samples)
    means, spreads, slopes, bias = fit_decision(samples, weights)
    columns = zip(SIGNALS, means, spreads, slopes, strict=True)
    return {
        "figures": figures,
        "ranking": {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True)},
        "decision": {
            "threshold": round(threshold, 4),
            "bias": round(bias, 4),
            "signals": {
                name: {"mean": round(mean, 4), "spread": round(spread, 4), "weight": round(slope, 4)}
                for name, mean, spread, slope in columns
            },
        },
    }


def read_samples(questions: Path, terms: Path, encoder: str | None) -> list[Sample]:
    """Search every training question in its document."""
    settings = Settings(encoder=encoder)
    engine = Engine.open([str(terms)], settings=settings)
    lexicon = load_lexicon(settings.lexicon)
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    answerable = [(row, text) for row in rows if row["line"] is not None for text in row["questions"]]
    others = [(row, text) for row in rows if row["line"] is None for text in row["questions"]]
    chosen = np.random.default_rng(SEED).permutation(len(answerable))[:MAX_ANSWERABLE]
    samples: list[Sample] = []
    for row, text in [*(answerable[n] for n in chosen), *others]:
        evidence, clauses = engine.evidence(understand(text, lexicon), [row["doc"]])
        gold = tuple(
            place
            for place, clause in enumerate(clauses)
            if clause.lines and row["line"] and clause.lines[0] <= row["line"] <= clause.lines[1]
        )
        if gold or row["line"] is None:
            samples.append(Sample(row["doc"], evidence, gold))
    return samples + look_ups(engine, lexicon)


def look_ups(engine: Engine, lexicon: Sequence[Concept]) -> list[Sample]:
    """Look up, in every document, terms of the dictionary and what people say for the concepts of the lexicon.

    The clauses that hold the term, or a word that terms write for the concept, answer; where none does, nothing.
    """
    words = [word for line in dictionary().splitlines() for word in line.split("#")[0].split()]
    matters: dict[str, tuple[str, ...]] = {word: (word,) for word in words}
    matters.update({said: concept.written for concept in lexicon for said in concept.said if not said.isascii()})
    chance = np.random.default_rng(SEED)
    samples: list[Sample] = []
    for document in engine.documents:
        clauses = [clause for clause in document.clauses if clause.kind is not ClauseKind.HEADING]
        holding = {
            said: {clause.clause_id for clause in clauses if any(word in clause.text for word in written)}
            for said, written in matters.items()
        }
        held = [said for said, ids in holding.items() if 0 < len(ids) <= RARE]
        absent = [said for said, ids in holding.items() if not ids]
        chosen = [*chance.permutation(held)[:HELD], *chance.permutation(absent)[:ABSENT]]
        for number, said in enumerate(map(str, chosen)):
            text = LOOK_UPS[number % len(LOOK_UPS)].format(said)
            evidence, searched = engine.evidence(understand(text, lexicon), [document.doc_id])
            gold = tuple(row for row, clause in enumerate(searched) if clause.clause_id in holding[said])
            samples.append(Sample(document.doc_id, evidence, gold))
    return samples


def reranked(sample: Sample, weights: Vector) -> Ranking:
    """Rank a sample's clauses with other weights."""
    features = sample.evidence.ranking.features
    values = features @ weights
    return Ranking(np.argsort(-values, kind="stable"), features, values)


def fit_ranking(samples: Collection[Sample]) -> Vector:
    """Fit the conditional logit by L-BFGS: the likelihood that the first clause is a gold one."""
    kept = [(sample.evidence.ranking.features, list(sample.gold)) for sample in samples if sample.gold]

    def loss(weights: Vector) -> tuple[float, Vector]:
        value, gradient = 0.0, np.zeros_like(weights)
        for features, gold in kept:
            scores = features @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            right = max(float(shares[gold].sum()), 1e-12)
            value -= np.log(right)
            gradient -= (shares[gold] / right) @ features[gold] - shares @ features
        count = len(kept)
        gradient = gradient / count + 2 * RIDGE_RANKING * weights
        return value / count + RIDGE_RANKING * float(weights @ weights), gradient

    return np.asarray(minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x)


def fit_decision(samples: Collection[Sample], weights: Vector) -> tuple[list[float], list[float], list[float], float]:
    """Fit the logistic model; the rows are weighed so that `SHARE_UNANSWERABLE` of them are unanswerable."""
    rows = np.array([_signals(sample, reranked(sample, weights)) for sample in samples])
    truth = np.array([bool(sample.gold) for sample in samples])
    means, spreads = rows.mean(axis=0), rows.std(axis=0)
    spreads[spreads < 1e-9] = 1.0
    standardised = (rows - means) / spreads
    mass = np.where(truth, (1 - SHARE_UNANSWERABLE) / truth.sum(), SHARE_UNANSWERABLE / (~truth).sum())

    def loss(values: Vector) -> tuple[float, Vector]:
        slopes, bias = values[:-1], values[-1]
        margin = np.where(truth, 1, -1) * (standardised @ slopes + bias)
        pull = -np.where(truth, 1, -1) * mass / (1 + np.exp(np.clip(margin, -30, 30)))
        gradient = np.append(standardised.T @ pull + 2 * RIDGE_DECISION * slopes, pull.sum())
        return float(mass @ np.logaddexp(0, -margin)) + RIDGE_DECISION * float(slopes @ slopes), gradient

    fitted = minimize(loss, np.zeros(len(SIGNALS) + 1), jac=True, method="L-BFGS-B").x
    return means.tolist(), spreads.tolist(), fitted[:-1].tolist(), float(fitted[-1])


def _signals(sample: Sample, ranking: Ranking) -> Vector:
    evidence = sample.evidence
    return signals_of(Evidence(evidence.question, evidence.texts, ranking, evidence.scores, evidence.word_weights))


def _confidence(model: tuple[list[float], list[float], list[float], float], sample: Sample, ranking: Ranking) -> float:
    means, spreads, slopes, bias = model
    standardised = (_signals(sample, ranking) - np.array(means)) / np.array(spreads)
    return float(1 / (1 + np.exp(-(standardised @ np.array(slopes) + bias))))


if __name__ == "__main__":
    sys.exit(main())
