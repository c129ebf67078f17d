"""The model behind `index.reranker`, as it is trained: the encoder's upper layers read question and clause together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch.nn.functional import cosine_similarity, gelu, normalize
from torch.nn.utils.rnn import pad_sequence

from index.reranker import CLAUSE_CHARACTERS, LOWER_LAYERS, QUESTION_CHARACTERS, TOKENS
from index.training.model import open_tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

READ_AT_ONCE = 32


class Joint(torch.nn.Module):
    """Upper layers and head: a slope times the cosine of the two mean states, plus a linear term of both."""

    def __init__(self, layers: Iterable[torch.nn.Module], hidden: int, *, heads: int) -> None:
        super().__init__()
        self.layers = torch.nn.ModuleList(layers)
        self.slope = torch.nn.Parameter(torch.tensor(20.0))
        self.head = torch.nn.Linear(2 * hidden, 1)
        self._heads = heads
        torch.nn.init.zeros_(self.head.weight)
        torch.nn.init.constant_(self.head.bias, -17.0)

    def forward(self, questions: Sequence[torch.Tensor], clauses: Sequence[torch.Tensor]) -> torch.Tensor:
        """Score pairs of states, (tokens, hidden) each: log-odds, (pairs,)."""
        asked, asked_mask = padded(questions)
        said, said_mask = padded(clauses)
        state = through(
            self.layers, torch.cat([asked, said], 1), torch.cat([asked_mask, said_mask], 1), heads=self._heads
        )
        split = asked.shape[1]
        means = mean_states(state[:, :split], asked_mask), mean_states(state[:, split:], said_mask)
        linear: torch.Tensor = self.head(torch.cat(means, 1))[:, 0]
        return self.slope * cosine_similarity(*means) + linear

    def named(self) -> dict[str, torch.Tensor]:
        """Weights, the layers' under BertModel's names."""
        return {_name(name): values.contiguous() for name, values in self.state_dict().items()}

    def load_named(self, weights: Mapping[str, torch.Tensor]) -> None:
        """Take weights that `named` gave; KeyError when one is missing."""
        self.load_state_dict({name: weights[_name(name)] for name in self.state_dict()})


class States:
    """What the frozen lower layers make of texts, and the encoder's vectors of them."""

    def __init__(self, model: Any, folder: Path, texts: Sequence[str]) -> None:
        self.states: list[torch.Tensor] = [torch.empty(0)] * len(texts)
        """(tokens, hidden) in half precision, for each text."""
        self.vectors = torch.empty(len(texts), model.config.hidden_size)
        """(texts, hidden), each of length 1."""
        tokenizer = open_tokenizer(folder, tokens=TOKENS)
        layers, heads = model.encoder.layer, model.config.num_attention_heads
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        with torch.no_grad(), half_precision():
            for start in range(0, len(order), READ_AT_ONCE):
                rows = order[start : start + READ_AT_ONCE]
                encodings = tokenizer.encode_batch([texts[row] for row in rows])
                ids = torch.tensor([encoding.ids for encoding in encodings])
                mask = torch.tensor([encoding.attention_mask for encoding in encodings])
                lower = through(layers[:LOWER_LAYERS], model.embeddings(input_ids=ids), mask, heads=heads)
                upper = through(layers[LOWER_LAYERS:], lower, mask, heads=heads)
                self.vectors[rows] = normalize(mean_states(upper, mask), dim=-1)
                for place, row in enumerate(rows):
                    self.states[row] = lower[place, : int(mask[place].sum())].half()


def asked(question: str) -> str:
    """Return what is read of a question."""
    return f"query: {question[:QUESTION_CHARACTERS]}"


def said(clause: str) -> str:
    """Return what is read of a clause."""
    return f"passage: {clause[:CLAUSE_CHARACTERS]}"


def half_precision() -> torch.autocast:
    """Multiply matrices in bfloat16: processors with AMX do so two to three times as fast."""
    return torch.autocast("cpu", dtype=torch.bfloat16)


def through(layers: Iterable[Any], states: torch.Tensor, mask: torch.Tensor, *, heads: int) -> torch.Tensor:
    """Run BERT layers: (texts, tokens, hidden). Written out, for the fused attention is slow in training on a CPU."""
    unseen = (1.0 - mask[:, None, None, :].float()) * -1e4
    for layer in layers:
        states = _layer(layer, states, unseen, heads)
    return states


def _layer(layer: Any, states: torch.Tensor, unseen: torch.Tensor, heads: int) -> torch.Tensor:
    texts, tokens, hidden = states.shape
    attention, after, width = layer.attention.self, layer.attention.output, hidden // heads
    query, key, value = (
        part(states).view(texts, tokens, heads, width).transpose(1, 2)
        for part in (attention.query, attention.key, attention.value)
    )
    shares = (torch.matmul(query, key.transpose(-1, -2)).float() * width**-0.5 + unseen).softmax(-1)
    mixed = torch.matmul(shares.to(value.dtype), value).transpose(1, 2).reshape(texts, tokens, hidden)
    middle = after.LayerNorm(after.dense(mixed).float() + states)
    outer: torch.Tensor = layer.output.dense(gelu(layer.intermediate.dense(middle))).float() + middle
    normed: torch.Tensor = layer.output.LayerNorm(outer)
    return normed


def _name(name: str) -> str:
    if not name.startswith("layers."):
        return name
    _, number, rest = name.split(".", 2)
    return f"encoder.layer.{int(number) + LOWER_LAYERS}.{rest}"


def mean_states(states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Mean over the tokens that are there, (texts, hidden)."""
    return (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)


def padded(states: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """Stack states of unlike length: (pairs, tokens, hidden) in fp32 and the mask (pairs, tokens)."""
    stacked = pad_sequence([state.float() for state in states], batch_first=True)
    mask = torch.zeros(stacked.shape[:2], dtype=torch.long)
    for row, state in enumerate(states):
        mask[row, : len(state)] = 1
    return stacked, mask
