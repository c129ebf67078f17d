"""From offsets in the source to offsets in a clause's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.types import Clause


def offset_in(clause: Clause, position: int) -> int:
    """Offset in `clause.text` of the character at `position` of the source; the nearest one after it, if it is a mark.

    Raises ValueError when the clause ends before it.
    """
    passed = 0
    for run in clause.runs:
        if position < run.span.end:
            verbatim = len(run.span) == len(run.text)
            return passed + (max(0, position - run.span.start) if verbatim else 0)
        passed += len(run.text)
    raise ValueError(f"{clause.clause_id} ends at {clause.span.end}, before {position}")
