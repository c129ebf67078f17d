"""Errors that a person can mend: told in one line, without a traceback."""

from __future__ import annotations

from app.evaluation import UnreadableQuestions
from corpus.errors import UnreadableTerms
from index.errors import IndexUnusable


class WrongInput(ValueError):  # noqa: N818 - said of the input, as people read it
    """Arguments that do not fit together, or a file that cannot be written; the message is one Chinese line."""


EXPECTED = (UnreadableTerms, UnreadableQuestions, IndexUnusable, WrongInput)
"""Every error whose text is meant for people."""


def is_expected(error: Exception) -> bool:
    """Whether an error is one that a person can mend."""
    return isinstance(error, EXPECTED)
