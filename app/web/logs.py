"""What the server writes down: one JSON object a line on standard error, and no question unless it is asked for.

{"time": "2026-01-31T08:00:00.123Z", "level": "info", "event": "ask", "outcome": "answered", "seconds": 0.031,
 "stages": {"search": 0.012}}
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.stages import Run

LOGGER = logging.getLogger("clauselight")
"""Above all loggers of the pages."""
QUIET = ("/web/", "/gradio_api/", "/healthz", "/readyz", "/metrics", "other")
"""Places whose requests are written down only when they fail: files of pages, and what machines ask every second."""


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the time (UTC), the level, what happened, and what is said of it."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        said: dict[str, Any] = {"time": at, "level": record.levelname.lower(), "event": record.getMessage()}
        said |= record.__dict__.get("said", {})
        if record.exc_info:
            said["error"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(said, ensure_ascii=False)


def write_logs() -> None:
    """Let the loggers of the pages write to standard error from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    LOGGER.handlers = [handler]
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False


def keep_silent() -> None:
    """Let the loggers of the pages write nothing, whatever a library does to the loggers above them."""
    LOGGER.handlers = [logging.NullHandler()]
    LOGGER.propagate = False


def log_run(run: Run) -> None:
    """Write down a question, search or review that is over: how it went and how long its stages took."""
    stages = {name: round(seconds, 4) for name, seconds in run.stages.items()}
    said = {"outcome": run.outcome, "seconds": round(run.seconds, 4), "stages": stages}
    LOGGER.info(run.operation, extra={"said": said})


def log_request(method: str, place: str, status: int, seconds: float) -> None:
    """Write down a request by the kind of its address; never the address itself, which may hold a question."""
    if place in QUIET and (status < 500 or status == 503):  # not ready yet is no failure
        return
    level = logging.ERROR if status >= 500 else logging.INFO
    said = {"method": method, "place": place, "status": status, "seconds": round(seconds, 4)}
    LOGGER.log(level, "request", extra={"said": said})
