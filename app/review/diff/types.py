"""Types of the comparison of two versions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.types import Category, Prominence


class ChangeKind(StrEnum):
    """What happened to a clause, as `clauselight diff` prints it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    EMPHASIS_ONLY = "emphasis_only"


@dataclass(frozen=True, slots=True)
class Side:
    """A clause in one version."""

    clause_id: str
    """The clause."""
    label: str
    """Its number as printed."""
    headings: tuple[str, ...]
    """Texts of the headings above."""
    lines: tuple[int, int] | None
    """Lines in that version's file; None for Word and PDF."""
    text: str
    """The visible text, label included."""
    emphasis: Prominence
    """How it is printed."""
    categories: tuple[Category, ...]
    """Its categories in the review."""
    must: bool
    """Whether it must be prominent."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to one clause; a clause that was reworded and moved has two."""

    kind: ChangeKind
    """What happened."""
    old: Side | None
    """The clause before; None when it is new."""
    new: Side | None
    """The clause after; None when it is gone."""
    words: tuple[tuple[str, str], ...]
    """Pairs of `=`, `-` or `+` and words: without `+` they join to the old body, without `-` to the new one."""

    @property
    def touches_duty(self) -> bool:
        """Whether the clause must be prominent before or after."""
        return any(side is not None and side.must for side in (self.old, self.new))


@dataclass(frozen=True, slots=True)
class DiffReport:
    """All changes from one version to another, in the order of the new one; what is gone stands where it stood."""

    old: str
    """The older document."""
    new: str
    """The newer one."""
    changes: tuple[Change, ...]
    """The changes."""
