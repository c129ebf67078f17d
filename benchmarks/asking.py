"""Warm answers: one document, the encoder and re-ranker that ship, one question after another."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from app.engine import Engine
from app.settings import Settings
from benchmarks.material import questions_of_terms
from benchmarks.table import Row, percentile


def measure(count: int) -> list[Row]:
    """Ask `count` different questions once each, after twenty others."""
    asked = questions_of_terms()
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine.open(["weidianyun"], settings=Settings(index_dir=Path(folder)))
        for question in asked[-20:]:
            engine.ask(question)
        times: list[float] = []
        for question in asked[:count]:
            start = time.perf_counter()
            engine.ask(question)
            times.append(1000 * (time.perf_counter() - start))
    middle, late = percentile(times, 0.5), percentile(times, 0.95)
    return [
        Row(
            f"warm ask, one document, {len(times)} questions",
            "p50 ≤ 25 ms, p95 ≤ 80 ms",
            f"p50 {middle:.0f} ms, p95 {late:.0f} ms",
            middle <= 25 and late <= 80,
        )
    ]
