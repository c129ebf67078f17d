"""Mean of trained weights: `python -m index.training.mean OUT.safetensors ONE.safetensors OTHER.safetensors …`.

Models trained from the same start on different documents can be averaged, which costs nothing at run time and is as
good as the better of them or better (model soups, Wortsman et al. 2022).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np


def mean(output: Path, trained: list[Path]) -> None:
    """Write the mean of `trained`, which have the same names and shapes; ValueError when they have not."""
    from safetensors.numpy import load_file, save_file  # noqa: PLC0415 - a maintainer's dependency

    all_values = [load_file(path) for path in trained]
    shapes = [{name: array.shape for name, array in values.items()} for values in all_values]
    if any(other != shapes[0] for other in shapes):
        raise ValueError("the weights are not those of one model")
    save_file(
        {name: np.asarray(np.mean([values[name] for values in all_values], axis=0)) for name in shapes[0]}, output
    )


if __name__ == "__main__":
    mean(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
