"""From a file to a document: read, find the structure, the parties and the definitions."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from corpus.definitions import definitions_of, namings
from corpus.errors import UnreadableTerms
from corpus.parties import parties_of
from corpus.readers.limits import limits
from corpus.readers.read import read, too_large
from corpus.references import references_of
from corpus.structure import build_structure
from corpus.types import Document, Extract

if TYPE_CHECKING:
    from pathlib import Path


def load(path: Path, *, doc_id: str | None = None) -> Document:
    """Read one file of terms; UnreadableTerms when it is missing, empty, too large, binary or damaged."""
    try:
        if path.stat().st_size > limits().file_bytes:
            raise UnreadableTerms(path.name, too_large())
        data = path.read_bytes()
    except OSError as error:
        reason = "没有这个文件" if isinstance(error, FileNotFoundError) else "文件打不开，请检查权限"
        raise UnreadableTerms(str(path), reason) from error
    return parse_bytes(data, name=path.name, doc_id=doc_id)


def parse_bytes(data: bytes, *, name: str, doc_id: str | None = None, title: str = "") -> Document:
    """Parse the bytes of a file called `name`; the content says which format it is, the ending where it does not.

    Raises UnreadableTerms, and nothing else whatever the bytes.
    """
    extract = read(data, name=name)
    stem = name.rsplit(".", 1)[0] or name
    return assemble(extract, doc_id=doc_id or stem, title=title, sha256=hashlib.sha256(data).hexdigest())


def assemble(extract: Extract, *, doc_id: str, title: str, sha256: str) -> Document:
    """Build the document from what a reader found."""
    structure = build_structure(doc_id, extract.blocks)
    given = tuple(namings(structure.clauses))
    return Document(
        doc_id=doc_id,
        title=title or structure.title or doc_id,
        source=extract.source,
        clauses=structure.clauses,
        sha256=sha256,
        notes=extract.notes,
        anomalies=structure.anomalies,
        parties=parties_of(structure.clauses, given),
        definitions=definitions_of(given),
        references=references_of(structure.clauses),
    )
