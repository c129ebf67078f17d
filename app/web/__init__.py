"""The pages: a Gradio app in Chinese that answers, finds and checks, and that calls out to nobody.

Gradio reads its switches when it is imported, so they are set here, before any module of this package imports it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from app.engine import Engine
    from app.settings import Settings

for _switch in ("GRADIO_ANALYTICS_ENABLED", "GRADIO_RUN_HISTORY", "GRADIO_SHARE", "GRADIO_SSR_MODE"):
    os.environ[_switch] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")

__all__ = ["build_app", "serve"]


def build_app(engine: Engine) -> FastAPI:
    """Build the web app over an open engine; nothing listens yet."""
    from app.web.server import build_app as build  # noqa: PLC0415  (Gradio takes seconds to import)

    return build(engine)


def serve(settings: Settings) -> None:
    """Open the engine, listen on `settings.host:settings.port` and serve until interrupted."""
    from app.web.server import serve as run  # noqa: PLC0415  (Gradio takes seconds to import)

    run(settings)
