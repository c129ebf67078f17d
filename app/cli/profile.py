"""`ask --profile`: where the time of one question went, told on standard error."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.stages import Run, running, stage

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = {
    "import": "加载程序",
    "read terms": "读取条款",
    "open encoder": "打开编码器",
    "index": "建立或读取索引",
    "understand": "理解问题",
    "search": "查找",
    "rank": "排序",
    "open re-ranker": "打开重排模型",
    "re-rank": "重排",
    "categories": "审阅引用的条款",
}
"""Stages, as people read them."""


class Profile:
    """Collects what ran, and tells it when it is over."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._runs: list[Run] = []

    def watch(self, run: Run) -> None:
        """Take an operation that is over."""
        self._runs.append(run)

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Measure the opening of the engine, with its stages; imports are what none of them takes."""
        with running("open", self.watch), stage("import"):
            yield

    def lines(self) -> str:
        """Write the stages in order, in milliseconds; what waits for another stage of the same name counts once."""
        stages: dict[str, float] = {}
        for run in self._runs:
            for name, seconds in run.stages.items():
                stages[name] = stages.get(name, 0.0) + seconds
        inside = [seconds for name, seconds in stages.items() if name in {"read terms", "open encoder", "index"}]
        stages = {"import": stages.pop("import", 0.0) - sum(inside), **stages}
        total = time.perf_counter() - self._start
        rows = {NAMES[name]: seconds for name, seconds in stages.items()}
        rows |= {"其余": total - sum(rows.values()), "合计": total}
        wide = max(map(len, rows))
        return "".join(f"{name}{'　' * (wide - len(name))} {1000 * took:8.1f} 毫秒\n" for name, took in rows.items())

    def tell(self) -> None:
        """Write them to standard error."""
        sys.stderr.write(self.lines())
