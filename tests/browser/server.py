"""Serve terms for the browser tests: `python -m tests.browser.server PORT [TERMS…]`."""

from __future__ import annotations

import sys

import uvicorn

from app.engine import Engine
from app.web import build_app


def main() -> None:
    """Open the real engine and serve the real app."""
    port, *terms = sys.argv[1:]
    app = build_app(Engine.open(terms or None))
    uvicorn.run(
        app, host="127.0.0.1", port=int(port), log_level="warning", access_log=False, timeout_graceful_shutdown=2
    )


if __name__ == "__main__":
    main()
