"""Train the re-ranker: `python -m index.training.reranking QUESTIONS.jsonl TERMS_DIR OUTPUT.safetensors`.

The lower layers are the encoder's and stay frozen; the upper ones start as the encoder has them. A question comes with
its clause and with rivals from the same document, most of them among those that the encoder finds nearest; a question
that its document does not answer comes with the clause it was written to come near, where that is known. The loss is
the softmax over a question's clauses (which one?) plus the binary cross-entropy of each pair (does it answer at all?),
and for unanswered questions that of their best clause once more.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch.nn.functional import softplus

from index.encoder import SHIPPED
from index.reranker import LOWER_LAYERS
from index.training.articles import ARTICLES, read_articles
from index.training.deck import Deck
from index.training.joint import Joint, States, asked, half_precision, said
from index.training.model import open_model
from index.training.pairs import WRITTEN, joined, read_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.training.pairs import Pair, TrainingSet


@dataclass(frozen=True, slots=True)
class Recipe:
    """Numbers of the training; the defaults made the weights that ship."""

    steps: int = 1200
    answered: int = 6
    """Questions with a clause in a step."""
    unanswered: int = 3
    """Questions without one."""
    articles: int = 1
    """Questions about articles of law in a step, where there are any; their rivals are drawn from the `article_near`
    and `article_far` nearest."""
    rivals: int = 3
    """Clauses beside the right one; an unanswered question has one more."""
    near: int = 8
    """Rivals are drawn from so many clauses that the encoder finds nearest,"""
    far: int = 40
    """one of them from so many."""
    article_near: int = 20
    article_far: int = 60
    rate: float = 8e-5
    """Peak learning rate of the layers (AdamW), falling in a line after `warm_up` steps."""
    head_rate: float = 1e-3
    """The same of slope and linear term."""
    warm_up: int = 40
    seed: int = 0


class _Trainer:
    def __init__(self, data: TrainingSet, recipe: Recipe, folder: Path) -> None:
        self._data, self._recipe = data, recipe
        model: Any = open_model(folder)
        model.train(False)
        self._clauses = States(model, folder, [said(text) for text in data.texts])
        self._questions = States(model, folder, [asked(pair.question) for pair in data.pairs])
        layers, config = model.encoder.layer[LOWER_LAYERS:], model.config
        self.joint = Joint(layers, config.hidden_size, heads=config.num_attention_heads)
        groups = [
            {"params": list(self.joint.layers.parameters()), "peak": recipe.rate},
            {"params": [self.joint.slope, *self.joint.head.parameters()], "peak": recipe.head_rate},
        ]
        self._optimiser = torch.optim.AdamW(groups, lr=recipe.rate, weight_decay=0.01)
        self._random = random.Random(recipe.seed)  # noqa: S311 - a shuffle, no secret
        laws = [n for n, pair in enumerate(data.pairs) if pair.doc_id == ARTICLES]
        self._laws = Deck(laws, self._random) if laws else None
        answered = [n for n, pair in enumerate(data.pairs) if pair.gold and pair.doc_id != ARTICLES]
        self._answered = Deck(answered, self._random)
        self._unanswered = Deck([n for n, pair in enumerate(data.pairs) if not pair.gold], self._random)

    def step(self, number: int) -> float:
        """Take one step and return its loss."""
        recipe = self._recipe
        share = min(1.0, (number + 1) / recipe.warm_up) * max(0.02, 1 - number / recipe.steps)
        for group in self._optimiser.param_groups:
            group["lr"] = group["peak"] * share
        chosen = self._answered.draw(recipe.answered)
        if self._laws is not None:
            chosen += self._laws.draw(recipe.articles)
        lists = [[self._random.choice(self._data.pairs[n].gold[:2]), *self._rivals(n, recipe.rivals)] for n in chosen]
        others = self._unanswered.draw(recipe.unanswered)
        lists += [self._rivals(n, recipe.rivals + 1) for n in others]
        with half_precision():
            scores = self.joint(
                [self._questions.states[n] for n, rows in zip([*chosen, *others], lists, strict=True) for _ in rows],
                [self._clauses.states[row] for rows in lists for row in rows],
            )
        loss = _loss(*scores.float().view(len(lists), -1).split([len(chosen), len(others)]))
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.joint.parameters(), 1.0)
        self._optimiser.step()
        self._optimiser.zero_grad()
        return float(loss.detach())

    def _rivals(self, number: int, count: int) -> list[int]:
        """Rows of the document that do not answer: the one known to come near, near ones, one from farther away."""
        pair: Pair = self._data.pairs[number]
        texts, rows = self._data.texts, self._data.rows[pair.doc_id]
        gold = {texts[row] for row in pair.gold}
        cosines = self._clauses.vectors[list(rows)] @ self._questions.vectors[number]
        wrong = [rows[place] for place in cosines.argsort(descending=True).tolist() if texts[rows[place]] not in gold]
        known = list(pair.near[:1])
        recipe, law = self._recipe, pair.doc_id == ARTICLES
        near = [row for row in wrong[: recipe.article_near if law else recipe.near] if row not in known]
        far = wrong[: recipe.article_far if law else recipe.far]
        return [*known, *self._random.sample(near, count - 1 - len(known)), self._random.choice(far)]


def _loss(answered: torch.Tensor, unanswered: torch.Tensor) -> torch.Tensor:
    """Loss of scores, (questions, clauses) each; the first clause of an answered question is the right one."""
    which = (torch.logsumexp(answered, 1) - answered[:, 0]).mean()
    whether = softplus(-answered[:, 0]).mean() + softplus(answered[:, 1:]).mean()
    nothing = softplus(unanswered).mean() + softplus(torch.logsumexp(unanswered, 1)).mean()
    return which + whether + 0.5 * nothing


def train(
    data: TrainingSet, output: Path, *, recipe: Recipe, folder: Path = SHIPPED, start: Path | None = None
) -> None:
    """Train from the encoder in `folder`, or on from `start`, and write the upper layers and the head to `output`."""
    from safetensors.torch import load_file, save_file  # noqa: PLC0415 - comes with torch's packages

    torch.manual_seed(recipe.seed)
    trainer = _Trainer(data, recipe, folder)
    if start is not None:
        trainer.joint.load_named(load_file(start))
    started = time.monotonic()
    for step in range(recipe.steps):
        loss = trainer.step(step)
        if step % 10 == 0:
            sys.stderr.write(f"{step}/{recipe.steps} loss {loss:.3f} ({time.monotonic() - started:.0f} s)\n")
    save_file(trainer.joint.named(), output)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m index.training.reranking", description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("terms", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--encoder", type=Path, default=SHIPPED)
    parser.add_argument("--leave-out", default="", help="documents whose questions are not trained on, by commas")
    parser.add_argument("--start", type=Path, help="weights to go on from; the encoder's upper layers when left out")
    parser.add_argument("--articles", type=Path, nargs=2, metavar=("ARTICLES", "QUESTIONS"), help="train on these too")
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    parser.add_argument("--rate", type=float, default=Recipe().rate)
    options = parser.parse_args(arguments)
    left_out = [name for name in options.leave_out.split(",") if name]
    data = read_pairs(options.questions, options.terms, left_out=left_out, written=WRITTEN)
    if options.articles:
        data = joined(data, read_articles(*options.articles))
    recipe = Recipe(steps=options.steps, rate=options.rate)
    train(data, options.output, recipe=recipe, folder=options.encoder, start=options.start)
    return 0


if __name__ == "__main__":
    sys.exit(main())
