"""Documents by the names people give: a file, a folder, standard input, or a document that ships with the product."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import UnreadableTerms
from corpus.loading import load, parse_bytes
from corpus.readers.limits import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from corpus.types import Document

SUFFIXES = (".md", ".markdown", ".txt", ".html", ".htm", ".docx", ".pdf")
"""Endings of the files that a folder is searched for."""
MAX_FILES = 5_000
"""Files of one folder that are read at most."""
_NOT_TERMS = frozenset({"readme", "changelog", "license", "contributing"})
"""Stems of files that describe a folder rather than bind anybody."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document that ships comes from."""

    doc_id: str
    """Its name in the corpus."""
    file: str
    """File name in `corpus/documents`."""
    title: str
    """Title as published."""
    vendor: str
    """Who offers the service."""
    date: str
    """When it was published."""
    address: str
    """Where it was published."""
    sha256: str
    """Hash of the file's bytes, hexadecimal."""


@dataclass(frozen=True, slots=True)
class Library:
    """What could be read, and what could not: one bad file never spoils the rest."""

    documents: tuple[Document, ...]
    """In the order asked for; folders in order of file name. Names are unique."""
    refused: tuple[UnreadableTerms, ...] = ()
    """The files that were refused, each with its reason."""
    files: Mapping[str, Path] = field(default_factory=dict)
    """Where a document was read from, by name; those that ship and standard input are not in it."""


@cache
def shipped() -> tuple[Source, ...]:
    """List the documents that ship with the product."""
    table = tomllib.loads(_documents().joinpath("SOURCES.toml").read_text(encoding="utf-8"))
    return tuple(Source(doc_id=name, **row) for name, row in table.items())


def read_shipped(source: Source) -> Document:
    """Read one document that ships."""
    data = _documents().joinpath(source.file).read_bytes()
    return parse_bytes(data, name=source.file, doc_id=source.doc_id, title=source.title)


def read_terms(terms: Sequence[str], *, progress: Callable[[int, int], None] | None = None) -> Library:
    """Read everything that `terms` names: files, folders, `-` for standard input, names in the corpus.

    `progress` is called with (items read or refused, items) after each one.
    """
    documents: list[Document] = []
    refused: list[UnreadableTerms] = []
    files: dict[str, Path] = {}
    taken: set[str] = set()
    items = [item for name in dict.fromkeys(terms) for item in _resolve(name)]
    for number, item in enumerate(items, 1):
        try:
            if isinstance(item, UnreadableTerms):
                raise item
            document = _read(item, taken)
        except UnreadableTerms as error:
            refused.append(error)
        else:
            taken.add(document.doc_id)
            documents.append(document)
            if isinstance(item, Path):
                files[document.doc_id] = item
        if progress is not None:
            progress(number, len(items))
    return Library(tuple(documents), tuple(refused), files)


def files_of(folder: Path) -> tuple[Path, ...]:
    """List the files of terms under a folder, in order of name; hidden files and a folder's own README are left out."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    kept = [
        path
        for path in found
        if path.stem.lower() not in _NOT_TERMS
        and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    ]
    return tuple(sorted(kept)[:MAX_FILES])


def _documents() -> Traversable:
    return resources.files("corpus").joinpath("documents")


def _resolve(name: str) -> Iterator[Path | Source | UnreadableTerms | None]:
    """Files, a document that ships, None for standard input, or the reason why there is nothing."""
    path = Path(name)
    source = next((source for source in shipped() if source.doc_id == name), None)
    if name == "-":
        yield None
    elif path.is_dir():
        files = files_of(path)
        yield from files or [UnreadableTerms(name, f"文件夹里没有条款文件（支持 {' '.join(SUFFIXES)}）")]
    elif path.exists():
        yield path
    elif source is not None:
        yield source
    else:
        names = "、".join(source.doc_id for source in shipped())
        yield UnreadableTerms(name, f"没有这个文件，语料库里也没有这个名字（语料库里有：{names}）")


def _read(item: Path | Source | None, taken: set[str]) -> Document:
    """Read one document and give it a name that is not taken: `a`, then `a~2`."""
    if isinstance(item, Source):
        document = read_shipped(item)
    elif item is None:
        document = parse_bytes(sys.stdin.buffer.read(limits().file_bytes + 1), name="stdin.md")
    else:
        document = load(item)
    if document.doc_id not in taken:
        return document
    number = next(number for number in range(2, len(taken) + 3) if f"{document.doc_id}~{number}" not in taken)
    doc_id = f"{document.doc_id}~{number}"
    if item is None:
        return replace(document, doc_id=doc_id)
    return load(item, doc_id=doc_id) if isinstance(item, Path) else read_shipped(replace(item, doc_id=doc_id))
