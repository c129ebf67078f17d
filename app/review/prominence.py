"""How far a clause is printed prominently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.types import Prominence
from corpus.emphasis import PROMINENT, carries_meaning
from corpus.types import EmphasisKind

if TYPE_CHECKING:
    from corpus.types import Clause

FULL_SHARE = 0.9
"""Share of the meaning characters from which a clause counts as printed prominently as a whole.

Not 1.0: authors leave a label, a link or a defined name plain without anybody missing the rule; one tenth of a
sentence of 60 characters is six. Below that a condition or an exception can hide in the plain part.
"""


def prominence_of(clause: Clause) -> Prominence:
    """Judge a clause by its own words: a bold heading above it lends it nothing (合同编通则解释第十条)."""
    if clause.emphasised >= FULL_SHARE:
        return Prominence.FULL
    if any(mark.kind is EmphasisKind.UNKNOWN for run in clause.runs for mark in run.marks):
        return Prominence.UNKNOWN
    return Prominence.PARTIAL if clause.emphasised > 0.0 else Prominence.NONE


def renders(clause: Clause) -> bool:
    """Whether all prominent marks of the clause are seen; True when there are none."""
    return all(emphasis.renders for emphasis in clause.emphasis if emphasis.kind in PROMINENT)


def plain_parts(clause: Clause) -> tuple[str, ...]:
    """Words of a clause that do not stand out, part by part; the label and mere punctuation are left out."""
    parts: list[str] = []
    position = 0
    last_prominent = True
    for run in clause.runs:
        words = run.text[max(0, clause.body_start - position) :]
        position += len(run.text)
        prominent = any(mark.renders and mark.kind in PROMINENT for mark in run.marks)
        if not words:
            continue
        if not prominent and last_prominent:
            parts.append(words)
        elif not prominent:
            parts[-1] += words
        last_prominent = prominent
    return tuple(" ".join(part.split()) for part in parts if any(map(carries_meaning, part)))
