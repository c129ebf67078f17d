"""Two versions of terms compared clause by clause."""

from app.review.diff.compare import diff
from app.review.diff.types import Change, ChangeKind, DiffReport, Side

__all__ = ["Change", "ChangeKind", "DiffReport", "Side", "diff"]
