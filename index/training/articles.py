"""Go on training the encoder's upper layers on lay questions about articles of law, and keep what it knows of terms.

`python -m index.training.articles ARTICLES.jsonl.gz QUESTIONS.jsonl TERM_QUESTIONS.jsonl TERMS_DIR OUTPUT.safetensors`

The lower layers stay, and with them the re-ranker that shares them. A step holds questions about articles, each with an
article that answers it and with rivals that the encoder and BM25 find near (InfoNCE, van den Oord et al. 2018), and
questions about terms with rivals from the same document; vectors of the terms are held near those of before. One
question in five is left out for measuring (`clauselight evaluate --articles`).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.nn.functional import cross_entropy, normalize

from index.encoder import SHIPPED
from index.fusion import mix
from index.reranker import LOWER_LAYERS
from index.sparse import SparseIndex
from index.training.deck import Deck
from index.training.joint import States, asked, half_precision, mean_states, padded, said, through
from index.training.model import open_model
from index.training.pairs import WRITTEN, Pair, TrainingSet, read_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

ARTICLES = "articles"
"""What stands for the document in a pair of question and articles."""
LEFT_OUT = 5
"""Every fifth question, the first among them, is never trained on."""
DENSE_SHARE = 0.7
"""Of the mix that rivals are found with."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Numbers of the training; the defaults made the weights that ship."""

    steps: int = 300
    articles: int = 20
    """Questions about articles in a step."""
    rivals: int = 3
    """Rivals of each: one fewer from the `near` nearest, one from the `far` nearest."""
    near: int = 30
    far: int = 120
    terms: int = 10
    """Questions about terms in a step, two rivals each from the `term_near` nearest."""
    term_near: int = 12
    rate: float = 4e-5
    """Peak learning rate of AdamW; it warms up over `warm_up` steps and falls in a line."""
    warm_up: int = 25
    temperature: float = 0.02
    keeping: float = 10.0
    """Weight of the cosine distance to the vectors of before."""
    tokens: int = 130
    """Tokens of a clause that are read."""
    seed: int = 0


def read_articles(articles: Path, questions: Path, *, left_out: int = LEFT_OUT) -> TrainingSet:
    """Read articles (`id, name, text`) and the questions about them (`question, gold`) that are trained on."""
    rows = _rows(articles)
    places = {row["id"]: place for place, row in enumerate(rows)}
    pairs = [Pair(row["question"], ARTICLES, tuple(places[one] for one in row["gold"])) for row in _rows(questions)]
    kept = tuple(pair for number, pair in enumerate(pairs) if number % left_out)
    texts = tuple(f"{row['name']}\n{row['text']}" for row in rows)
    return TrainingSet(texts, {ARTICLES: tuple(range(len(texts)))}, kept)


def train(laws: TrainingSet, terms: TrainingSet, output: Path, *, recipe: Recipe, folder: Path = SHIPPED) -> None:
    """Train from the encoder in `folder` and write all its weights by transformers' names."""
    from safetensors.torch import save_file  # noqa: PLC0415 - comes with torch's packages

    torch.manual_seed(recipe.seed)
    model: Any = open_model(folder)
    trainer = _Trainer(model, laws, terms, recipe, folder)
    started = time.monotonic()
    for step in range(recipe.steps):
        loss = trainer.step(step)
        if step % 10 == 0:
            sys.stderr.write(f"{step}/{recipe.steps} loss {loss:.3f} ({time.monotonic() - started:.0f} s)\n")
    save_file({name: values.contiguous() for name, values in model.state_dict().items()}, output)


class _Trainer:
    def __init__(self, model: Any, laws: TrainingSet, terms: TrainingSet, recipe: Recipe, folder: Path) -> None:
        self._recipe, self._laws, self._terms = recipe, laws, terms
        self._layers, self._heads = model.encoder.layer[LOWER_LAYERS:], model.config.num_attention_heads
        self._articles = States(model, folder, [said(text) for text in laws.texts])
        self._law_questions = States(model, folder, [asked(pair.question) for pair in laws.pairs])
        self._clauses = States(model, folder, [said(text) for text in terms.texts])
        self._term_questions = States(model, folder, [asked(pair.question) for pair in terms.pairs])
        self._law_rivals = self._find_rivals()
        self._random = random.Random(recipe.seed)  # noqa: S311 - a shuffle, no secret
        self._law_deck = Deck(range(len(laws.pairs)), self._random)
        self._term_deck = Deck([n for n, pair in enumerate(terms.pairs) if pair.gold], self._random)
        self._optimiser = torch.optim.AdamW(self._layers.parameters(), lr=recipe.rate, weight_decay=0.01)

    def _find_rivals(self) -> list[list[int]]:
        """Rows of the nearest articles that do not answer, nearest first, for each question."""
        words, found = SparseIndex.build(self._laws.texts), []
        vectors = self._articles.vectors.numpy()
        for number, pair in enumerate(self._laws.pairs):
            dense = vectors @ self._law_questions.vectors[number].numpy()
            nearest = np.argsort(-mix(dense, words.scores(pair.question), dense_share=DENSE_SHARE), kind="stable")
            gold = set(pair.gold)
            found.append([row for row in nearest[: self._recipe.far].tolist() if row not in gold])
        return found

    def step(self, number: int) -> float:
        """Take one step and return its loss."""
        share = min(1.0, (number + 1) / self._recipe.warm_up) * max(0.02, 1 - number / self._recipe.steps)
        for group in self._optimiser.param_groups:
            group["lr"] = self._recipe.rate * share
        loss = self._law_loss() + self._term_loss()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._layers.parameters(), 1.0)
        self._optimiser.step()
        self._optimiser.zero_grad()
        return float(loss.detach())

    def _law_loss(self) -> torch.Tensor:
        """Softmax over all articles of the step; those that answer too do not count against a question."""
        chosen = self._law_deck.draw(self._recipe.articles)
        rows = [self._random.choice(self._laws.pairs[n].gold) for n in chosen]
        for n in chosen:
            near, far = self._law_rivals[n][: self._recipe.near], self._law_rivals[n][self._recipe.near :]
            rows += [*self._random.sample(near, self._recipe.rivals - 1), self._random.choice(far or near)]
        questions = self._vectors([self._law_questions.states[n] for n in chosen])
        scores = questions @ self._vectors([self._articles.states[row] for row in rows]).T / self._recipe.temperature
        also = [
            [row in self._laws.pairs[n].gold and c != r for c, row in enumerate(rows)] for r, n in enumerate(chosen)
        ]
        return cross_entropy(scores.masked_fill(torch.tensor(also), -1e4), torch.arange(len(chosen)))

    def _term_loss(self) -> torch.Tensor:
        chosen = self._term_deck.draw(self._recipe.terms)
        lists = [[self._random.choice(self._terms.pairs[n].gold[:2]), *self._term_rivals(n)] for n in chosen]
        questions = self._vectors([self._term_questions.states[n] for n in chosen])
        clauses = self._vectors([self._clauses.states[row] for rows in lists for row in rows]).view(len(chosen), 3, -1)
        scores = (clauses @ questions[:, :, None])[:, :, 0] / self._recipe.temperature
        before = torch.cat([self._clauses.vectors[[rows[0] for rows in lists]], self._term_questions.vectors[chosen]])
        moved = 1 - (torch.cat([clauses[:, 0], questions]) * before).sum(1)
        return cross_entropy(scores, torch.zeros(len(chosen), dtype=torch.long)) + self._recipe.keeping * moved.mean()

    def _term_rivals(self, number: int) -> list[int]:
        pair = self._terms.pairs[number]
        texts, rows = self._terms.texts, self._terms.rows[pair.doc_id]
        gold = {texts[row] for row in pair.gold}
        cosines = self._clauses.vectors[list(rows)] @ self._term_questions.vectors[number]
        nearest = [rows[place] for place in cosines.argsort(descending=True).tolist()[: self._recipe.term_near]]
        return self._random.sample([row for row in nearest if texts[row] not in gold], 2)

    def _vectors(self, states: Sequence[torch.Tensor]) -> torch.Tensor:
        """Vectors of texts from their lower states, (texts, hidden), each of length 1."""
        stacked, mask = padded([state[: self._recipe.tokens] for state in states])
        with half_precision():
            upper = through(self._layers, stacked, mask, heads=self._heads)
        return normalize(mean_states(upper.float(), mask), dim=-1)


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m index.training.articles", description=__doc__)
    for name in ("articles", "questions", "term_questions", "terms", "output"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--encoder", type=Path, default=SHIPPED)
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    options = parser.parse_args(arguments)
    laws = read_articles(options.articles, options.questions)
    terms = read_pairs(options.term_questions, options.terms, written=WRITTEN)
    train(laws, terms, options.output, recipe=Recipe(steps=options.steps), folder=options.encoder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
