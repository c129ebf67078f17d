"""What happened from one version to the next, clause by clause."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from app.review.coverage import audit
from app.review.diff.pairing import body_of, pair_clauses
from app.review.diff.types import Change, ChangeKind, DiffReport, Side
from app.review.diff.words import compare_words
from app.review.prominence import prominence_of
from corpus.emphasis import PROMINENT, carries_meaning

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.types import Finding
    from corpus.types import Clause, Document


def diff(old: Document, new: Document, *, rules: Path | None = None) -> DiffReport:
    """Compare two versions; `rules` are a person's own review rules.

    A pair with the same words is no change when number, order and print are the same, too. Raises RuleUnusable.
    """
    pairs = pair_clauses(old.clauses, new.clauses)
    moved = _moved(pairs)
    before, after = _sides(old, rules), _sides(new, rules)
    by_new = {second: first for first, second in pairs}
    paired_old = {first for first, _ in pairs}
    removed = [position for position in range(len(old.clauses)) if position not in paired_old]
    changes: list[Change] = []
    shown = 0
    for position, clause in enumerate(new.clauses):
        if position not in by_new:
            changes.append(Change(ChangeKind.ADDED, None, after[position], (("+", body_of(clause)),)))
            continue
        first = by_new[position]
        while shown < len(removed) and removed[shown] < first and first not in moved:
            changes.append(_removed(old, before, removed[shown]))
            shown += 1
        kinds = _kinds(old.clauses[first], clause, moved=first in moved)
        words = compare_words(body_of(old.clauses[first]), body_of(clause)) if kinds else ()
        changes += [Change(kind, before[first], after[position], words) for kind in kinds]
    changes += [_removed(old, before, position) for position in removed[shown:]]
    return DiffReport(old.doc_id, new.doc_id, tuple(changes))


def _removed(document: Document, sides: Sequence[Side], position: int) -> Change:
    return Change(ChangeKind.REMOVED, sides[position], None, (("-", body_of(document.clauses[position])),))


def _kinds(old: Clause, new: Clause, *, moved: bool) -> list[ChangeKind]:
    """Reworded or printed otherwise; moved or only renumbered by what happened before it."""
    kinds: list[ChangeKind] = []
    if body_of(old) != body_of(new):
        kinds.append(ChangeKind.CHANGED)
    elif _printed(old) != _printed(new):
        kinds.append(ChangeKind.EMPHASIS_ONLY)
    if moved:
        kinds.append(ChangeKind.MOVED)
    elif old.label != new.label:
        kinds.append(ChangeKind.RENUMBERED)
    return kinds


def _printed(clause: Clause) -> list[bool]:
    """For each character of the body that carries meaning, whether it stands out."""
    printed: list[bool] = []
    position = 0
    for run in clause.runs:
        prominent = any(mark.renders and mark.kind in PROMINENT for mark in run.marks)
        text = run.text[max(0, clause.body_start - position) :]
        printed += [prominent for character in text if carries_meaning(character)]
        position += len(run.text)
    return printed


def _moved(pairs: Sequence[tuple[int, int]]) -> set[int]:
    """Old positions of the fewest clauses that must have moved: those off a longest increasing subsequence."""
    tails: list[int] = []
    places: list[int] = []
    previous: list[int] = []
    for number, (_, second) in enumerate(pairs):
        place = bisect_left(tails, second)
        previous.append(places[place - 1] if place else -1)
        if place == len(tails):
            tails.append(second)
            places.append(number)
        else:
            tails[place] = second
            places[place] = number
    kept: set[int] = set()
    number = places[-1] if places else -1
    while number >= 0:
        kept.add(pairs[number][0])
        number = previous[number]
    return {first for first, _ in pairs} - kept


def _sides(document: Document, rules: Path | None) -> list[Side]:
    findings = {finding.clause_id: finding for finding in audit(document, rules=rules).findings}
    return [_side(clause, findings.get(clause.clause_id)) for clause in document.clauses]


def _side(clause: Clause, finding: Finding | None) -> Side:
    return Side(
        clause_id=clause.clause_id,
        label=clause.label,
        headings=clause.headings,
        lines=clause.lines,
        text=clause.text,
        emphasis=prominence_of(clause),
        categories=finding.categories if finding else (),
        must=finding.must_highlight if finding else False,
    )
