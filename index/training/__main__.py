"""`python -m index.training QUESTIONS.jsonl TERMS_DIR OUTPUT.safetensors [--start WEIGHTS] [--leave-out DOC,…]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from index.training.pairs import read_pairs
from index.training.recipe import Recipe, train


def main() -> int:
    """Train and write the weights by transformers' names."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("terms", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--start", type=Path, help="weights to go on from; those of the base when left out")
    parser.add_argument("--leave-out", default="", help="documents whose questions are not trained on, by commas")
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    options = parser.parse_args()
    left_out = [name for name in options.leave_out.split(",") if name]
    data = read_pairs(options.questions, options.terms, left_out=left_out)
    train(data, options.output, recipe=Recipe(steps=options.steps), start=options.start)
    return 0


if __name__ == "__main__":
    sys.exit(main())
