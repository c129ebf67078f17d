"""One document where a command works on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.failure import WrongInput
from corpus.library import read_terms

if TYPE_CHECKING:
    from corpus.types import Document


def only_document(terms: str) -> Document:
    """Read the one document that `terms` names; UnreadableTerms or WrongInput when there is none or several."""
    library = read_terms([terms])
    if not library.documents:
        raise library.refused[0]
    if len(library.documents) > 1:
        raise WrongInput(f"{terms}：里面有 {len(library.documents)} 个文档，请指定其中一个文件")
    return library.documents[0]
