"""The base as a PyTorch model with its tokenizer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from index.expand import bert_name
from index.preparation.compact import CONFIG, TOKENIZER, read_values

if TYPE_CHECKING:
    from pathlib import Path


def open_model(folder: Path) -> BertModel:
    """Read a compact folder into transformers' BERT, fp32, without dropout, so that training repeats exactly."""
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    model = BertModel(
        BertConfig(
            vocab_size=config["pieces"],
            hidden_size=config["hidden"],
            num_hidden_layers=config["layers"],
            num_attention_heads=config["heads"],
            intermediate_size=config["inner"],
            max_position_embeddings=config["positions"],
            type_vocab_size=2,
            layer_norm_eps=config["epsilon"],
            pad_token_id=1,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        ),
        add_pooling_layer=False,
    )
    model.load_state_dict({bert_name(name): torch.from_numpy(values) for name, values in read_values(folder).items()})
    return model


def open_tokenizer(folder: Path, *, tokens: int) -> Tokenizer:
    """Read the tokenizer, cutting at `tokens` and padding to the longest of a batch."""
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.enable_truncation(tokens)
    tokenizer.enable_padding(pad_id=1, pad_token="<pad>")  # noqa: S106 - a token of text
    return tokenizer
