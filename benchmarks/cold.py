"""From the start of the process to the answer, beside a bare start that imports and opens the same model file."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from benchmarks.machine import run
from benchmarks.table import Row, ratio
from index.encoder import SHIPPED

ASK = ("-m", "app.cli", "ask", "违约金是多少", "--terms", "weidianyun", "--json")
BARE = f"import faiss, onnxruntime, jieba; onnxruntime.InferenceSession({str(SHIPPED / 'model.onnx')!r})"


def measure(rounds: int) -> list[Row]:
    """Run both in turns; the first round fills the caches and does not count."""
    walls: list[float] = []
    bares: list[float] = []
    used: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for counted in range(rounds + 1):
            bare, _, _ = run(("-c", BARE), index_dir=Path(folder))
            wall, processor, _ = run(ASK, index_dir=Path(folder))
            if counted:
                walls.append(wall)
                bares.append(bare)
                used.append(processor)
    wall, times = statistics.median(walls), ratio(walls, bares)
    said = f"{wall:.2f} s ({statistics.median(used):.2f} s of processor time)"
    return [
        Row("cold `clauselight ask`, one document, process start to answer", "≤ 1.5 s", said, wall <= 1.5),
        Row("the same beside a bare import that opens the model", "≤ 2.0 times", f"{times:.1f} times", times <= 2),
    ]
