"""What the server counts, for Prometheus: requests, operations and their stages, waiting calls, refusals, memory.

Nothing that a person wrote becomes a number's name: labels are taken from fixed lists.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prometheus_client.metrics_core import Metric
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from app.engine import Engine
    from app.stages import Run

ADDRESS = "/metrics"
"""Where they are read."""
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Bounds of the histograms: a warm answer takes some hundredths of a second, a review of a long document seconds."""
PLACES = ("/api/v1/", "/embed/", "/gradio_api/", "/mcp", "/pages/", "/readings", "/receipts/", "/reports/", "/web/")
"""Beginnings of addresses that are counted together."""
PAGES = ("/", "/support", "/legal", "/en", "/en-support", "/en-legal", "/api", ADDRESS, "/healthz", "/readyz")
"""Addresses that are counted alone."""


class Metrics:
    """The counters of one server."""

    def __init__(self, engine: Engine, waiting: Callable[[], int]) -> None:
        """Watch `engine`; `waiting` counts the calls in the queue of the pages."""
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "clauselight_requests", "Requests by place and status.", ("place", "status"), registry=self.registry
        )
        self._request_seconds = self._histogram("request_seconds", "Time of requests.", "place")
        self._open = self._gauge("requests_in_progress", "Requests that are being answered.")
        self._operations = Counter(
            "clauselight_operations",
            "Questions, searches and reviews by outcome.",
            ("operation", "outcome"),
            registry=self.registry,
        )
        self._operation_seconds = self._histogram("operation_seconds", "Time of operations.", "operation")
        self._stage_seconds = self._histogram("stage_seconds", "Time of their stages.", "operation", "stage")
        self._gauge("queue_waiting", "Calls of the pages that wait.").set_function(waiting)
        self._gauge("documents", "Documents served.").set_function(lambda: len(engine.documents))
        self._gauge("clauses", "Clauses in the index.").set_function(lambda: len(engine.index.entries))
        ProcessCollector(registry=self.registry)
        self.registry.register(_Caches(engine))

    def _histogram(self, name: str, said: str, *labels: str) -> Histogram:
        return Histogram(f"clauselight_{name}", said, labels, buckets=SECONDS, registry=self.registry)

    def _gauge(self, name: str, said: str) -> Gauge:
        return Gauge(f"clauselight_{name}", said, registry=self.registry)

    def watch(self, run: Run) -> None:
        """Count an operation that is over."""
        self._operations.labels(run.operation, run.outcome).inc()
        self._operation_seconds.labels(run.operation).observe(run.seconds)
        for stage, seconds in run.stages.items():
            self._stage_seconds.labels(run.operation, stage).observe(seconds)

    def begin(self) -> None:
        """Count a request that has come."""
        self._open.inc()

    def end(self, place: str, status: int, seconds: float) -> None:
        """Count a request that is answered."""
        self._open.dec()
        self._requests.labels(place, str(status)).inc()
        self._request_seconds.labels(place).observe(seconds)

    def text(self) -> bytes:
        """Write all of them as Prometheus reads them (text format 0.0.4)."""
        return generate_latest(self.registry)


class _Caches(Collector):
    """Looks up what caches counted, when it is asked for."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def collect(self) -> Iterator[Metric]:
        """Give the counts of the re-ranker's states of clauses."""
        hits, misses = self.engine.states_kept
        family = CounterMetricFamily("clauselight_cache", "What was found in a cache.", labels=("cache", "result"))
        family.add_metric(("reranker_states", "hit"), hits)
        family.add_metric(("reranker_states", "miss"), misses)
        yield family


class Meter:
    """ASGI middleware: counts every request and tells `log` of it."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, log: Callable[[str, str, int, float], None]) -> None:
        self.app = app
        self.metrics = metrics
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; one that is broken off counts as 500, as its reader sees it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, start = 500, time.perf_counter()

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        place = place_of(scope["path"])
        self.metrics.begin()
        try:
            await self.app(scope, receive, send_on)
        finally:
            seconds = time.perf_counter() - start
            self.metrics.end(place, status, seconds)
            self.log(scope["method"], place, status, seconds)


def place_of(path: str) -> str:
    """Name an address by a fixed list, so that wrong addresses do not make new counters."""
    if path in PAGES:
        return path
    return next((place for place in PLACES if path.startswith(place)), "other")
