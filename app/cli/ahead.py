"""Work that begins in another thread while this one still imports: models are opened beside the libraries."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.encoder import Encoder
    from index.reranker import Reranker

_Made = TypeVar("_Made")


def ahead(make: Callable[[], _Made]) -> Callable[[], _Made]:
    """Begin to make something; what is returned waits for it, and raises what the making raised."""
    pool = ThreadPoolExecutor(1)
    made = pool.submit(make)
    pool.shutdown(wait=False)
    return made.result


def open_reranker() -> Reranker:
    """Open the re-ranker that ships. Raises EncoderUnusable."""
    from index.reranker import Reranker  # noqa: PLC0415 - loads onnxruntime

    return Reranker()


def open_encoder(name: str | None) -> Encoder:
    """Open an encoder. Raises EncoderUnusable."""
    from index.encoder import load_encoder  # noqa: PLC0415 - loads onnxruntime

    return load_encoder(name)
