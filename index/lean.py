"""Imports of libraries that load others which we do without."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any


def import_without(name: str, needless: str) -> Any:
    """Import a module that tries to import `needless` and goes on when it is not there.

    For a moment the import system says so to every thread, so nothing that needs it may be imported beside.
    """
    hidden = needless not in sys.modules
    if hidden:
        sys.modules[needless] = None  # type: ignore[assignment]  # how the import system notes: not there
    try:
        return import_module(name)
    finally:
        if hidden:
            del sys.modules[needless]
