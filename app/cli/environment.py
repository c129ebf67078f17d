"""Environment variables that libraries read when they are imported; set before any of them is."""

from __future__ import annotations

import os

VARIABLES = {
    # Threads of OpenMP and OpenBLAS wait by spinning: with another process on the same cores, ten times slower.
    "OMP_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "PASSIVE",
    "OPENBLAS_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    # Nothing is fetched at run time, and nothing is reported to anybody.
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SHARE": "False",
    "GRADIO_SSR_MODE": "False",
}
"""Name -> value; what a person has set stays."""


def prepare_environment() -> None:
    """Set the variables that are not set."""
    for name, value in VARIABLES.items():
        os.environ.setdefault(name, value)
