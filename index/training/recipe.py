"""The recipe: contrast a question's clause with every other clause of its document, and with "not answered".

A step takes a batch of questions and the clauses that answer them. The loss of a question is the softmax over its own
clause, the other clauses of the batch, and all other clauses of its document (InfoNCE, van den Oord et al. 2018). Those
are too many to encode in every step, so their vectors come from a bank that is filled anew every `refresh` steps (as
in ANCE, Xiong et al. 2021) and updated with every clause that passes by. A learnt threshold stands for "the document
does not answer": questions with a clause must be nearer to it than the threshold, questions without must stay further
from every clause. Embeddings of words and positions are frozen, which keeps rare words in place and the model small.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch.nn.functional import normalize, softplus

from index.encoder import BASE
from index.training.model import open_model, open_tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.training.pairs import Pair, TrainingSet


@dataclass(frozen=True, slots=True)
class Recipe:
    """Numbers of the training; the defaults made the weights that ship."""

    steps: int = 800
    batch: int = 24
    """Questions with a clause in a step."""
    unanswered: int = 3
    """Questions without one."""
    rate: float = 3e-5
    """Peak learning rate of AdamW; it warms up over `warm_up` steps and falls to zero in a line."""
    warm_up: int = 20
    temperature: float = 0.02
    threshold: float = 0.89
    """Cosine that "not answered" starts from."""
    threshold_weight: float = 0.3
    """Weight of the threshold's loss beside the contrast."""
    refresh: int = 80
    """Steps between fillings of the bank."""
    question_characters: int = 120
    clause_characters: int = 220
    tokens: int = 160
    seed: int = 0


def train(data: TrainingSet, output: Path, *, recipe: Recipe, start: Path | None = None) -> None:
    """Train from the base, or from `start`, and write the weights to `output`."""
    from safetensors.torch import load_file, save_file  # noqa: PLC0415 - comes with torch's packages

    torch.manual_seed(recipe.seed)
    model = open_model(BASE)
    if start is not None:
        model.load_state_dict(load_file(start), strict=False)
    for frozen in (model.embeddings.word_embeddings, model.embeddings.position_embeddings):
        frozen.weight.requires_grad = False
    trainer = _Trainer(model, data, recipe)
    started = time.monotonic()
    for step in range(recipe.steps):
        loss = trainer.step(step)
        if step % 10 == 0:
            sys.stderr.write(f"{step}/{recipe.steps} loss {loss:.3f} ({time.monotonic() - started:.0f} s)\n")
    save_file({name: values.contiguous() for name, values in model.state_dict().items()}, output)


class _Trainer:
    def __init__(self, model: Any, data: TrainingSet, recipe: Recipe) -> None:
        self._model, self._data, self._recipe = model, data, recipe
        self._tokenizer = open_tokenizer(BASE, tokens=recipe.tokens)
        self._threshold = torch.nn.Parameter(torch.tensor(recipe.threshold))
        weights = [weight for weight in model.parameters() if weight.requires_grad]
        groups = [{"params": weights, "factor": 1.0}, {"params": [self._threshold], "factor": 100.0}]
        self._optimiser = torch.optim.AdamW(groups, lr=recipe.rate, weight_decay=0.01)
        self._random = random.Random(recipe.seed)  # noqa: S311 - a shuffle, no secret
        self._answered = [pair for pair in data.pairs if pair.gold]
        self._unanswered = [pair for pair in data.pairs if not pair.gold]
        self._waiting: list[Pair] = []
        self._bank = torch.zeros(len(data.texts), model.config.hidden_size)

    def step(self, number: int) -> float:
        """Take one step and return its loss."""
        recipe = self._recipe
        if number % recipe.refresh == 0:
            self._fill_bank()
        share = min(1.0, (number + 1) / recipe.warm_up) * max(0.03, 1 - number / recipe.steps)
        for group in self._optimiser.param_groups:
            group["lr"] = recipe.rate * share * group["factor"]
        batch = self._draw()
        others = self._random.sample(self._unanswered, min(recipe.unanswered, len(self._unanswered)))
        self._model.train()
        loss = self._loss(batch, others)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
        self._optimiser.step()
        self._optimiser.zero_grad()
        return float(loss.detach())

    def _loss(self, batch: Sequence[Pair], others: Sequence[Pair]) -> torch.Tensor:
        recipe, rows, texts = self._recipe, self._data.rows, self._data.texts
        asked = self._encode([f"query: {pair.question[: recipe.question_characters]}" for pair in (*batch, *others)])
        clauses = self._encode([self._passage(pair.gold[0]) for pair in batch])
        for place, pair in enumerate(batch):
            self._bank[pair.gold[0]] = clauses[place].detach()
        threshold = self._threshold / recipe.temperature
        near = asked[: len(batch)] @ clauses.T / recipe.temperature
        losses: list[torch.Tensor] = []
        for place, pair in enumerate(batch):
            gold_text = texts[pair.gold[0]]
            same = {row for row in rows[pair.doc_id] if row in pair.gold or texts[row] == gold_text}
            in_batch = [
                column
                for column, other in enumerate(batch)
                if column == place or (other.gold[0] not in same and texts[other.gold[0]] != gold_text)
            ]
            wrong = [row for row in rows[pair.doc_id] if row not in same]
            rivals = torch.cat([near[place, in_batch], self._bank[wrong] @ asked[place] / recipe.temperature])
            losses.append(torch.logsumexp(rivals, 0) - near[place, place])
            losses.append(recipe.threshold_weight * softplus((threshold - near[place, place]) * 0.4))
        for vector, pair in zip(asked[len(batch) :], others, strict=True):
            nearest = torch.logsumexp(self._bank[list(rows[pair.doc_id])] @ vector / recipe.temperature, 0)
            losses.append(2 * recipe.threshold_weight * softplus((nearest - threshold) * 0.4))
        return torch.stack(losses).sum() / len(batch)

    def _draw(self) -> list[Pair]:
        """Take questions with different clauses; what does not fit waits for a later batch."""
        if len(self._waiting) < self._recipe.batch:
            fresh = list(self._answered)
            self._random.shuffle(fresh)
            self._waiting += fresh
        batch: list[Pair] = []
        passed: list[Pair] = []
        taken: set[int] = set()
        while self._waiting and len(batch) < self._recipe.batch:
            pair = self._waiting.pop()
            if pair.gold[0] in taken:
                passed.append(pair)
            else:
                taken.add(pair.gold[0])
                batch.append(pair)
        self._waiting = passed + self._waiting
        return batch

    def _fill_bank(self) -> None:
        self._model.eval()
        order = sorted(range(len(self._data.texts)), key=lambda row: len(self._data.texts[row]))
        with torch.no_grad():
            for start in range(0, len(order), 32):
                rows = order[start : start + 32]
                self._bank[rows] = self._encode([self._passage(row) for row in rows])

    def _passage(self, row: int) -> str:
        return f"passage: {self._data.texts[row][: self._recipe.clause_characters]}"

    def _encode(self, texts: Sequence[str]) -> torch.Tensor:
        encodings = self._tokenizer.encode_batch(list(texts))
        ids = torch.tensor([encoding.ids for encoding in encodings])
        mask = torch.tensor([encoding.attention_mask for encoding in encodings])
        states = self._model(input_ids=ids, attention_mask=mask).last_hidden_state
        return normalize((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)
