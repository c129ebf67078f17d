"""Terms and engine as a command is asked for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.ahead import ahead, open_encoder
from app.cli.failure import WrongInput
from app.cli.output import progress_line, warn_refused
from app.cli.settings import read_settings
from app.collection import Collection
from corpus.library import read_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.engine import Engine
    from app.settings import Settings
    from corpus.library import Library
    from corpus.types import Document
    from index.reranker import Reranker


def open_engine(terms: Sequence[str] | None = None, *, reranker: Callable[[], Reranker] | None = None) -> Engine:
    """Open the engine on `terms`, or on the whole collection; tells progress and what was refused.

    `reranker` gives one that is being opened already. Raises UnreadableTerms, IndexUnusable, WrongInput.
    """
    settings = read_settings()
    encoder = ahead(lambda: open_encoder(settings.encoder))
    from app.engine import Engine  # noqa: PLC0415 - loads the libraries of the index

    named = None if terms is None else resolve(terms, settings)
    show = progress_line("正在编码条款")
    engine = Engine.open(named, settings=settings, encoder=encoder, reranker=reranker, progress=show)
    warn_refused(engine.refused)
    return engine


def read_documents(*terms: str) -> Library:
    """Read what `terms` name and tell what was refused; UnreadableTerms when nothing could be read.

    Progress is told where there are several.
    """
    show = progress_line("正在读取")
    library = read_terms(
        resolve(terms, read_settings()), progress=lambda done, total: show(done, total) if total > 1 else None
    )
    if not library.documents:
        raise library.refused[0]
    warn_refused(library.refused)
    return library


def only_document(terms: str) -> Document:
    """Read the one document that `terms` names; UnreadableTerms or WrongInput when there is none or several."""
    documents = read_documents(terms).documents
    if len(documents) > 1:
        raise WrongInput(f"{terms}：里面有 {len(documents)} 个文档，请指定其中一个文件")
    return documents[0]


def known_documents() -> tuple[Document, ...]:
    """Read the collection, to look for precedents in."""
    return Collection(read_settings().index_dir).read().documents


def resolve(terms: Sequence[str], settings: Settings) -> list[str]:
    """Put the file in place of each name that `clauselight index add` made known."""
    collection = Collection(settings.index_dir)
    return [_resolve(name, collection) for name in terms]


def _resolve(name: str, collection: Collection) -> str:
    added = None if name == "-" or Path(name).exists() else collection.file_of(name)
    return name if added is None else str(added)
