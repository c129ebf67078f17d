"""Fit the weights of the ranking and of the decision: `python -m app.qa.fit QUESTIONS.jsonl TERMS_DIR`.

QUESTIONS is a file of training rows (`doc, line, questions`; `line` null for questions that the document does not
answer), TERMS_DIR the folder with the documents. Figures are printed for documents that were left out of the fit
(five folds over documents); the weights written are fitted on all rows. Rows that results are reported on must not be
in the file.

The re-ranker knows the questions it was trained on by heart, so each document is read by one that was trained without
it: `--reranker FOLDER:doc,doc` names a folder and the documents left out of its training. Where any is named,
questions about other documents are not used. `--ranking WEIGHTS.json` keeps the ranking of another fit and fits the
decision alone.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from app.engine import Engine
from app.qa.decision import SIGNALS, signals_of
from app.qa.lexicon import load_lexicon
from app.qa.question import understand
from app.qa.ranking import FEATURES, READ_FEATURES, kind_of, reread, worth_reading
from app.settings import Settings
from corpus.types import ClauseKind
from index.metrics import auc
from index.reranker import Reranker
from index.segmentation import dictionary
from index.training.pairs import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from app.qa.decision import Evidence
    from app.qa.lexicon import Concept
    from app.qa.ranking import Ranking

    Vector = NDArray[np.float64]

FOLDS = 5
RIDGE_RANKING = 1e-3
"""L2 penalty of the ranking's weights."""
RIDGE_DECISION = 3e-3
"""L2 penalty of the decision's weights, over standardised signals."""
SHARE_UNANSWERABLE = 0.25
"""Share of questions that terms do not answer which the confidence is calibrated for; a guess about people."""
FALSE_REFUSALS, FALSE_ANSWERS = 0.05, 0.10
"""Shares of the answerable and of the unanswerable questions that may go wrong; the threshold is where the worse of the
two, as a multiple of what it may be, is least, on documents left out of the fit."""
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
    read: NDArray[np.intp]
    """Rows that the re-ranker has read."""
    joint: Vector
    """Its log-odds, (read,)."""

    def reread(self, weights: Vector) -> Ranking:
        """Rank with other weights of `READ_FEATURES`."""
        return reread(self.evidence.ranking, self.read, self.joint, weights)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print the figures, write `weights.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("terms", type=Path)
    parser.add_argument("--encoder", default=None)
    parser.add_argument("--reranker", action="append", default=[], metavar="FOLDER:doc,doc")
    parser.add_argument("--ranking", type=Path, metavar="WEIGHTS.json", help="keep the ranking of this file")
    parser.add_argument("--written", action="store_true", help="also the project's own questions about the documents")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("weights.json"))
    options = parser.parse_args(arguments)
    rerankers = rerankers_of(options.reranker)
    rows = [*_rows(options.questions), *(_written() if options.written else [])]
    kept = [row for row in rows if not rerankers or row["doc"] in rerankers]
    samples = read_samples(kept, options.terms, options.encoder, rerankers)
    table: dict[str, Any] = {"about": "fitted by python -m app.qa.fit; figures are for documents left out of the fit"}
    kept_ranking = json.loads(options.ranking.read_text(encoding="utf-8")) if options.ranking else {}
    for kind in ("sentence", "look_up"):
        of_kind = [sample for sample in samples if kind_of(sample.evidence.word_weights) == kind]
        table[kind] = fit_kind(of_kind, kept_ranking.get(kind))
        # No look-up of the training asks for a detail; a clause that states it counts as it does for sentences.
        for part in ("ranking", "reading"):
            table[kind][part]["details"] = table["sentence"][part]["details"]
        sys.stderr.write(f"{kind} {json.dumps(table[kind]['figures'])}\n")
    options.output.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    return 0


def fit_kind(samples: Sequence[Sample], given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Fit both models for one kind of question, and measure them on documents left out of the fit.

    With `given`, a table of another fit, its ranking is kept.
    """
    fixed = None if given is None else np.array([given["reading"][name] for name in READ_FEATURES])
    documents = sorted({sample.doc_id for sample in samples})
    ranks: list[int] = []
    confidence: list[float] = []
    truth: list[bool] = []
    for fold in (set(documents[number::FOLDS]) for number in range(FOLDS)):
        kept = [sample for sample in samples if sample.doc_id not in fold]
        weights = fit_reading(kept) if fixed is None else fixed
        model = fit_decision(kept, weights)
        for sample in (sample for sample in samples if sample.doc_id in fold):
            ranking = sample.reread(weights)
            if sample.gold:
                ranks.append(min(int(np.flatnonzero(ranking.order == row)[0]) for row in sample.gold))
            confidence.append(_confidence(model, sample, ranking))
            truth.append(bool(sample.gold))
    threshold, refused, answered = balance(np.array(confidence), np.array(truth))
    found = np.array(ranks)
    figures = {
        "questions": len(samples),
        **{f"hit@{k}": round(float((found < k).mean()), 3) for k in (1, 3, 5)},
        "auc": round(auc(confidence, truth), 3),
        "false_refusals": round(refused, 3),
        "false_answers": round(answered, 3),
    }
    weights = fit_reading(samples) if fixed is None else fixed
    means, spreads, slopes, bias = fit_decision(samples, weights)
    columns = zip(SIGNALS, means, spreads, slopes, strict=True)
    return {
        "figures": figures,
        "ranking": _named(FEATURES, fit_ranking(samples)) if given is None else given["ranking"],
        "reading": _named(READ_FEATURES, weights),
        "decision": {
            "threshold": round(threshold, 4),
            "bias": round(bias, 4),
            "signals": {
                name: {"mean": round(mean, 4), "spread": round(spread, 4), "weight": round(slope, 4)}
                for name, mean, spread, slope in columns
            },
        },
    }


def balance(confidence: Vector, truth: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Find the threshold; give it with the shares of false refusals and of false answers there."""
    candidates = np.unique(confidence)
    refused = np.searchsorted(np.sort(confidence[truth]), candidates, side="left") / truth.sum()
    answered = 1 - np.searchsorted(np.sort(confidence[~truth]), candidates, side="left") / (~truth).sum()
    best = int(np.argmin(np.maximum(refused / FALSE_REFUSALS, answered / FALSE_ANSWERS)))
    return float(candidates[best]), float(refused[best]), float(answered[best])


def rerankers_of(said: Sequence[str]) -> dict[str, Reranker]:
    """Open the re-rankers of `FOLDER:doc,doc`: doc_id -> the one that was trained without it."""
    opened: dict[str, Reranker] = {}
    for folder, _, documents in (one.rpartition(":") for one in said):
        reranker = Reranker(Path(folder))
        opened.update(dict.fromkeys(documents.split(","), reranker))
    return opened


def read_samples(
    rows: Sequence[dict[str, Any]], terms: Path, encoder: str | None, rerankers: Mapping[str, Reranker]
) -> list[Sample]:
    """Search every training question in its document, and read."""
    settings = Settings(encoder=encoder)
    engine = Engine.open([str(terms)], settings=settings)
    lexicon = load_lexicon(settings.lexicon)
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
            samples.append(_sample(row["doc"], evidence, gold, rerankers.get(row["doc"], engine.reranker)))
    return samples + look_ups(engine, lexicon, rerankers)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _written() -> list[dict[str, Any]]:
    """Questions of the project about real documents; the encoder was not trained on them."""
    rows = _rows(WRITTEN / "answered.jsonl") + _rows(WRITTEN / "unanswered.jsonl")
    return [{"doc": row["doc"], "line": row.get("line"), "questions": [row["question"]]} for row in rows]


def _sample(doc_id: str, evidence: Evidence, gold: tuple[int, ...], reranker: Reranker) -> Sample:
    read = worth_reading(evidence.ranking, evidence.scores.dense)
    joint = reranker.scores(evidence.question.text, [evidence.texts[row] for row in read])
    return Sample(doc_id, evidence, gold, read, joint.astype(float))


def look_ups(engine: Engine, lexicon: Sequence[Concept], rerankers: Mapping[str, Reranker]) -> list[Sample]:
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
            reranker = rerankers.get(document.doc_id, engine.reranker)
            samples.append(_sample(document.doc_id, evidence, gold, reranker))
    return samples


def fit_ranking(samples: Collection[Sample]) -> Vector:
    """Fit the weights of the first look."""
    return _fit_logit([(sample.evidence.ranking.features, list(sample.gold)) for sample in samples if sample.gold])


def fit_reading(samples: Collection[Sample]) -> Vector:
    """Fit the weights of the ranking after reading."""
    blank = np.zeros(len(READ_FEATURES))
    return _fit_logit([(sample.reread(blank).features, list(sample.gold)) for sample in samples if sample.gold])


def _fit_logit(kept: Sequence[tuple[Vector, list[int]]]) -> Vector:
    """Fit a conditional logit by L-BFGS: the likelihood that the first clause is a gold one."""

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

    return np.asarray(minimize(loss, np.zeros(kept[0][0].shape[1]), jac=True, method="L-BFGS-B").x)


def fit_decision(samples: Collection[Sample], weights: Vector) -> tuple[list[float], list[float], list[float], float]:
    """Fit the logistic model; the rows are weighed so that `SHARE_UNANSWERABLE` of them are unanswerable."""
    rows = np.array([_signals(sample, sample.reread(weights)) for sample in samples])
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


def _named(names: Sequence[str], weights: Vector) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def _signals(sample: Sample, ranking: Ranking) -> Vector:
    return signals_of(replace(sample.evidence, ranking=ranking))


def _confidence(model: tuple[list[float], list[float], list[float], float], sample: Sample, ranking: Ranking) -> float:
    means, spreads, slopes, bias = model
    standardised = (_signals(sample, ranking) - np.array(means)) / np.array(spreads)
    return float(1 / (1 + np.exp(-(standardised @ np.array(slopes) + bias))))


if __name__ == "__main__":
    sys.exit(main())
