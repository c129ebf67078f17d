"""How fast clauses are encoded into an index: a sample of the large corpus, in a folder that knows none of them."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.material import CLAUSES, statutes
from benchmarks.table import Row
from index.encoder import load_encoder
from index.hybrid import HybridIndex


def measure(count: int) -> list[Row]:
    """Build over every so-many-th clause; the time for all is the same rate, not a run."""
    source, entries = statutes(CLAUSES)
    sample = entries[:: max(1, len(entries) // count)][:count]
    encoder = load_encoder()
    encoder.encode_document([entry.text for entry in sample[:16]])
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        HybridIndex.build(sample, encoder, cache_dir=Path(folder))
        rate = len(sample) / (time.perf_counter() - start)
    minutes = CLAUSES / rate / 60
    said = f"{minutes:.0f} min at {rate:.0f} clauses a second"
    what = f"index build of {CLAUSES:,} {source}, by the rate of {len(sample):,} of them"
    return [Row(what, "≤ 10 min", said, minutes <= 10)]
