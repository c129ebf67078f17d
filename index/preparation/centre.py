"""Measure the centre of a compact encoder: `python -m index.preparation.centre TERMS_DIR QUESTIONS.jsonl [FOLDER]`.

`TERMS_DIR` holds terms as Markdown; each row of `QUESTIONS.jsonl` has a list `questions`. Their mean vectors go to
`centre.npy` in the folder, and its hash to the folder's config: 3 kB that say nothing of any single text.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from corpus import load
from index.centring import CENTRE
from index.encoder import BASE
from index.entries import entries_of
from index.entry_vectors import facets_of
from index.onnx_encoder import OnnxEncoder
from index.preparation.compact import CONFIG


def measure(terms: Path, questions: Path, folder: Path) -> None:
    """Write `centre.npy`, fp32 (2, dimension): the mean question, then the mean clause."""
    encoder = OnnxEncoder(folder)
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    asked = [question for row in rows for question in row["questions"]]
    documents = [load(path) for path in sorted(terms.glob("*.md")) if path.stem != "README"]
    said = [facets_of(entry)[0] for document in documents for entry in entries_of(document)]
    pair = np.stack([encoder.encode_query(asked).mean(axis=0), encoder.encode_document(said).mean(axis=0)])
    np.save(folder / CENTRE, pair.astype(np.float32))
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    config["files"][CENTRE] = hashlib.sha256((folder / CENTRE).read_bytes()).hexdigest()
    (folder / CONFIG).write_text(json.dumps(config, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    measure(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else BASE)
