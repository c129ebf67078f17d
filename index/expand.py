"""Expand a compact encoder into an ordinary Sentence Transformers folder: `python -m index.expand FOLDER [COMPACT]`.

What comes out is BERT in fp32 with an XLM-R unigram tokenizer, mean pooling, L2 norm and both prompts; plain
`SentenceTransformer(FOLDER)` loads it, for training or to look at. Needs the extra `clauselight[encoders]`.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.encoder import SHIPPED
from index.preparation.compact import CONFIG, TOKENIZER, read_values
from index.sentence_encoder import INSTALL

if TYPE_CHECKING:
    from numpy.typing import NDArray

PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""Parts of a layer: our name -> BertModel's."""
EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
"""Embeddings: our name -> BertModel's."""


def expand(folder: Path, *, compact: Path = SHIPPED) -> None:
    """Write the model to `folder`, which must be empty or new; FileExistsError when it is not."""
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    config = json.loads((compact / CONFIG).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as name:
        bare = Path(name)
        _write_bert(bare, compact, config)
        _write_sentence_transformer(folder, bare, config)


def bert_name(name: str) -> str:
    """Name of a weight in BertModel: `l3.q.w` -> `encoder.layer.3.attention.self.query.weight`."""
    if name in EMBEDDINGS:
        return EMBEDDINGS[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{PARTS[part]}.{'weight' if kind == 'w' else 'bias'}"


def _write_bert(folder: Path, compact: Path, config: dict[str, Any]) -> None:
    """Write weights, tokenizer and configuration as transformers' BertModel reads them."""
    from safetensors.numpy import save_file  # noqa: PLC0415 - comes with the extra

    weights: dict[str, NDArray[np.float32]] = {bert_name(name): values for name, values in read_values(compact).items()}
    # Nothing reads BERT's pooler here; zeros keep the folder the same in every run.
    weights["pooler.dense.weight"] = np.zeros((config["hidden"], config["hidden"]), np.float32)
    weights["pooler.dense.bias"] = np.zeros(config["hidden"], np.float32)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    bert = {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "vocab_size": config["pieces"],
        "hidden_size": config["hidden"],
        "num_hidden_layers": config["layers"],
        "num_attention_heads": config["heads"],
        "intermediate_size": config["inner"],
        "max_position_embeddings": config["positions"],
        "type_vocab_size": 2,
        "hidden_act": "gelu",
        "layer_norm_eps": config["epsilon"],
        "pad_token_id": 1,
        "dtype": "float32",
    }
    tokenizer = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": config["positions"],
        "model_input_names": ["input_ids", "attention_mask"],
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": "<mask>",
    }
    shutil.copy(compact / TOKENIZER, folder / "tokenizer.json")
    (folder / "config.json").write_text(json.dumps(bert, indent=2), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps(tokenizer, indent=2), encoding="utf-8")


def _write_sentence_transformer(folder: Path, bare: Path, config: dict[str, Any]) -> None:
    """Add pooling, norm and prompts, in the layout that the installed version writes itself."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - ten seconds and torch
    from sentence_transformers.base.modules import Normalize, Transformer  # noqa: PLC0415
    from sentence_transformers.sentence_transformer.modules import Pooling  # noqa: PLC0415

    transformer = Transformer(str(bare), max_seq_length=config["positions"])
    pooling = Pooling(config["hidden"], pooling_mode="mean")
    model = SentenceTransformer(
        modules=[transformer, pooling, Normalize()], prompts=dict(config["prompts"]), device="cpu"
    )
    model.save(str(folder), create_model_card=False)


def main(arguments: list[str]) -> int:
    """Expand and say where; 2 for wrong arguments or a missing extra."""
    if len(arguments) not in {1, 2}:
        sys.stderr.write("用法：python -m index.expand 目标文件夹 [编码器文件夹]\n")
        return 2
    try:
        expand(Path(arguments[0]), compact=Path(arguments[1]) if len(arguments) == 2 else SHIPPED)
    except ImportError:
        sys.stderr.write(f"展开编码器需要 sentence-transformers；{INSTALL}\n")
        return 2
    except FileExistsError:
        sys.stderr.write(f"文件夹不是空的：{arguments[0]}；请给出新的文件夹\n")
        return 2
    sys.stderr.write(f"已写入 {arguments[0]}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
