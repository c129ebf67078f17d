"""What each part of the answering is worth: `python -m app.ablation QUESTIONS.jsonl TERMS_DIR`.

Every row leaves one part out and keeps all else, the fitted weights included, so that a row says what is lost when the
part breaks; weights fitted anew without the part would win some of it back.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.engine import Engine
from app.evaluation import Measures, judge, read_questions, report
from app.qa.question import understand
from app.qa.ranking import READ_FEATURES, rank, worth_reading
from app.settings import Settings
from index.encoder import BASE, load_encoder

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from app.evaluation import LabelledQuestion
    from app.qa.decision import Evidence
    from app.qa.question import Question
    from corpus.types import Clause

CITED = 5
"""Clauses asked for."""


class WithoutReranker(Engine):
    """The order of the first ranking stands, and the decision knows nothing of a second reading."""

    def _reread(self, evidence: Evidence) -> Evidence:
        if not evidence.texts:
            return evidence
        ranking = evidence.ranking
        read = worth_reading(ranking, evidence.scores.dense)
        unread = np.zeros((len(ranking.features), len(READ_FEATURES) - ranking.features.shape[1]))
        features = np.hstack([ranking.features, unread])
        return replace(evidence, ranking=replace(ranking, features=features, read=read, joint=np.zeros(len(read))))


class WithoutWords(Engine):
    """Meaning alone: no clause shares a word with a question, in BM25's eyes."""

    def evidence(self, question: Question, doc_ids: Collection[str] | None) -> tuple[Evidence, list[Clause]]:
        """Search and rank as ever, but with no BM25."""
        evidence, clauses = super().evidence(question, doc_ids)
        blind = self._blind(evidence, clauses)
        return blind, clauses

    @staticmethod
    def _blind(evidence: Evidence, clauses: Sequence[Clause]) -> Evidence:
        nothing = np.zeros_like(evidence.scores.sparse)
        scores = replace(evidence.scores, sparse=nothing)
        ranking = rank(
            evidence.question,
            clauses,
            evidence.texts,
            scores,
            lexicon_sparse=nothing,
            word_weights=evidence.word_weights,
        )
        return replace(evidence, scores=scores, ranking=ranking)


class WithoutLexicon(Engine):
    """Nothing is known of what words mean the same."""

    def _read(self, question: str, doc_ids: Collection[str] | None) -> Question:
        return replace(super()._read(question, doc_ids), concepts=())


class WithoutSpelling(Engine):
    """Slips are searched for as they were typed."""

    def _read(self, question: str, doc_ids: Collection[str] | None) -> Question:  # noqa: ARG002
        return understand(question, self._lexicon)


PARTS: tuple[tuple[str, type[Engine], bool], ...] = (
    ("everything", Engine, True),
    ("without the re-ranker", WithoutReranker, True),
    ("without BM25", WithoutWords, True),
    ("without the lexicon", WithoutLexicon, True),
    ("without the mending of slips", WithoutSpelling, True),
    ("with the encoder as it was before training", Engine, False),
    ("untrained encoder and no re-ranker", WithoutReranker, False),
)
"""Name of a row, the engine that makes it, and whether the trained encoder is used."""


def measure(engine: Engine, rows: Sequence[LabelledQuestion]) -> Measures:
    """Figures of an engine."""
    judged = [
        judge(row, engine.ask(row.question, doc_ids=[row.doc_id], k=CITED), engine.document(row.doc_id)) for row in rows
    ]
    return report(judged).overall


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each part left out."""
    parser = argparse.ArgumentParser(prog="python -m app.ablation", description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("terms", type=Path)
    options = parser.parse_args(arguments)
    rows, settings = read_questions(options.questions), Settings()
    encoders = {True: load_encoder(settings.encoder), False: load_encoder(str(BASE))}
    sys.stdout.write("| part left out | hit@1 | hit@3 | hit@5 | AUC |\n|---|---|---|---|---|\n")
    for name, engine, trained in PARTS:
        opened = engine.open([str(options.terms)], settings=settings, encoder=encoders[trained])
        figures = measure(opened, rows)
        hits = " | ".join(f"{share:.3f}" for share in figures.hit.values())
        sys.stdout.write(f"| {name} | {hits} | {figures.auc or 0:.3f} |\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
