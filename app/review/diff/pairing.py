"""Which clause of the new version is which of the old one: the same words first, then the likest, numbers last.

A number alone proves nothing, since an inserted clause renumbers all that follow; it decides between equals.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from app.review.diff.assignment import assign
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus.types import Clause

LIKE = 0.5
"""Similarity from which two wordings are one clause changed: half of their pairs of characters are shared."""
LIKE_IN_PLACE = 0.3
"""The same for clauses with the same number and neighbours that were kept."""
_CANDIDATES = 12
"""Likest clauses of the other version that are looked at closely."""
_BUCKETS = 4096
"""Width of the hashed vectors that find candidates: 2,000 × 2,000 clauses in about a second."""


def pair_clauses(old: Sequence[Clause], new: Sequence[Clause]) -> list[tuple[int, int]]:
    """Pairs of positions (old, new) of the same clause, in the order of the old version."""
    pairs = _same_words(old, new)
    left_old = sorted(set(range(len(old))) - {first for first, _ in pairs})
    left_new = sorted(set(range(len(new))) - {second for _, second in pairs})
    scores = _likeness(old, new, left_old, left_new, _neighbours(old, new, pairs))
    return sorted(pairs + assign(scores))


def body_of(clause: Clause) -> str:
    """Words of a clause for comparing: without its number, spaces as one."""
    return " ".join(clause.body.split())


def similarity(first: str, second: str) -> float:
    """Share (0 to 1) of pairs of neighbouring characters that both have (Dice 1945, with repeats)."""
    if first == second:
        return 1.0
    one, other = _grams(first), _grams(second)
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _grams(text: str) -> Counter[str]:
    padded = f"\x02{text}\x03"
    return Counter(padded[place : place + 2] for place in range(len(padded) - 1))


def _same_words(old: Sequence[Clause], new: Sequence[Clause]) -> list[tuple[int, int]]:
    """Pairs with the same words; where words repeat, the same number goes first, then the same order."""
    places: defaultdict[tuple[bool, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for version, clauses in enumerate((old, new)):
        for position, clause in enumerate(clauses):
            places[clause.kind is ClauseKind.HEADING, body_of(clause)][version].append(position)
    pairs: list[tuple[int, int]] = []
    for before, after in places.values():
        if len(before) == 1 or len(after) == 1 or not after:
            keyed = [(old[first].clause_id.partition("#")[2], first) for first in before]
            wanted = {new[second].clause_id.partition("#")[2]: second for second in after}
            best = [(first, wanted[key]) for key, first in keyed if key in wanted][:1]
            pairs += best or list(zip(before, after, strict=False))[:1]
        else:
            pairs += _repeated(old, new, before, after)
    return pairs


def _repeated(
    old: Sequence[Clause], new: Sequence[Clause], before: list[int], after: list[int]
) -> list[tuple[int, int]]:
    """Pair the same words at several places: those below the same heading and with the same number, then in order."""
    by_number = {(new[second].headings, new[second].label): second for second in reversed(after)}
    pairs: list[tuple[int, int]] = []
    taken: set[int] = set()
    if len(before) != len(after):
        for first in before:
            second = by_number.get((old[first].headings, old[first].label))
            if second is not None and second not in taken:
                taken.add(second)
                pairs.append((first, second))
    rest_old = [first for first in before if first not in {pair[0] for pair in pairs}]
    rest_new = [second for second in after if second not in taken]
    return pairs + list(zip(rest_old, rest_new, strict=False))


def _neighbours(old: Sequence[Clause], new: Sequence[Clause], pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Pairs of positions that stand right after or right before a pair found already."""
    found = dict(pairs)
    beside = {(first + 1, second + 1) for first, second in found.items()}
    beside |= {(first - 1, second - 1) for first, second in found.items()}
    if old and new:
        beside |= {(0, 0), (len(old) - 1, len(new) - 1)}
    return beside


def _likeness(
    old: Sequence[Clause],
    new: Sequence[Clause],
    left_old: Sequence[int],
    left_new: Sequence[int],
    beside: set[tuple[int, int]],
) -> dict[tuple[int, int], float]:
    """Scores of pairs that could be one clause changed."""
    scores: dict[tuple[int, int], float] = {}
    bodies_old = {position: body_of(old[position]) for position in left_old}
    bodies_new = {position: body_of(new[position]) for position in left_new}
    for first, second in _candidates(bodies_old, bodies_new) | {
        (first, second) for first, second in beside if first in bodies_old and second in bodies_new
    }:
        one, other = old[first], new[second]
        if (one.kind is ClauseKind.HEADING) != (other.kind is ClauseKind.HEADING):
            continue
        like = similarity(bodies_old[first], bodies_new[second])
        in_place = (first, second) in beside and one.label == other.label
        if like >= (LIKE_IN_PLACE if in_place else LIKE):
            same = (one.label == other.label) + (one.headings == other.headings) + ((first, second) in beside)
            scores[first, second] = like + 0.03 * same
    return scores


def _candidates(old: dict[int, str], new: dict[int, str]) -> set[tuple[int, int]]:
    """For every clause its likest ones of the other version, by hashed counts of character pairs."""
    if not old or not new:
        return set()
    rows, columns = list(old), list(new)
    likeness = _vectors(old.values()) @ _vectors(new.values()).T
    count = _CANDIDATES
    found: set[tuple[int, int]] = set()
    for row, best in enumerate(np.argsort(-likeness, axis=1, kind="stable")[:, :count]):
        found |= {(rows[row], columns[place]) for place in best if likeness[row, place] > LIKE / 2}
    for column, best in enumerate(np.argsort(-likeness.T, axis=1, kind="stable")[:, :count]):
        found |= {(rows[place], columns[column]) for place in best if likeness[place, column] > LIKE / 2}
    return found


def _vectors(bodies: Iterable[str]) -> np.ndarray:
    texts = list(bodies)
    vectors = np.zeros((len(texts), _BUCKETS), dtype=np.float32)
    for row, text in enumerate(texts):
        for gram, count in _grams(text).items():
            vectors[row, zlib.crc32(gram.encode("utf-8", "surrogatepass")) % _BUCKETS] += count
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.maximum(lengths, 1e-9)
    return vectors
