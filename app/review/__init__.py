"""Legal review: which clauses must be printed prominently, and whether they are."""

from app.review.coverage import audit

__all__ = ["audit"]
