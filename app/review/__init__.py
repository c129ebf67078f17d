"""Legal review: which clauses must be printed prominently, and whether they are."""

from app.review.coverage import audit, categories_of

__all__ = ["audit", "categories_of"]
