"""Errors of the index; the text of each is one Chinese line that names the cure."""

from __future__ import annotations

REBUILD = "clauselight index build"
"""The command that cures an unusable index."""


class IndexUnusable(Exception):  # noqa: N818 - said of the index, as people read it
    """The index on disk cannot serve: missing, damaged, of another version or another encoder."""

    def __init__(self, reason: str, *, cure: str = f"请重建：{REBUILD}") -> None:
        self.reason = reason
        self.cure = cure
        super().__init__(f"{reason}；{cure}")


class EncoderUnusable(IndexUnusable):
    """The encoder asked for cannot be loaded."""
