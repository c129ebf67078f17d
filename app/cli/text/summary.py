"""What a folder held, a line for each document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.library import Library
    from corpus.types import Document


def render_summary(library: Library) -> str:
    """Render how much was read of each document, what looks wrong in it, and what could not be read."""
    clauses = sum(len(document.clauses) for document in library.documents)
    lines = [_line(document) for document in library.documents]
    total = f"共读取 {len(library.documents):,} 份文档，{clauses:,} 条"
    return "\n".join([*lines, total + (f"；{len(library.refused):,} 份没有读取" if library.refused else "")])


def _line(document: Document) -> str:
    dangling = sum(reference.dangling for reference in document.references)
    found = [
        f"{what} {count:,} 处"
        for what, count in (("编号异常", len(document.anomalies)), ("引用落空", dangling))
        if count
    ]
    told = "，".join([f"{document.doc_id}：{len(document.clauses):,} 条，{len(document.source):,} 字", *found])
    return "；".join([told, *document.notes])
